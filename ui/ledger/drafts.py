"""What was typed into cells and is not stored: on its way to the database, or refused by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """The text as it was typed, and why it could not be stored; no problem while it is on its way.

    `version` is the one of the row that stood in the way, once the user has been told of it.
    """

    text: str
    problem: str = ""
    version: int | None = None


class Drafts:
    """The drafts of one table, by record and column."""

    def __init__(self) -> None:
        self._by_record: dict[int, dict[int, Draft]] = {}

    def put(self, record: int, column: int, draft: Draft) -> None:
        """Keep a draft in the place of any older one of its cell."""
        self._by_record.setdefault(record, {})[column] = draft

    def get(self, record: int, column: int) -> Draft | None:
        """The draft of a cell."""
        return self._by_record.get(record, {}).get(column)

    def drop(self, record: int, column: int) -> None:
        """Forget the draft of a cell, if it has one."""
        cells = self._by_record.get(record, {})
        cells.pop(column, None)
        if not cells:
            self._by_record.pop(record, None)

    def over(self, record: int, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The texts of a row with what was typed over them."""
        cells = self._by_record.get(record)
        if not cells:
            return texts
        return tuple(cells[at].text if at in cells else text for at, text in enumerate(texts))

    def refused(self, record: int) -> Mapping[int, str]:
        """Why the refused cells of a row could not be stored, by column."""
        return {at: draft.problem for at, draft in self._by_record.get(record, {}).items() if draft.problem}

    def any_refused(self) -> bool:
        """Whether something was typed that is not stored and not on its way either."""
        return any(self.refused(record) for record in self._by_record)
