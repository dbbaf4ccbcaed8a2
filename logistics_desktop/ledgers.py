"""The ledgers of the program; a new one adds its line here."""

from __future__ import annotations

from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.class_ledger import CLASSES
from logistics_desktop.features.depreciation.entities import BOOKS
from logistics_desktop.features.depreciation.terms_entities import TERMS
from logistics_desktop.features.people.entities import DEPARTMENTS, LOCATIONS, STAFF
from logistics_desktop.features.suppliers.entities import SUPPLIERS
from logistics_desktop.ledger.entity import Ledgers

LEDGERS = Ledgers((ASSETS, CLASSES, DEPARTMENTS, LOCATIONS, STAFF, SUPPLIERS, BOOKS, *TERMS))
