"""Which account a charge is booked on: an expense account by department, a depreciation account by class.

Each comes from the nearest department or class above that names one, else from the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.assets import AssetClass
from db.models.depreciation import Book, BookClass, BookDepartment
from db.models.organisation import Department


@dataclass(frozen=True)
class Accounts:
    """The accounts of a book; None where nobody named one."""

    _expense: Mapping[int, str]
    _depreciation: Mapping[int, str]
    _departments: Mapping[int, int | None]
    _classes: Mapping[int, int | None]
    _default_expense: str | None
    _default_depreciation: str | None

    def expense(self, department: int | None) -> str | None:
        """The account that the charge of a department goes to."""
        return _nearest(department, self._expense, self._departments) or self._default_expense

    def depreciation(self, class_id: int | None) -> str | None:
        """The account that collects the depreciation of a class."""
        return _nearest(class_id, self._depreciation, self._classes) or self._default_depreciation


def read_accounts(session: Session, book: int) -> Accounts:
    """The accounts of a book."""
    defaults = session.execute(sa.select(Book.expense_account, Book.depreciation_account).where(Book.id == book)).one()
    expense = sa.select(BookDepartment.department_id, BookDepartment.expense_account)
    depreciation = sa.select(BookClass.class_id, BookClass.depreciation_account)
    return Accounts(
        _pairs(session, expense.where(BookDepartment.book_id == book)),
        _pairs(session, depreciation.where(BookClass.book_id == book, BookClass.depreciation_account.is_not(None))),
        {row[0]: row[1] for row in session.execute(sa.select(Department.id, Department.parent_id))},
        {row[0]: row[1] for row in session.execute(sa.select(AssetClass.id, AssetClass.parent_id))},
        defaults[0],
        defaults[1],
    )


def _pairs(session: Session, statement: sa.Select[Any, Any]) -> dict[int, str]:
    return {number: account for number, account in session.execute(statement) if account is not None}


def _nearest(number: int | None, named: Mapping[int, str], above: Mapping[int, int | None]) -> str | None:
    seen: set[int] = set()
    while number is not None and number not in seen:
        if number in named:
            return named[number]
        seen.add(number)
        number = above.get(number)
    return None
