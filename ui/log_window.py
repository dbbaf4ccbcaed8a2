"""The program's log in a window: levels, search, follow, and a text for support that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, qVersion
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop import logs, support
from logistics_desktop.context import Office
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.log_reading import LogEntry, LogNews, LogReader
from ui.actions import bind, make
from ui.log_model import LEVELS, LogModel, selected
from ui.workspace import Workspace

_LOOK_MS = 1_000
_PAUSE_MS = 200
_WIDTHS = (136, 84, 190)
_SPLIT = (380, 160)
_NOT_REACHED = "-"


class LogWindow(QWidget):
    """Shows the log as it is written. Ctrl+C copies what may be sent to somebody else."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_(N_("Program log")))
        self.resize(980, 680)
        self._workspace = workspace
        self._reader = LogReader(logs.path())
        self._reading = False
        self._head: list[tuple[str, str]] = []
        self.model = LogModel()
        self.versions = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.level = QComboBox()
        self.level.setAccessibleName(_(N_("Level")))
        for level, label in LEVELS.items():
            self.level.addItem(_(label), level)
        self.level.setCurrentIndex(self.level.findData("INFO"))
        self.search = QLineEdit(placeholderText=_(N_("Search the log")), clearButtonEnabled=True)
        self.follow = QCheckBox(_(N_("Follow")))
        self.follow.setChecked(True)
        self.follow.setToolTip(_(N_("Stay at the newest message")))
        self.table = QTableView()
        self.whole = QPlainTextEdit(readOnly=True)
        self.whole.setAccessibleName(_(N_("The whole message")))
        self.copy = QPushButton(_(N_("Copy for support")))
        self.copy.setToolTip("Ctrl+C")
        self.folder = QPushButton(_(N_("Open log folder")))
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("hint")
        self._look = QTimer(self, interval=_LOOK_MS)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._say_private()
        self._show_versions(_NOT_REACHED)
        workspace.tasks.run(
            lambda _job: workspace.office.server_version(),
            self._show_versions,
            owner=self,
            key="server",
            on_error=lambda _error: None,  # a log is looked at when the server does not answer, too
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the file."""
        super().showEvent(event)
        self._look.start()
        self._read()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Watch it no longer."""
        self._look.stop()
        super().closeEvent(event)

    def copy_for_support(self) -> None:
        """Put the versions and the messages on the clipboard, without what is personal or secret."""
        entries = selected(self.model.rows, self.table.selectionModel().selectedRows())
        work = partial(_report, self._workspace.office, self._head, entries)
        self._workspace.tasks.run(work, self._take_report, owner=self, key="copy")

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        tools = QHBoxLayout()
        for widget in (self.level, self.search, self.follow):
            tools.addWidget(widget, 1 if widget is self.search else 0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.whole)
        split.setSizes(_SPLIT)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.folder)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.versions)
        column.addLayout(tools)
        column.addWidget(split, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._look.timeout.connect(self._read)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(self._pause.start)
        self.level.currentIndexChanged.connect(self._ask)
        self.follow.toggled.connect(self._go_to_newest)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        self.copy.clicked.connect(self.copy_for_support)
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs.folder()))))
        bind(make("log_copy", self, self.copy_for_support), self.table, inside=False)
        bind(make("log_search", self, self.search.setFocus), self, inside=True)
        bind(make("log_close", self, self.close), self, inside=True)

    def _read(self) -> None:
        if not self._reading:  # one at a time: the reader remembers where it is
            self._reading = True
            self._workspace.tasks.run(
                lambda _job: self._reader.more(), self._take, owner=self, key="read", on_error=self._refused
            )

    def _take(self, news: LogNews | None) -> None:
        self._reading = False
        if news is not None:
            self.model.take(news)
            self._go_to_newest()

    def _refused(self, error: BaseException) -> None:
        self._reading = False
        self._look.stop()
        self._workspace.notices.report(_unreadable(error))

    def _ask(self) -> None:
        self._pause.stop()
        self.model.ask(self.level.currentData(), self.search.text())
        self._go_to_newest()

    def _go_to_newest(self) -> None:
        if self.follow.isChecked():
            self.table.scrollToBottom()

    def _show_whole(self) -> None:
        row = self.table.currentIndex().row()
        self.whole.setPlainText(self.model.rows[row].text if 0 <= row < len(self.model.rows) else "")

    def _show_versions(self, server: str) -> None:
        self._head = support.versions(qVersion(), server)
        self.versions.setText("   ".join(f"{what} {version}" for what, version in self._head))

    def _take_report(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.setText(
            _(N_("{count} lines are copied. Read them through before you send them."), count=text.count("\n"))
        )

    def _say_private(self) -> None:
        said = N_(
            "The copy leaves out names, logins, personal numbers, servers, paths, passwords and values of records."
        )
        self.said.setText(_(said))


def _report(office: Office, head: Sequence[tuple[str, str]], entries: Sequence[LogEntry], _job: Job) -> str:
    known = [office.user, office.database, *support.words_of_this_pc()]
    try:
        with office.session() as session:
            known += support.words_of_people(session)
    except UserError:  # the server does not answer: the rules do without the names that it knows
        pass
    return support.report(head, entries, known)


def _unreadable(error: BaseException) -> BaseException:
    if isinstance(error, OSError):
        return UserError(N_("The log cannot be read: {reason}."), reason=error.strerror or str(error))
    return error
