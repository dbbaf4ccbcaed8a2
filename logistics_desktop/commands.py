"""The command line: the options that every command shares, and the commands that need no window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Protocol

from logistics_desktop.cli import (
    demo_data,
    depreciation,
    doctor,
    exporting,
    importing,
    init,
    preset_routes,
    undoing,
    upgrade,
)
from logistics_desktop.i18n import LANGUAGES, N_, _


class Command(Protocol):
    """A module of `logistics_desktop/cli/`, one a command. What it works with it imports when it runs."""

    def add_parser(self, subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
        """Add the command's own parser and set its default `run`, a function of the parsed arguments giving 0 or 1."""


PROGRAM = "main.py"
COMMANDS: tuple[Command, ...] = (
    importing,
    exporting,
    undoing,
    depreciation,
    init,
    upgrade,
    preset_routes,
    demo_data,
    doctor,
)


def language_option() -> argparse.ArgumentParser:
    """The option that has to be known before the others, which speak the language it names."""
    parser = argparse.ArgumentParser(prog=PROGRAM, add_help=False)
    parser.add_argument("--lang", choices=sorted(LANGUAGES), help=_(N_("the language of the program")))
    return parser


def build_parser(
    commands: Sequence[Command], without_command: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """The whole command line. The parsed arguments have `run`, and `demo`, `profile` and `lang` for every command."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        parents=[language_option()],
        description=_(N_("Logistics Desktop. Without a command it opens the window.")),
    )
    office = parser.add_mutually_exclusive_group()
    office.add_argument("--demo", action="store_true", help=_(N_("work with the sample data")))
    office.add_argument("--profile", metavar="NAME", help=_(N_("work with the office of this name")))
    parser.set_defaults(run=without_command)
    subparsers = parser.add_subparsers(title=_(N_("commands")), metavar="COMMAND")
    for command in commands:
        command.add_parser(subparsers)
    return parser
