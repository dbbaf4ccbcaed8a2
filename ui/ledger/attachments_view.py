"""The files of one record: drop them here, open them, save copies."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop import attachments
from logistics_desktop.attachments import Attached
from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.scan_folder import Scan
from ui.ledger.ask import Answer, ask
from ui.ledger.pasting import from_clipboard, store_picture
from ui.ledger.preview import Preview
from ui.ledger.scan_offer import ScanOffer
from ui.theme import icon
from ui.workspace import Workspace

_HEADERS = (N_("File"), N_("Size"), N_("Added"), N_("By"))
_WIDTHS = (240, 70, 124)
_ATTACHED = int(Qt.ItemDataRole.UserRole)


def _read(office: Office, table: str, record: int, _job: Job) -> list[Attached]:
    with office.session() as session:
        return attachments.attached(session, table, record)


def _add(office: Office, table: str, record: int, paths: list[Path], job: Job) -> list[Attached]:
    office.save(lambda session: attachments.attach_all(session, table, record, paths, job), job=job)
    return _read(office, table, record, job)


def _remove(office: Office, table: str, record: int, gone: list[Attached], job: Job) -> list[Attached]:
    office.save(lambda session: attachments.detach_each(session, [each.id for each in gone]), job=job)
    return _read(office, table, record, job)


def _copy(office: Office, attached: Attached, target: Path, _job: Job) -> Path:
    with office.session() as session:
        attachments.save_copy(session, attached.id, target)
    return target


class AttachmentsView(QWidget):
    """Lists the files that hang on a record of a table; files dropped on it are added."""

    def __init__(self, workspace: Workspace, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._table = table
        self._record = 0
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_(text) for text in _HEADERS])
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        for column, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(column, width)
        self.empty = QLabel(wordWrap=True)
        self.empty.setObjectName("hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview = Preview(workspace)
        self.scans = ScanOffer(workspace)
        self.add = QPushButton(icon("add"), _(N_("Add …")))
        self.paste_button = QPushButton(_(N_("Paste")))
        self.paste_button.setToolTip(_(N_("A picture or files from the clipboard (Ctrl+V)")))
        self.open = QPushButton(_(N_("Open")))
        self.copy = QPushButton(_(N_("Save a copy …")))
        self.remove = QPushButton(_(N_("Remove")))
        self._lay_out()
        self.add.clicked.connect(self._choose)
        self.open.clicked.connect(self._open)
        self.copy.clicked.connect(self._save_copy)
        self.remove.clicked.connect(self._ask_remove)
        self.list.itemActivated.connect(self._open)
        self.list.itemSelectionChanged.connect(self._show_state)
        self.paste_button.clicked.connect(self.paste)
        self.scans.offered.connect(lambda _scan: self._show_state())
        self.scans.wanted.connect(self._attach_scan)
        workspace.rights.changed.connect(self._show_allowed)
        self._show_allowed()

    def show_record(self, record: int) -> None:
        """Read and show the files of a record."""
        self._record = record
        work = partial(_read, self._workspace.office, self._table, record)
        self._workspace.tasks.run(work, self._fill, owner=self, key="read")

    def add_files(self, paths: list[Path], then: Callable[[], object] = lambda: None) -> None:
        """Hang files on the record; all of them or, where one is refused, none. `then` is for when they are there."""
        work = partial(_add, self._workspace.office, self._table, self._record, paths)
        added = partial(self._take_added, self._record, then)
        self._workspace.tasks.run(work, added, owner=self, title=_(N_("Adding files")))

    def add_picture(self, image: QImage) -> None:
        """Hang a picture on the record that is no file yet."""
        record, table, office = self._record, self._table, self._workspace.office
        work = partial(store_picture, image, partial(_add, office, table, record))
        self._workspace.tasks.run(work, partial(self._take_added, record, lambda: None), owner=self)

    def paste(self) -> None:
        """Hang what is on the clipboard on the record: files, or a picture."""
        match from_clipboard(QGuiApplication.clipboard().mimeData()):
            case QImage() as image:
                self.add_picture(image)
            case [*paths] if paths:
                self.add_files(paths)
            case _:
                self._workspace.notices.say(_(N_("There is no picture and no file on the clipboard.")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if from_clipboard(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files, or a picture dragged out of another program."""
        match from_clipboard(event.mimeData()):
            case QImage() as image:
                self.add_picture(image)
            case [*paths] if paths:
                self.add_files(paths)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.paste_button)
        row.addStretch()
        for button in (self.open, self.copy, self.remove):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.scans)
        column.addLayout(self._stack, 1)
        column.addWidget(self.preview)
        column.addLayout(row)
        self._show_state()

    def _show_allowed(self) -> None:
        """Offer only what the database does: files are changed by whoever may change records."""
        writes = self._workspace.rights.now.writes(self._table)
        self.setAcceptDrops(writes)
        for widget in (self.scans, self.add, self.paste_button, self.remove):
            widget.setVisible(writes)
        self.empty.setText(_(N_("No files yet. Drop them here, or choose “Add”.") if writes else N_("No files yet.")))

    def _fill(self, files: list[Attached]) -> None:
        self.list.clear()
        for each in files:
            texts = [each.file_name, QLocale().formattedDataSize(each.size), "", each.added_by]
            texts[2] = f"{each.added_at.astimezone():%Y-%m-%d %H:%M}"
            item = QTreeWidgetItem(self.list, texts)
            item.setData(0, _ATTACHED, each)
            item.setToolTip(0, f"{each.file_name}\n{each.media_type}")
        self._stack.setCurrentWidget(self.list if files else self.empty)
        self._show_state()

    def _take_added(self, record: int, then: Callable[[], object], files: list[Attached]) -> None:
        then()
        if record == self._record:  # or the user has gone on meanwhile
            self._fill(files)
            last = self.list.topLevelItem(self.list.topLevelItemCount() - 1)
            if last is not None:
                self.list.setCurrentItem(last)

    def _attach_scan(self, scan: Scan) -> None:
        self.add_files([scan.path], lambda: self.scans.done(scan))

    def _chosen(self) -> list[Attached]:
        return [item.data(0, _ATTACHED) for item in self.list.selectedItems()]

    def _show_state(self) -> None:
        count = len(self.list.selectedItems())
        self.open.setEnabled(count == 1)
        self.copy.setEnabled(count == 1)
        self.remove.setEnabled(count > 0)
        offered = self.scans.scan.path if self.scans.scan else None
        self.preview.show_file(self._chosen()[0] if count == 1 else offered)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _(N_("Add files")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_files([Path(name) for name in names]))
        dialog.open()

    def _open(self) -> None:
        for each in self._chosen()[:1]:
            target = Path(tempfile.mkdtemp(prefix="logistics-")) / Path(each.file_name).name
            self._fetch(each, target, self._show_file)

    def _save_copy(self) -> None:
        for each in self._chosen()[:1]:
            dialog = QFileDialog(self, _(N_("Save a copy")))
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(each.file_name)
            dialog.fileSelected.connect(lambda name, each=each: self._fetch(each, Path(name), self._say_saved))
            dialog.open()

    def _fetch(self, attached: Attached, target: Path, then: Callable[[Path], object]) -> None:
        work = partial(_copy, self._workspace.office, attached, target)
        self._workspace.tasks.run(work, then, owner=self, title=_(N_("Fetching {name}"), name=attached.file_name))

    def _show_file(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _say_saved(self, path: Path) -> None:
        self._workspace.notices.say(_(N_("Saved as {path}."), path=path))

    def _ask_remove(self) -> None:
        gone = self._chosen()
        names = "\n".join(each.file_name for each in gone)
        answers = [Answer(_(N_("Remove")), partial(self._remove, gone)), Answer(_(N_("Keep")))]
        ask(self, _(N_("Remove these files from the record?")), answers, names)

    def _remove(self, gone: list[Attached]) -> None:
        work = partial(_remove, self._workspace.office, self._table, self._record, gone)
        self._workspace.tasks.run(work, self._fill, owner=self)
