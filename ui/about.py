"""What the program is, its versions and its licences."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from logistics_desktop import __version__
from logistics_desktop.i18n import N_, _
from ui.theme import icon
from ui.workspace import Workspace

LICENCES = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("PostgreSQL", "PostgreSQL Licence"),
    ("psycopg", "LGPL-3.0"),
    ("SQLAlchemy, Alembic, openpyxl, python-calamine, rustpy-xlsxwriter", "MIT"),
    ("Babel, psutil, olefile", "BSD"),
    ("pypinyin, platformdirs, keyring, filelock, zxcvbn", "MIT"),
    ("defusedxml", "PSF-2.0"),
    ("Noto Sans CJK SC (Logistics Sans SC)", "SIL Open Font License 1.1"),
)


class About(QDialog):
    """The about box; the version of the database server is asked for while it is open."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_(N_("About Logistics Desktop")))
        self.finished.connect(self.deleteLater)
        self.resize(460, 470)
        logo = QLabel()
        logo.setPixmap(icon("logo").pixmap(56, 56))
        name = QLabel(_(N_("Logistics Desktop")))
        name.setObjectName("pageTitle")
        self.server = QLabel("…")
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        rows.addRow(_(N_("Version")), QLabel(__version__))
        rows.addRow("Python / Qt", QLabel(f"{platform.python_version()} / {qVersion()}"))
        rows.addRow(_(N_("Office")), QLabel(workspace.office.describe))
        rows.addRow(_(N_("Database server")), self.server)
        licences = QTextBrowser()
        licences.setPlainText("\n".join(f"{what}: {licence}" for what, licence in LICENCES))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(logo)
        column.addWidget(name)
        column.addLayout(rows)
        column.addWidget(QLabel(_(N_("This program contains:"))))
        column.addWidget(licences, 1)
        column.addWidget(buttons)
        workspace.tasks.run(
            lambda _job: f"PostgreSQL {workspace.office.server_version()}", self.server.setText, owner=self
        )
