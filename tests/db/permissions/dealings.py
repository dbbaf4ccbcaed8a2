"""What is on its way and what is closed in department B: requests, documents, a loan, the books; and attacks on it.

The requester is person 1000, who signs is person 1001; nobody of department A has anything to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ROUTE = (
    '{"steps": [{"key": "s", "name": "Signs", "type": "approve", "approvers": [{"kind": "person", "staff": 1001}]}]}'
)
_ENTRY = (
    "INSERT INTO app.depreciation_entry (book_id, month, asset_id, class_id, method, cost, residual, life_months,"
    " months, amount, months_charged, accumulated, impairment, book_value, gone)"
    " VALUES (1, '{month}', {asset}, 1, 'straight_line', 777, 0, 120, 1, 7, {charged}, {accumulated}, 0, {left}, false)"
)

# Written by the superuser, whom no policy binds. January is closed, February calculated, March open.
FILL = f"""
    INSERT INTO app.asset (id, name, department_id) VALUES (1003, 'Lamp of B', 3);
    UPDATE app.department SET head_id = 1000 WHERE id = 3;
    INSERT INTO app.staff (id, code, name, department_id) VALUES (1001, 'Y', 'Signer of B', 3);
    INSERT INTO app.account (login, staff_id) VALUES ('signer', 1001);
    UPDATE app.account SET staff_id = 1000 WHERE login = 'somebody';
    INSERT INTO app.book (id, code, name, standard, first_month) VALUES (1, 'F', 'Finance', 'enterprise', '2026-01-01');
    INSERT INTO app.book_class (book_id, class_id, life_months) VALUES (1, 1, 60);
    INSERT INTO app.book_department (book_id, department_id, expense_account) VALUES (1, 3, '6602');
    INSERT INTO app.book_asset (book_id, asset_id, cost, opening_accumulated, opening_months)
    VALUES (1, 1002, 777, 0, 0);
    INSERT INTO app.value_change (book_id, asset_id, month, kind, life_months, reason)
    VALUES (1, 1002, '2026-01-01', 'estimate', 120, 'secret');
    INSERT INTO app.meter_reading (asset_id, month, units) VALUES (1002, '2026-01-01', 5);
    INSERT INTO app.depreciation_period (book_id, month)
    VALUES (1, '2026-01-01'), (1, '2026-02-01'), (1, '2026-03-01');
    {_ENTRY.format(month="2026-01-01", asset=1002, charged=1, accumulated=7, left=770)};
    {_ENTRY.format(month="2026-01-01", asset=1003, charged=1, accumulated=7, left=770)};
    {_ENTRY.format(month="2026-02-01", asset=1002, charged=2, accumulated=14, left=763)};
    UPDATE app.depreciation_period SET state = 'calculated', entries = 1, total = 7, digest = 'x'
    WHERE month < '2026-03-01';
    UPDATE app.depreciation_period SET state = 'closed', closed_at = now(), closed_by = 'boss'
    WHERE month = '2026-01-01';
    INSERT INTO app.approval_route (id, kind, name) SELECT 1, 'asset_borrow', 'Loans';
    INSERT INTO app.approval_version (id, route_id, number, state, definition, published_at, published_by)
    VALUES (1, 1, 1, 'published', '{_ROUTE}', now(), 'boss'), (2, 1, 2, 'draft', '{_ROUTE}', NULL, NULL);
    INSERT INTO app.document (id, kind, number, state, requester_id, department_id, form, request)
    VALUES (1001, 'asset_borrow', 'JY-1', 'returned', 1000, 3, '{{"borrower": 1000, "due_on": "2026-12-01"}}',
            gen_random_uuid()),
           (1002, 'asset_borrow', NULL, 'draft', 1000, 3, '{{"purpose": "secret"}}', gen_random_uuid()),
           (1003, 'asset_borrow', 'JY-3', 'returned', 1000, 3, '{{"borrower": 1000, "due_on": "2026-12-01"}}',
            gen_random_uuid());
    INSERT INTO app.document_line (document_id, place, asset_id, said, before) VALUES
        (1001, 1, 1002, '{{}}', '{{"name": "Safe of B"}}'),
        (1002, 1, 1002, '{{}}', NULL), (1003, 1, 1002, '{{}}', NULL);
    UPDATE app.document SET asset_ids = '{{1002}}';
    UPDATE app.document SET state = 'submitted' WHERE id = 1001;
    UPDATE app.document SET state = 'effective' WHERE id = 1003;
    INSERT INTO app.document_hold (asset_id, held, document_id) VALUES (1002, 'state', 1001);
    INSERT INTO app.document_counter VALUES ('JY', '2026-11-01', 3);
    INSERT INTO app.asset_loan (asset_id, document_id, borrower_id, due_on, status)
    VALUES (1002, 1003, 1000, '2026-12-01', 'in_use');
    INSERT INTO app.approval_case (id, request, kind, document_id, number, title, form, version_id, requester_id,
                                   department_id, position, visit)
    VALUES (1, gen_random_uuid(), 'asset_borrow', 1001, 'JY-1', 'Safe of B', '{{}}', 1, 1000, 3, 1, 1);
    INSERT INTO app.approval_task (id, case_id, visit, position, step, mode, staff_id, state, opened_at)
    VALUES (1, 1, 1, 1, 'Signs', 'any', 1001, 'open', now());
    INSERT INTO app.approval_decision (case_id, who_id, action) VALUES (1, 1000, 'submit');
    INSERT INTO app.approval_participant VALUES (1, 1000), (1, 1001);
    INSERT INTO app.approval_copy (case_id, staff_id) VALUES (1, 1001);
    INSERT INTO app.approval_stand_in (id, staff_id, stand_in_id, starts_on, ends_on)
    VALUES (1, 1000, 1001, '2026-01-01', '2099-01-01');
