"""From a scanned code to the row on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.scanning import Scanner, scanner
from ui.code_pictures import Source, codes_in, picture_in
from ui.notices import Tone
from ui.scanner import Wedge

if TYPE_CHECKING:
    from logistics_desktop.finding import Found
    from ui.main_window import MainWindow

SETTINGS = "scanner"
_LONGEST_SHOWN = 60


@runtime_checkable
class ShowsRecords(Protocol):
    """A screen that can open one of its rows."""

    def open_record(self, record: int) -> None:
        """Show it."""


@runtime_checkable
class TakesFound(Protocol):
    """A screen that has a use for what is scanned while it is on top."""

    def take_found(self, ledger: str, record: int) -> bool:
        """Take a row, or say that it is none of its business."""


class Finder(QObject):
    """Opens what is scanned, dropped as a picture on the window, or pasted as a picture."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.wedge = Wedge(window, scanner(window.workspace.settings.load(SETTINGS)))
        self.wedge.scanned.connect(self.look_up)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def set_up(self) -> None:
        """Ask how the scanner of this PC is set up."""
        from ui.scanner_dialog import ScannerDialog

        dialog = ScannerDialog(scanner(self._window.workspace.settings.load(SETTINGS)), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._set_up)
        dialog.open()

    def look_up(self, *codes: str) -> None:
        """Find what the codes mean and open it."""
        work = partial(self._find, codes)
        self._window.tasks.run(work, partial(self._take, codes), owner=self, key="find")

    def paste(self) -> None:
        """Read the codes in the picture on the clipboard."""
        source = self._on_clipboard()
        if source is None:
            self._window.notices.say(_(N_("There is no picture on the clipboard.")), Tone.WARNING)
        else:
            self.look_into(source)

    def ask_picture(self) -> QFileDialog:
        """Ask for a file with a photo of codes."""
        dialog = QFileDialog(self._window, _(N_("Find by a photo of a code …")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(_(N_("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp)")))
        dialog.fileSelected.connect(self._look_into_file)
        dialog.open()
        return dialog

    def look_into(self, source: Source) -> None:
        """Read the codes in a picture and open what they mean."""

        def work(_job: Job) -> list[str]:
            return codes_in(source)

        title = _(N_("Looking for codes in the picture"))
        self._window.tasks.run(work, lambda codes: self.look_up(*codes), owner=self, key="find", title=title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a picture that is dropped where nobody else wants it."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            source = picture_in(event.mimeData())
            if source is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.look_into(source)
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste) and self._paste_if_picture()
        return False

    def _paste_if_picture(self) -> bool:
        """Paste where no screen wanted to and the clipboard holds a picture."""
        source = self._on_clipboard()
        if source is not None:
            self.look_into(source)
        return source is not None

    def _on_clipboard(self) -> Source | None:
        mime = QGuiApplication.clipboard().mimeData()
        return picture_in(mime) if mime is not None else None

    def _look_into_file(self, path: str) -> None:
        self.look_into(Path(path))

    def _set_up(self, setup: Scanner) -> None:
        self._window.workspace.settings.save(SETTINGS, asdict(setup))
        self.wedge.use(setup)

    def _find(self, codes: Sequence[str], _job: Job) -> list[Found]:
        from logistics_desktop.finding import find
        from logistics_desktop.ledgers import LEDGERS

        with self._window.workspace.office.session() as session:
            return [found for code in codes for found in find(session, LEDGERS, code)]

    def _take(self, codes: Sequence[str], found: Sequence[Found]) -> None:
        unique = list(dict.fromkeys(found))
        if not unique:
            said = ", ".join(code if len(code) <= _LONGEST_SHOWN else code[:_LONGEST_SHOWN] + "…" for code in codes)
            self._window.notices.say(_(N_("Nothing here has the code “{code}”."), code=said), Tone.WARNING)
        elif len(unique) == 1:
            self.open(unique[0])
        else:
            self._ask_which(unique)

    def open(self, found: Found) -> None:
        """Show a row in its ledger or screen, unless the screen on top has a use for it."""
        current: object = self._window.tabs.current_screen()
        if isinstance(current, TakesFound) and current.take_found(found.ledger, found.id):
            return
        screen: object = self._window.open_module(found.ledger)
        if isinstance(screen, ShowsRecords):
            screen.open_record(found.id)

    def _ask_which(self, found: Sequence[Found]) -> None:
        from logistics_desktop.ledgers import LEDGERS

        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSection(_(N_("The code means several rows")))
        for each in found:
            entity = LEDGERS.get(each.ledger)
            ledger = _(entity.singular) if entity is not None else _(N_("Document"))
            text = _(N_("{ledger}: {code} {title}"), ledger=ledger, code=each.code, title=each.title)
            menu.addAction(text.replace("&", "&&"), partial(self.open, each))
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))
