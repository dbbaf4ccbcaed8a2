"""The colour rules that come with the program, by the key of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from logistics_desktop.i18n import N_
from logistics_desktop.ledger.colours import Over, Rule
from logistics_desktop.ledger.filters import Blank, OneOf

READY: Mapping[str, tuple[Rule, ...]] = {
    "assets": (
        Rule(N_("Life over"), "red", Over("in_service_on", "life_months")),
        Rule(N_("Warranty over"), "amber", Over("warranty_until")),
        Rule(N_("No keeper"), "violet", Blank("keeper_id")),
        Rule(N_("Idle"), "blue", OneOf("status", ("idle",))),
        Rule(N_("Scrapped or disposed of"), "grey", OneOf("status", ("scrapped", "disposed"))),
    ),
    "classes": (Rule(N_("No usual life"), "amber", Blank("life_months")),),
    "departments": (Rule(N_("No head"), "amber", Blank("head_id")),),
    "staff": (
        Rule(N_("Has left"), "grey", OneOf("status", ("left",))),
        Rule(N_("No department"), "amber", Blank("department_id")),
    ),
    "locations": (Rule(N_("No department"), "amber", Blank("department_id")),),
    "suppliers": (
        Rule(N_("Grade C"), "red", OneOf("grade", ("C",))),
        Rule(N_("No tax number"), "amber", Blank("tax_number")),
    ),
}
