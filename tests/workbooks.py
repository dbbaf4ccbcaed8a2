"""Makes the workbooks that people really have, and the ones that somebody sends to do harm."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import xlwt

from logistics_desktop.workbook.cells import Raw
from logistics_desktop.workbook.headers import Vocabulary

ASSETS = Vocabulary.of(
    {
        "code": ("资产编号", "编号", "卡片编号", "资产编码"),
        "name": ("资产名称", "固定资产名称", "名称"),
        "spec": ("规格型号", "型号"),
        "class": ("类别", "类别名称", "资产类别"),
        "department": ("部门", "部门名称", "使用部门"),
        "location": ("存放地点",),
        "keeper": ("保管人",),
        "start": ("购置日期", "开始使用日期", "启用日期"),
        "cost": ("原值", "金额", "价格"),
        "quantity": ("数量",),
        "unit": ("单位", "计量单位"),
        "life": ("使用年限",),
        "residual_rate": ("净残值率", "残值率"),
        "method": ("折旧方法",),
        "accumulated": ("累计折旧", "累计折旧额"),
        "monthly": ("本月折旧", "月折旧额"),
    },
    needed=("code", "name"),
    sums=("cost", "quantity"),
)

HEADER: list[Raw] = ["资产编号", "资产名称", "规格型号", "使用部门", "购置日期", "原值(元)", "数量"]
ROWS: list[list[Raw]] = [
    ["A001", "电脑", "M1", "办公室", "2019-3-5", 5000, 1],
    ["A002", "打印机", "HP", "财务科", "2019.03.05", 1200.5, 2],
    ["A003", "空调", "KF", "财务科", "20190305", 3000, 1],
]

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    merges: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_sheets: Sequence[str] = (),
) -> Path:
    """A workbook with these rows; merges and hidden rows are those of the first sheet."""
    workbook = openpyxl.Workbook()
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = workbook.active if not place else workbook.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
        if name in hidden_sheets:
            sheet.sheet_state = "hidden"
        if not place:
            for merge in merges:
                sheet.merge_cells(merge)
            for hidden in hidden_rows:
                sheet.row_dimensions[hidden].hidden = True
    workbook.save(path)
    return path


def old_book(path: Path, rows: Sequence[Sequence[object]], sheet: str = "资产 ") -> Path:
    """The same as a workbook of Excel 97."""
    workbook = xlwt.Workbook()
    page = workbook.add_sheet(sheet)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, value)
    workbook.save(str(path))
    return path


def package(
    path: Path,
    body: str | bytes,
    *,
    styles: str = "",
    properties: str = "",
    extra: Mapping[str, bytes] | None = None,
    prolog: str = "",
) -> Path:
    """An .xlsx put together by hand around the sheet XML `body` (what stands inside of `worksheet`)."""
    sheet = body if isinstance(body, bytes) else f'<worksheet xmlns="{NAMESPACE}">{body}</worksheet>'.encode()
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    content = "http://schemas.openxmlformats.org/package/2006/content-types"
    relation = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{content}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{office}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relation}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{prolog}<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}">{properties}'
        '<sheets><sheet name="资产" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relation}">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{NAMESPACE}">{styles}</styleSheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def inline(place: str, text: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def data(*rows: str) -> str:
    """Sheet data of these rows, each the XML of its cells; they are numbered from 1."""
    return "<sheetData>" + "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(rows, 1)) + "</sheetData>"


TINY_HEADER = inline("A1", "资产编号") + inline("B1", "资产名称") + inline("C1", "原值")


def bomb_of_blanks(path: Path) -> Path:
    """A part of 160 MB in a file of 160 kB."""
    return package(path, f"<sheetData>{' ' * (160 * 2**20)}</sheetData>")


def bomb_beside_the_sheets(path: Path) -> Path:
    """The same in a part that no table needs."""
    return package(path, data(TINY_HEADER), extra={"xl/theme/theme1.xml": b" " * (160 * 2**20)})


def million_empty_rows(path: Path) -> Path:
    """Every row of the sheet formatted, nothing in them."""
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 1_000_002))
    return package(path, f'<sheetData><row r="1">{TINY_HEADER}</row>{rows}</sheetData>')


def far_away_cell(path: Path) -> Path:
    """One cell in the last row and column that there are."""
    return package(path, data(TINY_HEADER)[:-12] + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def external_entity(path: Path) -> Path:
    """A workbook part that asks for a file of the PC."""
    return package(path, data(TINY_HEADER), prolog='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')


def laughing_sheet(path: Path) -> Path:
    """Entities that grow a thousandfold, in the sheet itself."""
    lines = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return package(path, f'{lines}<worksheet xmlns="{NAMESPACE}">{data(inline("A1", "&b;"))}</worksheet>'.encode())


def row_twice(path: Path) -> Path:
    """Two rows that both say that they are the second."""
    row = '<row r="2">' + inline("A2", "A1") + "</row>"
    return package(path, f'<sheetData><row r="1">{TINY_HEADER}</row>{row}{row}</sheetData>')


def protected(path: Path) -> Path:
    """What Excel makes of a workbook with a password, as far as it can be told without one: an OLE container."""
    return ole_container(path, "EncryptedPackage")


def ole_container(path: Path, stream: str) -> Path:
    """The smallest OLE file with one stream of this name: header, allocation table, directory, stream."""
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for offset, size, value in (
        (24, 2, 0x3E), (26, 2, 3), (28, 2, 0xFFFE), (30, 2, 9), (32, 2, 6), (44, 4, 1), (48, 4, 1), (56, 4, 4096),
        (60, 4, end), (64, 4, 0), (68, 4, end), (72, 4, 0), (76, 4, 0),
    ):  # fmt: skip
        head[offset : offset + size] = value.to_bytes(size, "little")
    head[80:512] = free.to_bytes(4, "little") * 108
    sectors = [table, end, *range(3, 10), end]
    fat = b"".join(n.to_bytes(4, "little") for n in [*sectors, *[free] * (128 - len(sectors))])
    root = _entry("Root Entry", kind=5, child=1, start=end, size=0)
    entry = _entry(stream, kind=2, child=free, start=2, size=4096)
    path.write_bytes(bytes(head) + fat + root + entry + bytes(256) + bytes(4096))
    return path


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    entry = bytearray(128)
    encoded = (name + "\0").encode("utf-16-le")
    entry[: len(encoded)] = encoded
    entry[64:66] = len(encoded).to_bytes(2, "little")
    entry[66], entry[67] = kind, 1
    entry[68:76] = b"\xff" * 8
    entry[76:80] = child.to_bytes(4, "little")
    entry[116:120] = start.to_bytes(4, "little")
    entry[120:124] = size.to_bytes(4, "little")
    return bytes(entry)


def archive_of(names: Sequence[str]) -> bytes:
    """A zip that is no workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def company_ledger(path: Path) -> Path:
    """A company's ledger: title, unit line, a header of three rows, subtotals by class, lines for signatures."""
    rows: list[list[object]] = [
        ["××集团有限公司固定资产台账"],
        ["编制单位：行政管理部", *[None] * 6, "截止日期：2023年12月31日", *[None] * 6, "单位：元"],
        ["序号", "资产编号", "资产名称", "资产类别", "规格型号", "单位", "数量", "资产原值", "启用日期", "折旧信息",
         None, None, None, "使用情况", None],
        [*[None] * 9, "使用年限", "净残值率(%)", "折旧", None, "使用部门", "责任人"],
        [*[None] * 11, "月折旧额", "累计折旧"],
        [1, "GD-001", "台式电脑", "电子设备", "M720", "台", 10, 50000, dt.date(2020, 3, 1), 5, 5, 791.67, 35625,
         "行政部", "张三、李四"],
        [2, "GD-002", "打印机", "同上", None, "台", 2, "4,800.00", "2020.4", "60个月", 5, 76, 3344, "财务部", "李四"],
        [None, "电子设备小计", None, None, None, None, 12, 54800],
        [3, "GD-003", "钻床", "机器设备", "Z3050", "台", "1台", "￥52,000", "2018年6月1日", 10, 5, 411.67, 27170,
         "生产部/一车间", "王五"],
        ["合计", None, None, None, None, None, 13, 106800],
        ["单位负责人：", None, None, None, "财务负责人：", None, None, None, None, "制表人：赵六"],
    ]  # fmt: skip
    merges = ("A1:O1", *(f"{letter}3:{letter}5" for letter in "ABCDEFGHI"), "J3:M3", "L4:M4", "N3:O3")
    return book(path, {"固定资产台账 ": rows}, merges=(*merges, "J4:J5", "K4:K5", "N4:N5", "O4:O5"))


