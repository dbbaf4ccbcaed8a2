"""The manual in a window: contents on the left, found by their words, the page on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor, QTextDocument, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _, language
from logistics_desktop.paths import DOCS

_LINK = re.compile(r"\]\(([\w-]+\.md)\)")
_PLACE = Qt.ItemDataRole.UserRole
_MARGIN, _CELL = 16, 4


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the manual with the headings in it; the first heading is its title."""

    path: Path
    text: str
    headings: tuple[str, ...]


def read_pages(folder: Path) -> list[Page]:
    """The page `index` and then those that it links to, in its order. No pages where there is no index."""
    index = folder / "index.md"
    if not index.exists():
        return []
    first = _read(index)
    linked = dict.fromkeys(_LINK.findall(first.text))
    return [first, *(_read(folder / name) for name in linked if (folder / name).exists())]


def _read(path: Path) -> Page:
    text = path.read_text("utf-8")
    headings = tuple(line.lstrip("#").strip() for line in text.splitlines() if line.startswith(("# ", "## ")))
    return Page(path, text, headings or (path.stem,))


class _Browser(QTextBrowser):
    """Shows a page; a picture that is wider than the page is made to fit it."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenExternalLinks(True)
        self.sourceChanged.connect(self._arrange)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """What the page refers to."""
        loaded = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return loaded
        picture = QImage.fromData(loaded) if isinstance(loaded, QByteArray) else QImage(loaded)
        beside = 0 if self.verticalScrollBar().isVisible() else self.verticalScrollBar().sizeHint().width()
        room = max(self.viewport().width() - beside - 2 * _MARGIN, _MARGIN)
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)

    def _arrange(self, _source: QUrl) -> None:
        """Give a page its margin, and its tables lines and some room in their cells."""
        self.document().setDocumentMargin(_MARGIN)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format().toTableFormat()
                table.setCellPadding(_CELL)
                table.setBorderCollapse(True)
                table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                table.setBorderBrush(self.palette().mid())
                frame.setFormat(table)


class Manual(QWidget):
    """The manual of the language in force; links between its pages and back and forward work."""

    keys_wanted = Signal()  # F1 in the manual

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_(N_("Manual")))
        self.resize(980, 680)
        self.pages = read_pages(DOCS / "manual" / language())
        self.page = _Browser()
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_(N_("Search the manual")))
        self.search.setClearButtonEnabled(True)
        self._lay_out()
        self._fill("")
        self.search.textChanged.connect(self._fill)
        self.contents.currentItemChanged.connect(self._go)
        first = self.contents.topLevelItem(0)
        if first is not None:
            self.contents.setCurrentItem(first)
        self.contents.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 once more asks for the keys."""
        if event.key() == Qt.Key.Key_F1:
            self.keys_wanted.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        split = QSplitter()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 8, 8)
        row = QHBoxLayout()
        for sign, name, go in (
            ("‹", _(N_("Back")), self.page.backward),
            ("›", _(N_("Forward")), self.page.forward),
        ):
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(name)
            button.clicked.connect(go)
            row.addWidget(button)
        row.addWidget(self.search, 1)
        column.addLayout(row)
        column.addWidget(self.contents, 1)
        split.addWidget(side)
        split.addWidget(self.page)
        split.setSizes([260, 720])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _fill(self, words: str) -> None:
        """List the pages that have all the words, the headings of each below it."""
        self.contents.blockSignals(True)
        self.contents.clear()
        wanted = words.casefold().split()
        for page in self.pages:
            if all(word in page.text.casefold() for word in wanted):
                item = QTreeWidgetItem(self.contents, [page.headings[0]])
                item.setData(0, _PLACE, (str(page.path), ""))
                for heading in page.headings[1:]:
                    QTreeWidgetItem(item, [heading]).setData(0, _PLACE, (str(page.path), heading))
                item.setExpanded(bool(wanted) or len(self.pages) == 1)
        self.contents.blockSignals(False)

    def _go(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        path, heading = item.data(0, _PLACE)
        url = QUrl.fromLocalFile(path)
        if self.page.source() != url:
            self.page.setSource(url)
        self._scroll_to(heading)

    def _scroll_to(self, heading: str) -> None:
        block = self.page.document().begin()
        while heading and block.isValid() and not (block.blockFormat().headingLevel() and block.text() == heading):
            block = block.next()
        cursor = QTextCursor(block if block.isValid() else self.page.document().begin())
        self.page.moveCursor(QTextCursor.MoveOperation.End)  # so that the heading comes to the top, not the bottom
        self.page.setTextCursor(cursor)
        self.page.ensureCursorVisible()
