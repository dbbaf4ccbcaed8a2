"""The forecast: what the coming 36 months will charge, month by month, by top class, by class and by department."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation.ahead import Forecast, ForecastLine, forecast
from logistics_desktop.features.depreciation.sheets.order import Made, Order
from logistics_desktop.features.depreciation.sheets.paper import form
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.workbook.write import ColumnOut, SheetOut

TITLE = N_("Forecast of depreciation")
_MONTHS = range(1, 13)

Key = Callable[[ForecastLine], tuple[Hashable, str | None]]


def make(session: Session, order: Order, job: Job | None = None) -> Made:
    """Make the workbook from the first month on that is not closed. Raises `Cancelled`."""
    found = forecast(session, order.book.id, job=job)
    title = _(TITLE)
    paper = form(session, order.book, f"{found.months[0]} … {found.months[-1]}")
    months = [
        [month.year, str(month), amount, value]
        for month, amount, value in zip(found.months, found.totals, found.book_values, strict=True)
    ]
    columns = [
        ColumnOut(_(N_("Year")), "integer", 8),
        ColumnOut(_(N_("Month")), "code", 12),
        ColumnOut(_(N_("Depreciation of the month")), "money", 20, total=True),
        ColumnOut(_(N_("Book value at its end")), "money", 20),
    ]
    tops = list(_years(found, lambda line: (line.top_class, line.top_class and line.top_class[1]), _(N_("No class"))))
    classes = list(_years(found, lambda line: (line.class_id, line.class_name), _(N_("No class"))))
    departments = list(_years(found, lambda line: (line.department_id, line.department_name), _(N_("No department"))))
    sheets = [
        SheetOut(_(N_("By month")), columns, months, title, 0, paper),
        SheetOut(_(N_("By top class")), _year_columns(_(N_("Top class"))), tops, title, 2, paper),
        SheetOut(_(N_("By class")), _year_columns(_(N_("Class"))), classes, title, 2, paper),
        SheetOut(_(N_("By department")), _year_columns(_(N_("Department"))), departments, title, 2, paper),
    ]
    return Made(sheets, len(months) + len(tops) + len(classes) + len(departments))


def _year_columns(label: str) -> list[ColumnOut]:
    return [
        ColumnOut(_(N_("Year")), "integer", 7),
        ColumnOut(label, "text", 20),
        *(ColumnOut(_(N_("Month {number}"), number=number), "money", 13, total=True) for number in _MONTHS),
        ColumnOut(_(N_("Whole year")), "money", 15, total=True),
    ]


def _years(found: Forecast, key: Key, unnamed: str) -> Iterator[list[object]]:
    """A row for each calendar year and each class or department; a month that is not asked for stays empty."""
    sums: dict[tuple[Hashable, str | None], list[Decimal]] = {}
    for line in found.lines:
        so_far = sums.setdefault(key(line), [Decimal("0.00")] * len(found.months))
        so_far[:] = [a + b for a, b in zip(so_far, line.amounts, strict=True)]
    for year in sorted({month.year for month in found.months}):
        for (_number, name), amounts in sorted(sums.items(), key=lambda item: item[0][1] or "\uffff"):
            by_month = {
                month.month: amount for month, amount in zip(found.months, amounts, strict=True) if month.year == year
            }
            cells = [by_month.get(number) for number in _MONTHS]
            yield [year, name or unnamed, *cells, sum(by_month.values(), Decimal("0.00"))]
