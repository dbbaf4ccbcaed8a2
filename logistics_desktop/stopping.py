"""Stopping a statement that runs on the server, when the user stops the job that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, Error
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from logistics_desktop.jobs import Job


@contextmanager
def stoppable(session: Session, job: Job) -> Iterator[None]:
    """Let `job` stop what runs in `session`. Raises Cancelled when it did."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    try:
        with job.on_cancel(connection.cancel_safe):
            yield
    except (DBAPIError, Error):  # the second where the driver is spoken to directly, as for COPY
        job.check()
        raise
