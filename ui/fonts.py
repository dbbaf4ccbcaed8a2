"""The font of the program: the system's own, with the bundled one for what it has no glyphs for."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from logistics_desktop.paths import RESOURCES

FAMILY = "Logistics Sans SC"
_FILE = RESOURCES / "fonts" / "LogisticsSansSC-Regular.otf"
_SMALLEST = 9.0  # points; Chinese characters are hard to read below it


def use(app: QApplication) -> None:
    """Choose the font. Where the system has no simplified Chinese font, ours is the first, so that lines are even."""
    has_chinese = bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    QFontDatabase.addApplicationFont(str(_FILE))
    font = QFont(app.font())
    own = font.families() or [font.family()]
    font.setFamilies([*own, FAMILY] if has_chinese else [FAMILY, *own])
    font.setPointSizeF(max(font.pointSizeF(), _SMALLEST))
    app.setFont(font)
