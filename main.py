"""Reads the command line; opens the window or runs one command."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logistics_desktop.context import Office
    from logistics_desktop.profiles import Profile

OURS = ("db", "logistics_desktop", "ui")
INSTALL = "python -m pip install --require-hashes -r requirements.txt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program: 0 done, 1 refused with a message, 2 wrong usage."""
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in OURS:
            raise
        print(_missing(error.name), file=sys.stderr)  # noqa: T201 - there may be nothing yet to log or show it with
        return 1


def _run(arguments: list[str]) -> int:
    from logistics_desktop import commands, i18n, own_process, settings
    from logistics_desktop.errors import UserError
    from ui import appearance, screenshots

    own_process.keep_out_of_dumps()
    _say_what_can_be_said()
    early, _rest = commands.language_option().parse_known_args(arguments)
    i18n.use(early.lang or appearance.load(settings).language)
    parsed = commands.build_parser((*commands.COMMANDS, screenshots), _open_window).parse_args(arguments)
    try:
        result: int = parsed.run(parsed)
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command line's answer
        return 1
    return result


def _say_what_can_be_said() -> None:
    """A log of a scheduled job on Windows may lack a character, "−" in GBK: it gets "?", and the command goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _open_window(arguments: argparse.Namespace) -> int:
    from ui import system_libraries

    system_libraries.check()
    from ui import app

    return app.run(_open_office, demo=arguments.demo, profile=arguments.profile)


def _open_office(profile: Profile, password: str | None, tell: Callable[[str], object]) -> Office:
    """Opens an office in a worker, importing there what only an open database needs."""
    from logistics_desktop.context import open_office

    return open_office(profile, password, tell)


def _missing(name: str) -> str:
    return (
        f"The Python package {name} is not installed. Start the program as README.md says, or install what it needs:\n"
        f"  {INSTALL}\n"
        f"缺少 Python 软件包 {name}。请按 README.zh-CN.md 的说明启动,或先安装:\n  {INSTALL}"
    )


if __name__ == "__main__":
    sys.exit(main())
