"""The office of the approvals' tests, with assets, the preset routes, and hands to make documents."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.embedded import Server
from db.session import Target, connection_parameters, embedded_target, make_engine
from logistics_desktop import preset_routes
from logistics_desktop.features.approvals import actions
from logistics_desktop.features.documents import drafts
from logistics_desktop.features.documents.drafts import DraftLine
from tests.db.approvals.conftest import World, make_office
from tests.servers import execute

ASSETS = """
SET ROLE logistics_owner;
INSERT INTO app.account_post (login, post) VALUES ('apr_gm', 'leader'), ('apr_zhao', 'maintenance');
INSERT INTO app.location (code, name) VALUES ('R1', '一号库'), ('R2', '二〇二室');
INSERT INTO app.asset_class (edition, code, name) VALUES ('2022', 'A02', '设备');
INSERT INTO app.asset (code, name, class_id, department_id, keeper_id, location_id, status, original_value, quantity,
                       in_service_on, search)
SELECT 'ZC' || lpad(n::text, 3, '0'), CASE WHEN n <= 6 THEN '电脑' ELSE '椅子' END, (SELECT id FROM app.asset_class),
       d.id, CASE WHEN n > 3 THEN (SELECT id FROM app.staff WHERE code = 'apr_wang') END,
       (SELECT id FROM app.location WHERE code = 'R1'),
       CASE WHEN n <= 3 THEN 'idle' ELSE 'in_use' END, CASE WHEN n <= 6 THEN 6000 ELSE 400 END, 1,
       CASE WHEN n > 3 THEN date '2024-01-15' END, 'zc' || lpad(n::text, 3, '0')
FROM generate_series(1, 12) n, app.department d WHERE d.code = 'OFFICE';
"""


@pytest.fixture(scope="session")
def documents_template(server: Server, template_database: str, maintenance: Target) -> str:
    """The name of a database with assets ZC001 to ZC012 of the office: computers, from ZC007 chairs."""
    make_documents_office(server, template_database, maintenance, "documents_template")
    return "documents_template"


def make_documents_office(server: Server, template: str, maintenance: Target, name: str) -> None:
    """The office with its assets and the preset routes, in a database of its own."""
    make_office(server, template, maintenance, name)
    target = embedded_target(server, name)
    with psycopg.connect(autocommit=True, **connection_parameters(target)) as connection:
        connection.execute("SET search_path TO app, pg_temp")
        connection.execute(ASSETS)
    engine = make_engine(target)
    with Session(engine) as session, session.begin():
        session.execute(sa.text("SET LOCAL SESSION AUTHORIZATION apr_keeper"))
        assert [one.problems for one in preset_routes.install(session)] == [()] * 9
        session.execute(sa.text("SET LOCAL SESSION AUTHORIZATION DEFAULT"))
    engine.dispose()


@dataclass
class Desk(World):
    """The office with its documents."""

    def asset(self, code: str) -> int:
        """The number of an asset."""
        return int(self.one("SELECT id FROM app.asset WHERE code = :code", code=code))

    def of(self, code: str, column: str) -> Any:
        """What the ledger says of an asset."""
        return self.one(f"SELECT {column} FROM app.asset WHERE code = :code", code=code)

    def draft(self, login: str, kind: str, *codes: str, said: dict[str, Any] | None = None, **form: Any) -> int:
        """A draft with these assets; `said` stands on each line."""
        lines = [DraftLine(self.asset(code), said or {}) for code in codes]
        with self.signed_in(login) as session:
            return drafts.save(session, kind, form, lines, request=uuid.uuid4())

    def send(self, login: str, document: int) -> int:
        """Send a document on its way; gives the case."""
        kind = self.one("SELECT kind FROM app.document WHERE id = :id", id=document)
        with self.signed_in(login) as session:
            return actions.submit(session, kind, document, request=uuid.uuid4())

    def sent(self, login: str, kind: str, *codes: str, said: dict[str, Any] | None = None, **form: Any) -> int:
        """A document on its way; gives the case."""
        return self.send(login, self.draft(login, kind, *codes, said=said, **form))

    def signs(self, case: int, *logins: str) -> str:
        """Let these approve, one after the other; gives the state of the case."""
        state = ""
        for login in logins:
            state = self.approve(login, case)
        return state

    def document_of(self, case: int) -> int:
        """The document of a case."""
        return int(self.one("SELECT document_id FROM app.approval_case WHERE id = :id", id=case))

    def document_state(self, case: int) -> str:
        """The state of the document of a case."""
        return str(self.one("SELECT state FROM app.document WHERE id = :id", id=self.document_of(case)))

    def number(self, case: int) -> str:
        """The number of the document of a case."""
        return str(self.one("SELECT number FROM app.document WHERE id = :id", id=self.document_of(case)))

    def location(self, code: str) -> int:
        """The number of a place."""
        return int(self.one("SELECT id FROM app.location WHERE code = :code", code=code))


def to_finance(desk: Desk) -> dict[str, Any]:
    """The form of a transfer to the finance department."""
    return {"to_department": desk.department("FINANCE"), "to_keeper": desk.staff["apr_wu"], "reason": "工作调整"}


@pytest.fixture(scope="session")
def documents_engine(server: Server, documents_template: str, maintenance: Target) -> Iterator[sa.Engine]:
    """The superuser in a database that every test leaves as it was."""
    execute(maintenance, f"CREATE DATABASE documents_shared TEMPLATE {documents_template} STRATEGY file_copy")
    engine = make_engine(embedded_target(server, "documents_shared"))
    yield engine
    engine.dispose()


@pytest.fixture
def desk(documents_engine: sa.Engine) -> Iterator[Desk]:
    """The office; everything that a test does is rolled back."""
    with documents_engine.connect() as connection, connection.begin() as transaction, Session(connection) as session:
        session.execute(sa.text("SET LOCAL search_path TO app, pg_temp"))
        staff = {row[0]: row[1] for row in session.execute(sa.text("SELECT code, id FROM app.staff"))}
        yield Desk(session, staff)
        transaction.rollback()
