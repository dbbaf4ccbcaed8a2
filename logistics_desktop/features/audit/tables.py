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
    "staff_private": N_("Private data of staff"),
    "view": N_("Views"),
}
"""A table that is not named here is shown by its own name."""

_COLUMNS = {
    "active": N_("Active"),
    "field": N_("Field"),
    "file_name": N_("File"),
    "header": N_("Header"),
    "ledger": N_("Ledger"),
    "login": N_("Login"),
    "media_type": N_("Kind"),
    "name": N_("Name"),
    "note": N_("Note"),
    "id_number": N_("Identity no."),
    "permission": N_("Permission"),
    "phone": N_("Phone"),
    "post": N_("Post"),
    "rows": N_("Rows"),
    "scope": N_("Scope"),
    "sha256": N_("Fingerprint"),
    "shared_with": N_("Shared with"),
    "size": N_("Size"),
    "title": N_("Title"),
    "value": N_("Value"),
}
NAMES = ("file_name", "name", "title")
"""The columns by which a row of a table that is no ledger is called."""


def column_label(column: str) -> str:
    """What a column of a table that is no ledger is called in the language in force, if it has a name there."""
    return _(_COLUMNS.get(column, column))


def label_of(table: str | None) -> str:
    """What a table or a ledger, by its key, is called in the language in force."""
    if table is None:
        return ""
    entity = ENTITIES.get(table) or LEDGERS.get(table)
    return _(entity.label) if entity else _(OTHERS.get(table, table))
