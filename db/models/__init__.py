"""Every table, imported once so that the metadata is complete."""

from db.models import (
    assets,
    attachments,
    history,
    labels,
    operations,
    organisation,
    requests,
    settings,
    suppliers,
    views,
)

__all__ = [
    "assets",
    "attachments",
    "history",
    "labels",
    "operations",
    "organisation",
    "requests",
    "settings",
    "suppliers",
    "views",
]
