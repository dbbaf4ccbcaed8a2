"""Which office and which ledger a command works with."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from typing import NoReturn

from logistics_desktop import profiles, secrets
from logistics_desktop.context import Office, open_office
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.profiles import Profile


def chosen_office(arguments: argparse.Namespace) -> Office:
    """Open the office that the command line names, or the one used last.

    The password of a server is `PGPASSWORD` of the environment, the one that was remembered, or asked on the terminal.
    Raises UserError.
    """
    if arguments.demo:
        return open_office(Profile("demo", "demo"))
    profile = profiles.find(arguments.profile) if arguments.profile else profiles.last_used()
    if profile is None:
        raise UserError(N_("Say which office: --demo for the sample data, or --profile NAME."))
    return open_office(profile, _password(profile) if profile.kind == "server" else None)


def chosen_ledger(arguments: argparse.Namespace) -> Entity:
    """The ledger that the command line names; ends the program with status 2 where there is none of that name."""
    entity = LEDGERS.get(arguments.ledger)
    if entity is None:
        known = ", ".join(one.key for one in LEDGERS)
        wrong_usage(
            arguments, _("There is no ledger {name}. The ledgers are: {known}.", name=arguments.ledger, known=known)
        )
    return entity


def wrong_usage(arguments: argparse.Namespace, text: str) -> NoReturn:
    """Say what is wrong with the command line and end the program with status 2."""
    arguments.parser.error(text)
    raise AssertionError("argparse ends the program")


def _password(profile: Profile) -> str | None:
    known = os.environ.get("PGPASSWORD") or secrets.recall(profile.target(None))
    if known is None and sys.stdin.isatty():
        return getpass.getpass(_("Password of {user}: ", user=profile.user))
    return known
