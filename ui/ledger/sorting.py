"""Sorting by several columns: what a click on a header means, and how the header shows it."""

from __future__ import annotations

from logistics_desktop.ledger.filters import Sort


def next_sorts(sorts: tuple[Sort, ...], key: str, *, add: bool) -> tuple[Sort, ...]:
    """The sorts after a click on the column `key`: upwards, then downwards, then as the ledger has it.

    With `add` the other columns stay, and a new one comes after them.
    """
    before = next((sort for sort in sorts if sort.key == key), None)
    after = Sort(key) if before is None else None if before.descending else Sort(key, descending=True)
    if not add:
        return () if after is None else (after,)
    if before is None:
        return (*sorts, Sort(key))
    return tuple(s for s in (after if sort.key == key else sort for sort in sorts) if s is not None)


def sort_sign(sorts: tuple[Sort, ...], key: str) -> str:
    """An arrow before the label of a sorted column, numbered where several columns are sorted by."""
    for place, sort in enumerate(sorts, 1):
        if sort.key == key:
            arrow = "↓" if sort.descending else "↑"
            return f"{arrow}{place if len(sorts) > 1 else ''} "
    return ""
