"""How states, modes, actions and refusals of approvals are called (message ids)."""

from __future__ import annotations

from logistics_desktop.i18n import N_

CASE_STATES = {
    "running": N_("Under way"),
    "returned": N_("Returned"),
    "approved": N_("Approved"),
    "refused": N_("Declined"),
    "withdrawn": N_("Withdrawn"),
}

TASK_STATES = {
    "open": N_("To be signed"),
    "queued": N_("Not their turn yet"),
    "held": N_("Waits for others"),
    "signed": N_("Signed, waits for those added"),
    "approved": N_("Approved"),
    "refused": N_("Declined"),
    "returned": N_("Returned"),
    "skipped": N_("Signed the step before"),
    "cancelled": N_("Not needed any more"),
}

MODES = {
    "any": N_("One of them"),
    "all": N_("All of them"),
    "turn": N_("One after the other"),
    "added": N_("Added signer"),
    "delegated": N_("Delegate"),
    "resubmit": N_("The requester, after a return"),
    "case": N_("The case as a whole"),
}

ACTIONS = {
    "submit": N_("Submit"),
    "approve": N_("Approve"),
    "refuse": N_("Refuse"),
    "return": N_("Return"),
    "hand_over": N_("Hand over"),
    "delegate": N_("Delegate"),
    "take_back": N_("Recall"),
    "add_before": N_("Add signers before me"),
    "add_after": N_("Add signers after me"),
    "resubmit": N_("Submit again"),
    "withdraw": N_("Withdraw"),
    "urge": N_("Urge"),
    "comment": N_("Comment"),
    "copy": N_("Send a copy"),
    "pass_on": N_("Passed on"),
    "skip": N_("Step left out"),
    "to_keeper": N_("Sent to the administrator of the route"),
}

# What an action leads to, and why it is refused: the cells of the truth table.
OUTCOMES = {
    "settles": N_("settles the step; the others need not sign any more"),
    "counts": N_("counts; the last one settles the step"),
    "next_turn": N_("the next one's turn; the last one settles the step"),
    "back_to_adder": N_("when all the added have signed, goes back to whoever added them"),
    "comes_back": N_("is an opinion; the task comes back to whoever delegated it"),
    "ends": N_("ends the case"),
    "returns": N_("gives the case back to the requester or an earlier step; open tasks beside it are cancelled"),
    "moves": N_("the task is the other person's from now on"),
    "waits": N_("the task waits until the others have spoken, then it is open again"),
    "signs": N_("approves; counts when those added have signed"),
    "reopens": N_("the others need not speak any more; the task is open again"),
    "restarts": N_("sets out again, through every step or straight back, as the route says"),
    "withdraws": N_("ends the case, unless somebody has decided since it was submitted"),
    "reminds": N_("reminds those who have to sign, not more often than the route says"),
    "notes": N_("is noted"),
    "copies": N_("the persons may see the case"),
    "never": N_("not possible here"),
    "not_yet": N_("refused: it is not their turn yet"),
    "waits_for_others": N_("refused: others speak first"),
    "signed_already": N_("refused: it is signed already"),
    "over": N_("refused: it is over"),
}

WHY = {
    "own": N_("left out, because it would be the requester's own request"),
    "next_head": N_("the next head up, because it is the request of the one whose turn it would be"),
    "choice": N_("chosen by the requester"),
    "administrator": N_("the administrator of the route, because nobody was found"),
    "nobody": N_("nobody was found"),
    "late": N_("passed on, because the time was over"),
    "absent": N_("passed on, because the person cannot sign any more"),
    "leaves": N_("handed over for somebody who leaves"),
}

PROBLEMS = {
    "unreadable": N_("The route cannot be read. Begin it anew."),
    "bad_step": N_("A step has no name, or is of a kind that is not known."),
    "bad_mode": N_("The step does not say how its approvers sign."),
    "bad_time_out": N_("The time limit of the step is not a number of hours."),
    "step_twice": N_("The step stands twice in the route, so a case would come back to it again and again."),
    "no_approver": N_("The step has no approver."),
    "person_absent": N_("{said} has left or cannot sign in. Choose somebody else."),
    "post_empty": N_("Nobody holds the post {said}. Give it to somebody, or choose other approvers."),
    "post_empty_in": N_("In the department {said} and above it nobody holds the post of this step."),
    "no_head": N_("The department {said} has no head who can sign, and neither has any above it."),
    "unknown_approver": N_("The step has an approver of a kind that is not known."),
    "field_missing": N_("The form has no field {said} any more. Change the condition or the approver."),
    "field_of_wrong_type": N_("The field {said} names nobody and no department."),
    "field_may_be_empty": N_("The field {said} may be left empty, and then nobody would sign. Choose a required one."),
    "bad_operator": N_("The field {said} cannot be compared like this."),
    "bad_value": N_("The value that the field {said} is compared with is missing or of another kind."),
    "no_branches": N_("The fork has no branches."),
    "never_reached": N_("After the branch “{said}”, which takes everything, the other branches are never reached."),
    "bad_setting": N_("A setting of the route is not known: {said}."),
    "no_administrator": N_("The route needs an administrator, a person or a post, for what finds nobody else."),
    "path_without_signer": N_(
        "There is a way through the route on which nobody signs. Add a branch for all other cases."
    ),
}

ABOUT_FIELDS = ("field_missing", "field_of_wrong_type", "field_may_be_empty", "bad_operator", "bad_value")
"""Those of `PROBLEMS` that say the key of a field."""

# By SQLSTATE, and by SQLSTATE with the reason where one state has several.
REFUSALS = {
    "P0450": N_("This is not yours to decide or to see."),
    "P0451": N_("This cannot be done here."),
    "P0451 not_yet": N_("It is not your turn yet."),
    "P0451 waits_for_others": N_("Others speak first. It comes back to you by itself, or take it back."),
    "P0451 signed_already": N_("You have signed this already; it waits for those whom you added."),
    "P0451 over": N_("This is decided already, by you or by somebody else. Nothing was changed."),
    "P0452": N_("Nobody decides on their own request. Choose somebody else."),
    "P0453": N_("Nobody was found who could sign the step {detail}. Tell the administrator of the route."),
    "P0454": N_("This person cannot sign here. Choose somebody else."),
    "P0454 absent": N_("This person has left or cannot sign in. Choose somebody else."),
    "P0454 asked_already": N_("This person is asked in this step already. Choose somebody else."),
    "P0454 oneself": N_("You cannot take over the tasks of somebody who is there. Choose somebody else."),
    "P0455": N_(
        "There is no published route for this kind of document. Ask whoever designs the routes to publish one."
    ),
    "P0456": N_(
        "The field {detail}, which the route asks for, is missing or empty. Fill it in, or have the route changed."
    ),
    "P0457": N_("They were urged a moment ago. You can urge again at {detail}."),
    "P0458": N_("Somebody has decided on it since, so it cannot be withdrawn. Ask them to return it."),
    "P0459": N_("This was sent with the key of something else. Please do it again."),
    "P0460": N_("The route cannot be published: a step cannot work ({detail}). The check says what is wrong."),
    "P0461": N_("What was submitted or published stays as it is. Make a new request or a new version."),
    "P0462": N_("Choose first who shall sign the step {detail}."),
    "P0463": N_("Say why, in a few words."),
    "P0464": N_("Your account belongs to nobody in the staff ledger. Ask an administrator to say who you are."),
    "P0465": N_("This document is being approved already."),
    "P0466": N_("It can only be returned to a step that lies behind it."),
    "P0467": N_("On these days somebody else stands in already, or they end before they begin."),
}
