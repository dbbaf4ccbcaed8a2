"""A long list exported by us, by XlsxWriter (constant memory) and by openpyxl (write-only), the same sheet each time.

    python benchmarks/bench_export.py [--rows 100000]

Every writer runs in a process of its own and gets the rows as they come. Seconds are of the processor, so that what
else the machine does matters little. All write the same header style, number
formats, widths, frozen header and autofilter; ours writes totals and print set-up besides. Memory is the peak above
what the process had before it began.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from logistics_desktop.workbook.outgoing import NUMBER_FORMATS
from logistics_desktop.workbook.write import ColumnOut, SheetOut, write_table

WIDTH = 14.0
COLUMNS = [
    ColumnOut("资产编号", "code", WIDTH),
    ColumnOut("资产名称", "text", WIDTH),
    ColumnOut("规格型号", "text", WIDTH),
    ColumnOut("原值", "money", WIDTH, total=True),
    ColumnOut("累计折旧", "money", WIDTH, total=True),
    ColumnOut("净值", "money", WIDTH, total=True),
    ColumnOut("数量", "quantity", WIDTH, total=True),
    ColumnOut("使用月数", "integer", WIDTH),
    ColumnOut("残值率", "rate", WIDTH),
    ColumnOut("购置日期", "date", WIDTH),
    ColumnOut("登记时间", "datetime", WIDTH),
    ColumnOut("在用", "bool", WIDTH),
    ColumnOut("使用部门", "text", WIDTH),
    ColumnOut("存放地点", "text", WIDTH),
    ColumnOut("保管人", "text", WIDTH),
    ColumnOut("供应商", "text", WIDTH),
    ColumnOut("发票号", "code", WIDTH),
    ColumnOut("序列号", "code", WIDTH),
    ColumnOut("备注", "text", WIDTH),
    ColumnOut("旧编号", "code", WIDTH),
]


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Give asset rows like those of a real ledger: texts that repeat and texts that do not, some cells empty."""
    day, moment = date(2016, 1, 1), datetime(2026, 1, 1, 8, 30)  # noqa: DTZ001 - as Excel keeps it
    for n in range(count):
        cost = Decimal(n * 37 % 5_000_000 + 10_000) / 100
        used = Decimal(n * 11 % 9_000) / 100
        yield (
            f"GDZC-{n:06d}", f"办公桌 {n % 50}", f"型号 {n % 900}", cost, used, cost - used, Decimal(n % 8 + 1),
            n % 120, Decimal("0.05"), day + timedelta(days=n % 3600), moment, n % 9 > 0, f"第{n % 30}科室",
            f"一号楼 {n % 9} 层 {n % 400}", f"员工{n % 300}", f"供应商{n % 80}", f"{n:08d}", f"SN{n * 7919:012d}",
            None if n % 3 else "由旧系统转入，<待核对>", f"0{n}",
        )  # fmt: skip


def ours(path: Path, count: int) -> None:
    """Write with the program's own function."""
    write_table(path, [SheetOut("固定资产", COLUMNS, rows(count))])


def openpyxl_write_only(path: Path, count: int) -> None:
    """Write the same list with openpyxl's streaming mode; text is forced to stay text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("固定资产")
    for at in range(len(COLUMNS)):
        sheet.column_dimensions[get_column_letter(at + 1)].width = WIDTH
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count + 1}"

    def header(text: str) -> Any:
        cell = WriteOnlyCell(sheet, text)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(wrap_text=True)
        return cell

    def styled(value: Any, number_format: str) -> Any:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell.number_format = number_format
        return cell

    formats = [None if column.kind in ("text", "bool") else NUMBER_FORMATS[column.kind] for column in COLUMNS]
    sheet.append([header(column.header) for column in COLUMNS])
    for row in rows(count):
        sheet.append([styled(v, f) if f and v is not None else v for v, f in zip(row, formats, strict=True)])
    book.save(path)


def xlsxwriter_constant_memory(path: Path, count: int) -> None:
    """Write the same list with XlsxWriter's streaming mode."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("固定资产")
    formats = [book.add_format({"num_format": NUMBER_FORMATS[column.kind]}) for column in COLUMNS]
    header = book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True})
    sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
    by_type: dict[type, Callable[..., Any]] = {
        str: sheet.write_string, bool: sheet.write_boolean, int: sheet.write_number, Decimal: sheet.write_number,
        date: sheet.write_datetime, datetime: sheet.write_datetime,
    }  # fmt: skip
    sheet.write_row(0, 0, [column.header for column in COLUMNS], header)
    for number, row in enumerate(rows(count), 1):
        for at, value in enumerate(row):
            if value is not None:
                by_type[type(value)](number, at, value, formats[at])
    book.close()


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "ours": ours,
    "XlsxWriter constant_memory": xlsxwriter_constant_memory,
    "openpyxl write-only": openpyxl_write_only,
}


@dataclass(frozen=True)
class Result:
    """What one writer took: seconds of the processor, MB of memory above the start, MB of file."""

    seconds: float
    memory: float
    size: float


def measure(name: str, count: int) -> Result:
    """Run one writer in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (name, count))


def _run(name: str, count: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx")
        WRITERS[name](Path(folder, "warm.xlsx"), 10)
        before = _peak()
        start = time.process_time()
        WRITERS[name](path, count)
        return Result(time.process_time() - start, _peak() - before, path.stat().st_size / 1e6)


def _peak() -> float:
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Print the writers side by side."""
    parser = argparse.ArgumentParser(description="Export: ours, XlsxWriter, openpyxl")
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    results = {name: measure(name, count) for name in WRITERS}
    print(f"{count:,} rows x {len(COLUMNS)} columns")
    for name, result in results.items():
        ratio = result.seconds / results["ours"].seconds
        figures = (
            f"{result.seconds:7.2f} s {ratio:6.1f} x ours {result.memory:7.1f} MB memory {result.size:6.1f} MB file"
        )
        print(f"{name:28}{figures}")


if __name__ == "__main__":
    main()
