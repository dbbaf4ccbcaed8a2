"""Make resources/sample/workbook-to-import.xlsx: a ledger as offices keep them, to try the import assistant with.

    python packaging/sample_workbook.py

It fits the sample data: some rows are in their ledger as they are, some differ, some are new, and some cannot be taken.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

TARGET = Path(__file__).resolve().parent.parent / "resources" / "sample" / "workbook-to-import.xlsx"

TITLE = "江南精工集团有限公司固定资产台账（2026年）"
ABOUT = "编制单位：行政后勤部          单位：元"
GROUPS = {"E3:H3": "使用情况", "I3:K3": "价值"}
HEADERS = (
    "资产编号",
    "资产名称",
    "规格型号",
    "资产类别",
    "使用部门",
    "存放地点",
    "责任人",
    "使用状况",
    "数量",
    "原值",
    "净残值率",
    "启用日期",
    "使用年限（年）",
    "折旧方法",
    "合同编号",
)
GROUPED = frozenset(HEADERS[4:11])
WIDTHS = (14, 16, 22, 14, 16, 18, 10, 10, 8, 12, 10, 14, 10, 14, 14)

LINE = "年限平均法"
SMP = "网布/升降/扶手"
# fmt: off
ROWS: tuple[tuple[object, ...], ...] = (
    # as they are in the ledger
    ("ZC20160028", "转椅", SMP, "办公椅", "表面处理车间", "前处理区", "魏琳", "在用", 1, 930, "5%", "2016.12.22", 15, LINE),
    ("ZC20160029", "转椅", SMP, "办公椅", None, "烘干区", "梁琴", "在用", 1, 930, "5%", "2016.12.22", 15, LINE),
    # used again, kept by somebody, found elsewhere
    ("ZC20160026", "黑白激光打印机", "A4/双面/38ppm", "A4黑白打印机", "网络安全科", "503 网络安全科", "李秀英", "正常使用", 1,
     1380, "5%", "2016年12月10日", 6, LINE),
    ("ZC20160012", "会议椅", "折叠/写字板", "会议椅", "人力资源部", "205 培训教室", "曹红梅", "在用", 1, 320, "5%", "2016.12.12",
     15, LINE),
    ("ZC20160016", "会议椅", "折叠/写字板", "会议椅", None, "205 培训教室", "吕国庆", "在用", 1, 320, "5%", "2016.12.12", 15, LINE),
    ("小计", None, None, None, None, None, None, None, 5, 3880),
    # new
    ("ZC20260901", "便携式计算机", "16G/1T/14寸", "便携式计算机", "信息中心", "503 网络安全科", None, "在用", "1台", "¥7,280.00",
     "5%", "2026.9", 6, "直线法", "HT-2026-071"),
    ("ZC20260902", "便携式计算机", "16G/1T/14寸", "便携式计算机", None, "503 网络安全科", None, "在用", "1台", "¥7,280.00",
     "5%", "2026.9", 6, "直线法", "HT-2026-071"),
    ("ZC20260903", "会议桌", "3200×1400×760", "会议桌", "战略投资部", "303 资金管理科", None, "在用", 1, "６，５００", "5%",
     "20260915", 15, "平均年限法", "HT-2026-080"),
    ("ZC20260904", "转椅", SMP, "办公椅", "战略投资部", "303 资金管理科", None, "在用", 6, 5580, 0.05, "2026年9月15日", 15, LINE,
     "HT-2026-080"),
    # not to be taken as they are
    ("ZC20260905", "投影机", "5000流明", "投影仪", "财务部", "301 财务部", "孙春梅", "在用", 1, 8600, "5%", "2026-09-20", 6, LINE,
     "HT-2026-085"),
    ("ZC20260906", "空气净化器", "CADR 800", "空气净化设备", "财务部", "301 财务部", None, "借调", 2, "约3000", "5%", "2026-09-20", 6,
     LINE, "HT-2026-085"),
    ("ZC20260907", "碎纸机", "P-4/30L", "碎纸机", "财务部", "304 财务档案室", None, "在用", 1, 1480, "5%", "2026-13-05", 6, LINE,
     "HT-2026-086"),
    ("ZC20260903", "会议桌", "3200×1400×760", "会议桌", "财务部", "301 财务部", None, "在用", 1, 6500, "5%", "2026-09-15", 15, LINE),
    ("小计", None, None, None, None, None, None, None, 13, 46720),
    ("合计", None, None, None, None, None, None, None, 18, 50600),
    ("制表人：姜雪梅", None, None, "审核人：", None, None, None, None, None, "2026年10月8日"),
)
SAME_AS_ABOVE = ("E5:E6", "E8:E9", "E11:E12")
# fmt: on
NOTES = ("填写说明", "1. 每项资产一行，编号不得重复。", "2. 部门、人员请写全称。", "3. 新购资产请附合同编号。")


def main() -> None:
    """Write the file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill_ledger(book.create_sheet("固定资产 "))  # with a blank at the end, as sheets often have
    notes = book.create_sheet("填写说明")
    for number, text in enumerate(NOTES, 1):
        notes.cell(number, 1, text)
    book.save(TARGET)


def _fill_ledger(sheet: Worksheet) -> None:
    sheet["A1"], sheet["A2"] = TITLE, ABOUT
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment("center")
    sheet.merge_cells("A1:O1")
    sheet.merge_cells("A2:O2")
    for place, text in GROUPS.items():
        sheet[place.partition(":")[0]] = text
        sheet.merge_cells(place)
    for at, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True), 1):
        grouped = header in GROUPED
        sheet.cell(4 if grouped else 3, at, header)
        if not grouped:
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, values in enumerate(ROWS, 5):
        for at, value in enumerate(values, 1):
            sheet.cell(row, at, value)
    for place in SAME_AS_ABOVE:
        sheet.merge_cells(place)
    side = Side("thin")
    for cells in sheet.iter_rows(3, sheet.max_row):
        for cell in cells:
            cell.border = Border(side, side, side, side)
    sheet.freeze_panes = "C5"


if __name__ == "__main__":
    main()
