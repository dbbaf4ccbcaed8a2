"""Who is at work on which row is known to the others while the line stands, and not a moment longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from db.presence import Row, editing_news
from db.provision import add_user
from db.session import Target, connection_string
from logistics_desktop.context import Office, open_office
from tests.offices import PASSWORD
from tests.servers import execute


def until(done: Callable[[], bool], seconds: float = 5.0) -> None:
    """Ask again and again."""
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, "waited in vain"
        threading.Event().wait(0.02)


@contextmanager
def listening(office: Office, heard: set[str]) -> Iterator[None]:
    """The thread of a window."""
    stop, connected = threading.Event(), threading.Event()
    thread = threading.Thread(target=office.listen, args=(heard.update, lambda _on: connected.set(), stop))
    thread.start()
    assert connected.wait(5)
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_row_is_signed_for_the_others_and_not_for_oneself(office: Office, database: Target) -> None:
    add_user(connection_string(database), "office_other", PASSWORD, "administrator")
    execute(database, "INSERT INTO app.staff (code, name, login) VALUES ('R1', '王芳', 'office_clerk')")
    heard: set[str] = set()
    with (
        open_office(replace(office.profile, user="office_other"), PASSWORD) as other,
        listening(office, set()),
        listening(other, heard),
    ):
        office.presence.begin(Row("asset", 7))
        office.presence.begin(Row("staff", 8))
        until(lambda: other.editors("asset") == {7: ("王芳",)})
        assert other.editors("staff") == {8: ("王芳",)}
        assert office.editors("asset") == {}
        until(lambda: editing_news("asset") in heard)
        office.presence.end(Row("asset", 7))
        until(lambda: other.editors("asset") == {})
        execute(database, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'office_clerk'")
        until(lambda: other.editors("staff") == {8: ("王芳",)})  # the line was made again, and the sign with it
    with open_office(replace(office.profile, user="office_other"), PASSWORD) as other:
        assert other.editors("staff") == {}
