"""An import of 100,000 × 20 cells from the file to the commit, beside what cannot be avoided, and beside the usual way.

    python -m benchmarks.bench_import [--rows 100000] [--orm-rows 20000] [--rounds 3]

Ours: read behind the gate in a process of its own, map, understand, look up, check, COPY with row history, commit.
Beside it: python-calamine reading the same file plus one COPY of the same rows into the same table (indexes, history).
The usual way: openpyxl and ORM objects, with fewer rows, scaled. Prints the rounds' medians and the peak of memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy as sa
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from db.embedded import Server, running
from db.models.assets import Asset, Method, Status
from db.provision import add_user, prepare_database
from db.session import connection_string, embedded_target, make_engine
from logistics_desktop.ledger.search import grams, search_text
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.apply import apply
from logistics_desktop.workbook.intake import take_in
from logistics_desktop.workbook.plan import make_plan
from logistics_desktop.workbook.planned import Options

ASSETS = LEDGERS["assets"]
CLERK, PASSWORD = "bench_clerk", "a password for measuring"
HEADER = [
    "资产编号",
    "资产名称",
    "资产类别",
    "规格型号",
    "序列号",
    "生产厂家",
    "供应商",
    "资产状态",
    "使用部门",
    "存放地点",
    "保管人",
    "计量单位",
    "数量",
    "单价",
    "原值",
    "购置日期",
    "启用日期",
    "折旧方法",
    "使用年限",
    "备注",
]
NOUNS = ["办公桌", "计算机", "打印机", "空调", "投影仪", "文件柜", "服务器", "扫描仪", "电视机", "会议桌"]
OWN = ("id", "version", "created_at", "created_by", "updated_at", "updated_by")


def make_file(path: Path, rows: int) -> None:
    """A ledger with the repetition that ledgers have."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("资产")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for number in range(1, rows + 1):
            for place, value in enumerate(_row(chance, number)):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)


def _row(chance: random.Random, number: int) -> list[Any]:
    price, quantity = chance.randrange(10_000, 10_000_000) / 100, chance.randrange(1, 4)
    bought = date(2010, 1, 1) + timedelta(days=chance.randrange(5_000))
    return [
        f"ZC{number:07}",
        f"{chance.choice(NOUNS)}{chance.randrange(500)}",
        f"类别{chance.randrange(40)}",
        f"GX-{chance.randrange(3_000)}",
        f"SN{chance.randrange(10**9)}",
        f"厂家{chance.randrange(60)}",
        f"供应商{chance.randrange(60)}",
        "在用",
        f"部门{chance.randrange(30)}",
        f"地点{chance.randrange(120)}",
        f"员工{chance.randrange(300)}",
        "台",
        quantity,
        price,
        round(price * quantity, 2),
        bought,
        bought,
        "直线法",
        chance.choice([3, 5, 10]),
        f"备注{chance.randrange(1_000)}",
    ]


