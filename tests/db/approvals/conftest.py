"""An office with departments and heads, and purchases that need approval."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.orm import Session

from db.embedded import Server
from db.session import Target, connection_parameters, embedded_target, make_engine
from logistics_desktop.context import WORDS
from logistics_desktop.faults import translated
from logistics_desktop.features.approvals import actions, routes
from logistics_desktop.features.approvals.definition import Approver, Definition, Step
from tests.servers import execute

PASSWORD = "signs"

# login and staff number: name, department, posts
PEOPLE = {
    "apr_gm": ("总经理", "HQ", "administrator"),
    "apr_vp": ("副总", "HQ", "vice_president"),
    "apr_li": ("李主任", "OFFICE", "department_head"),
    "apr_wang": ("王申请", "OFFICE", "clerk"),
    "apr_zhao": ("赵同事", "OFFICE", "clerk"),
    "apr_qian": ("钱处长", "FINANCE", "department_head"),
    "apr_sun": ("孙会计", "FINANCE", "finance"),
    "apr_zhou": ("周会计", "FINANCE", "finance"),
    "apr_wu": ("吴会计", "FINANCE", "finance"),
    "apr_keeper": ("郑管理", "HQ", "asset_manager"),
}

FIELDS = [
    {"key": "amount", "label": "Amount", "type": "number", "required": True},
    {"key": "place", "label": "Department", "type": "department", "required": True},
    {"key": "kind", "label": "Type", "type": "text"},
    {"key": "buyer", "label": "Buyer", "type": "staff"},
]

# A kind of document as a part of the program would bring it: a table, and the functions that the engine calls.
EXAMPLE = """
SET ROLE logistics_owner;
CREATE TABLE app.example (id bigint PRIMARY KEY, owner bigint, form jsonb NOT NULL, state text NOT NULL DEFAULT 'draft',
                          scrapped boolean NOT NULL DEFAULT false, effects integer NOT NULL DEFAULT 0);
