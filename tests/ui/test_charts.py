"""Charts: what is drawn, what is under the pointer, what was clicked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui import theme
from ui.appearance import Theme
from ui.charts.chart import Chart
from ui.charts.drawing import Canvas, draw
from ui.charts.plot import Plot, Series, Shape
from ui.tasks import Tasks

MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))
PLOT = Plot(
    MONTHS,
    (
        Series("净值", tuple(Decimal(100 - month) for month in range(12))),
        Series("预计", tuple(None if month < 6 else Decimal(50) for month in range(12)), Shape.DASHED),
    ),
    "元",
)
CANVAS = Canvas(600, 240, 1.0, "#ffffff", "#000000", "#666666", "#dddddd", ("#1c5fb8", "#c2570c"))


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks(lambda error: pytest.fail(f"{error}"))
    yield made
    made.close()


@pytest.fixture
def chart(tasks: Tasks, qtbot: QtBot) -> Chart:
    shown = Chart(tasks)
    qtbot.addWidget(shown)
    shown.resize(600, 240)
    shown.show()
    shown.show_plot(PLOT)
    qtbot.waitUntil(lambda: shown.drawn() and not tasks.busy())
    return shown


def test_a_chart_has_the_size_asked_for_and_its_categories_from_left_to_right() -> None:
    picture = draw(PLOT, CANVAS)
    assert (picture.width, picture.height) == (600, 240)
    assert len(picture.pixels) == 600 * 240 * 4
    assert list(picture.places) == sorted(picture.places)
    assert 0 < picture.places[0] < picture.places[-1] < 600


def test_chinese_letters_are_drawn_without_a_warning_and_a_dense_screen_gets_more_pixels() -> None:
    """Warnings fail tests, and a missing letter is one."""
    dense = draw(PLOT, replace(CANVAS, ratio=2.0))
    assert (dense.width, dense.height) == (1200, 480)
    assert dense.places[-1] < 600


def test_bars_stand_upon_each_other() -> None:
    def ink(*amounts: int) -> int:
        series = tuple(
            Series(f"{at}", (Decimal(amount),), Shape.STACK, at)
            for at, amount in enumerate((*amounts, 100 - sum(amounts)))
        )
        picture = draw(Plot(("2026",), series), CANVAS)
        image = QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBA8888)
        middle = int(picture.places[0])
        return sum(image.pixelColor(middle, y) == QColor("#1c5fb8") for y in range(picture.height))

    assert ink(25) < ink(75)


def test_the_pointer_is_told_the_values_and_a_click_its_category(chart: Chart, qtbot: QtBot) -> None:
    assert chart.plot.words(7) == "2026-08\n预计: 50.00\n净值: 93.00"
    assert chart.plot.words(0) == "2026-01\n净值: 100.00"
    with qtbot.waitSignal(chart.clicked) as clicked:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(int(chart.places[3]) + 2, 100))
    assert clicked.args == [3]


def test_the_chart_follows_the_theme(chart: Chart, tasks: Tasks, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = (app.palette(), app.styleSheet())
    try:
        theme.apply(app, Theme.DARK)
        qtbot.waitUntil(
            lambda: chart.grab().toImage().pixelColor(2, 2) == QColor(theme.DARK.surface) and not tasks.busy()
        )
    finally:
        app.setPalette(before[0])
        app.setStyleSheet(before[1])
        app.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qtbot.waitUntil(lambda: not tasks.busy())


def test_nothing_to_show_is_an_empty_chart(chart: Chart, tasks: Tasks, qtbot: QtBot) -> None:
    chart.show_plot(Plot((), ()))
    assert not chart.drawn()
    assert chart.category_at(10) is None
