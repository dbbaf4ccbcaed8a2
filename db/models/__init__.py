"""Every table, imported once so that the metadata is complete."""

from db.models import (
    approvals,
    assets,
    attachments,
    history,
    labels,
    operations,
    organisation,
    permissions,
    settings,
    suppliers,
    views,
)

__all__ = [
    "approvals",
    "assets",
    "attachments",
    "history",
    "labels",
    "operations",
    "organisation",
    "permissions",
    "settings",
    "suppliers",
    "views",
]
