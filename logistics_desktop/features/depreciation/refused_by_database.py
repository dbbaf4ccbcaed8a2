"""What the database refuses about the months of a book (`db/sql/periods*.sql`), in words, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from logistics_desktop.i18n import N_

REFUSED_BY_DATABASE: Mapping[str, str] = {
    "P0480": N_("{month} is closed. Enter the correction in a month that is open, or have {month} reopened."),
    "P0481": N_("{month} cannot be closed before {first}. Close {first} first."),
    "P0482": N_("{month} is not calculated. Run its depreciation first."),
    "P0483": N_("{month} is not closed, so there is nothing to reopen."),
    "P0484": N_("Months are reopened from the last one back. Reopen {last} before {month}."),
    "P0485": N_("This book has months that are calculated or closed: its standard, currency and first month stay."),
    "P0486": N_("The entries of {month} do not follow from those of the month before. Run its depreciation again."),
    "P0487": N_("{who} has closed {month} already, on {at}."),
    "P0488": N_("Somebody has run {month} again in the meantime. Look at the figures, then close it."),
    "P0489": N_("This book has been deleted meanwhile."),
    "P0490": N_("Say why {month} is reopened: the reason is kept."),
    "P0491": N_("{month} is closed: posted months never change. Date the change after {month}."),
    "P0492": N_("The asset has entries in closed months (since {month}), so its opening balance stays as it is."),
    "P0493": N_("The entries of {month} are written by a run and by nothing else."),
    "P0494": N_("There are entries of depreciation for it, so it stays. Give an asset its day of disposal instead."),
    "P0495": N_("{month} is before this book, which begins with {first}."),
    "P0496": N_(
        "{name}: a book of the government standard charges by straight line or units of production only. "
        "Choose one of them."
    ),
    "P0497": N_("{name}: a book of the government standard has no residual value. Leave it empty or enter 0."),
    "P0498": N_(
        "{month} is more than {years} years after {first}, the first month that is not closed. Look at the year again."
    ),
}
