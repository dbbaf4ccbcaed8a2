"""Taking an import back."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from logistics_desktop import attachments
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.ledger import records, rows
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.batches import batches
from logistics_desktop.workbook.undo import Undone, undo
from tests.db.workbook.conftest import HEADER, ROWS, Importing

ASSETS = LEDGERS["assets"]


def take_back(importing: Importing, batch: uuid.UUID) -> Undone:
    with importing.office.session() as session:
        return undo(session, LEDGERS, batch)


def change(importing: Importing, code: str, **values: object) -> None:
    """Somebody works on an asset."""
    with importing.office.session() as session:
        (row,) = rows.first_page(session, LEDGERS, ASSETS, Query(search=code), ["code"], 5)
        records.update(session, LEDGERS, ASSETS, row.id, row.version, values)


def test_an_import_is_undone_with_all_it_made_on_the_way(importing: Importing) -> None:
    kept = importing.add("departments", code="1", name="车队")
    applied = importing.store([HEADER, *ROWS])
    assert take_back(importing, applied.batch) == Undone(deleted=7, restored=0)
    assert [importing.column(key, "name") for key in ("assets", "staff", "departments")] == [[], [], ["车队"]]
    assert kept
    with importing.office.session() as session:
        assert batches(session)[0].undone_by == importing.office.user


def test_changed_cells_go_back_and_other_cells_stay_as_somebody_left_them(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    applied = importing.store([("资产编号", "资产名称", "原值", "资产状态"), ("A001", "服务器", 1, "报废")])
    change(importing, "A001", note="mine")
    assert take_back(importing, applied.batch) == Undone(deleted=0, restored=1)
    assert importing.column("assets", "name")[0] == "电脑"
    assert importing.column("assets", "original_value")[0] == Decimal("5000.00")
    assert importing.column("assets", "note")[0] == "mine"
    with importing.office.session() as session:
        found = rows.first_page(session, LEDGERS, ASSETS, Query(search="dn"), ["code"], 5)
    assert [row.values[0] for row in found] == ["A001"]


def test_imports_are_undone_one_after_the_other(importing: Importing) -> None:
    first = importing.store([HEADER, *ROWS])
    second = importing.store([("资产编号", "资产名称"), ("A001", "服务器")])
    with pytest.raises(Refused, match="“服务器” by"):
        take_back(importing, first.batch)
    take_back(importing, second.batch)
    assert take_back(importing, first.batch).deleted == 7


def test_a_cell_that_somebody_changed_since_is_named_and_nothing_is_undone(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    applied = importing.store([("资产编号", "资产名称"), ("A001", "服务器"), ("A002", "扫描仪")])
    change(importing, "A002", name="传真机")
    with pytest.raises(Refused, match=f"“传真机” by {importing.office.user}"):
        take_back(importing, applied.batch)
    assert importing.column("assets", "name") == ["服务器", "传真机", "空调"]


def test_a_record_that_something_refers_to_is_named_and_nothing_is_undone(importing: Importing) -> None:
    applied = importing.store([("部门编号", "部门名称"), ("1", "车队"), ("2", "食堂")], "departments")
    importing.add("staff", code="1", name="张三", department_id=importing_id(importing))
    with pytest.raises(Refused, match="Staff: 1"):
        take_back(importing, applied.batch)
    assert importing.column("departments", "name") == ["车队", "食堂"]


def importing_id(importing: Importing) -> int:
    """The number of the first department."""
    entity = LEDGERS["departments"]
    with importing.office.session() as session:
        return rows.first_page(session, LEDGERS, entity, Query(), ["code"], 1)[0].id


def test_a_record_with_a_file_on_it_is_kept(importing: Importing) -> None:
    applied = importing.store([("部门编号", "部门名称"), ("1", "车队")], "departments")
    file = importing.folder / "note.txt"
    file.write_text("a note")
    with importing.office.session() as session:
        attachments.attach(session, "department", importing_id(importing), file)
    with pytest.raises(Refused, match="Attachments: 1"):
        take_back(importing, applied.batch)


def test_an_import_is_undone_once(importing: Importing) -> None:
    applied = importing.store([HEADER, *ROWS])
    take_back(importing, applied.batch)
    with pytest.raises(UserError, match="undid this import"):
        take_back(importing, applied.batch)


def test_an_import_that_never_was_cannot_be_undone(importing: Importing) -> None:
    with pytest.raises(UserError, match="There is no import"):
        take_back(importing, uuid.uuid4())
