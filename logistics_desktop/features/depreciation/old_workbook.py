"""Finance's own depreciation workbook read: the list of a month, found and understood as any list of assets is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.asset_ledger import ASSETS
from logistics_desktop.features.depreciation.differences import LABELS, Figures, Theirs
from logistics_desktop.i18n import N_, in_every_language
from logistics_desktop.jobs import Job
from logistics_desktop.workbook.amounts import Integer, Number
from logistics_desktop.workbook.findings import SheetFinding
from logistics_desktop.workbook.gate import check_file
from logistics_desktop.workbook.headers import Vocabulary, normalise
from logistics_desktop.workbook.mapping import map_headers, vocabulary
from logistics_desktop.workbook.planned import Options, Source
from logistics_desktop.workbook.reading import read_workbook
from logistics_desktop.workbook.understand import understand
from logistics_desktop.workbook.values import Severity

FIGURES = {
    "amount": """
月折旧额 月折旧 月折旧金额 月提折旧 每月折旧 每月折旧额 当月折旧 当月折旧额 本月折旧 本月折旧额 本月折旧金额
本月计提 本月计提折旧 本月计提折旧额 本月应提折旧 本月应提折旧额 本月提取折旧 本期折旧 本期折旧额 本期计提 本期计提折旧
应提折旧 计提折旧额 折旧额
""",
    "accumulated": """
累计折旧 累计折旧额 累计折旧金额 期末累计折旧 月末累计折旧 本期累计折旧 本月累计折旧 累计已提折旧 累计计提折旧
累计已计提折旧 已提折旧 已提折旧额 已计提折旧 已计提折旧额 折旧累计
""",
    "book_value": """
净值 净值额 资产净值 账面净值 固定资产净值 期末净值 月末净值 净额 资产净额 账面价值 期末账面价值 折余价值 剩余价值
""",
    "charged": """
已计提月份 已计提月数 已计提期数 已计提期间数 已提月数 已提月份 已提折旧月数 已提折旧月份 已折旧月数 已折旧月份
已折旧期数 累计折旧月数 累计计提月数 已使用月数 已使用月份 已用月数 已使用期间数
""",
}
"""The headers under which workbooks have the figures that no ledger has."""

_STATED = ("method", "life_months", "residual_value", "residual_rate", "in_service_on")


@dataclass(frozen=True, slots=True)
class OldList:
    """The list of a month as it stands in `sheet` below `header_row`."""

    path: Path
    sheet: str
    header_row: int
    rows: tuple[Theirs, ...]


def read_list(path: Path, job: Job | None = None) -> OldList:
    """Read the list that fits best. Raises `UserError` where there is none with numbers and figures; `Cancelled`."""
    check_file(path)
    workbook = read_workbook(path, words(), check=job.check if job else None)
    sheet = next((one for one in workbook.taken if one.columns), None)
    if sheet is None:
        reasons = "; ".join(f"“{one.name}”: {one.reason}" for one in workbook.sheets)
        raise UserError(N_("No list of assets was found. {reasons}"), reasons=reasons)
    rows = tuple(_rows(Source(path.name, "", sheet, workbook.date1904)))
    return OldList(path, sheet.name, sheet.header_rows[-1], rows)


def words() -> Vocabulary:
    """What the headers may say: the fields of an asset, and the figures of its depreciation."""
    assets = vocabulary(ASSETS, {})
    figures = {normalise(word): key for key, text in FIGURES.items() for word in text.split()}
    figures |= {normalise(word): key for key in FIGURES for word in in_every_language(LABELS[key])}
    return Vocabulary({**assets.names, **figures}, assets.needed, assets.sums | FIGURES.keys() - {"charged"})


def understood(source: Source) -> tuple[dict[str, Any], list[str]]:
    """The columns of a sheet as values by field, those of an asset and the figures; and what is unreadable, by row."""
    sheet = source.sheet
    problems = [""] * len(sheet.row_numbers)
    assets = understand(ASSETS, source, map_headers(ASSETS, sheet.columns, {}, {}), Options())
    values: dict[str, Any] = dict(assets.values)
    found = {key: assets.problems.get(key, {}) for key in values}
    for column, cells in zip(sheet.columns, sheet.cells, strict=True):
        key = words().field_of(column.path) if column.path else None
        if key not in FIGURES or key in values:
            continue
        parser = Integer() if key == "charged" else Number(18, 6, column.unit or sheet.money_unit)
        parsed = parser.column(cells)
        values[key], found[key] = parsed.values, parsed.problems
    for key in ("code", "original_value", *FIGURES):
        for at, problem in found.get(key, {}).items():
            if problem.severity is Severity.ERROR:
                problems[at] = problems[at] or str(problem)
    return values, problems


def _rows(source: Source) -> list[Theirs]:
    values, problems = understood(source)
    _refuse_what_says_nothing(values, source.sheet)
    rows = []
    for at, number in enumerate(source.sheet.row_numbers):
        row = {key: column[at] for key, column in values.items()}
        if row.get("code"):
            rows.append(
                Theirs(number, row["code"], row.get("name") or "", figures_of(row), stated_of(row), problems[at])
            )
    return rows


def figures_of(row: Mapping[str, Any]) -> Figures:
    """The figures that a row says."""
    charged = row.get("charged")
    cost: Decimal | None = row.get("original_value")
    return Figures(cost, row.get("amount"), row.get("accumulated"), row.get("book_value"), charged)


def stated_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The terms that a row says."""
    return {key: row[key] for key in _STATED if row.get(key) is not None}


def _refuse_what_says_nothing(values: Mapping[str, Any], sheet: SheetFinding) -> None:
    if "code" not in values:
        raise UserError(
            N_("Sheet {sheet} has no column with the numbers of the assets, by which they are matched."),
            sheet=sheet.name,
        )
    if not FIGURES.keys() & values.keys():
        raise UserError(
            N_("Sheet {sheet} has none of the figures: monthly, accumulated, book value, months charged."),
            sheet=sheet.name,
        )