"""

_KEY = "gen_random_uuid()"
_ANOTHERS_TASK = (
    f"approval_approve(1, '', {_KEY})",
    f"approval_refuse(1, 'x', {_KEY})",
    f"approval_return(1, NULL, 'x', {_KEY})",
    f"approval_hand_over(1, app.my_staff(), '', {_KEY})",
    f"approval_delegate(1, app.my_staff(), '', {_KEY})",
    f"approval_add_signers(1, ARRAY[app.my_staff()], true, '', {_KEY})",
    f"approval_add_signers(1, ARRAY[app.my_staff()], false, '', {_KEY})",
    f"approval_take_back(1, '', {_KEY})",
    f"approval_resubmit(1, NULL, '', {_KEY})",
    f"approval_withdraw(1, '', {_KEY})",
    f"approval_urge(1, {_KEY})",
    "approval_approve(1, '', NULL)",
    "approval_approve(NULL, NULL, NULL)",
    f"approval_hand_over(1, 1000, '', {_KEY})",
    "approval_stand_in_set(1001, app.my_staff(), '2026-01-01', '2099-01-01', '')",
    "approval_hand_all(1001, app.my_staff())",
    "approval_hand_all(1001, 1001)",
    f"approval_submit('asset_borrow', 1001, '{{}}', {_KEY})",
    f"approval_submit('asset_borrow', 1002, '{{}}', {_KEY})",
    f"approval_submit('asset_borrow; DROP TABLE app.asset', 1002, '{{}}', {_KEY})",
    "approval_submit('asset_borrow', 1002, '{}', NULL)",
    "approval_publish(1)",
)
_ANOTHERS_DOCUMENT = (
    f"document_save(1001, 'asset_borrow', '{{}}', '[]', 1, {_KEY})",
    f"document_save(1002, 'asset_borrow', '{{}}', '[]', 1, {_KEY})",
    f"document_save(1003, 'asset_borrow', '{{}}', '[]', 1, {_KEY})",
    f"document_save(1002, 'asset_issue', '{{}}', '[]', 1, {_KEY})",
    f"document_save(NULL, 'asset_borrow', '{{\"mine\": 1}}', '[]', 1, {_KEY})",
    f"document_save(NULL, 'no such kind', '{{}}', '[]', 1, {_KEY})",
    "document_save(NULL, 'asset_borrow', '{}', '[]', 1, NULL)",
    "document_delete(1001)",
    "document_delete(1002)",
    "document_preview(1001)",
    "document_preview(1002)",
)
_BOOKS = {
    "depreciation.run": (
        "depreciation_begin(1, '2026-04-01')",
        "depreciation_done(1, '2026-03-01', 'x')",
        "depreciation_undo(1, '2026-02-01')",
        "depreciation_enter(1, '2026-03-01', '{}')",
    ),
    "depreciation.close": (
        "depreciation_close(1, '2026-02-01', 'x')",
        "depreciation_reopen(1, '2026-01-01', 'because')",
    ),
}
_CLOSED_MONTH = (
    "SELECT app.depreciation_begin(1, '2026-01-01')",
    "SELECT app.depreciation_undo(1, '2026-01-01')",
    "SELECT app.depreciation_done(1, '2026-01-01', 'x')",
    "SELECT app.depreciation_enter(1, '2026-01-01', ARRAY[(1, '2026-01-01', 1001, NULL, NULL, 'straight_line', 1, 0,"
    " 12, 1, 1, 1, 1, 0, 0, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::app.depreciation_entry])",
    "SELECT app.depreciation_close(1, '2026-01-01', 'x')",
    "SELECT app.depreciation_close(1, '2026-02-01', 'another digest')",
    "SELECT app.depreciation_close(1, '2026-03-01', 'x')",
    "SELECT app.depreciation_reopen(1, '2026-01-01', '')",
    "SELECT app.depreciation_reopen(1, '2026-01-01', NULL)",
    "SELECT app.depreciation_reopen(1, '2026-02-01', 'because')",
    "INSERT INTO app.value_change (book_id, asset_id, month, kind, life_months, reason)"
    " VALUES (1, 1001, '2026-01-01', 'estimate', 1, 'x')",
    "UPDATE app.value_change SET month = '2026-04-01' WHERE book_id = 1",
    "DELETE FROM app.value_change WHERE book_id = 1",
    "UPDATE app.book_asset SET opening_accumulated = 700 WHERE asset_id = 1002",
    "DELETE FROM app.book_asset WHERE asset_id = 1002",
    "UPDATE app.book SET first_month = '2020-01-01' WHERE id = 1",
    "UPDATE app.book SET standard = 'tax' WHERE id = 1",
    "DELETE FROM app.book WHERE id = 1",
    "DELETE FROM app.asset WHERE id = 1003",
    "DELETE FROM app.depreciation_period",
    "DELETE FROM app.depreciation_entry",
)
_CASE_TABLES = ("case", "task", "copy", "decision", "participant")
_DOCUMENT_TABLES = ("document", "document_line", "document_hold", "asset_loan")


def on_dealings(rights: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Group and statement of what somebody of department A tries."""
    for group, statements in (
        ("decide for another", _deciding(rights)),
        ("see the requests of others", _requests(rights)),
        ("work on the documents of others", _documents()),
        ("see the documents of others", _seen_documents(rights)),
        ("run and close months", _running(rights)),
        ("change a closed month", iter(_CLOSED_MONTH)),
    ):
        for statement in statements:
            yield group, statement