def institution_form(path: Path) -> Path:
    """A public institution's form: a blank first row, money in 万元, columns numbered 甲 乙 丙 1 2 3."""
    rows: list[list[object]] = [
        [],
        ["行政事业单位固定资产清查明细表"],
        [
            "填报单位：（盖章）××县第一中学",
            None,
            None,
            None,
            "清查基准日：2016年12月31日",
            None,
            None,
            "金额单位：万元",
        ],
        ["资产编号", "资产分类名称", "资产名称", "计量单位", "账面数", None, "取得日期", "使用状况", "管理部门"],
        [None, None, None, None, "数量", "价值"],
        ["甲", "乙", "丙", "丁", 1, 2, 3, 4, 5],
        ["TY1", "1010201-办公用房", "综合楼", "平方米", 3200.5, 560.2, "1998-09-01", "在用", "总务处"],
        ["TY2", "2010104 台式计算机", "台式计算机", "台", 60, 24, "2010、9、1", "报废（待批）", "教务处"],
        ["TY3", "2010104 台式计算机", "签字笔", "支", "一", 0.001, "2010年9月1号", "正常、在用", "〃"],
        ["合  计", None, None, None, 3261.5, 584.201],
        ["注：1.本表按资产卡片逐条填列。"],
        ["单位负责人：            资产管理部门负责人：            填表人："],
    ]
    return book(path, {"表3": rows}, merges=("A2:I2", "E4:F4", *(f"{letter}4:{letter}5" for letter in "ABCDGHI")))


