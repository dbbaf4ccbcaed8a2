"""The sample organisation: twelve months closed, each of which ties out, and one calculated."""

from __future__ import annotations

from db.models.depreciation import PeriodState
from logistics_desktop.context import Office
from logistics_desktop.features.depreciation.board import board, find_book
from logistics_desktop.features.depreciation.runs import doubts
from logistics_desktop.features.depreciation.tie_out import Term, tie_out
from logistics_desktop.sample.books import CLOSED, FIRST, LAST
from logistics_desktop.sample.load import load_sample


def test_the_sample_is_closed_for_twelve_months_that_tie_out(office: Office) -> None:
    with office.session() as session:
        load_sample(session)
    with office.session() as session:
        book = find_book(session, "企业账")
        months = board(session, book.id, FIRST, 14)
        assert [line.state for line in months] == [
            *[PeriodState.CLOSED] * 12,
            PeriodState.CALCULATED,
            PeriodState.OPEN,
        ]
        assert (months[0].month, months[11].month, book.open_month) == (FIRST, CLOSED, LAST)
        ties = [tie_out(session, book.id, line.month) for line in months[:13]]
        assert [str(tie.month) for tie in ties if not tie.balances] == []
        assert all(tie.this > 100_000 for tie in ties)
        for term in Term:
            assert sum(1 for tie in ties[1:] if tie.sum(term)) > 3
        seen = doubts(session, book.id, LAST)
        assert len(seen) < 10, "as untidy as a real ledger, no more"
