"""The command line's import, export and undo, as a script would use them."""

from __future__ import annotations

import argparse
import json
import re

import openpyxl
import pytest
from sqlalchemy.orm import Session

from logistics_desktop import commands
from logistics_desktop.cli.asking import chosen_keys, chosen_ledger, chosen_query
from logistics_desktop.cli.importing import import_into
from logistics_desktop.errors import UserError
from logistics_desktop.ledger.rows import first_page
from logistics_desktop.ledgers import LEDGERS
from tests.db.workbook.conftest import HEADER, ROWS, Importing
from tests.workbooks import book

ASSETS = LEDGERS["assets"]


def parsed(*words: object) -> argparse.Namespace:
    return commands.build_parser(commands.COMMANDS, lambda _arguments: 0).parse_args([str(word) for word in words])


def test_a_dry_run_prints_one_object_and_stores_nothing(
    importing: Importing, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["资产清单"], HEADER, *ROWS, ["A009", None, None, None, "x"], ["合计", None, None, None, 9200.5]]
    path = book(importing.folder / "a.xlsx", {"目录": [["见下表"]], "资产 ": rows})
    assert import_into(importing.office, ASSETS, parsed("import", "assets", path, "--dry-run", "--json")) == 0
    report = json.loads(capsys.readouterr().out)
    wanted = ("sheet", "header_row", "rows", "new", "changed", "unchanged", "refused", "unmapped", "totals", "applied")
    assert {key: report[key] for key in wanted} == {
        "sheet": "资产 ",
        "header_row": 2,
        "rows": 4,
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
        "unmapped": [],
        "totals": {"original_value": "9200.50"},
        "applied": None,
    }
    assert [one["row"] for one in report["skipped"]] == [7]
    assert report["errors"][1] == {"row": 6, "column": "原值", "value": "x", "message": "x is no number."}
    first = report["missing"][0]
    assert (first["ledger"], first["name"], first["count"]) == ("departments", "财务科", 2)
    assert importing.column("assets", "code") == []


def test_an_import_stores_what_it_says_and_prints_how_to_undo_it(
    importing: Importing, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(importing.folder / "a.xlsx", {"Sheet": [HEADER, *ROWS]})
    import_into(importing.office, ASSETS, parsed("import", "assets", path, "--create-missing"))
    assert re.search(r"undo [0-9a-f-]{36}", capsys.readouterr().out)
    assert importing.column("assets", "code") == ["A001", "A002", "A003"]


def test_unknown_names_refuse_an_import_but_its_report_is_printed(
    importing: Importing, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(importing.folder / "a.xlsx", {"Sheet": [HEADER, *ROWS]})
    with pytest.raises(UserError, match="4 names are not known"):
        import_into(importing.office, ASSETS, parsed("import", "assets", path, "--json"))
    assert json.loads(capsys.readouterr().out)["applied"] is None
    assert importing.column("assets", "code") == []


def test_good_rows_are_stored_and_the_others_written_back(importing: Importing) -> None:
    path = book(importing.folder / "a.xlsx", {"Sheet": [HEADER, *ROWS, ["A009", None]]})
    back = importing.folder / "back.xlsx"
    words = ("import", "assets", path, "--create-missing", "--good-rows", "--refused", back)
    assert import_into(importing.office, ASSETS, parsed(*words)) == 0
    assert importing.column("assets", "code") == ["A001", "A002", "A003"]
    assert openpyxl.load_workbook(back)["Sheet"].cell(5, len(HEADER) + 1).value == "Name: This must be filled in."


def test_empty_cells_clear_where_that_is_asked_for(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    path = book(importing.folder / "a.xlsx", {"Sheet": [("资产编号", "资产名称", "原值"), ("A001", "电脑", None)]})
    import_into(importing.office, ASSETS, parsed("import", "assets", path, "--empty", "clear"))
    assert importing.column("assets", "original_value")[0] is None


def test_a_list_is_asked_for_by_filters_columns_and_order(importing: Importing) -> None:
    importing.store([HEADER, *ROWS])
    words = ("export", "assets", "x.csv", "--columns", "code,name", "--sort", "original_value:desc")
    arguments = parsed(*words, "--filter", "original_value=1000..3000", "--filter", "status=在用,闲置")
    assert chosen_keys(ASSETS, arguments) == ["code", "name"]
    with importing.office.session() as session:
        query = chosen_query(session, LEDGERS, ASSETS, arguments)
        found = first_page(session, LEDGERS, ASSETS, query, ["code"], 9)
        assert [row.values[0] for row in found] == ["A003", "A002"]
        by_name = chosen_query(
            session, LEDGERS, ASSETS, parsed("export", "assets", "x.csv", "--filter", "keeper_id=李四")
        )
        assert [row.values[0] for row in first_page(session, LEDGERS, ASSETS, by_name, ["code"], 9)] == ["A002"]
        with pytest.raises(UserError, match="“王五” is not known"):
            chosen_query(session, LEDGERS, ASSETS, parsed("export", "assets", "x.csv", "--filter", "keeper_id=王五"))


@pytest.mark.parametrize(
    "words",
    [
        ("export", "nothing", "x.csv"),
        ("export", "assets", "x.csv", "--columns", "colour"),
        ("export", "assets", "x.csv", "--filter", "name"),
        ("export", "assets", "x.csv", "--sort", "name:down"),
    ],
)
def test_wrong_usage_ends_with_status_2(importing: Importing, words: tuple[str, ...]) -> None:
    with importing.office.session() as session, pytest.raises(SystemExit) as ended:
        understand(session, parsed(*words))
    assert ended.value.code == 2


def understand(session: Session, arguments: argparse.Namespace) -> None:
    entity = chosen_ledger(arguments)
    chosen_keys(entity, arguments)
    chosen_query(session, LEDGERS, entity, arguments)
