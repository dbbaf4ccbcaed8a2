"""`depreciation schedule` on the command line: its answer, its refusals, wrong usage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

import main
from logistics_desktop.paths import ROOT

PLAIN = {
    "--standard": "enterprise",
    "--method": "straight-line",
    "--cost": "1000",
    "--residual": "40",
    "--months": "3",
    "--in-service": "2026-01-31",
}
UNITS = {"--method": "units-of-production", "--total-units": "960", "--months": "60"}


def asked(changes: dict[str, Any]) -> list[str]:
    options = {**PLAIN, **changes}
    words = [[option, *value.split()] for option, value in options.items() if value is not None]
    return ["depreciation", "schedule", *[word for part in words for word in part]]


def answer(capsys: pytest.CaptureFixture[str], **changes: str | None) -> list[dict[str, str]]:
    options = {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    assert main.main(["--lang", "en", *asked(options), "--json"]) == 0
    rows: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return rows


def test_a_schedule_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys) == [
        {"period": "2026-02", "amount": "320.00", "accumulated": "320.00", "book_value": "680.00"},
        {"period": "2026-03", "amount": "320.00", "accumulated": "640.00", "book_value": "360.00"},
        {"period": "2026-04", "amount": "320.00", "accumulated": "960.00", "book_value": "40.00"},
    ]


@pytest.mark.parametrize("rate", ["0.04", "4%"])
def test_the_residual_value_by_its_rate(capsys: pytest.CaptureFixture[str], rate: str) -> None:
    assert answer(capsys, residual=None, residual_rate=rate) == answer(capsys)


def test_the_government_standard_needs_no_residual_value(capsys: pytest.CaptureFixture[str]) -> None:
    rows = answer(capsys, standard="government", residual=None)
    assert [(row["period"], row["amount"]) for row in rows] == [
        ("2026-01", "333.33"),
        ("2026-02", "333.33"),
        ("2026-03", "333.34"),
    ]


def test_units_and_changes_may_stand_together_or_apart(capsys: pytest.CaptureFixture[str]) -> None:
    units = {"method": "units-of-production", "total_units": "960", "months": "60"}
    rows = answer(capsys, **units, units="2026-02=100 2026-03=200")
    assert [row["amount"] for row in rows] == ["100.00", "200.00"]
    assert main.main([*asked({**UNITS, "--units": "2026-02=100"}), "--units", "2026-03=200", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == rows
    changed = answer(capsys, change="2026-03:months=5,residual=0 2026-04:impairment=10")
    assert [row["amount"] for row in changed] == ["320.00", "170.00", "166.67", "166.67", "166.66"]
    assert changed[2]["book_value"] == "333.33"


def test_opening_and_disposal(capsys: pytest.CaptureFixture[str]) -> None:
    rows = answer(capsys, opening_accumulated="320", opening_months="1", disposed="2026-03-01")
    assert rows == [{"period": "2026-03", "amount": "320.00", "accumulated": "640.00", "book_value": "360.00"}]


def test_the_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--lang", "zh_CN", *asked({"--cost": "1000000"})]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "月份           折旧    累计折旧        净值",
        "2026-02  333,320.00  333,320.00  666,680.00",
        "2026-03  333,320.00  666,640.00  333,360.00",
        "2026-04  333,320.00  999,960.00       40.00",
        "3 个月，共 999,960.00",
    ]


def test_a_schedule_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, disposed="2026-01-31") == []
    assert main.main(["--lang", "en", *asked({"--disposed": "2026-01-31"})]) == 0
    assert capsys.readouterr().out == "Nothing is charged.\n"


@pytest.mark.parametrize(
    ("changes", "option", "says"),
    [
        ({"--cost": "0"}, "--cost:", "above zero"),
        ({"--cost": "-5"}, "--cost:", "above zero"),
        ({"--residual": "1000.01"}, "--residual:", "above the original value"),
        ({"--residual": None, "--residual-rate": "5"}, "--residual-rate:", "between 0 and 1"),
        ({"--residual": None, "--residual-rate": "101%"}, "--residual-rate:", "between 0 and 1"),
        (
            {"--standard": "government", "--residual": None, "--residual-rate": "5%"},
            "--residual-rate:",
            "no residual value",
        ),
        ({"--standard": "government"}, "--residual:", "no residual value"),
        ({"--standard": "government", "--residual": "0", "--cost": "1"}, "--cost:", "nominal value"),
        ({"--months": "0"}, "--months:", "between 1 and 1,200"),
        ({"--method": "sum-of-years"}, "--months:", "whole years"),
        ({"--opening-accumulated": "5"}, "--opening-months:", "needs the months"),
        ({"--opening-months": "1"}, "--opening-accumulated:", "Give the amount"),
        ({"--opening-accumulated": "961", "--opening-months": "1"}, "--opening-accumulated:", "above the base"),
        ({"--disposed": "2026-01-30"}, "--disposed:", "before the day in service"),
        ({"--change": "2026-03:months=1"}, "--change (months):", "1 months are charged already"),
        ({"--change": "2025-03:months=9"}, "--change (month):", "before the asset was ready"),
        ({"--change": "2026-03:total-units=-9"}, "--change (total-units):", "above zero"),
        ({"--units": "2026-02=5"}, "--units:", "Only units of production"),
        ({"--total-units": "5"}, "--total-units:", "Only units of production"),
        ({**UNITS}, "--units:", "needs the units of each month"),
        ({**UNITS, "--total-units": None, "--units": "2026-02=5"}, "--total-units:", "need the total units"),
        ({**UNITS, "--units": "2026-02=-5"}, "--units:", "cannot be below zero"),
        ({**UNITS, "--units": "2026-02=5 2026-02=6"}, "--units:", "given twice"),
        ({**UNITS, "--units": "2026-01=5"}, "--units:", "before the first month charged, 2026-02"),
        ({**UNITS, "--units": "2026-05=5", "--disposed": "2026-04-01"}, "--units:", "after the last month"),
    ],
)
def test_a_refusal_names_the_field_and_the_rule(
    changes: dict[str, Any], option: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--lang", "en", *asked(changes), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(option)
    assert says in said.err


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"--cost": None}, "required: --cost"),
        ({"--in-service": None}, "required: --in-service"),
        ({"--residual": None}, "Give --residual or --residual-rate"),
        ({"--residual-rate": "0.05"}, "--residual-rate: not allowed with argument --residual"),
        ({"--standard": "tax"}, "--standard: invalid choice"),
        ({"--method": "none"}, "--method: invalid choice"),
        ({"--cost": "many"}, "--cost: “many” is not a number"),
        ({"--cost": "NaN"}, "--cost: “NaN” is not a number"),
        ({"--cost": "Infinity"}, "--cost: “Infinity” is not a number"),
        ({"--cost": "1e5"}, "--cost: “1e5” is not a number"),
        ({"--cost": "-1e5"}, "--cost: expected one argument"),
        ({"--cost": "1,000"}, "--cost: “1,000” is not a number"),
        ({"--cost": "１０００"}, "--cost: “１０００” is not a number"),
        ({"--cost": "0x10"}, "--cost: “0x10” is not a number"),
        ({"--residual": "5%"}, "--residual: “5%” is not a number"),
        ({"--months": "1.5"}, "--months: “1.5” is not a whole number"),
        ({"--months": "６０"}, "--months: “６０” is not a whole number"),
        ({"--months": "6_0"}, "--months: “6_0” is not a whole number"),
        ({"--opening-months": "1_2"}, "--opening-months: “1_2” is not a whole number"),
        ({"--in-service": "2026-02-29"}, "--in-service: “2026-02-29” is not a day"),
        ({"--in-service": "20260131"}, "--in-service: “20260131” is not a day"),
        ({"--in-service": "２０２６-01-31"}, "--in-service: “２０２６-01-31” is not a day"),
        ({"--disposed": "2026-13-01"}, "--disposed: “2026-13-01” is not a day"),
        ({"--units": "2026-02"}, "--units: “2026-02” are no units"),
        ({"--units": "2026-13=5"}, "--units: “2026-13” is not a month"),
        ({"--units": "2026-02=x"}, "--units: “x” is not a number"),
        ({"--change": "2026-02"}, "--change: “2026-02” is no change"),
        ({"--change": "2026-02:colour=5"}, "--change: “2026-02:colour=5” is no change"),
        ({"--change": "2026-02:months=x"}, "--change: “x” is not a whole number"),
        ({"--change": "2026-02:cost=5,cost=6"}, "--change: “2026-02:cost=5,cost=6” says a field twice"),
        ({"--change": "2026-2:cost=5"}, "--change: “2026-2” is not a month"),
        ({"--change": "months=5"}, "--change: “months=5” is no change"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_in_one_line_that_names_the_option(
    changes: dict[str, Any], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["--lang", "en", *asked(changes)])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1


def test_a_rate_may_begin_with_its_point(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, residual=None, residual_rate=".04") == answer(capsys)


def test_a_cost_below_zero_is_refused_as_itself_alone(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"--cost": "-5", "--residual": None, "--residual-rate": "5%"}
    assert main.main(["--lang", "en", *asked(wrong)]) == 1
    assert capsys.readouterr().err == "--cost: The amount -5 has to be above zero.\n"


def test_a_log_that_lacks_a_character_stops_no_command() -> None:
    """Scheduled jobs on a Chinese Windows write in GBK, those of old servers in ASCII."""
    words = [sys.executable, "main.py", "--lang", "zh_CN", *asked({"--cost": "1000000"})]
    coded = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(words, cwd=ROOT, env=coded, capture_output=True, check=True, timeout=60)
    assert b"333,320.00" in done.stdout
    assert done.stderr == b""


def test_it_starts_without_a_database_a_window_or_a_server() -> None:
    code = (
        "import sys, main; main.main(sys.argv[1:]); "
        "print([name for name in ('PySide6.QtGui', 'psycopg', 'db.session', 'db.embedded') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *asked({})], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"
