"""Finance's schedules of single assets checked: a form with the terms, and below it a row for every asset year.

Such sheets are worked out by formulas that somebody copied, and are often wrong from the second year on. They are
compared with what their own terms give, by the method that their title names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from db.models.assets import Method, Standard
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.choices import METHODS
from logistics_desktop.features.depreciation.cents import residual_of
from logistics_desktop.features.depreciation.differences import CENT, Cause, Difference, Figures, Guess
from logistics_desktop.features.depreciation.guessing import wrong_in_itself
from logistics_desktop.features.depreciation.methods import YEAR
from logistics_desktop.features.depreciation.old_workbook import FIGURES
from logistics_desktop.features.depreciation.refusals import refused
from logistics_desktop.features.depreciation.schedule import Charge, schedule
from logistics_desktop.features.depreciation.terms import Terms
from logistics_desktop.jobs import Job
from logistics_desktop.workbook.amounts import Integer, Number
from logistics_desktop.workbook.cells import Cells
from logistics_desktop.workbook.findings import Column, SheetFinding, Verdict
from logistics_desktop.workbook.gate import check_file
from logistics_desktop.workbook.headers import Vocabulary, split_unit
from logistics_desktop.workbook.mapping import map_headers, vocabulary
from logistics_desktop.workbook.planned import Options, Source
from logistics_desktop.workbook.raw_sheet import filled, text_of
from logistics_desktop.workbook.reading import read_workbook
from logistics_desktop.workbook.understand import understand

_HEADERS = {
    "year": ["年份", "年次", "年度", "年数", "期数", "折旧年份", "折旧年度", "折旧年次", "使用年次"],
    "year_amount": ["年折旧额", "年折旧", "本年折旧", "本年折旧额", "当年折旧", "当年折旧额", "年度折旧", "年度折旧额"],
    "accumulated": FIGURES["accumulated"].split(),
    "book_value": FIGURES["book_value"].split(),
}


@dataclass(frozen=True, slots=True)
class OldYear:
    """The row of an asset year, counted from 1."""

    row: int
    year: int
    figures: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class OldSchedule:
    """A sheet with the schedule of one asset; `terms` is None where the form does not say enough."""

    sheet: str
    header_row: int
    code: str
    name: str
    terms: Terms | None
    years: tuple[OldYear, ...]


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year compared with what the sheet's own terms give; nothing is wrong where `guess` is None."""

    row: int
    year: int
    differences: tuple[Difference, ...]
    guess: Guess | None

    def __str__(self) -> str:
        return "; ".join([*map(str, self.differences), str(self.guess)])


def read_schedules(path: Path, standard: Standard, job: Job | None = None) -> list[OldSchedule]:
    """Read every sheet that is the schedule of one asset. Raises `UserError` for a bad file, `Cancelled`."""
    check_file(path)
    workbook = read_workbook(path, Vocabulary.of(_HEADERS, ("year",)), check=job.check if job else None)
    sheets = (sheet for sheet in workbook.sheets if len(_columns(sheet)) > 2)
    return [_schedule(sheet, standard, date1904=workbook.date1904) for sheet in sheets]


def check_schedule(old: OldSchedule) -> list[YearLine]:
    """Compare every year with what the sheet's own terms give; nothing where they cannot be charged."""
    if old.terms is None or refused(old.terms):
        return []
    charges = schedule(old.terms)
    return [_compared(old.terms, charges, year) for year in old.years]


def _compared(terms: Terms, charges: Sequence[Charge], old: OldYear) -> YearLine:
    months = charges[(old.year - 1) * YEAR : old.year * YEAR]
    last = charges[min(old.year * YEAR, len(charges)) - 1]
    ours = {
        "year_amount": sum((one.amount for one in months), Decimal(0)),
        "accumulated": last.accumulated,
        "book_value": last.book_value,
    }
    found = tuple(
        Difference(name, ours[name], there)
        for name, there in old.figures.items()
        if abs(there - ours[name]) > CENT * YEAR * old.year
    )
    if not found:
        return YearLine(old.row, old.year, (), None)
    said = Figures(terms.cost, None, old.figures.get("accumulated"), old.figures.get("book_value"))
    return YearLine(old.row, old.year, found, wrong_in_itself(said) or Guess(Cause.FORMULA))


def _columns(sheet: SheetFinding) -> dict[str, int]:
    """The place of each column that is known."""
    known = Vocabulary.of(_HEADERS, ("year",))
    found: dict[str, int] = {}
    for place, column in enumerate(sheet.columns):
        key = known.field_of(column.path) if column.path else None
        if key:
            found.setdefault(key, place)
    return found


def _schedule(sheet: SheetFinding, standard: Standard, *, date1904: bool) -> OldSchedule:
    form = _form(sheet, date1904=date1904)
    return OldSchedule(
        sheet.name,
        sheet.header_rows[-1],
        form.get("code") or "",
        form.get("name") or "",
        _terms(form, _method(sheet), standard),
        tuple(_years(sheet)),
    )


def _years(sheet: SheetFinding) -> Iterator[OldYear]:
    places = _columns(sheet)
    years = Integer().column(sheet.cells[places.pop("year")]).values
    columns = {
        key: Number(18, 6, sheet.columns[place].unit or sheet.money_unit).column(sheet.cells[place]).values
        for key, place in places.items()
    }
    for at, year in enumerate(years):
        figures = {key: value for key, values in columns.items() if (value := values[at]) is not None}
        if year and figures:
            yield OldYear(sheet.row_numbers[at], year, figures)


def _form(sheet: SheetFinding, *, date1904: bool) -> dict[str, Any]:
    """What the form above the table says, by the keys of an asset's fields."""
    known = vocabulary(ASSETS, {})
    columns: list[Column] = []
    cells: list[Cells] = []
    for row in sheet.above:
        for (place, label), (_next, value) in pairwise(filled(row)):
            text, unit = split_unit(text_of(label))
            if text and known.field_of((text,)) and not known.field_of((text_of(value) or "—",)):
                columns.append(Column(len(columns), str(place), text, unit, (text,)))
                cells.append(Cells.of([value]))
    asked = SheetFinding(sheet.name, Verdict.TAKEN, None, columns=tuple(columns), row_numbers=[1], cells=cells)
    found = understand(ASSETS, Source("", "", asked, date1904), map_headers(ASSETS, columns, {}, {}), Options())
    return {key: values[0] for key, values in found.values.items()}


def _method(sheet: SheetFinding) -> Method | None:
    """The method that the title or the name of the sheet speaks of."""
    said = " ".join([sheet.name, sheet.title, *(text_of(raw) for row in sheet.above for _place, raw in filled(row))])
    words = [(alias, method) for method, choice in METHODS.items() for alias in choice.aliases if alias in said]
    return max(words, key=lambda one: len(one[0]))[1] if words else None


def _terms(form: Mapping[str, Any], method: Method | None, standard: Standard) -> Terms | None:
    cost, life, day = form.get("original_value"), form.get("life_months"), form.get("in_service_on")
    method = method or form.get("method")
    if cost is None or life is None or day is None or method is None:
        return None
    residual = form.get("residual_value")
    if residual is None:
        residual = residual_of(cost, form.get("residual_rate") or Decimal(0))
    return Terms(standard, method, cost, residual, life, day)
