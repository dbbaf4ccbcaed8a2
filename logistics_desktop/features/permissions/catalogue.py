"""How posts, permissions and scopes are called (message ids)."""

from __future__ import annotations

from collections.abc import Mapping

from db.models.permissions import Scope
from logistics_desktop.i18n import N_

ADMINISTRATOR = "administrator"

POSTS: Mapping[str, str] = {
    "clerk": N_("Clerk"),
    "asset_manager": N_("Asset manager"),
    "warehouse_manager": N_("Warehouse manager"),
    "finance": N_("Finance"),
    "department_head": N_("Department head"),
    "dispatcher": N_("Dispatcher"),
    "venue_manager": N_("Venue manager"),
    "maintenance": N_("Maintenance"),
    "vice_president": N_("Vice president"),
    "leader": N_("Leader"),
    "auditor": N_("Auditor"),
    ADMINISTRATOR: N_("Administrator"),
}

SCOPES: Mapping[Scope, str] = {
    Scope.OWN: N_("own"),
    Scope.DEPARTMENT: N_("own department"),
    Scope.BELOW: N_("department and below"),
    Scope.ALL: N_("all"),
}

PERMISSIONS: Mapping[str, str] = {
    "assets.read": N_("See fixed assets"),
    "assets.write": N_("Add and change fixed assets"),
    "assets.delete": N_("Delete fixed assets"),
    "classes.write": N_("Add and change asset classes"),
    "classes.delete": N_("Delete asset classes"),
    "suppliers.read": N_("See suppliers"),
    "suppliers.write": N_("Add and change suppliers"),
    "suppliers.delete": N_("Delete suppliers"),
    "departments.write": N_("Add and change departments"),
    "departments.delete": N_("Delete departments"),
    "staff.read": N_("See people"),
    "staff.write": N_("Add and change people"),
    "staff.delete": N_("Delete people"),
    "staff.sensitive": N_("See phones and identity numbers in full"),
    "locations.write": N_("Add and change locations"),
    "locations.delete": N_("Delete locations"),
    "labels.write": N_("Design labels"),
    "documents.write": N_("Make documents of assets"),
    "documents.read_all": N_("See all documents of assets"),
    "depreciation.read": N_("See books of depreciation"),
    "depreciation.write": N_("Keep books of depreciation"),
    "depreciation.run": N_("Run the depreciation of a month"),
    "depreciation.close": N_("Close and reopen months"),
    "import": N_("Import workbooks"),
    "approvals.read_all": N_("See all approvals"),
    "approvals.routes": N_("Design routes of approval"),
    "approvals.manage": N_("Hand over approvals of others"),
    "audit.read": N_("Read the history of everything"),
    "settings.write": N_("Change settings of the organisation"),
    "users.manage": N_("Manage users"),
    "posts.manage": N_("Say what each post may do"),
}
"""In the order of the screen; what a part of the program offers and is not here comes last, under its key."""
