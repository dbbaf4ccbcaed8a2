"""Which office a command works on, and how it gets in without a window."""

from __future__ import annotations

import argparse
import getpass
import sys

from logistics_desktop import profiles, secrets
from logistics_desktop.context import Office, open_office
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.profiles import Profile


def chosen_profile(arguments: argparse.Namespace) -> Profile:
    """What `--demo` or `--profile` names, or the one used last. Raises `UserError` if there is none."""
    if arguments.demo:
        return Profile("demo", "demo")
    found = profiles.find(arguments.profile) if arguments.profile else profiles.last_used()
    if found is None:
        raise UserError(N_("Say where to work: --demo for the sample data, or --profile NAME."))
    return found


def chosen_office(arguments: argparse.Namespace) -> Office:
    """Open it. Raises `UserError`.

    A password that the keyring does not have is asked for on a terminal; where there is none, libpq looks in its own
    places (PGPASSWORD, the password file).
    """
    profile = chosen_profile(arguments)
    if not profile.asks_password:
        return open_office(profile)
    password = secrets.recall(profile.target(None))
    if password is None and sys.stdin.isatty():
        password = getpass.getpass(_("Password of {user}: ", user=profile.user))
    return open_office(profile, password)
