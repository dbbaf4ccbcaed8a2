"""Workbooks on their way into an office."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest

from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook import child
from logistics_desktop.workbook.apply import Applied, apply
from logistics_desktop.workbook.findings import WorkbookFinding
from logistics_desktop.workbook.headers import Vocabulary
from logistics_desktop.workbook.intake import Intake
from logistics_desktop.workbook.mapping import recall, vocabulary
from logistics_desktop.workbook.plan import make_plan
from logistics_desktop.workbook.planned import Options, Outcome, Plan, Source
from logistics_desktop.workbook.reading import read_workbook
from tests.workbooks import book

Rows = Sequence[Sequence[object]]

HEADER = ("资产编号", "资产名称", "使用部门", "保管人", "原值", "数量", "资产状态", "启用日期")
ROWS: Rows = (
    ("A001", "电脑", "财务科", "张三", 5000, 1, "在用", "2019-3-5"),
    ("A002", "打印机", "财务科", "李四", 1200.5, 2, "闲置", "2019.03.05"),
    ("A003", "空调", "办公室", None, 3000, 1, None, "20190305"),
)


class Importing:
    """Reads, plans and applies workbooks as a user would, each step in a unit of work of its own."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.folder = folder

    def source(self, rows: Rows, ledger: str = "assets") -> Source:
        """A workbook with these rows, header first, as the reader gives it."""
        path = book(self.folder / f"{uuid.uuid4().hex}.xlsx", {"Sheet": rows})
        return self._source(path, child.read(path, self._vocabulary(ledger), None))

    def read(self, path: Path, ledger: str = "assets") -> Source:
        """A file as the reader gives it from its own process, which takes a second to start."""
        return self._source(path, read_workbook(path, self._vocabulary(ledger)))

    def _vocabulary(self, ledger: str) -> Vocabulary:
        with self.office.session() as session:
            return vocabulary(LEDGERS[ledger], recall(session, LEDGERS[ledger]))

    @staticmethod
    def _source(path: Path, workbook: WorkbookFinding) -> Source:
        intake = Intake(path, hashlib.sha256(path.read_bytes()).hexdigest(), workbook)
        return intake.source(intake.sheet())

    def plan(self, source: Source, options: Options = Options(), ledger: str = "assets") -> Plan:  # noqa: B008 - frozen
        """What the import would do."""
        with self.office.session() as session:
            return make_plan(session, LEDGERS, LEDGERS[ledger], source, options)

    def apply(self, plan: Plan, batch: uuid.UUID | None = None, *, good_rows: bool = False) -> Applied:
        """Store it."""
        with self.office.session() as session:
            return apply(session, LEDGERS, plan, batch or uuid.uuid4(), good_rows=good_rows)

    def store(self, rows: Rows, ledger: str = "assets") -> Applied:
        """Read, plan and store rows; names that nobody knows are created."""
        return self.apply(self.plan(self.source(rows, ledger), Options(create_missing=True), ledger))

    def add(self, ledger: str, **values: object) -> int:
        """A record that is there before."""
        with self.office.session() as session:
            return records.create(session, LEDGERS[ledger], values)

    def column(self, ledger: str, key: str) -> list[object]:
        """The values of a field of all records, in the order of their numbers."""
        entity = LEDGERS[ledger]
        column = entity.by_key[key].stored
        with self.office.session() as session:
            return [row[0] for row in session.query(column).order_by(column.table.c.id)]

    def ids(self, ledger: str) -> list[int]:
        """The numbers of all records, in their order."""
        number = LEDGERS[ledger].model.__table__.c.id
        with self.office.session() as session:
            return [row[0] for row in session.query(number).order_by(number)]

    def tree(self, ledger: str) -> dict[object, object]:
        """The name of what is above each record, by the record's name."""
        names: dict[object, object] = dict(zip(self.ids(ledger), self.column(ledger, "name"), strict=True))
        return dict(zip(names.values(), map(names.get, self.column(ledger, "parent_id")), strict=True))


def counts(plan: Plan) -> dict[str, int]:
    """How many rows have which fate, without those that none has."""
    return {outcome.name.lower(): plan.count(outcome) for outcome in Outcome if plan.count(outcome)}


@pytest.fixture
def importing(office: Office, tmp_path: Path) -> Importing:
    """A clerk with workbooks."""
    return Importing(office, tmp_path)