def _deciding(rights: Mapping[str, str]) -> Iterator[str]:
    yield from (f"SELECT app.{call}" for call in _ANOTHERS_TASK)
    if "approvals.routes" not in rights:
        yield "SELECT app.approval_publish(2)"
        yield "SELECT app.approval_save('asset_borrow', 'Mine', '{}')"
        yield f"SELECT app.approval_dry_run('{_ROUTE}', 1000, '{{}}', '{{}}')"
        yield "SELECT app.approval_problems('asset_borrow', '{\"steps\": []}')"
    if "approvals.manage" not in rights:
        yield "SELECT app.approval_stand_in_end(1)"
        yield "SELECT app.approval_hand_all(1000, 1001)"
        yield "SELECT app.approval_stand_in_set(1001, 1000, '2026-01-01', '2026-01-02', '')"


def _requests(rights: Mapping[str, str]) -> Iterator[str]:
    if "approvals.read_all" not in rights:
        yield from (f"SELECT * FROM app.approval_{table}" for table in _CASE_TABLES)
        yield "SELECT app.approval_ahead(1)"
        yield f"SELECT app.approval_comment(1, 'x', {_KEY})"
        yield f"SELECT app.approval_copy_to(1, ARRAY[app.my_staff()], '', {_KEY})"


def _documents() -> Iterator[str]:
    yield from (f"SELECT app.{call}" for call in _ANOTHERS_DOCUMENT)
    yield "SELECT * FROM app.document WHERE state = 'draft'"
    yield "SELECT * FROM app.document_line WHERE document_id = 1002"
    for document in (1001, 1002, 1003):
        hang = "INSERT INTO app.attachment (table_name, record_id, sha256, file_name)"
        yield f"{hang} VALUES ('document', {document}, encode(sha256('x'), 'hex'), 'x')"


def _seen_documents(rights: Mapping[str, str]) -> Iterator[str]:
    if rights.get("assets.read") != "all" and not {"documents.read_all", "approvals.read_all"} & set(rights):
        yield from (f"SELECT * FROM app.{table}" for table in _DOCUMENT_TABLES)
        yield "SELECT * FROM app.change WHERE table_name LIKE 'document%' AND who <> session_user AND record_id > 1000"
        yield "SELECT * FROM app.change WHERE table_name = 'asset_loan'"
    if rights.get("documents.write") != "all":
        named = '\'[{"asset": 1002, "said": {}}]\''
        yield f"SELECT app.document_save(NULL, 'asset_return', '{{}}', {named}, 1, {_KEY})"
        yield "SELECT * FROM app.document_propose('asset_return', '{1002}') WHERE before IS NOT NULL"


def _running(rights: Mapping[str, str]) -> Iterator[str]:
    for permission, calls in _BOOKS.items():
        if permission not in rights:
            yield from (f"SELECT app.{call}" for call in calls)
