"""One asset in a book: its schedule, a change before it is stored, its terms and who says them; and what lies ahead."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from db.models.assets import Method
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation import one_asset
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.ledger import records
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from tests.ui.windows import Settle
from ui.depreciation.change_dialog import ChangeDialog
from ui.depreciation.schedule_dialog import ScheduleDialog
from ui.depreciation.screen import DepreciationScreen
from ui.depreciation.terms_dialog import TermsDialog
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

MARCH = Month(2026, 3)


def dialog(screen: DepreciationScreen, kind: type[QDialog]) -> QDialog:
    return next(one for one in screen.findChildren(kind) if one.isVisible())


def schedule(screen: DepreciationScreen, settle: Settle, asset: int) -> ScheduleDialog:
    screen.show_schedule(asset)
    settle()
    shown = dialog(screen, ScheduleDialog)
    assert isinstance(shown, ScheduleDialog)
    return shown


@pytest.mark.usefixtures("two_closed")
def test_the_schedule_of_an_asset_has_its_past_its_future_and_a_chart(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    shown = schedule(screen, settle, ids["ZC001"])
    lines = shown.table.figures.lines
    assert len(lines) == 12
    assert lines[0] == ("2026-01", "closed", "100.00", "100.00", "1,100.00")
    assert lines[2][1] == "posted"
    assert lines[-1] == ("2026-12", "to come", "100.00", "1,200.00", "0.00")
    assert shown.table.current_line() == 2  # the last month in the books
    assert shown.chart.drawn()
    assert [one.label for one in shown.chart.plot.series] == ["Book value, posted", "Book value, to come"]
    shown.chart.clicked.emit(11)
    assert shown.table.current_line() == 11


@pytest.mark.usefixtures("two_closed")
def test_the_schedule_is_reached_from_the_ledger_of_assets(
    window: MainWindow, screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    from ui.assets.screen import AssetsScreen

    assets = window.open_module("assets")
    assert isinstance(assets, AssetsScreen)
    settle()
    row = assets.table.row_of(ids["ZC003"])
    assert row is not None
    assets.table.select_record(row)
    assets.depreciation.trigger()
    settle()
    shown = dialog(screen, ScheduleDialog)
    assert "ZC003 空调" in shown.head.text()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("two_closed")
def test_a_change_is_seen_month_by_month_and_year_by_year_before_it_is_stored(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int], office: Office, two_closed: int
) -> None:
    shown = schedule(screen, settle, ids["ZC001"])
    shown.change.click()
    settle()
    change = dialog(screen, ChangeDialog)
    assert isinstance(change, ChangeDialog)
    assert change.month.currentData() == MARCH
    months = change.editors["life_months"]
    months.setText("22")  # type: ignore[union-attr]
    months.changed.emit()
    settle()
    # 1,000 over the twenty months that remain instead of ten
    assert change.months.figures.lines[0] == ("2026-03", "100.00", "50.00", "900.00", "950.00")
    assert change.years.figures.lines == [
        ("2026", "1,000.00", "500.00", "-500.00"),
        ("2027", "0.00", "500.00", "+500.00"),
    ]
    change.act.click()
    settle()
    assert "reason" in change.said.text()
    change.reason.setText("大修后延长使用")
    change.act.click()
    settle()
    assert not [one for one in screen.findChildren(ChangeDialog) if one.isVisible()]
    with office.session() as session:
        steps = one_asset.course(session, two_closed, ids["ZC001"]).steps
    assert steps[-1].period == Month(2027, 10)
    assert shown.table.figures.lines[-1][0] == "2027-10"  # the schedule behind shows it


@pytest.mark.usefixtures("two_closed")
@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("residual_value", "5000", "above the original value"),
        ("life_months", "2", "has to be longer"),
        ("cost", "much", "is not a number"),
        ("cost", "150", "below what is already charged"),
        ("impairment", "99999", "above the book value"),
    ],
)
def test_a_change_that_cannot_be_is_told_before_it_is_stored(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int], field: str, text: str, told: str
) -> None:
    change = screen.show_change(ids["ZC001"])
    assert isinstance(change, ChangeDialog)
    settle()
    editor = change.editors[field]
    editor.setText(text)  # type: ignore[union-attr]
    editor.changed.emit()
    settle()
    assert told in change.said.text()
    assert [key for key, one in change.editors.items() if one.property("wrong")] == [field]
    change.reason.setText("为什么")
    change.act.click()
    settle()
    assert change.isVisible()
    assert told in change.said.text()
    assert [key for key, one in change.editors.items() if one.property("wrong")] == [field]


@pytest.mark.usefixtures("two_closed")
def test_a_cost_below_the_residual_value_is_marked_though_that_was_not_typed(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int], office: Office, two_closed: int
) -> None:
    with office.session() as session:
        said = {"book_id": two_closed, "asset_id": ids["ZC001"], "residual_value": Decimal(500)}
        records.create(session, LEDGERS["book-assets"], said)
    change = screen.show_change(ids["ZC001"])
    assert isinstance(change, ChangeDialog)
    settle()
    change.editors["cost"].set_value(Decimal(400))
    change.preview()
    settle()
    assert "residual value 500.00 is above the original value 400.00" in change.said.text()
    assert [key for key, one in change.editors.items() if one.property("wrong")] == ["cost"]


@pytest.mark.usefixtures("two_closed")
def test_terms_say_where_they_come_from_and_may_be_said_anew_for_one_asset(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    terms = screen.show_terms(ids["ZC003"])
    assert isinstance(terms, TermsDialog)
    settle()
    assert terms.origins["life_months"].text() == "36, from the class “设备”"
    assert terms.origins["cost"].text() == "3,600.00, from the card of the asset"
    terms.editors["life_months"].set_value(60)
    terms.editors["method"].set_value(Method.STRAIGHT_LINE)
    terms.act.click()
    settle()
    again = screen.show_terms(ids["ZC003"])
    assert isinstance(again, TermsDialog)
    settle()
    assert again.origins["life_months"].text() == "60, from this asset in this book"
    assert again.editors["life_months"].value() == 60


@pytest.mark.usefixtures("two_closed")
def test_an_opening_balance_without_its_months_is_refused_in_words(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    terms = screen.show_terms(ids["ZC003"])
    assert isinstance(terms, TermsDialog)
    settle()
    terms.editors["opening_accumulated"].set_value(Decimal(100))
    terms.act.click()
    settle()
    assert terms.isVisible()
    assert terms.said.text()
    assert [key for key, one in terms.editors.items() if one.property("wrong")] == ["opening_months"]


@pytest.mark.usefixtures("two_closed")
@pytest.mark.parametrize(
    ("typed", "told", "marked"),
    [
        ({"residual_value": Decimal(5000)}, "is above the original value 3600.00", ["residual_value"]),
        ({"life_months": 30, "method": Method.SUM_OF_YEARS}, "whole years", ["life_months"]),
        ({"method": Method.UNITS_OF_PRODUCTION}, "need the total units", ["method"]),
    ],
)
def test_terms_that_the_card_and_the_class_make_impossible_are_refused_on_save(
    screen: DepreciationScreen,
    settle: Settle,
    ids: dict[str, int],
    typed: dict[str, object],
    told: str,
    marked: list[str],
) -> None:
    terms = screen.show_terms(ids["ZC003"])
    assert isinstance(terms, TermsDialog)
    settle()
    for key, value in typed.items():
        terms.editors[key].set_value(value)
    terms.act.click()
    settle()
    assert told in terms.said.text()
    assert [key for key, one in terms.editors.items() if one.property("wrong")] == marked
    terms.reject()
    settle()
    again = screen.show_terms(ids["ZC003"])
    assert isinstance(again, TermsDialog)
    settle()
    assert again.before is None, "nothing was stored"


@pytest.mark.usefixtures("two_closed")
def test_the_forecast_is_by_class_or_department_with_a_chart(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    page = screen.forecast
    screen.pages.setCurrentWidget(page)
    settle()
    assert len(page.table.figures.lines) == 36
    assert page.table.figures.lines[0] == ("2026-03", "395.00", "6,110.00", "300.00", "95.00")
    assert [column.label for column in page.table.figures.columns][3:] == ["家具", "设备"]
    assert [page.by.itemText(at) for at in range(page.by.count())] == ["By top class", "By class", "By department"]
    page.by.setCurrentIndex(1)
    settle()
    assert [column.label for column in page.table.figures.columns][3:] == ["家具", "空调"]
    page.by.setCurrentIndex(2)
    settle()
    assert [column.label for column in page.table.figures.columns][3:] == ["办公室", "工程部"]
    assert page.table.figures.lines[0][3:] == ("100.00", "295.00")
    assert page.chart.drawn()


@pytest.mark.usefixtures("two_closed")
def test_what_reaches_the_end_of_its_life_is_listed_the_soonest_first(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    page = screen.endings
    screen.pages.setCurrentWidget(page)
    settle()
    assert [(line[0], line[1]) for line in page.table.figures.lines] == [("2026-12", "ZC001"), ("2026-12", "ZC002")]
    assert not any(one.before for one in page.endings)
    page.months.setValue(40)
    page.read_button.click()
    settle()
    assert page.table.figures.lines[-1][1] == "ZC003"
    page.table.opened.emit(0)
    settle()
    assert dialog(screen, ScheduleDialog).isVisible()


@pytest.mark.usefixtures("two_closed")
def test_a_class_shows_what_a_change_of_it_does_before_it_is_saved(
    window: MainWindow, settle: Settle, ids: dict[str, int]
) -> None:
    from ui.assets.classes_screen import ClassesScreen
    from ui.depreciation.class_effect import ClassEffectDialog

    classes = window.open_module("classes")
    assert isinstance(classes, ClassesScreen)
    settle()
    classes.open_record(ids["air"])
    settle()
    editor = classes.panel.form.editor("life_months")
    editor.setText("72")
    editor.changed.emit()
    classes.effect.trigger()
    settle()
    effect = next(one for one in window.findChildren(ClassEffectDialog) if one.isVisible())
    assert effect.table.figures.lines == [("ZC003", "空调", "95.00", "46.83", "-48.17", "34", "70", "")]
    effect.reject()
    classes.panel.save()  # saving shows it first
    settle()
    asked = next(one for one in window.findChildren(ClassEffectDialog) if one.isVisible())
    assert classes.panel.form.touched()
    asked.act.click()
    settle()
    assert not classes.panel.form.touched()


@pytest.mark.usefixtures("two_closed")
def test_a_class_in_one_book_shows_it_too_also_where_it_is_new(
    window: MainWindow, screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    from ui.depreciation.class_effect import ClassEffectDialog

    classes = screen.open_ledger("book-classes")
    settle()
    classes.new_record()
    settle()
    form = classes.panel.form
    form.put("class_id", Reference(ids["air"], "空调"))
    form.put("life_months", 72)
    classes.panel.save()
    settle()
    asked = next(one for one in window.findChildren(ClassEffectDialog) if one.isVisible())
    assert asked.table.figures.lines == [("ZC003", "空调", "95.00", "46.83", "-48.17", "34", "70", "")]
    assert classes.panel.form.touched(), "nothing is stored yet"
    asked.act.click()
    settle()
    form.put("note", "按税法")
    classes.panel.save()
    settle()
    assert not form.touched(), "a note changes no amount, so nothing is asked"
    form.put("life_months", 36)
    classes.panel.save()
    settle()
    again = next(one for one in window.findChildren(ClassEffectDialog) if one.isVisible())
    assert again.table.figures.lines[0][2:5] == ("46.83", "95.00", "+48.17")


@pytest.mark.usefixtures("two_closed")
def test_the_terms_of_a_class_are_not_changed_cell_by_cell_past_the_preview(
    window: MainWindow, settle: Settle, ids: dict[str, int]
) -> None:
    classes = window.open_module("classes")
    assert isinstance(classes, LedgerScreen)
    settle()
    row = classes.model.ids(range(classes.model.rowCount())).index(ids["air"])
    keys = [field.key for field in classes.entity]
    for key, editable in (("name", True), ("life_months", False), ("method", False), ("residual_rate", False)):
        classes.table.setCurrentIndex(classes.model.index(row, keys.index(key)))
        classes.cells.start()
        assert (classes.cells.editor is not None) is editable, key
        if classes.cells.editor is not None:
            QTest.keyClick(classes.cells.editor, Qt.Key.Key_Escape)
    assert "shows what follows before it is saved" in window.notices.texts()[-1]


@pytest.mark.usefixtures("two_closed")
def test_a_new_row_of_what_the_book_says_is_of_the_book_on_show(
    screen: DepreciationScreen, settle: Settle, ids: dict[str, int]
) -> None:
    readings = screen.open_ledger("book-assets")
    settle()
    readings.new_record()
    settle()
    form = readings.panel.form
    assert form.editor("book_id").text() == "主账"
    form.put("asset_id", Reference(ids["ZC001"], "办公桌"))
    form.put("note", "期初")
    readings.panel.save()
    settle()
    assert readings.panel.record is not None
    assert readings.panel.record.values["book_id"].title == "主账"
