"""`doctor --audit` says whether anybody tampered with the log, and where first; what is found leaves as a workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from db.session import Target
from logistics_desktop import profiles
from logistics_desktop.commands import COMMANDS, build_parser
from logistics_desktop.context import Office
from logistics_desktop.errors import Refused
from logistics_desktop.features.audit.checking import check, examine_log, seal_all, state
from logistics_desktop.features.audit.exporting import export_log
from logistics_desktop.features.audit.reading import Search
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.offices import CLERK, PASSWORD
from tests.servers import execute

Run = Callable[..., tuple[int, dict[str, dict[str, str]]]]


@pytest.fixture
def run(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `doctor --json` with more arguments on the office; gives the exit status and the findings by name."""
    monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    profiles.add(office.profile)

    def doctor(*more: str) -> tuple[int, dict[str, dict[str, str]]]:
        parsed = build_parser(COMMANDS, lambda _arguments: 2).parse_args(
            ["--profile", "test", "doctor", "--json", *more]
        )
        status: int = parsed.run(parsed)
        findings = json.loads(capsys.readouterr().out)["findings"]
        return status, {finding["name"]: finding for finding in findings}

    return doctor


@pytest.fixture
def desk(office: Office) -> int:
    with office.session() as session:
        return records.create(session, LEDGERS["assets"], {"code": "A1", "name": "=办公桌", "note": "=1+1"})


def test_a_log_that_is_whole_is_well_and_shows_its_head(run: Run, desk: int) -> None:
    _status, found = run("--audit")
    assert found["audit"]["ok"]
    head = found["head"]["value"].split()[0]
    assert len(head) == 64
    assert run("--head", head)[1]["audit"]["ok"]
    assert not run("--audit", "--head", "ab" * 32)[1]["audit"]["ok"]
    assert "audit" not in run()[1]


def test_the_first_broken_line_is_named(run: Run, office: Office, database: Target, desk: int) -> None:
    run("--audit")
    execute(
        database,
        "SET session_replication_role = replica; UPDATE app.change SET who = 'boss' WHERE after ->> 'code' = 'A1'",
    )
    status, found = run("--audit")
    assert status == 1
    said = found["audit"]["value"]
    assert "was changed after it was sealed" in said
    assert f"Fixed assets #{desk}, boss" in said
    with office.session() as session:
        line = session.scalar(sa.text("SELECT id FROM app.change WHERE after ->> 'code' = 'A1'"))
    assert said.startswith(f"Line {line} of “Changes”")
    assert found["audit"]["advice"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM app.change WHERE after ->> 'code' = 'A1'", "was deleted after it was sealed"),
        ("UPDATE app.event SET who = 'boss'", "of “Events” was changed after it was sealed: signed_in , boss"),
        (
            "INSERT INTO app.change (transaction, table_name, record_id, action) VALUES (1, 'asset', 7, 'D')",
            "was slipped in among sealed ones: Fixed assets #7",
        ),
        ("UPDATE app.seal SET at = now()", "Seal 1 was changed"),
        ("DELETE FROM app.seal WHERE number = 1", "Seal 1 was deleted"),
    ],
)
def test_every_harm_is_told_in_words(office: Office, database: Target, desk: int, statement: str, said: str) -> None:
    seal_all(office)
    execute(database, f"SET session_replication_role = replica; {statement}")
    checked = check(office)
    assert not checked.ok
    assert said in checked.text


def test_a_check_is_itself_noted(office: Office) -> None:
    check(office)
    with office.session() as session:
        detail = session.scalar(sa.text("SELECT detail FROM app.event WHERE kind = 'checked'"))
    assert detail["found"] == "whole"


def test_the_state_says_how_much_is_not_sealed_yet(office: Office, desk: int) -> None:
    before = state(office)
    assert before.head is None
    assert before.unsealed >= 2
    seal_all(office)
    after = state(office)
    assert after.head is not None
    assert after.unsealed == 0


def test_who_sees_a_part_only_cannot_check_but_seal(office: Office, database: Target, run: Run) -> None:
    execute(database, f"UPDATE app.account_post SET post = 'clerk' WHERE login = '{CLERK}'")
    for question in (check, state, examine_log):
        with pytest.raises(Refused, match="Only who may read the whole log"):
            question(office)
    assert seal_all(office) > 0
    assert run("--audit")[0] == 1


def test_an_auditor_checks_all_of_it_without_any_other_right(office: Office, database: Target) -> None:
    with office.session() as session:
        session.execute(sa.text("INSERT INTO app.staff (code, name, phone) VALUES ('1', '王芳', '13812345678')"))
    execute(database, f"UPDATE app.account_post SET post = 'auditor' WHERE login = '{CLERK}'")
    assert check(office).ok


def test_what_was_found_goes_into_a_workbook(office: Office, desk: int, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    count = export_log(office, Search(table="asset"), path)
    header, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert header[:8] == ("When", "Who", "Action", "Ledger", "Record", "Field", "Before", "After")
    assert count == len(rows)
    assert {row[1:5] for row in rows} == {(CLERK, "Created", "Fixed assets", "A1 =办公桌")}
    assert ("Note", None, "=1+1") in {row[5:8] for row in rows}
    with office.session() as session:
        assert session.scalar(sa.text("SELECT about FROM app.event WHERE kind = 'exported'")) == "audit"


def test_the_export_follows_the_search_and_may_be_text(office: Office, desk: int, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    assert export_log(office, replace(Search(), action="signed_in"), path) == 1
    assert "Signed in" in path.read_text("utf-8-sig")
    assert export_log(office, Search(who="nobody"), tmp_path / "none.xlsx") == 0
