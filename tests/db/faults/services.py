"""Every service that writes, by its name: what is done beforehand, and the call. New ones are added here."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from db.models.depreciation import ChangeKind
from db.models.permissions import Scope
from logistics_desktop import attachments, operations, organisation, preset_routes
from logistics_desktop.features.approvals import actions, routes
from logistics_desktop.features.approvals.definition import Approver, Definition, Step
from logistics_desktop.features.assets import cards, classes, numbering
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.assets.cards import Card
from logistics_desktop.features.depreciation import changing, closing, own_terms, runs
from logistics_desktop.features.depreciation.months import Month
from logistics_desktop.features.depreciation.terms import Change
from logistics_desktop.features.depreciation.voucher import store as vouchers
from logistics_desktop.features.depreciation.voucher.presets import PRESETS
from logistics_desktop.features.documents import drafts, kinds, layouts, starting
from logistics_desktop.features.documents.drafts import DraftLine
from logistics_desktop.features.labels import store as labels
from logistics_desktop.features.labels.starters import starter
from logistics_desktop.features.permissions import posts
from logistics_desktop.features.users import accounts, rules
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import bulk, edits, many, records, views
from logistics_desktop.ledger.edits import Edit
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook import apply as importing
from logistics_desktop.workbook import pasting
from logistics_desktop.workbook import undo as undoing
from logistics_desktop.workbook.pasting import Pasted
from logistics_desktop.workbook.planned import Options, Plan
from tests.db.faults.desk import NEWCOMER, PEER, THIRD, There

Call = Callable[[Session, There, Any], object]
Before = Callable[[Session, There], Any]

SERVICES: dict[str, tuple[Callable[..., object], Call, Before]] = {}
KEY, BATCH = uuid.UUID(int=1), uuid.UUID(int=2)
JANUARY = Month(2026, 1)
LOGIN, FIRST, SECOND = "u_once", "correct horse battery", "blanket orbit mustard"
FORM = {"borrower": THIRD, "due_on": date(2099, 1, 1), "purpose": "x"}
ROUTE = Definition((Step("s", "Signs", (Approver("person", staff=PEER),)),), Approver("person", staff=THIRD))


def nothing(_session: Session, _there: There) -> None:
    """Nothing is needed."""


def add(service: Callable[..., object], call: Call, before: Before = nothing, name: str = "") -> None:
    """Have a service tried; `before` is done and stored before, and handed to `call`."""
    whole = f"{service.__module__.removeprefix('logistics_desktop.')}.{service.__name__}{name}"
    assert whole not in SERVICES
    SERVICES[whole] = (service, call, before)


def view_of(session: Session) -> views.SavedView:
    """The view that is there."""
    return views.read(session, "assets").all[0]


def pasted(session: Session, there: There) -> Plan:
    """One known row and a new one."""
    block = Pasted({"name": ["长桌", "新桌"]}, [there.asset, None], [1, 2])
    return pasting.plan_paste(session, LEDGERS, ASSETS, block, Options())


def imported(session: Session, there: There) -> None:
    """A paste that was stored; it has a batch as an import has."""
    importing.apply(session, LEDGERS, pasted(session, there), BATCH)


def edited(session: Session, there: There) -> edits.Step:
    """A step that can be undone."""
    return edits.apply(session, LEDGERS, ASSETS, [Edit(there.asset, 1, {"note": "x"})])


def undone(session: Session, there: There) -> edits.Step:
    """A step that can be redone."""
    return edits.undo(session, LEDGERS, edited(session, there))


def stepped(session: Session, there: There) -> uuid.UUID:
    """A step that is on record."""
    cards.give_numbers(session, [there.other])
    return operations.steps(session, "assets")[0].id


def kind(session: Session) -> kinds.Kind:
    """The kind of loans."""
    return next(one for one in kinds.kinds(session) if one.key == "asset_borrow")


def draft(session: Session, there: There) -> int:
    """A loan that nobody has sent."""
    return drafts.save(session, "asset_borrow", FORM, [DraftLine(there.third)], request=uuid.UUID(int=3))


def calculated(session: Session, there: There) -> None:
    """January is calculated."""
    runs.run(session, there.book, JANUARY)


def closed(session: Session, there: There) -> None:
    """January is closed."""
    calculated(session, there)
    closing.close(session, there.book, JANUARY)


def joined(session: Session, _there: There) -> None:
    """Somebody has an account."""
    accounts.create(session, LOGIN, None, ["clerk"], FIRST)


def shut_out(session: Session, there: There) -> None:
    """Somebody has an account that is shut."""
    joined(session, there)
    accounts.disable(session, LOGIN)


def design(session: Session, _there: There) -> int:
    """A label design."""
    return labels.create(session, ASSETS, starter(ASSETS, 60, 40))


def post(session: Session, _there: There) -> posts.KnownPost:
    """A post of the office's own."""
    key = posts.add(session, "Porter")
    return posts.KnownPost(key, "Porter", builtin=False)


