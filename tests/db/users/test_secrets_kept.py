"""A password is in the keyring, in the memory of the program, and nowhere else: nothing that is written has it."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.session import Target
from logistics_desktop import logs, profiles
from logistics_desktop.context import Office, open_office
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.features.users import accounts
from logistics_desktop.paths import ROOT
from tests.accounts import FIRST, Join, profile_of
from tests.servers import open_folder

CHOSEN = "blanket orbit mustard"
WRONG = "wrong-geheim-密码"


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PC on which the program never ran."""
    with open_folder() as folder:
        monkeypatch.setenv("LOGISTICS_DESKTOP_HOME", str(folder))
        yield folder


@pytest.fixture
def chatty_log(home: Path) -> Iterator[Path]:
    """The program's log with everything that any library has to say."""
    root = logging.getLogger()
    before, level, hooks = list(root.handlers), root.level, (sys.excepthook, logging.raiseExceptions)
    talkers = [logging.getLogger(name) for name in ("sqlalchemy.engine", "sqlalchemy.pool", "psycopg")]
    logs.start(logging.DEBUG)
    for talker in talkers:
        talker.setLevel(logging.DEBUG)
    yield logs.path()
    for talker in talkers:
        talker.setLevel(logging.NOTSET)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook = hooks[0]


def test_no_log_no_trace_and_no_file_has_a_password(
    chatty_log: Path, home: Path, office: Office, join: Join, clerk: Target
) -> None:
    traces = []
    profile = profile_of(clerk, "u_sun")
    theirs = join("u_sun", "clerk")
    profiles.add(profile)
    with office.session() as session:
        told = accounts.reset_password(session, "u_sun")
    for password, session_of in ((WRONG, None), ("short", theirs), (told, None)):
        try:
            if session_of is None:
                open_office(profile, password).close()
            else:
                session_of.change_password(password)
        except UserError as error:
            traces.append("".join(traceback.format_exception(error)))
            logging.getLogger().error("it failed", exc_info=error)
    with open_office(profile, told) as again:
        again.change_password(CHOSEN)
        traces.append(f"{again!r} {again.profile!r} {again.engine!r} {again.__dict__!r}")
    with pytest.raises((Refused, sa.exc.DBAPIError)) as bug, office.session() as session:
        session.execute(sa.text("SELECT app.user_reset_password('u_sun', :verifier)"), {"verifier": CHOSEN})
    traces.append(repr(bug.value))
    logging.getLogger().error("a bug", exc_info=bug.value)
    logging.shutdown()

    assert "it failed" in chatty_log.read_text("utf-8")
    written = "".join(file.read_text("utf-8", "replace") for file in home.rglob("*") if file.is_file())
    for secret in (FIRST, told, WRONG):
        assert secret not in written + "".join(traces)
    assert "SCRAM-SHA-256$4096" not in written
    assert CHOSEN not in written


CHILD = """
import json, os, sys
heard = []
def hear(event, arguments):
    if event in ("subprocess.Popen", "os.exec", "os.spawn", "os.posix_spawn", "os.system"):
        heard.append(repr(arguments))
sys.addaudithook(hear)
from logistics_desktop.context import open_office
from logistics_desktop.profiles import Profile
with open_office(Profile("mine", "local")) as office:
    secrets = [office._target.password]
    from logistics_desktop import this_pc
    secrets.append((this_pc.place() / "password").read_text())
print(json.dumps({"started": len(heard), "told": [s in text for s in secrets for text in heard]}))
"""


def test_no_program_that_is_started_is_told_a_password(home: Path) -> None:
    said = subprocess.run([sys.executable, "-c", CHILD], cwd=ROOT, capture_output=True, text=True, check=True)
    answer = json.loads(said.stdout)
    assert answer["started"] > 0
    assert not any(answer["told"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no core files")
def test_the_program_leaves_no_core_file_and_lets_nobody_read_its_memory(home: Path) -> None:
    code = (
        "import ctypes, main, resource, sys\n"
        "main.main(['--profile', 'nowhere', 'doctor'])\n"
        "dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == 'linux' else 0\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], dumpable)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split()[-2:] == ["0", "0"]


def test_a_password_in_the_address_of_a_server_is_refused_before_anything_is_done(home: Path) -> None:
    for command in ("init --admin wang", "upgrade", "doctor"):
        said = subprocess.run(
            [sys.executable, "main.py", *command.split(), "--url", f"postgresql://postgres:{WRONG}@nobody.invalid/x"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LANG": "C"},
        )
        assert said.returncode == 1
        assert "out of the address" in said.stderr
        assert WRONG not in said.stdout + said.stderr


def test_the_password_of_the_window_is_not_in_its_description(office: Office, clerk: Target) -> None:
    assert clerk.password
    assert clerk.password not in repr(replace(clerk)) + repr(office.profile) + office.describe
