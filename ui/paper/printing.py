"""Printing from a ledger: the list as it is shown, or the record that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from ui.paper.card import Card, read_card
from ui.paper.card_page import CardPrintout
from ui.paper.list_page import ListPrintout
from ui.paper.listing import Listing, groupable, read_listing
from ui.paper.preview import Preview, choice_box
from ui.workspace import Workspace

_UPRIGHT = 7  # columns; more are first offered across


def preview_list(
    workspace: Workspace,
    entity: Entity,
    query: Query,
    keys: Sequence[str],
    parent: QWidget | None = None,
    group: str = "",
) -> Preview[Listing]:
    """Show how a list prints: the rows of `query`, the fields `keys`, grouped by the field `group` if one is given."""
    fields = [("", _(N_("nothing"))), *((field.key, _(field.label)) for field in groupable(entity))]
    label = _(N_("Group by"))
    box = choice_box(fields, group, label)

    def reading() -> Callable[[Job], Listing]:
        return partial(read_listing, workspace.office, entity, query, keys, box.currentData())

    preview = Preview[Listing](
        workspace,
        f"list-{entity.key}",
        _(entity.label),
        reading,
        ListPrintout,
        [(label, box)],
        landscape=len(keys) > _UPRIGHT,
        parent=parent,
    )
    box.currentIndexChanged.connect(preview.read_again)
    return preview


def preview_card(
    workspace: Workspace, entity: Entity, record: int, name: str, parent: QWidget | None = None
) -> Preview[Card]:
    """Show how a record prints; `name` is what it is called."""
    box = QCheckBox(_(N_("With history")))

    def reading() -> Callable[[Job], Card]:
        return partial(read_card, workspace.office, entity, record, box.isChecked())

    preview = Preview[Card](
        workspace,
        f"card-{entity.key}",
        f"{_(entity.singular)} {name}",
        reading,
        lambda card, sheet, _job: CardPrintout(card, sheet),
        [("", box)],
        landscape=False,
        parent=parent,
    )
    box.toggled.connect(preview.read_again)
    return preview
