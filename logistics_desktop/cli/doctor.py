"""`doctor`: look whether everything is as it should be, and say what to do where it is not."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from logistics_desktop.i18n import _

if TYPE_CHECKING:
    from logistics_desktop.doctor import Finding


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `doctor`."""
    parser = subparsers.add_parser("doctor", help=_("look whether everything is as it should be"))
    parser.add_argument("--json", action="store_true", help=_("answer for a program"))
    parser.add_argument(
        "--url", help=_("look at a server with the eyes of who sets it up: postgresql://OWNER@HOST/DATABASE")
    )
    parser.add_argument("--audit", action="store_true", help=_("compare the whole log with its seals as well"))
    parser.add_argument("--head", metavar="HASH", help=_("a seal that was noted before and must still be in the log"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 when something is wrong."""
    from logistics_desktop.cli.opening import chosen_office
    from logistics_desktop.doctor import Finding, examine
    from logistics_desktop.errors import UserError
    from logistics_desktop.server_checks import examine_server

    if arguments.url:
        return _tell(_seen_by_superuser(arguments.url), arguments)
    try:
        with chosen_office(arguments) as office:
            findings = examine(office) + examine_server(office)
            if arguments.audit or arguments.head:
                from logistics_desktop.features.audit.checking import examine_log

                findings += examine_log(office, arguments.head)
    except UserError as problem:
        findings = [Finding("connection", False, "", str(problem))]
    return _tell(findings, arguments)


def _seen_by_superuser(url: str) -> list[Finding]:
    import psycopg
    import sqlalchemy as sa

    from logistics_desktop.cli.installer import installer, told_in_words
    from logistics_desktop.server_checks import examine_as_superuser

    owner = installer(url)
    engine = sa.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(owner), poolclass=sa.pool.NullPool
    )
    with told_in_words(), engine.connect() as connection:
        return examine_as_superuser(connection)


def _tell(findings: list[Finding], arguments: argparse.Namespace) -> int:
    well = all(finding.ok for finding in findings)
    if arguments.json:
        print(json.dumps({"ok": well, "findings": [asdict(f) for f in findings]}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            state = _("well") if finding.ok else _("WRONG")
            print(f"{state}  {finding.name}: {finding.value}")
            if not finding.ok:
                print(f"    {finding.advice}")
    return 0 if well else 1
