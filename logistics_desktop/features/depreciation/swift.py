"""The short way of a run: straight-line assets to which nothing happened, from the row read to the row written.

Nearly all assets of nearly all months are such. What comes out is to the byte what `charging` and `posting` make of
the same asset the long way; a test compares them.
"""

from __future__ import annotations

from db.models.assets import Method
from logistics_desktop.features.depreciation.classes import Classes
from logistics_desktop.features.depreciation.inherited import NOMINAL, Rulebook, residual_value
from logistics_desktop.features.depreciation.methods import straight_line
from logistics_desktop.features.depreciation.posting import NO_PLAN
from logistics_desktop.features.depreciation.reading import Row

_STRAIGHT = Method.STRAIGHT_LINE.value


def unchanged(
    book: Rulebook, classes: Classes, card: Row, entry: Row, first: int, last: int
) -> list[tuple[int, int, str]] | None:
    """Give month, amount and line of each month; None where something happened, which the long way finds out.

    `card` and `entry` are rows of `reading`, of an asset without readings or changes of value.
    """
    return _lines(card, entry, first, last) if is_unchanged(book, classes, card, entry, first) else None


def amounts(entry: Row, months: int) -> list[tuple[int, int]]:
    """Give the amount and the book value of each of so many months of an asset that is unchanged."""
    _asset, _gone, _method, cost, residual, life, charged, accumulated, _units, value, since, before = entry[:12]
    if value is None:
        value, since, before = cost, 0, 0
    base, length = value - residual, life - since
    made = []
    for _month in range(months):
        amount = 0
        if charged < life:
            amount = straight_line(base, length, charged - since, base - accumulated + before)
            charged += 1
            accumulated += amount
        made.append((amount, value - accumulated + before))
    return made


def is_unchanged(book: Rulebook, classes: Classes, card: Row, entry: Row, first: int) -> bool:
    """Whether nothing happened to a straight-line asset since its last entry, which is of the month before `first`."""
    class_id, is_gone, service, disposed = card[1], card[3], card[4], card[5]
    own_cost, own_method, own_life, own_residual, own_rate = card[6:11]
    book_cost, book_method, book_life, book_residual, book_rate = card[11:16]
    _asset, gone, method, cost, residual, life, _months, _accumulated, total_units = entry[:9]
    if method != _STRAIGHT or gone or is_gone or disposed is not None or total_units is not None:
        return False
    if service is None or first < service + book.start_delay:
        return False
    in_book, general = classes.terms(class_id)
    said = book_method or in_book.method or own_method or general.method or _STRAIGHT
    if said != _STRAIGHT and said is not Method.STRAIGHT_LINE:
        return False
    if (own_cost if book_cost is None else book_cost) != cost:
        return False
    if (book_life or in_book.life or own_life or general.life) != life:
        return False
    said_residual = residual_value(
        book,
        cost,
        book_residual,
        book_rate,
        in_book.rate,
        None if book_cost is not None else own_residual,
        own_rate,
        general.rate,
    )
    return bool(said_residual == residual and (cost != NOMINAL or book.has_residual))


def _lines(card: Row, entry: Row, first: int, last: int) -> list[tuple[int, int, str]]:
    asset, class_id, department = card[:3]
    _asset, _gone, method, cost, residual, life, months, accumulated, _units, plan_value, since, since_accumulated = (
        entry[:12]
    )
    rest = NO_PLAN
    if plan_value is None:
        plan_value, since, since_accumulated = cost, 0, 0
    else:
        rest = f",,{plan_value}e-2,{since},{since_accumulated}e-2,,"
    base, length = plan_value - residual, life - since
    start = (
        f"{asset},{'' if class_id is None else class_id},{'' if department is None else department},{method}"
        f",{cost}e-2,{residual}e-2,{life},"
    )
    made = []
    for month in range(first, last + 1):
        amount = more = 0
        if months < life:
            amount = straight_line(base, length, months - since, base - accumulated + since_accumulated)
            more = 1
            months += 1
            accumulated += amount
        value = plan_value - accumulated + since_accumulated
        charged = f"{more},{amount}e-2,{months},{accumulated}e-2,{cost - accumulated - value}e-2,{value}e-2,f,"
        made.append((month, amount, start + charged + rest))
    return made
