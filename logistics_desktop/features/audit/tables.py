"""What the tables that are no ledgers are called in the log."""

from __future__ import annotations

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS

ENTITIES: dict[str, Entity] = {entity.table: entity for entity in LEDGERS}
"""The ledgers by their tables."""

OTHERS = {
    "account": N_("Accounts"),
    "account_post": N_("Posts of accounts"),
    "post": N_("Posts"),
    "post_permission": N_("Permissions"),
    "asset_class_map": N_("Class editions"),
    "attachment": N_("Files"),
    "content": N_("Contents of files"),
    "header_map": N_("Known headers"),
    "import_batch": N_("Imports"),
    "label_design": N_("Label designs"),
    "operation": N_("Steps"),
    "setting": N_("Settings"),
    "view": N_("Views"),
}
"""A table that is not named here is shown by its own name."""


def label_of(table: str | None) -> str:
    """What a table or a ledger, by its key, is called in the language in force."""
    if table is None:
        return ""
    entity = ENTITIES.get(table) or LEDGERS.get(table)
    return _(entity.label) if entity else _(OTHERS.get(table, table))
