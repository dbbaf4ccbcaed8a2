"""The command line: what is understood, refused, and said."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

import main
from logistics_desktop import commands
from logistics_desktop.errors import UserError
from logistics_desktop.paths import ROOT


class Greeting:
    """A command of the tests."""

    def add_parser(self, subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
        parser = subparsers.add_parser("greet")
        parser.add_argument("name")
        parser.set_defaults(run=self.run)

    def run(self, arguments: argparse.Namespace) -> int:
        if arguments.name == "nobody":
            raise UserError("There is nobody to greet.")
        return 0


def no_window(_arguments: argparse.Namespace) -> int:
    return 0


@pytest.fixture(autouse=True)
def with_greeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "COMMANDS", (Greeting(),))


def test_a_command_runs_and_gives_its_status() -> None:
    assert main.main(["greet", "all"]) == 0
    assert main.main(["--demo", "--lang", "zh_CN", "greet", "all"]) == 0


def test_a_refusal_is_said_on_stderr_with_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["greet", "nobody"]) == 1
    said = capsys.readouterr()
    assert said.err == "There is nobody to greet.\n"
    assert said.out == ""


@pytest.mark.parametrize(
    "arguments",
    [["unknown"], ["greet"], ["--lang", "fr", "greet", "x"], ["--demo", "--profile", "x", "greet", "x"], ["--what"]],
)
def test_wrong_usage_ends_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(arguments)
    assert ended.value.code == 2
    assert "usage: main.py" in capsys.readouterr().err


def test_help_speaks_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("en", "sample data"), ("zh_CN", "示例数据")):
        with pytest.raises(SystemExit) as ended:
            main.main(["--lang", language, "--help"])
        assert ended.value.code == 0
        assert word in capsys.readouterr().out


def test_office_and_language_reach_every_command() -> None:
    parser = commands.build_parser((Greeting(),), no_window)
    parsed = parser.parse_args(["--profile", "Head office", "greet", "x"])
    assert (parsed.profile, parsed.demo, parsed.lang) == ("Head office", False, None)


def test_without_a_command_the_window_is_asked_for() -> None:
    assert commands.build_parser((Greeting(),), no_window).parse_args([]).run is no_window


def test_a_missing_dependency_is_named_with_the_command_that_installs_it() -> None:
    """Run by a Python that sees none of the installed packages."""
    ended = subprocess.run(
        [sys.executable, "-E", "-s", "-S", ROOT / "main.py", "--help"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "-r requirements.txt" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_command_line_does_not_load_qt() -> None:
    """A scheduled job on a server without Qt's system libraries has to work."""
    code = "import sys, main\ntry: main.main(['--help'])\nexcept SystemExit: pass\nassert 'PySide6' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_the_window_loads_nothing_that_only_an_open_database_or_a_workbook_needs() -> None:
    heavy = ("sqlalchemy", "psycopg", "alembic", "keyring", "openpyxl", "python_calamine", "matplotlib", "babel")
    code = f"import sys\nfrom ui import app\nprint(sorted(set({heavy!r}) & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stdout == "[]\n"
