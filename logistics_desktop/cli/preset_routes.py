"""`preset-routes`: give documents that have no route yet the one that comes with the program."""

from __future__ import annotations

import argparse

from logistics_desktop.i18n import N_, _


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `preset-routes` to the command line."""
    parser = subparsers.add_parser(
        "preset-routes", help=_(N_("give documents that have no route of approval the preset one"))
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Install the routes and say what keeps any from being published."""
    from logistics_desktop import preset_routes
    from logistics_desktop.cli.opening import chosen_office

    with chosen_office(arguments) as office:
        installed = office.save(preset_routes.install)
    for one in installed:
        print(_("{route}: draft", route=_(one.title)) if one.problems else _("{route}: published", route=_(one.title)))
        for problem in one.problems:
            print(f"  {problem}")
    if not installed:
        print(_("Every kind of document has a route of its own already."))
    return 0
