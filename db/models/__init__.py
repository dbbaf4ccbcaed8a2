"""Every table, imported once so that the metadata is complete."""

from db.models import (
    approvals,
    assets,
    attachments,
    audit,
    depreciation,
    depreciation_line,
    documents,
    history,
    labels,
    operations,
    organisation,
    permissions,
    requests,
    settings,
    suppliers,
    views,
)

__all__ = [
    "approvals",
    "assets",
    "attachments",
    "audit",
    "depreciation",
    "depreciation_line",
    "documents",
    "history",
    "labels",
    "operations",
    "organisation",
    "permissions",
    "requests",
    "settings",
    "suppliers",
    "views",
]
