"""What an import is in the life of a record."""

from __future__ import annotations

from logistics_desktop.happenings import SOURCES
from logistics_desktop.ledger import rows
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.timeline import timeline
from logistics_desktop.ledgers import LEDGERS
from tests.db.workbook.conftest import HEADER, ROWS, Importing

ASSETS = LEDGERS["assets"]


def test_an_import_is_told_with_its_file_and_the_fields_it_changed(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    importing.store([("资产编号", "资产名称"), ("A001", "服务器")])
    with importing.office.session() as session:
        (asset,) = rows.first_page(session, LEDGERS, ASSETS, Query(search="A001"), [], 2)
        changed, created = timeline(session, LEDGERS, SOURCES, ASSETS, asset.id)
    assert changed.kind.key == created.kind.key == "imported"
    assert changed.text.startswith("Changed by import of “")
    assert changed.text.endswith(".xlsx”")
    assert changed.detail == "Name: 电脑 → 服务器"
    assert created.text.startswith("Created by import of “")
