"""Every table, imported once so that the metadata is complete."""

from db.models import (
    assets,
    attachments,
    depreciation,
    depreciation_line,
    history,
    labels,
    operations,
    organisation,
    settings,
    suppliers,
    views,
)

__all__ = [
    "assets",
    "attachments",
    "depreciation",
    "depreciation_line",
    "history",
    "labels",
    "operations",
    "organisation",
    "settings",
    "suppliers",
    "views",
]
