"""Ledgers of any size for the benchmarks, the same on every run, loaded by COPY."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from db.base import SCHEMA, Base
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.search import grams, search_text
from logistics_desktop.ledgers import LEDGERS

_KINDS = [
    "办公桌",
    "办公椅",
    "文件柜",
    "计算机",
    "笔记本电脑",
    "打印机",
    "复印机",
    "投影仪",
    "空调",
    "服务器",
    "交换机",
    "路由器",
    "摄像机",
    "会议桌",
    "沙发",
    "保险柜",
    "电视机",
]
_SORTS = [
    "实木",
    "钢制",
    "激光",
    "彩色",
    "便携式",
    "立式",
    "壁挂式",
    "台式",
    "多功能",
    "高清",
    "智能",
    "商用",
    "双门",
    "转椅",
    "移动",
]
_SUFFIXES = ["", "（一体）", "Pro", "X200", "A型", "B型", "1.2米", "1.4米"]
_MAKERS = [
    "联想",
    "惠普",
    "戴尔",
    "华为",
    "海尔",
    "美的",
    "格力",
    "佳能",
    "爱普生",
    "得力",
    "震旦",
    "海康威视",
    "浪潮",
    "新华三",
]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"
_UNITS = ["总务处", "财务处", "人事处", "基建处", "后勤处", "保卫处", "教务处", "科研处", "设备处", "信息中心"]
_BUILDINGS = ["行政楼", "实验楼", "图书馆", "教学楼", "食堂", "宿舍楼"]

RARE = "核磁共振"
RARE_EVERY = 50_000


def fill(engine: sa.Engine, rows: int) -> None:
    """Put `rows` assets into the tables of a fresh database; nobody did it, so the history stays empty."""
    with engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        store(connection, rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


def store(connection: sa.Connection, rows: int) -> None:
    """Put `rows` assets, and what they refer to, into empty tables, as their owner."""
    dice = random.Random(7)
    _copy(connection, LEDGERS["departments"], _departments())
    _copy(connection, LEDGERS["staff"], _staff(dice))
    _copy(connection, LEDGERS["locations"], _locations())
    _copy(connection, LEDGERS["classes"], _classes())
    _copy(connection, LEDGERS["suppliers"], ({"code": f"G{n:03}", "name": f"{n}号供应商"} for n in range(1, 61)))
    indexes = list(Base.metadata.tables[f"{SCHEMA}.asset"].indexes)
    for index in indexes:
        index.drop(connection)
    _copy(connection, LEDGERS["assets"], _assets(dice, rows))
    connection.execute(sa.text("SET LOCAL maintenance_work_mem = '512MB'"))
    for index in indexes:
        index.create(connection)


def _copy(connection: sa.Connection, entity: Entity, rows: Iterator[dict[str, Any]]) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    keys = [field.key for field in entity]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(SCHEMA, entity.table), sql.SQL(", ").join(map(sql.Identifier, [*keys, "search", "grams"]))
    )
    defaults = {"status": "active" if entity.table == "staff" else "in_use", "quantity": 1}
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            text = search_text(entity, row)
            copy.write_row([*(row.get(key, defaults.get(key)) for key in keys), text, grams(text)])


def _departments() -> Iterator[dict[str, Any]]:
    for number in range(1, 31):
        parent = (number - 1) // 3 or None
        name = f"{_UNITS[number % 10]}{'一二三'[number % 3]}科"
        yield {"code": f"{number:03}", "name": name, "parent_id": parent}


def _staff(dice: random.Random) -> Iterator[dict[str, Any]]:
    names = ["".join(letters) for letters in product(_SURNAMES, _GIVEN, _GIVEN)]
    for number, name in enumerate(dice.sample(names, 3_000), 1):
        yield {"code": f"R{number:05}", "name": name, "department_id": dice.randint(1, 30)}


def _locations() -> Iterator[dict[str, Any]]:
    for number in range(1, 121):
        yield {"code": f"L{number:04}", "name": f"{_BUILDINGS[number % 6]}{number}室"}


def _classes() -> Iterator[dict[str, Any]]:
    for number, kind in enumerate(_KINDS, 1):
        yield {"edition": "2022", "code": f"A{number:07}", "name": kind}


def _assets(dice: random.Random, rows: int) -> Iterator[dict[str, Any]]:
    names = ["".join(parts) for parts in product(_SORTS, _KINDS, _SUFFIXES)]
    first = date(2016, 1, 1)
    for number in range(1, rows + 1):
        price = dice.randint(100, 5_000_000) / 100
        quantity = dice.choice((1, 1, 1, 2, 5))
        bought = first + timedelta(days=dice.randint(0, 3_900))
        name = dice.choice(names)
        yield {
            "code": f"ZC-{bought.year}-{number * 7919 % 10_000_019:08}",
            "name": f"{RARE}{name}" if number % RARE_EVERY == 17 else name,
            "class_id": dice.randint(1, len(_KINDS)),
            "specification": f"{dice.randint(10, 400)}*{dice.randint(10, 200)}mm",
            "model": f"{dice.choice('ABCDXYZ')}{dice.randint(100, 9999)}",
            "serial_number": f"SN{dice.randint(0, 10**9):010}",
            "maker": dice.choice(_MAKERS),
            "supplier_id": dice.randint(1, 60),
            "status": dice.choice(("in_use", "in_use", "in_use", "in_use", "idle", "in_repair", "scrapped")),
            "department_id": dice.randint(1, 30),
            "location_id": dice.randint(1, 120),
            "keeper_id": dice.randint(1, 3_000),
            "unit": "台",
            "quantity": quantity,
            "unit_price": price,
            "original_value": round(price * quantity, 2) if dice.random() > 0.02 else None,
            "purchased_on": bought,
            "in_service_on": bought if dice.random() > 0.1 else None,
            "method": "straight_line",
            "life_months": dice.choice((36, 60, 72, 120, 180)),
            "residual_rate": 0.05,
            "note": dice.choice((None, None, "从老校区搬来", "财政拨款购置")),
        }