PARTS = [Decimal(1), Decimal(3)]
add(records.create, lambda s, _t, _b: records.create(s, ASSETS, {"name": "new"}))
add(records.update, lambda s, t, _b: records.update(s, LEDGERS, ASSETS, t.asset, 1, {"name": "changed"}))
add(records.delete_all, lambda s, t, _b: records.delete_all(s, LEDGERS, ASSETS, {t.third: 1}, Job()))
add(edits.apply, lambda s, t, _b: edited(s, t))
add(edits.fill, lambda s, t, _b: edits.fill(s, LEDGERS, ASSETS, ["maker"], [t.asset, t.other]))
add(edits.undo, lambda s, _t, b: edits.undo(s, LEDGERS, b), edited)
add(edits.redo, lambda s, _t, b: edits.redo(s, LEDGERS, b), undone)
add(
    bulk.change_rows,
    lambda s, _t, b: bulk.change_rows(s, LEDGERS, ASSETS, b, BATCH),
    lambda s, t: bulk.look_ahead(s, LEDGERS, ASSETS, [t.asset, t.other], many.Replace("name", "办公", "会议")),
)
add(pasting.store_paste, lambda s, _t, b: pasting.store_paste(s, LEDGERS, b, BATCH, Job()), pasted)
add(importing.apply, lambda s, _t, b: importing.apply(s, LEDGERS, b, BATCH), pasted)
add(undoing.undo, lambda s, _t, _b: undoing.undo(s, LEDGERS, BATCH), imported)
add(operations.undo, lambda s, _t, b: operations.undo(s, LEDGERS, b), stepped)
add(attachments.attach_all, lambda s, t, _b: attachments.attach_all(s, "asset", t.other, [t.picture], Job()))
add(attachments.detach_each, lambda s, t, _b: attachments.detach_each(s, [t.attachment]))
add(
    cards.split_asset,
    lambda s, t, _b: cards.split_asset(s, LEDGERS, Card(t.third, 1), PARTS, numbered=True, job=Job()),
)
add(
    cards.create_cards,
    lambda s, t, _b: cards.create_cards(
        s, {"name": "many", "class_id": t.old}, [Decimal(1)] * 3, together=False, numbered=True, job=Job()
    ),
)
add(cards.merge_cards, lambda s, t, _b: cards.merge_cards(s, LEDGERS, [Card(t.other, 1), Card(t.third, 1)]))
add(cards.give_numbers, lambda s, t, _b: cards.give_numbers(s, [t.other]))
add(numbering.write_rule, lambda s, _t, _b: numbering.write_rule(s, "GD-{year}-{serial:4}"))
add(classes.keep_map, lambda s, t, _b: classes.keep_map(s, "2022", {t.old: None}))
add(classes.move_assets, lambda s, _t, _b: classes.move_assets(s, "2010", "2022"))
add(views.create, lambda s, _t, _b: views.create(s, "assets", "another", {}))
add(views.update, lambda s, _t, _b: views.update(s, view_of(s), {"a": 1}))
add(views.rename, lambda s, _t, _b: views.rename(s, view_of(s), "renamed"))
add(views.share, lambda s, _t, _b: views.share(s, view_of(s), "*", opens=False))
add(views.delete, lambda s, _t, _b: views.delete(s, view_of(s)))
add(views.choose, lambda s, t, _b: views.choose(s, "assets", t.view))
add(organisation.write, lambda s, _t, _b: organisation.write(s, organisation.ATTACHMENT_BYTES, 5_000_000))
add(labels.create, lambda s, t, _b: design(s, t))
add(labels.update, lambda s, _t, b: labels.update(s, ASSETS, b, 1, starter(ASSETS, 50, 30)), design)
add(labels.delete, lambda s, _t, b: labels.delete(s, b, 1), design)
add(posts.give, lambda s, _t, _b: posts.give(s, "clerk", "settings.write", Scope.ALL))
add(posts.add, lambda s, _t, _b: posts.add(s, "Porter"))
add(posts.remove, lambda s, _t, b: posts.remove(s, b), post)
add(rules.write, lambda s, _t, _b: rules.write(s, rules.Rules("asvs", 5, 3)))
add(accounts.create, lambda s, t, _b: joined(s, t))
add(accounts.change, lambda s, _t, _b: accounts.change(s, LOGIN, NEWCOMER, ["finance"]), joined)
add(accounts.set_posts, lambda s, _t, _b: accounts.set_posts(s, LOGIN, ["finance"]), joined)
add(accounts.set_person, lambda s, _t, _b: accounts.set_person(s, LOGIN, NEWCOMER), joined)
add(accounts.disable, lambda s, _t, _b: accounts.disable(s, LOGIN), joined)
add(accounts.enable, lambda s, _t, _b: accounts.enable(s, LOGIN), shut_out)
add(accounts.force_password_change, lambda s, _t, _b: accounts.force_password_change(s, "peer"))
add(accounts.reset_password, lambda s, _t, _b: accounts.reset_password(s, LOGIN), joined)
add(actions.submit, lambda s, _t, b: actions.submit(s, "asset_borrow", b, request=KEY), draft)
add(actions.resubmit, lambda s, _t, _b: actions.resubmit(s, 903, request=KEY))
add(actions.withdraw, lambda s, _t, _b: actions.withdraw(s, 1002, request=KEY))
add(actions.approve, lambda s, _t, _b: actions.approve(s, 901, request=KEY))
add(actions.refuse, lambda s, _t, _b: actions.refuse(s, 901, "no", request=KEY))
add(actions.give_back, lambda s, _t, _b: actions.give_back(s, 901, "again", request=KEY))
add(actions.hand_over, lambda s, _t, _b: actions.hand_over(s, 901, THIRD, request=KEY))
add(actions.delegate, lambda s, _t, _b: actions.delegate(s, 901, THIRD, request=KEY))
add(actions.add_signers, lambda s, _t, _b: actions.add_signers(s, 901, [THIRD], before=True, request=KEY))
add(actions.take_back, lambda s, _t, _b: actions.take_back(s, 904, request=KEY))
add(actions.urge, lambda s, _t, _b: actions.urge(s, 1002, request=KEY))
add(actions.comment, lambda s, _t, _b: actions.comment(s, 1002, "why", request=KEY))
add(actions.send_copy, lambda s, _t, _b: actions.send_copy(s, 1002, [THIRD], request=KEY))
add(actions.have_read, lambda s, _t, _b: actions.have_read(s, 1001))
add(actions.stand_in, lambda s, _t, _b: actions.stand_in(s, PEER, THIRD, date(2099, 1, 1), date(2099, 1, 2)))
add(actions.end_stand_in, lambda s, _t, _b: actions.end_stand_in(s, 901))
add(actions.hand_all, lambda s, _t, _b: actions.hand_all(s, PEER, THIRD))
add(actions.sweep, lambda s, _t, _b: actions.sweep(s))
add(routes.save, lambda s, _t, _b: routes.save(s, "asset_issue", "Issues", ROUTE))
add(routes.save_and_publish, lambda s, _t, _b: routes.save_and_publish(s, "asset_issue", "Issues", ROUTE))
add(preset_routes.install, lambda s, _t, _b: preset_routes.install(s))
add(drafts.save, lambda s, t, _b: drafts.save(s, "asset_borrow", FORM, [DraftLine(t.third)], request=KEY))
add(drafts.copy, lambda s, _t, b: drafts.copy(s, b, request=KEY), draft)
add(drafts.delete, lambda s, _t, b: drafts.delete(s, b), draft)
add(starting.start, lambda s, t, _b: starting.start(s, "asset_borrow", [t.third], date(2026, 1, 1), request=KEY))
add(layouts.write, lambda s, _t, _b: layouts.write(s, kind(s), layouts.usual(kind(s))))
add(runs.run, lambda s, t, _b: runs.run(s, t.book, JANUARY))
add(runs.undo, lambda s, t, _b: runs.undo(s, t.book, JANUARY), calculated)
add(closing.close, lambda s, t, _b: closing.close(s, t.book, JANUARY), calculated)
add(closing.reopen, lambda s, t, _b: closing.reopen(s, t.book, JANUARY, "wrong"), closed)
add(
    changing.record_change,
    lambda s, t, _b: changing.record_change(
        s, t.book, t.asset, Change(JANUARY, months=24), ChangeKind.ESTIMATE, "lasts longer"
    ),
)
add(
    own_terms.store_terms,
    lambda s, t, _b: own_terms.store_terms(s, LEDGERS, t.book, t.asset, None, {"life_months": 24}),
)
add(vouchers.store_layout, lambda s, _t, _b: vouchers.store_layout(s, next(iter(PRESETS.values()))[1]))
