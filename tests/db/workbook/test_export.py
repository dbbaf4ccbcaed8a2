"""What goes out comes back as it was, but for what somebody edited."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from logistics_desktop import i18n
from logistics_desktop.errors import Cancelled
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.filters import Contains, Query, Sort
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.blank import write_template_for
from logistics_desktop.workbook.export import export_list
from tests.db.workbook.conftest import Importing, counts

ASSETS = LEDGERS["assets"]
KEYS = [field.key for field in ASSETS]


def write(importing: Importing, path: Path, query: Query = Query(), keys: list[str] = KEYS) -> Path:  # noqa: B008
    with importing.office.session() as session:
        export_list(session, LEDGERS, ASSETS, query, keys, path)
    return path


@pytest.fixture
def filled(importing: Importing) -> Importing:
    """Assets with everything that is hard to write so that it comes back."""
    one, two = (importing.add("departments", code=f"0{n}", name=f"{n}分公司") for n in (1, 2))
    kitchens = [
        importing.add("departments", code=f"0{n}1", name="食堂", parent_id=n_) for n, n_ in ((1, one), (2, two))
    ]
    namesakes = [importing.add("staff", code=f"R{n}", name="张伟") for n in (1, 2)]
    common = {"life_months": 61, "residual_rate": Decimal("0.035"), "method": None}
    importing.add("assets", code="0012", name="=1+1", department_id=kitchens[0], keeper_id=namesakes[1], **common)
    importing.add("assets", code="0013", name="锅", department_id=kitchens[1], keeper_id=namesakes[0], **common)
    importing.add(
        "assets",
        code="00E1",
        name="'引号",
        original_value=Decimal("9007199254740993.01"),
        quantity=Decimal("0.0001"),
        department_id=one,
    )
    return importing


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_list_comes_back_unchanged(filled: Importing, suffix: str, language: str) -> None:
    i18n.use(language)
    try:
        path = write(filled, filled.folder / f"list{suffix}")
    finally:
        i18n.use("en")
    plan = filled.plan(filled.read(path))
    assert [f"{one.row} {one.key} {one.problem}" for one in plan.errors] == []
    assert plan.changes == {}
    assert counts(plan) == {"unchanged": 3}
    assert plan.header.unmapped == []


def test_only_the_edited_cells_are_changes(filled: Importing) -> None:
    path = write(filled, filled.folder / "list.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(3, KEYS.index("name") + 1).value = "大锅"
    sheet.cell(3, KEYS.index("life_months") + 1).value = 72
    book.save(path)
    plan = filled.plan(filled.read(path))
    cells = [(change.position, change.key, change.after) for row in plan.changes.values() for change in row]
    assert cells == [(1, "name", "大锅"), (1, "life_months", 72)]


def test_a_list_is_written_as_it_is_shown(filled: Importing) -> None:
    query = Query((Contains("code", "001"),), sorts=(Sort("code", descending=True),))
    path = write(filled, filled.folder / "list.xlsx", query, ["name", "department_id", "code"])
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert rows == [
        ("Name", "Department", "Asset code"),
        ("锅", "2分公司/食堂", "0013"),
        ("=1+1", "1分公司/食堂", "0012"),
    ]


def test_the_template_offers_what_is_known_and_holds_no_rows(filled: Importing) -> None:
    path = filled.folder / "template.xlsx"
    with filled.office.session() as session:
        write_template_for(session, LEDGERS, ASSETS, path)
    book = openpyxl.load_workbook(path)
    table = book.worksheets[0]
    headers = [cell.value for cell in table[1]]
    assert len(headers) == len(KEYS)
    assert table.max_row == 1
    lists = [cell.value for row in book.worksheets[2].iter_rows() for cell in row if cell.value]
    assert "张伟 (R1)" in lists
    assert "In repair" in lists


def test_a_stopped_export_leaves_no_file(filled: Importing) -> None:
    job = Job()
    job.cancel()
    path = filled.folder / "list.xlsx"
    with pytest.raises(Cancelled), filled.office.session() as session:
        export_list(session, LEDGERS, ASSETS, Query(), KEYS, path, job)
    assert not path.exists()
