"""Tells of what a crash left when an office is opened."""

from __future__ import annotations

from collections import Counter

from logistics_desktop.drafts import Drafts
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.notices import Tone
from ui.registry import MODULES
from ui.workspace import Workspace


def announce_drafts(workspace: Workspace) -> None:
    """Say in which ledgers something is kept that was typed and not saved."""
    office = workspace.office

    def find(_job: Job) -> Counter[str]:
        return Counter(draft.ledger for draft in Drafts(office.profile.key, office.user).left_over())

    def say(counts: Counter[str]) -> None:
        named = [f"{_(module.title)} ({counts[module.key]})" for module in MODULES if counts[module.key]]
        if named:
            text = _(N_("Typed last time and never saved: {ledgers}. Open it there."), ledgers=", ".join(named))
            workspace.notices.say(text, Tone.WARNING)

    workspace.tasks.run(find, say, owner=workspace.notices, key="drafts")
