"""From raw cells to dates and to lives in months."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from logistics_desktop.i18n import N_
from logistics_desktop.workbook.amounts import NUMERALS, Figure, figure_of
from logistics_desktop.workbook.cells import Cells, Raw
from logistics_desktop.workbook.texts import shown
from logistics_desktop.workbook.values import (
    Parsed,
    ParsedColumn,
    Parser,
    Problem,
    error,
    says_nothing,
    unusable,
    warning,
)

_EPOCH_1900 = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
_SMALLEST_SERIAL = 3_000  # 1908: smaller whole numbers in a column of dates are rather years or mistakes
_LARGEST_SERIAL = 109_573  # the end of 2199

_SEPARATED = re.compile(
    r"(?P<year>\d{4})(?:[-/.．_、]|年)(?P<month>\d{1,2})(?:(?:[-/.．_、]|月)(?P<day>\d{1,2})[日号]?|月(?:份)?)?"
    r"(?:[T ]?(?:[上下]午)?\d{1,2}[:时点]\d{1,2}.*|[上下]午|星期.|周.|[.。])?"
)
_SPACE = re.compile(r"\s+(?!\d{1,2}[:时])")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})(?:[-/.]|月)(?P<day>\d{1,2})[日号]?")
_PACKED = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?")
_SHORT_YEAR = re.compile(r"(?P<year>\d{2})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?")
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?:[ T].*)?")
_DAY_WORD_YEAR = re.compile(r"(?P<day>\d{1,2})[-/., ]?(?P<word>[a-z]{3,9})[-/., ]*(?P<year>\d{4}|\d{2})", re.IGNORECASE)
_WORD_DAY_YEAR = re.compile(r"(?P<word>[a-z]{3,9})[-/., ]?(?P<day>\d{1,2})[-/., ]+(?P<year>\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_ALONE = re.compile(r"(?P<year>\d{4})年?")
_NUMERALS = {
    letter: digit
    for digit, letters in enumerate(("〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Date(Parser[dt.date]):
    """A day. A month alone means its first day.

    `year_hint` is the year of "5.1" and "3月5日" (a title names it); `date1904`: serial numbers count from 1904.
    `padded_months`: the column writes January 2019.01, so that the number 2019.1 is October; `padded_days` is the
    same of 5.01, so that 5.1 is the tenth. `day_first`: 3/5/2019 is the third of May, as the column shows elsewhere.
    """

    year_hint: int | None = None
    date1904: bool = False
    least: dt.date = dt.date(1000, 1, 1)
    most: dt.date = dt.date(2199, 12, 31)
    padded_months: bool | None = None
    padded_days: bool | None = None
    day_first: bool | None = None

    def cell(self, raw: Raw) -> Parsed[dt.date]:
        """Understands dates, serial numbers, 2019.3, 2019.03.05, 20190305, 2019-3-5, 2019年3月5日 and their like."""
        if isinstance(raw, dt.datetime):
            return self._within(raw.date(), raw)
        if isinstance(raw, dt.date):
            return self._within(raw, raw)
        problem = unusable(raw)
        if problem or says_nothing(raw):
            return Parsed(None, problem)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return self._number(raw)
        return self._written(raw) if isinstance(raw, str) else Parsed(None, _no_date(raw))

    def column(self, raws: Sequence[Raw]) -> ParsedColumn[dt.date]:
        """A column writes its days in one way: where 2019.01 occurs as a number, 2019.1 is October."""
        cells = raws if isinstance(raws, Cells) else Cells.of(raws)
        parser = self
        if self.padded_months is None and any(_is_padded(raw, _PADDED_MONTH) for raw in cells.distinct):
            parser = replace(parser, padded_months=True)
        if self.padded_days is None and any(_is_padded(raw, _PADDED_DAY) for raw in cells.distinct):
            parser = replace(parser, padded_days=True)
        if self.day_first is None:
            parser = replace(parser, day_first=_is_day_first(cells.distinct))
        return parser._spread(cells, [parser.cell(raw) for raw in cells.distinct])

    def _number(self, raw: float) -> Parsed[dt.date]:
        if raw != raw or abs(raw) > 99_999_999:
            return Parsed(None, _no_date(raw))
        if float(raw).is_integer():
            return self._whole(int(raw))
        if 1900 <= raw < 2200:
            return self._year_and_month(raw)
        if 1 <= raw < 13 and self.year_hint:
            return self._month_and_day(raw, self.year_hint)
        return self._serial(int(raw), raw)

    def _whole(self, number: int) -> Parsed[dt.date]:
        if number > _LARGEST_SERIAL:
            return self._written(str(number))
        if 1900 <= number < 2200:
            return Parsed(
                dt.date(number, 1, 1), warning(N_("Only the year {year} is given; 1 January was taken."), year=number)
            )
        return self._serial(number, number)

    def _serial(self, days: int, raw: float) -> Parsed[dt.date]:
        if not _SMALLEST_SERIAL <= days <= _LARGEST_SERIAL:
            return Parsed(None, _no_date(raw))
        epoch = _EPOCH_1904 if self.date1904 else _EPOCH_1900
        return self._within(epoch + dt.timedelta(days=days), raw)

    def _year_and_month(self, raw: float) -> Parsed[dt.date]:
        """2019.3 as a number. 2019.10 and 2019.1 are the same number, so that one is said to be in doubt."""
        year, _, digits = repr(raw).partition(".")
        if len(digits) > 2:
            return Parsed(None, _no_date(raw))
        if digits == "1" and self.padded_months:
            return self._made(int(year), 10, 1, raw)
        found = self._made(int(year), int(digits), 1, raw)
        if digits == "1" and not found.problem:
            return Parsed(
                found.value, warning(N_("{value} may be January or October; January was taken."), value=repr(raw))
            )
        return found

    def _month_and_day(self, raw: float, year: int) -> Parsed[dt.date]:
        """5.1 as a number under a title with the year. 5.10 is the same number, so that one is said to be in doubt."""
        month, _, digits = repr(raw).partition(".")
        if len(digits) > 2:
            return Parsed(None, _no_date(raw))
        if digits in ("1", "2", "3") and self.padded_days:
            return self._made(year, int(month), int(digits) * 10, raw)
        found = self._made(year, int(month), int(digits), raw)
        if digits in ("1", "2", "3") and not found.problem:
            params = {"value": repr(raw), "first": digits, "second": f"{digits}0"}
            return Parsed(
                found.value,
                warning(N_("{value} may be day {first} or day {second}; day {first} was taken."), **params),
            )
        return found

    def _written(self, text: str) -> Parsed[dt.date]:
        plain = _SPACE.sub("", unicodedata.normalize("NFKC", text).strip())
        plain = "".join(str(_NUMERALS.get(letter, letter)) for letter in plain) if "年" in plain else plain
        for pattern in (_SEPARATED, _PACKED):
            if found := pattern.fullmatch(plain):
                return self._made(int(found["year"]), int(found["month"]), int(found["day"] or 1), text)
        if found := _YEAR_ALONE.fullmatch(plain):
            return self._whole(int(found["year"]))
        if found := _SHORT_YEAR.fullmatch(plain):
            year = int(found["year"])
            return self._made(year + (2000 if year < 70 else 1900), int(found["month"]), int(found["day"]), text)
        if found := _YEAR_LAST.fullmatch(plain):
            return self._year_last(found, text)
        if found := _DAY_WORD_YEAR.fullmatch(plain) or _WORD_DAY_YEAR.fullmatch(plain):
            return self._worded(found, text)
        if found := _MONTH_DAY.fullmatch(plain):
            if self.year_hint is None:
                return Parsed(None, error(N_("{value} names no year, and neither does the title."), value=text.strip()))
            return self._made(self.year_hint, int(found["month"]), int(found["day"]), text)
        if plain.isdecimal() and len(plain) == 5:
            return self._serial(int(plain), int(plain))
        return Parsed(None, _no_date(text))

    def _year_last(self, found: re.Match[str], text: str) -> Parsed[dt.date]:
        """3/5/2019 from a program in English: month first, unless the column shows that the day is."""
        first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
        if first > 12 or (self.day_first and second <= 12):
            return self._made(year, second, first, text)
        made = self._made(year, first, second, text)
        if second > 12 or first == second or self.day_first is False or made.value is None:
            return made
        return Parsed(
            made.value,
            warning(N_("{value} was read as month/day/year: {day}."), value=text.strip(), day=made.value.isoformat()),
        )

    def _worded(self, found: re.Match[str], text: str) -> Parsed[dt.date]:
        """15-Jan-2021 and Jan 15, 2021."""
        word, year = found["word"].lower(), int(found["year"])
        if word[:3] not in _MONTHS:
            return Parsed(None, _no_date(text))
        century = 0 if year > 99 else 2000 if year < 70 else 1900
        return self._made(year + century, _MONTHS.index(word[:3]) + 1, int(found["day"]), text)

    def _made(self, year: int, month: int, day: int, raw: Raw) -> Parsed[dt.date]:
        try:
            return self._within(dt.date(year, month, day), raw)
        except ValueError:
            return Parsed(None, error(N_("There is no such day: {value}."), value=shown(raw).strip()))

    def _within(self, day: dt.date, raw: Raw) -> Parsed[dt.date]:
        if self.least <= day <= self.most:
            return Parsed(day)
        return Parsed(
            None,
            error(N_("{value} is not between {least} and {most}."), value=shown(raw), least=self.least, most=self.most),
        )


def _no_date(raw: Raw) -> Problem:
    return error(N_("{value} is no date. Write it as 2024-03-05."), value=shown(raw).strip()[:60])


_PADDED_MONTH, _PADDED_DAY = re.compile(r"(?:19|20|21)\d\d\.0[1-9]"), re.compile(r"(?:[1-9]|1[0-2])\.0[1-9]")


def _is_padded(raw: Raw, pattern: re.Pattern[str]) -> bool:
    return isinstance(raw, float) and pattern.fullmatch(repr(raw)) is not None


def _is_day_first(raws: Sequence[Raw]) -> bool | None:
    """Whether days like 15/1/2019 show that the day comes first, or 1/15/2019 that the month does; None in doubt."""
    found = [_YEAR_LAST.fullmatch(raw.strip()) for raw in raws if isinstance(raw, str)]
    first = any(int(one["first"]) > 12 for one in found if one)
    second = any(int(one["second"]) > 12 for one in found if one)
    return first if first is not second else None


_LIFE = re.compile(
    r"(?:(?P<years>\d+(?:\.\d+)?)(?:年|y(?:ea)?rs?|y))?(?:零|又)?(?:(?P<months>\d+)(?:个月|月|m(?:onths?)?))?"
)
_NUMERAL_YEARS = re.compile(r"(?P<years>[一二两三四五六七八九十])年")
_HALF = re.compile(r"(?P<years>\d+)年半")


@dataclass(frozen=True, slots=True)
class Months(Parser[int]):
    """A span of time in months. `unit` says what a bare number counts: 年 (the default) or 月."""

    unit: str = "年"
    most: int = 1200

    def cell(self, raw: Raw) -> Parsed[int]:
        """Understands 10 (by the header's unit), "10年", "120个月", "5年6个月", "3年半"."""
        months = self._months(raw)
        if not isinstance(months, Decimal):
            return Parsed(None, months)
        if not 0 <= months <= self.most:
            params = {"value": shown(raw), "least": 0, "most": self.most}
            return Parsed(None, error(N_("{value} is not between {least} and {most} months."), **params))
        whole = int(months.to_integral_value())
        if abs(months - whole) >= Decimal("0.01"):
            return Parsed(None, error(N_("{value} does not come to whole months."), value=shown(raw)))
        return Parsed(whole)

    def _months(self, raw: Raw) -> Decimal | Problem | None:
        if isinstance(raw, str) and not says_nothing(raw):
            text = "".join(unicodedata.normalize("NFKC", raw).split()).casefold()
            if found := _HALF.fullmatch(text):
                return Decimal(found["years"]) * 12 + 6
            if found := _NUMERAL_YEARS.fullmatch(text):
                return Decimal(NUMERALS[found["years"]] * 12)
            found = _LIFE.fullmatch(text)
            if found and (found["years"] or found["months"]):
                return Decimal(found["years"] or 0) * 12 + Decimal(found["months"] or 0)
        figure = figure_of(raw)
        if not isinstance(figure, Figure):
            return figure
        if figure.unit or figure.percent:
            return error(N_("{value} is no length of time."), value=shown(raw))
        return figure.value * (1 if self.unit in ("月", "个月") else 12)
