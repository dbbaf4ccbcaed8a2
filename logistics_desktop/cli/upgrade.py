"""`upgrade`: bring a database up to this program."""

from __future__ import annotations

import argparse

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `upgrade`."""
    parser = subparsers.add_parser("upgrade", help=_("bring a database up to this version of the program"))
    parser.add_argument("--url", help=_("a database on a server and who upgrades it: postgresql://OWNER@HOST/DATABASE"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Upgrade the database of `--url`; those of this PC upgrade themselves when they are opened."""
    if arguments.url:
        from db.provision import upgrade_database
        from logistics_desktop.cli.installer import installer, told_in_words

        owner = installer(arguments.url)
        with told_in_words():
            upgrade_database(owner)
    else:
        from logistics_desktop.cli.opening import chosen_profile
        from logistics_desktop.context import open_office

        profile = chosen_profile(arguments)
        if profile.kind == "server":
            raise UserError(N_("Upgrading a server needs its owner: upgrade --url postgresql://OWNER@HOST/DATABASE."))
        open_office(profile).close()
    print(_("The database is up to date."))
    return 0
