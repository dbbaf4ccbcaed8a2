"""Short names of why figures differ, for lists and for choosing from them."""

from __future__ import annotations

from collections.abc import Mapping

from logistics_desktop.features.depreciation.differences import Cause
from logistics_desktop.i18n import N_

CAUSE_NAMES: Mapping[Cause, str] = {
    Cause.MISSING_HERE: N_("Not in the book"),
    Cause.GONE: N_("Gone by its card"),
    Cause.LEFT_OUT: N_("Left out by the run"),
    Cause.MISSING_THERE: N_("Not in the workbook"),
    Cause.TWICE: N_("Twice in the workbook"),
    Cause.UNREADABLE: N_("Cannot be read"),
    Cause.BELOW_ZERO: N_("Workbook below zero"),
    Cause.NOT_ADDING: N_("Workbook does not add up"),
    Cause.FORMULA: N_("Formula of the workbook"),
    Cause.PAST_LIFE: N_("Charged past its life"),
    Cause.COST: N_("Original value"),
    Cause.ROUNDING: N_("Rounding"),
    Cause.METHOD: N_("Method"),
    Cause.LIFE: N_("Life"),
    Cause.RESIDUAL: N_("Residual value"),
    Cause.START: N_("Start month"),
    Cause.EARLIER: N_("Another month"),
    Cause.UNKNOWN: N_("Unknown"),
}
