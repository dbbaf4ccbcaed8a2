"""Work whose doing the log is told of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from logistics_desktop.jobs import Job

if TYPE_CHECKING:
    from logistics_desktop.context import Office

T = TypeVar("T")


def noted(office: Office, work: Callable[[Job], T], kind: str, about: str, **detail: object) -> Callable[[Job], T]:
    """The same work for a worker, which notes the event once it is done (see `logistics_desktop.events`)."""

    def done(job: Job) -> T:
        value = work(job)
        office.note(kind, about, **detail)
        return value

    return done
