"""What happened, in sentences."""

from __future__ import annotations

from datetime import datetime

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.apply import Applied
from logistics_desktop.workbook.undo import Undone


def moment(at: datetime) -> str:
    """A moment as the clock on this PC shows it."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def applied_text(applied: Applied) -> str:
    """What an import did to the rows."""
    return _(
        N_("{new} new, {changed} changed, {unchanged} unchanged, {refused} refused."),
        new=f"{applied.new:,}",
        changed=f"{applied.changed:,}",
        unchanged=f"{applied.unchanged:,}",
        refused=f"{applied.refused:,}",
    )


def created_text(applied: Applied) -> str:
    """What an import made on the way; nothing if it made nothing."""
    if not applied.created:
        return ""
    made = ", ".join(f"{_(LEDGERS[ledger].label)} {count:,}" for ledger, count in applied.created.items())
    return _(N_("Created on the way: {made}."), made=made)


def undone_text(undone: Undone) -> str:
    """What the undoing of an import did."""
    return _(
        N_("The import is undone: {deleted} records deleted, {restored} put back as they were."),
        deleted=f"{undone.deleted:,}",
        restored=f"{undone.restored:,}",
    )