def english_export(path: Path) -> Path:
    """What a program in English exports: its own headers, words and days."""
    header: list[object] = ["Asset Number", "Description", "Asset Category", "Cost Center", "Employee", "Quantity",
              "Acquisition Cost", "Date Placed in Service", "Life in Months", "Depreciation Method", "Status",
              "Net Book Value"]  # fmt: skip
    rows: list[list[object]] = [
        header,
        ["100001", "Laptop", "IT", "Finance", "Smith, J.", 1, 1500.25, "01/15/2021", 60, "STL", "Active", 1400.25],
        ["100002", "Server", "IT", "IT", "A. Wong", 1, 2000.25, "15-Jan-2021", 36, "DDB", "In Service", 1900.25],
        [
            "100003",
            "Desk",
            "Furniture",
            "Finance",
            "Smith, J.",
            1,
            200,
            "03/05/2021",
            60,
            "Straight-line",
            "Retired",
            0,
        ],
    ]
    return book(path, {"FA_REGISTER": rows})


def dotted_export(path: Path) -> Path:
    """What a Chinese program exports: names of things with .名称, lives counted in periods, a column nobody filled."""
    header = ["资产编码", "资产名称", "资产类别.名称", "计量单位.名称", "数量", "资产原值", "使用部门.名称",
              "使用部门.编码", "预计使用期间数", "设备状态", "累计折旧"]  # fmt: skip
    row = [None, "笔记本电脑", "电子设备", "台", 3, "12,300.00", "研发中心", "D01", 36, "运行", "3,000.00"]
    return book(path, {"资产卡片_2021": [header, row, row]})
