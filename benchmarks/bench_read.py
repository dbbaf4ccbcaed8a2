"""Reading a workbook of 100,000 × 20 cells, with all that is checked, against calamine alone.

    python -m benchmarks.bench_read [--rows 100000]

Prints seconds and ratios from one run, and the most memory that the reading process was seen to take.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import xlsxwriter
from python_calamine import CalamineWorkbook

from logistics_desktop.workbook.amounts import Number, Rate
from logistics_desktop.workbook.dates import Date, Months
from logistics_desktop.workbook.gate import admit
from logistics_desktop.workbook.headers import Vocabulary
from logistics_desktop.workbook.reading import read_workbook
from logistics_desktop.workbook.texts import Code, Text
from logistics_desktop.workbook.values import Parser

NAMES = """资产编号 资产名称 规格型号 类别 部门 地点 保管人 购置日期 启用日期 原值
数量 单位 年限 残值率 残值 方法 状态 供应商 备注 净值"""
HEADER = NAMES.split()
DAY, LIFE, RATE = Date(), Months(), Rate()
WORDS, MONEY = Text(200), Number()
PARSERS: list[Parser[Any]] = [Code(40), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, DAY, DAY, MONEY]
PARSERS += [Number(scale=4), WORDS, LIFE, RATE, MONEY, WORDS, WORDS, WORDS, WORDS, MONEY]
VOCABULARY = Vocabulary.of({str(place): (name,) for place, name in enumerate(HEADER)}, needed=("0", "1"))


def make(path: Path, rows: int) -> None:
    """A ledger with the repetition that ledgers have."""
    chance = random.Random(1)
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("资产")
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADER)
    for n in range(1, rows + 1):
        words = [
            f"ZC{n:08d}",
            f"笔记本电脑{n % 3000}",
            f"X-{n % 777}",
            f"类别{n % 60}",
            f"部门{n % 30}",
            f"楼{n % 200}室",
        ]
        sheet.write_row(n, 0, [*words, f"张三{n % 300}"])
        sheet.write_datetime(n, 7, date(2010, 1, 1) + timedelta(days=n % 5000), day)
        sheet.write_datetime(n, 8, date(2010, 1, 1) + timedelta(days=n % 5100), day)
        sheet.write_row(
            n, 9, [chance.randint(1, 10**9) / 100, n % 9 + 1, "台", n % 10 + 1, 0.05, chance.randint(1, 10**5) / 100]
        )
        sheet.write_row(
            n, 15, ["直线法", "在用", f"供应商{n % 400}", f"备注{n}" if n % 3 else "", chance.randint(1, 10**9) / 100]
        )
    workbook.close()


def watch(peak: list[int]) -> None:
    """Keep the most memory that a child of this process has."""
    peak[0] = max(peak[0], *(child.memory_info().rss for child in psutil.Process().children()), 0)


def timed(what: str, work: Callable[[], Any], base: float | None = None) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    print(f"{what:44} {seconds:6.2f} s" + (f"   {seconds / base:4.2f} × calamine" if base else ""))
    return seconds, result


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=100_000)
    rows = arguments.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        make(path, rows)
        base, _ = timed("calamine alone", lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
        timed("the gate", lambda: admit(path), base)
        peak = [0]
        reading = partial(read_workbook, path, VOCABULARY, check=partial(watch, peak))
        _, found = timed("gate, child process, table, transfer", reading, base)
        (sheet,) = found.taken
        assert len(sheet.row_numbers) == rows
        pairs = zip(PARSERS, sheet.cells, strict=True)
        _, columns = timed("understanding every cell", lambda: [parser.column(cells) for parser, cells in pairs], base)
        assert not any(column.problems for column in columns)
    print(f"most memory of the reading process {peak[0] / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
