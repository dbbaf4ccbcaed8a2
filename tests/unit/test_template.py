"""What a clerk gets who asks for an import template."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from logistics_desktop.workbook.template import TemplateColumn, write_template

DEPARTMENTS = [f"第{number}科" for number in range(200)]
COLUMNS = (
    TemplateColumn("资产编号", "code", required=True, note="不超过 32 个字符，例如 GDZC-000123", width=18),
    TemplateColumn("资产名称", required=True),
    TemplateColumn("原值", "money", note="元，两位小数"),
    TemplateColumn("购置日期", "date"),
    TemplateColumn("状态", choices=["在用", "闲置", "=报废"]),
    TemplateColumn("使用部门", choices=DEPARTMENTS, open_ended=True),
)


@pytest.fixture
def template(tmp_path: Path) -> Workbook:
    """Write the template and open it."""
    write_template(tmp_path / "t.xlsx", "固定资产", COLUMNS)
    return load_workbook(tmp_path / "t.xlsx")


def test_the_list_is_empty_and_its_headers_stay_in_sight(template: Workbook) -> None:
    sheet = template.worksheets[0]
    assert sheet.title == "固定资产"
    assert [cell.value for cell in sheet[1]] == [column.header for column in COLUMNS]
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == 18
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")


def test_required_columns_stand_out(template: Workbook) -> None:
    colours = [cell.font.color.rgb if cell.font.color else None for cell in template.worksheets[0][1]]
    assert colours == ["00C00000", "00C00000", None, None, None, None]
    assert template.worksheets[0]["B1"].comment.text == "Required."


def test_cells_have_the_format_of_their_kind_before_anything_is_typed(template: Workbook) -> None:
    formats = [template.worksheets[0].column_dimensions[letter].number_format for letter in "ABCD"]
    assert formats == ["@", "General", "#,##0.00", "yyyy-mm-dd"]


def test_notes_say_what_is_allowed(template: Workbook) -> None:
    assert template.worksheets[0]["A1"].comment.text == "Required.\n不超过 32 个字符，例如 GDZC-000123"
    assert template.worksheets[0]["C1"].comment.text == "元，两位小数"
    assert template.worksheets[0]["D1"].comment is None


def test_choices_drop_down_however_many_they_are(template: Workbook) -> None:
    rules = {str(rule.sqref): rule for rule in template.worksheets[0].data_validations.dataValidation}
    assert set(rules) == {"E2:E1048576", "F2:F1048576"}
    assert rules["E2:E1048576"].formula1 == "'Choices'!$E$1:$E$3"
    assert rules["F2:F1048576"].formula1 == "'Choices'!$F$1:$F$200"
    assert (rules["E2:E1048576"].errorStyle, rules["F2:F1048576"].errorStyle) == ("stop", "warning")
    lists = template["Choices"]
    assert lists.sheet_state == "hidden"
    assert [lists[f"F{row}"].value for row in range(1, 201)] == DEPARTMENTS
    assert (lists["E3"].value, lists["E3"].data_type) == ("=报废", "s")


def test_the_instructions_list_every_column(template: Workbook) -> None:
    rows = list(template["Instructions"].iter_rows(values_only=True))
    assert rows[3] == ("Column", "Required", "What to enter", "Choices")
    assert [row[0] for row in rows[4:]] == [column.header for column in COLUMNS]
    assert rows[4][1:3] == ("Yes", "不超过 32 个字符，例如 GDZC-000123")
    assert rows[9][3] == "; ".join(DEPARTMENTS[:12]) + "; …"


def test_a_title_that_excel_refuses_as_a_name_is_mended(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "Choices", [TemplateColumn("a/b", choices=["x"])])
    book = load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Choices", "Instructions", "Choices (2)"]
    assert book.worksheets[0].data_validations.dataValidation[0].formula1 == "'Choices (2)'!$A$1:$A$1"
