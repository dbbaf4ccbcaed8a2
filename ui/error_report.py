"""A bug of the program, shown so that it can be copied and sent."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from logistics_desktop import __version__
from logistics_desktop.i18n import N_, _
from logistics_desktop.paths import home


def report_text(error: BaseException) -> str:
    """The report: versions and the trace, without personal data and secrets."""
    from logistics_desktop.redaction import Redactor  # late: the window opens without what these need
    from logistics_desktop.support import words_of_this_pc

    versions = f"Logistics Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    trace = Redactor(words_of_this_pc())("".join(traceback.format_exception(error)))
    return f"{versions}\n{platform.platform()}\n\n{trace}"


class ErrorReport(QDialog):
    """Says that something unexpected happened, with the report below."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("Something went wrong")))
        self.resize(720, 420)
        said = QLabel(
            _(
                N_(
                    "The program met an error that it did not expect. What was saved before is safe; the last step may "
                    "not have been done. Please copy this report and send it to your administrator."
                )
            ),
            wordWrap=True,
        )
        details = QPlainTextEdit(report_text(error), readOnly=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_(N_("Copy report")), QDialogButtonBox.ButtonRole.ActionRole)
        folder = buttons.addButton(_(N_("Open log folder")), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details.toPlainText()))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home() / "logs"))))
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addWidget(details, 1)
        column.addWidget(buttons)
