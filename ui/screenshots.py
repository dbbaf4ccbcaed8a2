"""The command `screenshots`: a picture of every tab and main dialog, for the documents and for looking at.

Qt is imported when the command runs; the command line itself does without.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from logistics_desktop.i18n import N_, _


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `screenshots DIR`."""
    parser = subparsers.add_parser("screenshots", help=_(N_("save a picture of every tab and main dialog")))
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--display", action="store_true", help=_(N_("use the real display instead of memory")))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Take the pictures of the sample data or of the profile named; light and dark."""
    from ui import system_libraries

    if not arguments.display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    system_libraries.check()
    from logistics_desktop import logs, profiles
    from logistics_desktop.context import open_office
    from ui.app import log_qt_messages
    from ui.offices import DEMO
    from ui.pictures import take

    profile = profiles.find(arguments.profile) if arguments.profile else DEMO
    logs.start()
    log_qt_messages()
    return take(profile, open_office, arguments.folder)
