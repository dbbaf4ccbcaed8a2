"""Whatever breaks, and however often the same is sent again: every change has its effect once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.models.requests import Request
from logistics_desktop import requests
from logistics_desktop.context import Office
from logistics_desktop.errors import Cancelled, ConnectionLost, FieldErrors, Refused
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.requests import AlreadyStored

Work = Callable[[Session], object]


def codes(office: Office) -> list[str]:
    with office.session() as session:
        return list(session.scalars(sa.text("SELECT code FROM app.asset ORDER BY id")))


def new_asset(code: str) -> Callable[[Session], int]:
    return lambda session: records.create(session, ASSETS, {"code": code, "name": "办公桌"})


def break_line(session: Session) -> None:
    """What a server does that is stopped: the line ends, and the work of the session is undone."""
    pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
    bind = session.get_bind()
    assert isinstance(bind, sa.Engine)
    with bind.begin() as other:  # everybody may end sessions of his own
        other.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def test_the_same_request_twice_has_one_effect_and_tells_what_it_made(office: Office) -> None:
    request = uuid.uuid4()
    made = office.save(new_asset("A-1"), request=request)
    with pytest.raises(AlreadyStored) as told:
        office.save(new_asset("A-1"), request=request)
    assert told.value.number == made
    assert codes(office) == ["A-1"]


def test_what_was_refused_can_be_sent_again_with_the_same_key(office: Office) -> None:
    request = uuid.uuid4()
    with pytest.raises(FieldErrors):
        office.save(lambda session: records.create(session, ASSETS, {"code": "A-1"}), request=request)
    office.save(new_asset("A-1"), request=request)
    assert codes(office) == ["A-1"]


def test_a_refusal_is_not_tried_again(office: Office) -> None:
    office.save(new_asset("A-1"))
    tried = []

    def work(session: Session) -> None:
        tried.append(1)
        session.execute(sa.text("INSERT INTO app.asset (code, name) VALUES ('A-1', 'x')"))

    with pytest.raises(Refused):
        office.save(work)
    assert len(tried) == 1


def test_a_lost_line_in_the_middle_is_mended_without_a_word(office: Office) -> None:
    tried = []

    def work(session: Session) -> int:
        made = new_asset("A-1")(session)
        tried.append(made)
        if len(tried) < 3:
            break_line(session)
        return made

    assert office.save(work) == tried[-1]
    assert len(tried) == 3
    assert codes(office) == ["A-1"]


class LostAnswer:
    """Lets a commit reach the server and loses the answer."""

    def __init__(self, office: Office, times: int) -> None:
        self._office = office
        self.times = times

    def __enter__(self) -> None:
        sa.event.listen(self._office.engine, "commit", self._lose)

    def __exit__(self, *_error: object) -> None:
        sa.event.remove(self._office.engine, "commit", self._lose)

    def _lose(self, connection: sa.Connection) -> None:
        if self.times:
            self.times -= 1
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.commit()
            driver.close()


def test_an_answer_that_was_lost_is_no_second_record(office: Office) -> None:
    with LostAnswer(office, 1):
        made = office.save(new_asset("A-1"))
    with office.session() as session:
        assert records.read(session, LEDGERS, ASSETS, made).values["code"] == "A-1"
    assert codes(office) == ["A-1"]


def test_where_nobody_knows_it_is_said_and_saving_once_more_does_no_harm(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "TRIED_SECONDS", -1.0)
    request = uuid.uuid4()
    with LostAnswer(office, 1), pytest.raises(ConnectionLost, match="not known"):
        office.save(new_asset("A-1"), request=request)
    with pytest.raises(AlreadyStored):
        office.save(new_asset("A-1"), request=request)
    assert codes(office) == ["A-1"]


def test_waiting_for_the_server_can_be_stopped(office: Office) -> None:
    job = Job()

    def work(session: Session) -> None:
        job.cancel()
        break_line(session)

    with pytest.raises(Cancelled):
        office.save(work, job=job)


def test_nobody_sees_the_keys_of_others_or_stores_under_their_name(office: Office) -> None:
    request = uuid.uuid4()
    office.save(lambda _session: None, request=request)
    with office.session() as session:
        assert session.scalars(sa.select(Request.login)).all() == [office.user]
    with pytest.raises(Refused), office.session() as session:
        session.execute(sa.insert(Request).values(login="boss", key=uuid.uuid4()))


class Broken(Exception):
    """A bug in the middle of the work."""


FAULTS = ("none", "again", "line", "answer", "bug", "twice at once")


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(FAULTS)), max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mixture_of_repeats_and_faults_counts_every_request_once(
    office: Office, plan: list[tuple[int, str]]
) -> None:
    """Property: the ledger holds one row for each request that was ever sent."""
    with office.session() as session:
        session.execute(sa.text("DELETE FROM app.asset"))
    keys = [uuid.uuid4() for _number in range(6)]
    wanted: list[str] = []
    for number, fault in plan:
        code = f"A-{number}"
        send(office, keys[number], code, fault)
        if code not in wanted and fault != "bug":
            wanted.append(code)
    assert codes(office) == wanted


def send(office: Office, key: uuid.UUID, code: str, fault: str) -> None:
    broken: list[bool] = []

    def work(session: Session) -> int:
        made = new_asset(code)(session)
        if fault == "line" and not broken:
            broken.append(True)
            break_line(session)
        if fault == "bug":
            raise Broken
        return made

    def attempt(_time: int) -> None:
        with suppress(AlreadyStored, Broken), LostAnswer(office, int(fault == "answer")):
            office.save(work, request=key)

    with ThreadPoolExecutor(2) as both:
        times = range(2 if fault in ("again", "twice at once") else 1)
        list((both.map if fault == "twice at once" else map)(attempt, times))