class Bench:
    """The databases of one server: every measured work gets a fresh one."""

    def __init__(self, server: Server, file: Path) -> None:
        self._server = server
        self.file = file
        prepare_database(connection_string(embedded_target(server, "bench_empty")))
        add_user(connection_string(embedded_target(server, "bench_empty")), CLERK, PASSWORD, "administrator")

    @contextmanager
    def database(self, name: str, template: str, *, as_owner: bool = False) -> Iterator[sa.Engine]:
        """A copy of `template` with the clerk signed in, or the server's owner, who alone may COPY into it."""
        self._execute("postgres", f"DROP DATABASE IF EXISTS {name}")
        self._execute("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        clerk = embedded_target(self._server, name, user=CLERK, password=PASSWORD)
        engine = make_engine(embedded_target(self._server, name) if as_owner else clerk)
        self._execute(name, "CHECKPOINT")
        yield engine
        engine.dispose()

    def keep_references(self, name: str, template: str) -> None:
        """Make `name` from `template`, with everything but the assets and the history."""
        self._execute("postgres", f"DROP DATABASE IF EXISTS {name}")
        self._execute("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        self._execute(name, "SET session_replication_role = replica; TRUNCATE app.asset, app.change CASCADE")

    def _execute(self, database: str, statement: str) -> None:
        engine = make_engine(embedded_target(self._server, database))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def whole_import(engine: sa.Engine, file: Path) -> None:
    """From the file to the commit."""
    intake = take_in(file, ASSETS)
    source = intake.source(intake.sheet())
    with Session(engine) as session, session.begin():
        plan = make_plan(session, LEDGERS, ASSETS, source, Options(create_missing=True))
        apply(session, LEDGERS, plan, uuid.uuid4())


def read_only(file: Path) -> None:
    """Calamine alone."""
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def stored_rows(engine: sa.Engine) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The rows as the import left them, with the columns that a user may write."""
    columns = [column for column in sa.inspect(Asset).local_table.columns if column.key not in OWN]
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sa.select(*columns))]
    plain = [tuple(value.value if isinstance(value, Status | Method) else value for value in row) for row in rows]
    return [column.key for column in columns], plain


def one_copy(engine: sa.Engine, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """The same rows into the same table."""
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY app.asset ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def openpyxl_and_orm(engine: sa.Engine, file: Path) -> None:
    """What programs commonly do: every row an object, unchecked. References are found in dictionaries."""
    with Session(engine) as session:
        ids = {
            key: dict(session.execute(sa.select(target.title, target.model.__table__.c.id)).all())
            for key in ("class_id", "supplier_id", "department_id", "location_id", "keeper_id")
            for target in [LEDGERS.target(ASSETS.by_key[key])]
        }
        book = openpyxl.load_workbook(file, read_only=True)
        for row in book.worksheets[0].iter_rows(min_row=2, values_only=True):
            session.add(_asset(row, ids))
        session.commit()


def _asset(row: tuple[Any, ...], ids: dict[str, dict[str, int]]) -> Asset:
    text = search_text(ASSETS, {"code": row[0], "name": row[1], "specification": row[3], "serial_number": row[4]})
    return Asset(
        search=text,
        grams=grams(text),
        code=row[0],
        name=row[1],
        class_id=ids["class_id"][row[2]],
        specification=row[3],
        serial_number=row[4],
        maker=row[5],
        supplier_id=ids["supplier_id"][row[6]],
        status=Status.IN_USE,
        department_id=ids["department_id"][row[8]],
        location_id=ids["location_id"][row[9]],
        keeper_id=ids["keeper_id"][row[10]],
        unit=row[11],
        quantity=row[12],
        unit_price=row[13],
        original_value=row[14],
        purchased_on=row[15],
        in_service_on=row[16],
        method=Method.STRAIGHT_LINE,
        life_months=row[18] * 12,
        note=row[19],
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--orm-rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file, small = Path(folder, "assets.xlsx"), Path(folder, "small.xlsx")
        make_file(file, arguments.rows)
        make_file(small, arguments.orm_rows)
        with running(Path(folder, "data")) as server:
            measure(Bench(server, file), small, arguments)


def measure(bench: Bench, small: Path, arguments: argparse.Namespace) -> None:
    """Every round measures all, one after the other, so that what else the machine does meets all alike."""
    with bench.database("bench_first", "bench_empty") as engine:
        whole_import(engine, bench.file)
        own, reader = (
            resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        columns, rows = stored_rows(engine)
    bench.keep_references("bench_names", "bench_first")
    ours, calamine, copy, orm = [], [], [], []
    for _round in range(arguments.rounds):
        calamine.append(seconds(lambda: read_only(bench.file)))
        with bench.database("bench_copy", "bench_names", as_owner=True) as engine:
            copy.append(seconds(lambda: one_copy(engine, columns, rows)))
        with bench.database("bench_ours", "bench_names") as engine:
            ours.append(seconds(lambda: whole_import(engine, bench.file)))
        with bench.database("bench_orm", "bench_names") as engine:
            orm.append(seconds(lambda: openpyxl_and_orm(engine, small)))
    least = statistics.median(one + two for one, two in zip(calamine, copy, strict=True))
    whole = statistics.median(ours)
    scaled = statistics.median(orm) * arguments.rows / arguments.orm_rows
    print(f"{arguments.rows:,} rows × {len(HEADER)} columns, medians of {arguments.rounds} rounds")
    print(f"calamine {statistics.median(calamine):6.2f} s + one COPY {statistics.median(copy):6.2f} s = {least:6.2f} s")
    print(f"whole import, checked, with history    {whole:6.2f} s   {whole / least:.2f} × that")
    print(f"openpyxl and ORM objects               {scaled:6.2f} s   {scaled / whole:.1f} × ours", end="")
    print(f" ({arguments.orm_rows:,} rows, scaled)")
    print(f"most memory: {own:.0f} MB, the reading process {reader:.0f} MB")


if __name__ == "__main__":
    main()
