"""The looks: readable in both themes, icons that follow, characters that are there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from logistics_desktop.paths import RESOURCES
from ui import fonts, theme
from ui.appearance import Theme
from ui.theme import DARK, LIGHT, Colours

ICONS = sorted((RESOURCES / "icons").glob("*.svg"))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_and_edges_can_be_seen(colours: Colours) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for what marks a field or the focus."""
    behind = (colours.window, colours.surface, colours.stripe, colours.side)
    for ground in behind:
        for ink in (colours.text, colours.muted):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
        assert contrast(colours.accent, ground) >= 3, ground
    for ink in (colours.done, colours.warning, colours.danger):
        assert contrast(ink, colours.surface) >= 4.5, ink
        assert contrast(ink, colours.side) >= 4.5, ink
    assert contrast(colours.text, colours.hover) >= 4.5
    assert contrast(colours.chosen_text, colours.chosen) >= 4.5
    assert contrast(colours.accent_text, colours.accent) >= 4.5
    assert contrast(colours.edge, colours.surface) >= 3
    assert contrast(colours.edge, colours.window) >= 2.7


def test_the_style_sheet_has_every_colour_that_it_names_and_the_pictures_are_there() -> None:
    for colours in (LIGHT, DARK):
        sheet = theme.style_sheet(colours)
        assert "$" not in sheet
        pictures = [part.partition(")")[0] for part in sheet.split("url(")[1:]]
        assert pictures
        assert [path for path in pictures if not Path(path).exists()] == []


def test_a_change_of_theme_changes_what_is_on_the_screen(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == DARK.surface
    theme.apply(qapp, Theme.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == LIGHT.surface


def test_an_icon_takes_the_colour_of_the_theme_without_being_made_again(qapp: QApplication) -> None:
    icon = theme.icon("assets")
    theme.apply(qapp, Theme.LIGHT)
    light = icon.pixmap(32, 32).toImage()
    theme.apply(qapp, Theme.DARK)
    dark = icon.pixmap(32, 32).toImage()
    theme.apply(qapp, Theme.LIGHT)
    assert light != dark
    assert icon.pixmap(32, 32).toImage() == light


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_draws_something_in_the_themes_colour(qapp: QApplication, path: Path) -> None:
    image = theme.icon(path.stem).pixmap(24, 24).toImage()
    inked = [
        image.pixelColor(x, y).alpha() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 128
    ]
    assert len(inked) > 10
    assert "#" not in path.read_text("utf-8"), "a colour of its own would not follow the theme"


def test_the_bundled_font_has_the_rare_characters_of_names_and_stays_small() -> None:
    path = RESOURCES / "fonts" / "LogisticsSansSC-Regular.otf"
    with TTFont(path, lazy=True) as font:
        characters = font.getBestCmap()
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    common = set(map(ord, "".join(pair.decode("gb2312", "ignore") for pair in rows)))
    assert len(common) == 6763, "the Chinese characters of GB 2312"
    assert common | set(map(ord, "䶮𬭚㛃𫖯𬱖㼆①℃㎡×≤“”￥·—…")) <= characters.keys()
    assert path.stat().st_size < 8_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (path.parent / "OFL.txt").read_text("utf-8")


def test_a_system_without_chinese_shows_chinese_in_the_bundled_font(qapp: QApplication) -> None:
    before = qapp.font()
    fonts.use(qapp)
    try:
        assert fonts.FAMILY in QFontDatabase.families()
        assert fonts.FAMILY in qapp.font().families()
        assert qapp.font().pointSizeF() >= 9
    finally:
        qapp.setFont(before)


def test_qt_calls_do_not_lose_references_to_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 did, until None was freed and the process died."""
    label = QLabel()
    before = sys.getrefcount(None)
    for _time in range(2000):
        label.setText("")
        label.repaint()
        label.setBuddy(label)
        label.parentWidget()
    assert sys.getrefcount(None) > before - 500
