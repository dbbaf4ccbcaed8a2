"""From raw cells to exact numbers: money, quantities, rates, whole numbers.

A binary number is read as the decimal that Excel shows (its shortest form). What binary arithmetic leaves behind,
as in 0.1 + 0.2, is rounded away without a word; digits that somebody meant are rounded with a warning.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from logistics_desktop.i18n import N_
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

FACTORS = {
    "百元": 100,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "万元整": 10_000,
    "百万元": 1_000_000,
    "亿": 10**8,
    "亿元": 10**8,
}
"""Units that stand for more than one; every other unit counts once."""

_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?:¥|\$|rmb|cny|人民币|us\$)?(?P<minus>-)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?P<exponent>e[-+]?\d{1,3})?"
    r"(?P<percent>[%‰])?(?P<unit>[^\d.,()%+\-]{0,8})(?P<close>\))?",
    re.IGNORECASE,
)
NUMERALS = {"一": 1, "两": 2, **{numeral: number for number, numeral in enumerate("二三四五六七八九十", 2)}}
_ONE_NUMERAL = re.compile(r"(?P<numeral>[一二两三四五六七八九十])(?P<unit>[台套个件只把张辆本册批组块条支部座年]?)")
"""一套, 两台, 五年; longer numerals are not written in tables."""
_HARDLY_PER_CENT = Decimal("0.3")
_NOISE = 1e-12
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it was written: its value, the unit after it ("套"), and whether it ends in % or ‰."""

    value: Decimal
    unit: str = ""
    percent: bool = False
    binary: bool = False


def figure_of(raw: Raw) -> Figure | Problem | None:
    """The number in a cell; None where it says nothing, a problem where it is no number."""
    if raw is None:
        return None
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return error(N_("{value} is no number."), value=raw)
        return Figure(Decimal(repr(raw)), binary=True)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Figure(Decimal(raw))
    problem = unusable(raw)
    if problem:
        return problem
    if not isinstance(raw, str):
        return error(N_("{value} is no number."), value=shown(raw))
    return None if says_nothing(raw) else _written(raw)


def _written(text: str) -> Figure | Problem:
    squeezed = "".join(unicodedata.normalize("NFKC", text).replace("−", "-").replace("，", ",").split())
    if found := _ONE_NUMERAL.fullmatch(squeezed):
        return Figure(Decimal(NUMERALS[found["numeral"]]), found["unit"])
    found = _NUMBER.fullmatch(squeezed) if len(squeezed) <= _LONGEST else None
    if not found or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["minus"]):
        return error(N_("{value} is no number."), value=text.strip()[:60])
    value = Decimal(found["digits"].replace(",", "") + (found["exponent"] or ""))
    if (found["sign"] == "-" or bool(found["minus"])) != bool(found["open"]):
        value = -value
    if found["percent"]:
        value /= 100 if found["percent"] == "%" else 1000
    return Figure(value, found["unit"], bool(found["percent"]))


@dataclass(frozen=True, slots=True)
class Number(Parser[Decimal]):
    """An exact number with `scale` decimals and at most `digits` digits in all.

    `unit` is what the header says (万元 multiplies by 10,000); a unit in the cell itself goes before it.
    """

    digits: int = 18
    scale: int = 2
    unit: str | None = None

    def cell(self, raw: Raw) -> Parsed[Decimal]:
        """Understands ¥1,234.50, １２３, (5.00) as minus 5, 1套, 3.5万元; "-", "—", "/" and "无" are empty."""
        if type(raw) is float and self.unit not in FACTORS and abs(raw) < 10 ** min(self.digits - self.scale, 12):
            near = round(raw, self.scale)
            if abs(near - raw) <= _NOISE * max(1.0, abs(raw)):  # nothing is lost: the common case, and the fast way
                return Parsed(Decimal(f"{near or 0.0:.{self.scale}f}"))
        figure = figure_of(raw)
        if figure is None or isinstance(figure, Problem):
            return Parsed(None, figure)
        factor = FACTORS.get(figure.unit) or (1 if figure.unit else FACTORS.get(self.unit or "", 1))
        return self.fit(figure.value * factor, figure.binary)

    def fit(self, value: Decimal, binary: bool = False) -> Parsed[Decimal]:
        """The value with this kind's decimals, or refused where it is too large."""
        whole = self.digits - self.scale
        if value and value.adjusted() >= whole:
            return Parsed(
                None, error(N_("The number has more than {digits} digits before the decimal point."), digits=whole)
            )
        rounded = round_half_up(value, self.scale) or round_half_up(Decimal(0), self.scale)  # no minus before zero
        lost = abs(rounded - value)
        if not lost or (binary and lost <= Decimal(_NOISE) * max(abs(value), Decimal(1))):
            return Parsed(rounded)
        return Parsed(
            rounded, warning(N_("{value} was rounded to {rounded}."), value=format(value, "f"), rounded=rounded)
        )


