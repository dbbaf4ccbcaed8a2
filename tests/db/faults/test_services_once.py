"""Every service that writes, sent twice with one key, and with its line broken in between, has its effect once."""

from __future__ import annotations

import ast
import inspect
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from db.session import Target
from logistics_desktop import requests
from logistics_desktop.context import Office
from logistics_desktop.features.approvals import actions
from logistics_desktop.features.users import accounts
from logistics_desktop.ledger import views
from logistics_desktop.requests import AlreadyStored
from tests.db.faults.desk import There, contents, furnished
from tests.db.faults.services import SERVICES
from tests.db.faults.test_requests import LostAnswer, break_line

ROOT = Path(__file__).parents[3]

# Reading within a unit of work that writes, and the password of who is signed in, which has a test of its own.
_READS = {
    "ledger.batch_steps.step_of", "ledger.set_based.read_locked", "ledger.views.posts", "ledger.views.read",
    "features.users.accounts.lock_guessed", "features.users.accounts.own", "features.users.accounts.policy_in_force",
    "features.users.accounts.posts", "features.users.accounts.users", "stopping.stoppable",
}  # fmt: skip
_WITH_ANOTHER_TEST = {"features.users.accounts.change_own_password"}
# What is handed from screen to screen before it is saved: all public functions of these modules are looked at.
_HANDED_ON = (actions, accounts, views)


@pytest.fixture
def there(drop_roles: None, office: Office, database: Target, tmp_path: Path) -> There:
    del drop_roles
    return furnished(office, database, tmp_path)


# That a service has its effect once is the same on every server; one is enough for so many.
@pytest.mark.parametrize("server", ["embedded"], indirect=True)
@pytest.mark.parametrize("name", SERVICES)
def test_one_key_one_effect(
    office: Office, database: Target, there: There, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_FIRST_PAUSE", 0.01)
    request, (_service, call, prepare) = uuid.uuid4(), SERVICES[name]
    with office.session() as session:
        made = prepare(session, there)
    before = contents(database)
    tried: list[int] = []

    def work(session: Session) -> object:
        value = call(session, there, made)
        session.flush()
        tried.append(1)
        if len(tried) == 1:
            break_line(session)  # what was done is undone, and done again
        return value

    with LostAnswer(office, 1):  # of the second attempt, which is stored
        office.save(work, request=request)
    assert len(tried) == 2
    after = contents(database)
    assert after["request"] != before["request"]
    with pytest.raises(AlreadyStored):
        office.save(work, request=request)
    assert contents(database) == after
    assert any(after[table] != before[table] for table in after if table != "request"), "it did nothing"


def test_no_service_that_writes_is_missing() -> None:
    """By the code: what is called in `office.save(…)`, and what the modules have whose functions are handed on."""
    tried = {
        f"{one.__module__.removeprefix('logistics_desktop.')}.{one.__name__}" for one, _call, _ in SERVICES.values()
    }
    assert set(_saved()) | set(_handed_on()) == tried | _READS | _WITH_ANOTHER_TEST


def test_what_writes_is_saved_with_a_key() -> None:
    """Nothing that is tried here is called in a plain unit of work, which a fault would end."""
    writes = {one.__name__ for one, _call, _ in SERVICES.values()}
    plain = {call for file in _files() for call in _called_in(file, "session", "With") if call.split(".")[-1] in writes}
    # Nobody asked for these and nobody waits: the next look does them.
    assert plain == {f"{actions.__name__}.{name}" for name in ("sweep", "have_read")}


def _handed_on() -> Iterator[str]:
    for module in _HANDED_ON:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "session" in inspect.signature(function).parameters:
                yield f"{module.__name__.removeprefix('logistics_desktop.')}.{name}"


def _files() -> list[Path]:
    return [*(ROOT / "ui").rglob("*.py"), *(ROOT / "logistics_desktop").rglob("*.py")]


def _saved() -> Iterator[str]:
    for file in _files():
        for name in _called_in(file, "save", "Call"):
            if name.startswith("logistics_desktop."):
                yield name.removeprefix("logistics_desktop.")


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _called_in(file: Path, method: str, how: str) -> Iterator[str]:
    """Whole names of the functions that get `session` within `office.save(…)` or `with office.session()`."""
    if f".{method}(" not in file.read_text("utf-8"):
        return
    tree = _parsed(file)
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    local = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        inside: ast.AST | None = None
        if how == "Call" and isinstance(node, ast.Call) and _is_office(node.func, method) and node.args:
            inside = node.args[0]
        elif isinstance(node, ast.With) and how == "With":
            opened = (one.context_expr for one in node.items)
            inside = node if any(isinstance(one, ast.Call) and _is_office(one.func, method) for one in opened) else None
        if isinstance(inside, ast.Name):
            inside = local.get(inside.id)
        if inside is None:
            continue
        if isinstance(inside, ast.Attribute):
            yield _whole(inside, imported)
        for call in ast.walk(inside):
            if isinstance(call, ast.Call) and call.args and ast.unparse(call.args[0]) == "session":
                yield _whole(call.func, imported)


def _is_office(called: ast.expr, method: str) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr == method
        and ast.unparse(called.value).endswith(("office", "self"))
    )


def _whole(function: ast.expr, imported: dict[str, str]) -> str:
    head, _dot, tail = ast.unparse(function).partition(".")
    return ".".join(filter(None, (imported.get(head, head), tail)))
