"""How documents, their fields, choices, states and refusals are called (message ids)."""

from __future__ import annotations

from logistics_desktop.i18n import N_

# As the database says them (`db/sql/document_10_kinds.sql`), here for the catalogue of translations.
TITLES = (
    N_("Acceptance"),
    N_("Issue"),
    N_("Return of assets"),
    N_("Loan"),
    N_("Transfer"),
    N_("Repair request"),
    N_("Scrapping"),
    N_("Disposal"),
    N_("Hand-over"),
)
LABELS = (
    N_("Appraisal"),
    N_("Borrower"),
    N_("Class of the dearest"),
    N_("Compensation"),
    N_("Compensation at"),
    N_("Condition"),
    N_("Damaged by somebody"),
    N_("Department of the assets"),
    N_("Disposed on"),
    N_("Due back on"),
    N_("Estimated cost"),
    N_("Finding of the acceptance"),
    N_("From keeper"),
    N_("Highest unit price"),
    N_("In service on"),
    N_("Issued on"),
    N_("Order or contract no."),
    N_("Original value"),
    N_("Proceeds"),
    N_("Purpose"),
    N_("Quantity"),
    N_("Reason"),
    N_("Receiver"),
    N_("Remark"),
    N_("Returned on"),
    N_("Scrapped on"),
    N_("Symptom"),
    N_("To department"),
    N_("To keeper"),
    N_("To location"),
    N_("Urgency"),
    N_("Wanted by"),
    N_("Way of disposal"),
    N_("Who compensates"),
    N_("Why"),
)

CHOICES = {
    "good": N_("Good"),
    "worn": N_("Worn"),
    "damaged": N_("Damaged"),
    "normal": N_("Normal"),
    "urgent": N_("Urgent"),
    "original_value": N_("Original value"),
    "book_value": N_("Book value"),
    "sale": N_("Sale"),
    "donation": N_("Donation"),
    "destruction": N_("Destruction"),
    "recycling": N_("Recycling"),
    "leaves": N_("Leaves the organisation"),
    "moves": N_("Moves to another post"),
    "other": N_("Other reason"),
}

STATES = {
    "draft": N_("Draft"),
    "submitted": N_("Under approval"),
    "returned": N_("Returned"),
    "refused": N_("Declined"),
    "withdrawn": N_("Withdrawn"),
    "effective": N_("In force"),
}

# Why an asset cannot come on a document (`proposing.Proposal.problem`); `said` is its status or the other's number.
PROBLEMS = {
    "unseen": N_("You have no right to put this asset on a document."),
    "state": N_("This document takes no assets that are: {said}."),
    "held": N_("It is on the document {said}, which is under way."),
}

# By SQLSTATE, and by SQLSTATE with the reason where one state has several.
REFUSALS = {
    "P0470": N_("It is on another document that is under way: {detail}. Wait for its end, or have it withdrawn."),
    "P0471": N_("The document has no lines. Add the assets that it is about."),
    "P0471 twice": N_("An asset stands on two lines. Remove one of them."),
    "P0471 too_many": N_("A document takes at most 5,000 lines. Make several."),
    "P0472": N_("The field {detail} must be filled in before the document is sent."),
    "P0473 accepted_already": N_("{detail} was accepted already by another document."),
    "P0473 due_past": N_("The day when it is due back, {detail}, is over. Choose a later one."),
    "P0473 several_departments": N_(
        "The assets of a transfer must all belong to one department, whose head signs. Make a transfer for each."
    ),
    "P0473 same_department": N_("The assets belong to this department already. Choose another."),
    "P0473 same_person": N_("Who hands over and who takes over are the same person. Choose another."),
    "P0473 not_theirs": N_("{detail} is not in the name of the person who hands over. Remove the line."),
    "P0473 appraisal": N_(
        "{detail}: with human damage say who compensates, at which value and how much; without it nothing of these."
    ),
    "P0473 before_service": N_("{detail} was put in service after this day. Choose a later one."),
    "P0474": N_("An asset on the document has changed. Look at the lines again."),
    "P0474 state": N_(
        "{detail} does not stand as this document wants it any more. Return the document, or decline it."
    ),
    "P0474 changed": N_(
        "What was approved has changed meanwhile ({detail}). Return the document, so that it is sent anew."
    ),
    "P0474 unseen": N_("You have no right to put one of these assets on a document. Remove it."),
    "P0475": N_("The field {detail} cannot hold this. Correct it."),
    "P0476": N_("This document is somebody else's. Copy it to make one of your own."),
    "P0477": N_("What was submitted stays as it is. Copy it to a new document, or withdraw it first."),
    "P0477 numbered": N_("The document has its number, and numbers have no gaps, so it stays."),
    "P0478": N_("The document was saved elsewhere meanwhile. Open it again to see it as it is now."),
}