def round_half_up(value: Decimal, scale: int) -> Decimal:
    """To `scale` decimals, half up, whatever the size."""
    with localcontext(prec=200):
        return value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Integer(Parser[int]):
    """A whole number between `least` and `most`."""

    least: int = -(2**31)
    most: int = 2**31 - 1

    def cell(self, raw: Raw) -> Parsed[int]:
        """Understands "3台" and 3.0; 3.5 is refused."""
        figure = figure_of(raw)
        if figure is None or isinstance(figure, Problem):
            return Parsed(None, figure)
        value = figure.value * FACTORS.get(figure.unit, 1)
        if not self.least <= value <= self.most:
            params = {"value": shown(raw), "least": self.least, "most": self.most}
            return Parsed(None, error(N_("{value} is not between {least} and {most}."), **params))
        if figure.binary:
            value = round_half_up(value, 9)
        if value != value.to_integral_value():
            return Parsed(None, error(N_("{value} is no whole number."), value=shown(raw)))
        return Parsed(int(value))


@dataclass(frozen=True, slots=True)
class Rate(Parser[Decimal]):
    """A part of one: 0.05 is five per cent. `percent` says how bare numbers are meant, None that the column decides."""

    scale: int = 6
    unit: str | None = None
    percent: bool | None = None

    def cell(self, raw: Raw) -> Parsed[Decimal]:
        """One cell; without `percent` a bare number above 1 is taken as per cent."""
        figure = figure_of(raw)
        if figure is None or isinstance(figure, Problem):
            return Parsed(None, figure)
        if figure.unit:
            return Parsed(None, error(N_("{value} is no rate."), value=shown(raw)))
        value = figure.value
        as_percent = abs(value) > 1 if self.percent is None else self.percent
        if not figure.percent and self.unit == "‰":
            value /= 1000
        elif not figure.percent and (as_percent or self.unit == "%"):
            value /= 100
        if abs(value) > 1:
            return Parsed(None, error(N_("A rate of {value} is more than the whole."), value=shown(raw)))
        return Number(self.scale + 4, self.scale).fit(value, figure.binary)

    def column(self, raws: Sequence[Raw]) -> ParsedColumn[Decimal]:
        """A column means one thing: with a bare number above 1 in it, all bare numbers are per cent."""
        cells = raws if isinstance(raws, Cells) else Cells.of(raws)
        parser = self
        if self.percent is None and self.unit not in ("%", "‰"):
            figures = [figure_of(cells.distinct[code]) for code in set(cells.codes)]
            bare = [one.value for one in figures if isinstance(one, Figure) and not one.percent]
            parser = Rate(self.scale, self.unit, percent=any(abs(value) > 1 for value in bare))
        parsed = [parser.cell(raw) for raw in cells.distinct]
        if self.percent is None and parser.percent:
            parsed = [_doubted(raw, one) for raw, one in zip(cells.distinct, parsed, strict=True)]
        return parser._spread(cells, parsed)


def _doubted(raw: Raw, parsed: Parsed[Decimal]) -> Parsed[Decimal]:
    """0.05 in a column of bare per cents is hardly 0.05 %, so the reading is said."""
    figure = figure_of(raw)
    small = isinstance(figure, Figure) and not figure.percent and 0 < abs(figure.value) < _HARDLY_PER_CENT
    if not small or parsed.problem:
        return parsed
    return Parsed(
        parsed.value,
        warning(N_("{value} was read as {value} %, since other cells of the column are per cents."), value=shown(raw)),
    )
