"""Which workbooks there are, and writing them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from logistics_desktop.features.depreciation.sheets import (
    by_class,
    departments,
    detail,
    forecast,
    register,
    schedule,
)
from logistics_desktop.features.depreciation.sheets.order import Made, Order
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.stopping import stoppable
from logistics_desktop.workbook.write import write_table
from logistics_desktop.workbook.write_csv import write_csv


class Kind(enum.Enum):
    """A workbook, as the command line calls it."""

    DETAIL = "detail"
    CLASSES = "classes"
    DEPARTMENTS = "departments"
    REGISTER = "register"
    SCHEDULE = "schedule"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Workbook:
    """Its title, what it is for, and how it is made."""

    title: str
    purpose: str
    make: Callable[[Session, Order, Job], Made]


WORKBOOKS: Mapping[Kind, Workbook] = {
    Kind.DETAIL: Workbook(
        detail.TITLE,
        N_("Every asset with its terms and what the month charges."),
        lambda session, order, _job: detail.make(session, order),
    ),
    Kind.CLASSES: Workbook(
        by_class.TITLE,
        N_("Original value, charge and book value of each class."),
        lambda session, order, _job: by_class.make(session, order),
    ),
    Kind.DEPARTMENTS: Workbook(
        departments.TITLE,
        N_("What each department and each expense account bears."),
        lambda session, order, _job: departments.make(session, order),
    ),
    Kind.REGISTER: Workbook(
        register.TITLE,
        N_("What the office has at the end of the month, with its values."),
        lambda session, order, _job: register.make(session, order),
    ),
    Kind.SCHEDULE: Workbook(
        schedule.TITLE,
        N_("All months of one asset, past and to come."),
        lambda session, order, _job: schedule.make(session, order),
    ),
    Kind.FORECAST: Workbook(
        forecast.TITLE,
        N_("The next 36 months by class and by department."),
        forecast.make,
    ),
}


def export(session: Session, kind: Kind, order: Order, path: Path, job: Job | None = None) -> int:
    """Write a workbook (.xlsx), or the rows of its first sheet alone (.csv), and give the number of rows.

    Raises `UserError` where there is nothing to write or the file cannot be written, `Cancelled`.
    """
    watched = job or Job()
    with stoppable(session, watched):
        made = WORKBOOKS[kind].make(session, order, watched)

        def tell(done: int) -> None:
            watched.progress(done, made.rows, _("Writing rows"))

        tell(0)
        first = made.sheets[0]
        if path.suffix.lower() == ".csv":
            return write_csv(path, first.columns, first.rows, tell)
        return write_table(path, made.sheets, tell)


def file_name(kind: Kind, order: Order) -> str:
    """What the file is called where nobody says otherwise, without its ending."""
    return f"{_(WORKBOOKS[kind].title)} {order.book.name} {order.month}"
