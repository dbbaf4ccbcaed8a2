"""Each document from the asset ledger to the printed paper: filled in, sent, signed, in force, found again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from logistics_desktop.features.approvals import actions
from logistics_desktop.finding import find
from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledgers import LEDGERS
from tests.pdf_pages import codes, texts
from tests.ui.documents.conftest import Town, clean
from ui.documents.screen import DocumentsScreen
from ui.documents.send_dialog import SendDialog
from ui.paper.preview import Preview

Open = Callable[[str], DocumentsScreen]
ByTown = Callable[[Town], dict[str, Any]]

NEXT_WEEK = date.today() + timedelta(days=7)  # noqa: DTZ011 - the day of whoever borrows


def staff(login: str) -> Callable[[Town], Reference]:
    """Somebody, as a person chooses them."""
    return lambda town: Reference(town.person(login), login)


def department(code: str) -> Callable[[Town], Reference]:
    """A department, as a person chooses it."""
    return lambda town: Reference(town.department(code), code)


FINANCE = {"to_department": department("FINANCE"), "to_keeper": staff("apr_wu")}
# Kind, asset, what is typed in the form and on the line, and what the ledger says when it is in force.
WALKS: list[tuple[str, str, dict[str, Any], dict[str, Any], dict[str, str]]] = [
    ("asset_acceptance", "ZC001", {**FINANCE, "finding": "完好"}, {"remark": "含鼠标"}, {"status": "in_use"}),
    ("asset_issue", "ZC002", {**FINANCE, "purpose": "新员工使用"}, {}, {"status": "in_use"}),
    ("asset_return", "ZC010", {"reason": "不再使用"}, {"condition": "worn"}, {"status": "idle"}),
    (
        "asset_borrow",
        "ZC003",
        {"borrower": staff("apr_wang"), "due_on": NEXT_WEEK, "purpose": "年终审计"},
        {},
        {"status": "lent"},
    ),
    ("asset_transfer", "ZC007", {**FINANCE, "reason": "工作调整"}, {}, {"status": "in_use"}),
    ("asset_repair", "ZC011", {"symptom": "椅背断裂"}, {}, {"status": "in_repair"}),
    (
        "asset_scrapping",
        "ZC005",
        {"reason": "损坏"},
        {"appraisal": "进水，无修复价值", "human_damage": True},
        {"status": "scrapped"},
    ),
    ("asset_disposal", "ZC012", {"way": "sale", "reason": "闲置"}, {}, {"status": "disposed"}),
    ("asset_handover", "ZC008", {"to_keeper": staff("apr_zhao")}, {}, {"status": "in_use"}),
]


def fill(screen: DocumentsScreen, town: Town, form: dict[str, Any], line: dict[str, Any], qtbot: QtBot) -> None:
    """Type into the form, and into the fields of the only line."""
    assert screen.editor is not None
    for key, value in form.items():
        editor = screen.editor.form.editors[key]
        editor.set_value(value(town) if callable(value) else value)
        editor.changed.emit()
    for key, value in line.items():
        screen.editor.lines.table.selectRow(0)
        editor = screen.editor.lines.said.editors[key]
        editor.set_value(value)
        editor.changed.emit()


def send(screen: DocumentsScreen, qtbot: QtBot) -> list[tuple[str, str, str]]:
    """Look at the path, send, and give the path."""
    screen.send()
    assert screen.editor is not None
    assert screen.editor.complete(), screen.editor.state.text()
    qtbot.waitUntil(lambda: bool(screen.findChildren(SendDialog)))
    dialog = screen.findChildren(SendDialog)[0]
    qtbot.waitUntil(dialog.act.isEnabled)
    path = dialog.path.lines()
    dialog.act.click()
    qtbot.waitUntil(lambda: screen.opened is not None and screen.opened.document.state == "submitted")
    return path


def sign_all(town: Town, document: int) -> list[str]:
    """Everybody who is asked approves at their own PC; says who."""
    waiting = (
        "SELECT t.id || ' ' || s.code FROM approval_task t JOIN approval_case c ON c.id = t.case_id"
        " JOIN staff s ON s.id = t.staff_id WHERE c.document_id = %s AND t.state = 'open' ORDER BY t.id"
    )
    signed = []
    while open_tasks := town.texts(waiting, document):
        task, login = open_tasks[0].split()
        with town.join(login).session() as session:
            actions.approve(session, int(task), "同意", request=uuid.uuid4())
        signed.append(login)
    return signed


def have_looked_at(town: Town, document: int, login: str, other: str) -> None:
    """Whoever is asked adds somebody who signs before."""
    waiting = (
        "SELECT t.id FROM approval_task t JOIN approval_case c ON c.id = t.case_id"
        " WHERE c.document_id = %s AND t.state = 'open'"
    )
    with town.join(login).session() as session:
        people = [town.person(other)]
        actions.add_signers(session, town.one(waiting, document), people, before=True, request=uuid.uuid4())


def printed(screen: DocumentsScreen, path: Path, qtbot: QtBot) -> None:
    """Print the document on show into a file."""
    screen.print_document()
    qtbot.waitUntil(lambda: bool(screen.findChildren(Preview)))
    preview = screen.findChildren(Preview)[0]
    qtbot.waitUntil(lambda: preview.printout is not None and preview.bar.pdf.isEnabled())
    preview.save_pdf(path)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(preview.bar.pdf.isEnabled)
    for dialog in preview.findChildren(QFileDialog):
        dialog.close()
    preview.close()


@pytest.mark.parametrize(("kind", "asset", "form", "line", "outcome"), WALKS, ids=[walk[0] for walk in WALKS])
def test_from_the_draft_to_the_paper(
    kind: str,
    asset: str,
    form: dict[str, Any],
    line: dict[str, Any],
    outcome: dict[str, str],
    town: Town,
    documents: Open,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    screen = documents("apr_wang")
    screen.start(kind, [town.asset(asset)])
    qtbot.waitUntil(lambda: screen.editor is not None)
    fill(screen, town, form, line, qtbot)
    path = send(screen, qtbot)
    assert screen.opened is not None
    document = screen.opened.document
    assert all(who != "—" or "left out" in what for _place, who, what in path), "every step has names"
    if kind == "asset_return":  # its route asks the asset office alone, which lets somebody look at the things
        have_looked_at(town, document.id, "apr_keeper", "apr_zhao")
    signed = sign_all(town, document.id)
    assert "apr_wang" not in signed
    assert len({"apr_wang", *signed}) >= 3, "three people take part"
    qtbot.waitUntil(lambda: screen.opened is not None and screen.opened.document.state == "effective")
    for column, value in outcome.items():
        assert town.texts(f"SELECT {column} FROM asset WHERE code = %s", asset) == [value]
    paper = tmp_path / f"{kind}.pdf"
    printed(screen, paper, qtbot)
    pages = [clean(text) for text in texts(paper)]
    number = screen.opened.document.number
    assert number is not None
    assert len(pages) == 3, "one page for each copy"
    for page, copy in zip(pages, ("Copyforthefiles", "Copyforfinance", "Copyforthedepartment"), strict=True):
        assert number in page
        assert copy in page
        assert "Page1of1" in page
        assert asset in page
        names = town.texts("SELECT name FROM staff WHERE code = ANY (%s)", signed)
        assert [name for name in names if name not in page] == [], page
    for page_codes in codes(paper):
        [(_format, content, _x, _y)] = page_codes
        assert content == f"LD:documents:{number}"
        with town.join("apr_wang").session() as session:
            [found] = find(session, LEDGERS, content)
        assert (found.ledger, found.id) == ("documents", document.id)
