"""`depreciation …`: what finance does every month, one module a step."""

from __future__ import annotations

import argparse

from logistics_desktop.cli import (
    depreciation_export,
    depreciation_months,
    depreciation_reconcile,
    depreciation_schedule,
)
from logistics_desktop.cli.refusing import RefusingParser
from logistics_desktop.i18n import N_, _

STEPS = (depreciation_schedule, depreciation_months, depreciation_export, depreciation_reconcile)
"""Each has `add_parser`, as a command has."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `depreciation` and its steps to the command line."""
    parser = subparsers.add_parser("depreciation", help=_(N_("depreciation of assets")))
    steps = parser.add_subparsers(title=_(N_("steps")), metavar="STEP", required=True, parser_class=RefusingParser)
    for step in STEPS:
        step.add_parser(steps)