CREATE FUNCTION app.example_submitted(kind text, document bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE taken jsonb;
BEGIN
    UPDATE app.example SET state = 'running' WHERE id = document AND state IN ('draft', 'returned')
    RETURNING form INTO taken;
    RETURN jsonb_build_object('number', 'CG-' || document, 'title', '采购申请 ' || document, 'form', taken);
END $$;
CREATE FUNCTION app.example_moved(the_case bigint, new_state text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS $$
    UPDATE app.example SET state = new_state WHERE id = (SELECT document_id FROM app.approval_case WHERE id = the_case)
$$;
CREATE FUNCTION app.example_approved(the_case bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    UPDATE app.example SET state = 'approved', effects = effects + 1
    WHERE id = (SELECT document_id FROM app.approval_case WHERE id = the_case);
    IF EXISTS (SELECT FROM app.example e JOIN app.approval_case c ON c.document_id = e.id
               WHERE c.id = the_case AND e.scrapped) THEN
        RAISE EXCEPTION 'scrapped meanwhile' USING ERRCODE = 'P0499';
    END IF;
END $$;
CALL app.approval_offer('purchase', 'Purchase', '{fields}', 'example');
INSERT INTO app.department (code, name) VALUES ('HQ', '公司');
INSERT INTO app.department (code, name, parent_id) SELECT c, n, (SELECT id FROM app.department WHERE code = 'HQ')
FROM (VALUES ('OFFICE', '办公室'), ('FINANCE', '财务处')) AS d (c, n);
"""

PERSON = """
WITH person AS (INSERT INTO app.staff (code, name, department_id, login)
    SELECT %(login)s, %(name)s, id, %(login)s FROM app.department WHERE code = %(department)s RETURNING id),
account AS (INSERT INTO app.account (login, staff_id) SELECT %(login)s, id FROM person RETURNING login)
INSERT INTO app.account_post (login, post) SELECT login, %(post)s FROM account
"""

HEADS = {"HQ": "apr_gm", "OFFICE": "apr_li", "FINANCE": "apr_qian"}


@pytest.fixture(scope="session")
def approvals_template(server: Server, template_database: str, maintenance: Target) -> str:
    """The name of a database with the people above."""
    make_office(server, template_database, maintenance, "approvals_template")
    return "approvals_template"


def make_office(
    server: Server,
    template_database: str,
    maintenance: Target,
    database: str,
    people: Mapping[str, tuple[str, str, str]] = PEOPLE,
    heads: Mapping[str, str] = HEADS,
) -> None:
    """Make a database with people, by login: name, department and post; and the heads of departments."""
    execute(maintenance, f"CREATE DATABASE {database} TEMPLATE {template_database} STRATEGY file_copy")
    target = embedded_target(server, database)
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as connection:
        connection.execute("SET search_path TO app, pg_temp")
        connection.execute(sql.SQL(EXAMPLE.replace("{fields}", json.dumps(FIELDS))))
        for login, (name, department, post) in people.items():
            connection.execute("RESET ROLE")
            connection.execute(f"DROP ROLE IF EXISTS {login}")
            connection.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}' IN ROLE logistics_user")
            connection.execute("SET ROLE logistics_owner")
            connection.execute(PERSON, {"login": login, "name": name, "department": department, "post": post})
        for department, head in heads.items():
            connection.execute(
                "UPDATE app.department SET head_id = (SELECT id FROM app.staff WHERE code = %s) WHERE code = %s",
                (head, department),
            )


@dataclass
class World:
    """Everybody of the office on one connection of a superuser, who takes their identity in turn."""

    session: Session
    staff: dict[str, int]
    documents: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    @contextmanager
    def signed_in(self, login: str) -> Iterator[Session]:
        """The session as `login` has it; what the database refuses comes in words, and is rolled back."""
        with translated(WORDS), self.session.begin_nested():
            self.run(f"SET LOCAL SESSION AUTHORIZATION {login}")
            yield self.session
            self.session.flush()
            self.run("SET LOCAL SESSION AUTHORIZATION DEFAULT")

    def run(self, statement: str, **values: object) -> sa.CursorResult[Any]:
        """Run a statement as whoever is signed in; outside of `signed_in` that is the superuser."""
        found = self.session.execute(sa.text(statement), values)
        assert isinstance(found, sa.CursorResult)
        return found

    def one(self, statement: str, **values: object) -> Any:
        """The first value that a statement answers."""
        return self.run(statement, **values).scalar()

    def publish(self, definition: Definition) -> int:
        """Give purchases this route."""
        with self.signed_in("apr_keeper") as session:
            version = routes.save(session, "purchase", "采购", definition)
            routes.publish(session, version)
        return version

    def document(self, owner: str = "apr_wang", **form: object) -> int:
        """A purchase that nobody has submitted yet."""
        number = next(self.documents)
        whole = {"amount": 100, "place": self.department("OFFICE"), "kind": "", "buyer": None} | form
        self.run(
            "INSERT INTO app.example (id, owner, form) VALUES (:id, :owner, cast(:form AS jsonb))",
            id=number,
            owner=self.staff[owner],
            form=json.dumps(whole),
        )
        return number

    def submit(self, owner: str = "apr_wang", choices: routes.Choices | None = None, **form: object) -> int:
        """A purchase on its way."""
        number = self.document(owner, **form)
        with self.signed_in(owner) as session:
            return actions.submit(session, "purchase", number, choices, request=uuid.uuid4())

    def act(self, login: str, action: Callable[..., str], subject: int, *said: object, **more: Any) -> str:
        """Do something to a case or a task as somebody."""
        with self.signed_in(login) as session:
            return action(session, subject, *said, request=more.pop("request", uuid.uuid4()), **more)

    def approve(self, login: str, case: int) -> str:
        """Let somebody approve what waits for them."""
        return self.act(login, actions.approve, self.task(case, login))

    def task(self, case: int, login: str, *states: str) -> int:
        """The task of somebody on a case, the newest, open unless said otherwise."""
        found = self.one(
            "SELECT max(id) FROM app.approval_task"
            " WHERE case_id = :case AND staff_id = :staff AND state = ANY (:states)",
            case=case,
            staff=self.staff[login],
            states=list(states or ("open",)),
        )
        assert found is not None, f"{login} has no task {states}; there are {self.waiting(case)}"
        return int(found)

    def waiting(self, case: int, state: str = "open") -> list[str]:
        """Who has a task in a state now, by login."""
        rows = self.run(
            "SELECT s.code FROM app.approval_task t JOIN app.staff s ON s.id = t.staff_id"
            " WHERE t.case_id = :case AND t.state = :state ORDER BY t.turn, t.id",
            case=case,
            state=state,
        )
        return [row[0] for row in rows]

    def state(self, case: int) -> str:
        """The state of a case."""
        return str(self.one("SELECT state FROM app.approval_case WHERE id = :id", id=case))

    def department(self, code: str) -> int:
        """The number of a department."""
        return int(self.one("SELECT id FROM app.department WHERE code = :code", code=code))

    def effects(self, case: int) -> int:
        """How often the document of a case took effect."""
        return int(
            self.one(
                "SELECT effects FROM app.example e JOIN app.approval_case c ON c.document_id = e.id WHERE c.id = :id",
                id=case,
            )
        )


@pytest.fixture(scope="session")
def approvals_engine(server: Server, approvals_template: str, maintenance: Target) -> Iterator[sa.Engine]:
    """The superuser in a database that every test leaves as it was."""
    execute(maintenance, f"CREATE DATABASE approvals_shared TEMPLATE {approvals_template} STRATEGY file_copy")
    engine = make_engine(embedded_target(server, "approvals_shared"))
    yield engine
    engine.dispose()


@contextmanager
def office_of(engine: sa.Engine) -> Iterator[World]:
    """The office; everything that is done in it is rolled back."""
    with engine.connect() as connection, connection.begin() as transaction, Session(connection) as session:
        session.execute(sa.text("SET LOCAL search_path TO app, pg_temp"))
        staff = {row[0]: row[1] for row in session.execute(sa.text("SELECT code, id FROM app.staff"))}
        yield World(session, staff)
        transaction.rollback()


@pytest.fixture
def world(approvals_engine: sa.Engine) -> Iterator[World]:
    """The office as it is before anything is approved."""
    with office_of(approvals_engine) as found:
        yield found


KEEPER = Approver("post", post="asset_manager")


def route(*steps: Any, **settings: Any) -> Definition:
    """A route with these steps."""
    return Definition(tuple(steps), KEEPER, **settings)


def step(key: str, *approvers: Approver, **settings: Any) -> Step:
    """A step that is called like its key."""
    return Step(key, key, approvers, **settings)
