"""The sample data: the same on every run, and an organisation that hangs together."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from db.models.assets import Status
from logistics_desktop.features.assets.rules import check_asset
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.paths import ROOT
from logistics_desktop.sample.generate import Sample, generate


@pytest.fixture(scope="module")
def sample() -> Sample:
    return generate()


def fingerprint(sample: Sample) -> str:
    return hashlib.sha256(repr(sample).encode()).hexdigest()


def test_it_is_as_large_as_promised(sample: Sample) -> None:
    sizes = {key: len(rows) for key, rows in sample.rows.items()}
    assert (sizes["departments"], sizes["staff"], sizes["assets"]) == (30, 300, 3000)
    assert 110 <= sizes["locations"] <= 130
    assert sizes["suppliers"] == 60
    assert 75 <= sizes["classes"] <= 95


def test_it_is_the_same_in_every_process(sample: Sample) -> None:
    program = (
        "import hashlib\nfrom logistics_desktop.sample.generate import generate\n"
        "print(hashlib.sha256(repr(generate()).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia"}
    other = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == fingerprint(sample) == fingerprint(generate())


def test_every_reference_leads_somewhere_and_codes_are_unique(sample: Sample) -> None:
    codes = {key: {row["code"] for row in rows} for key, rows in sample.rows.items()}
    for key, rows in sample.rows.items():
        assert len(codes[key]) == len(rows)
        for field in LEDGERS[key]:
            if field.target is not None:
                used = {row.get(field.key) for row in rows} - {None}
                assert used <= codes[LEDGERS.target(field).key], field.label
    assert set(sample.heads) == codes["departments"]
    assert set(sample.heads.values()) <= codes["staff"]


def test_every_value_fits_its_field(sample: Sample) -> None:
    for key, rows in sample.rows.items():
        for row in rows:
            for name, value in row.items():
                field = LEDGERS[key].by_key[name]
                if isinstance(value, str) and field.length:
                    assert len(value) <= field.length
                assert value is not None or field.nullable
    assert [row["code"] for row in sample.rows["assets"] if check_asset(row)] == []


def test_assets_come_over_ten_years_up_to_october_2026(sample: Sample) -> None:
    days = [row["purchased_on"] for row in sample.rows["assets"] if row["purchased_on"]]
    assert min(days) < date(2016, 12, 31)
    assert date(2026, 10, 1) <= max(days) <= date(2026, 10, 31)
    assert set(range(2017, 2027)) <= {day.year for day in days}
    assert max(row["in_service_on"] for row in sample.rows["assets"]) <= date(2026, 10, 31)


def test_keepers_work_in_the_department_and_places_belong_to_it(sample: Sample) -> None:
    works_in = {row["code"]: row["department_id"] for row in sample.rows["staff"]}
    belongs_to = {row["code"]: row["department_id"] for row in sample.rows["locations"]}
    for asset in sample.rows["assets"]:
        if asset["department_id"] is None:
            continue
        if asset["keeper_id"]:
            assert works_in[asset["keeper_id"]] == asset["department_id"]
        if asset["location_id"]:
            assert belongs_to[asset["location_id"]] == asset["department_id"]


def test_it_is_as_untidy_as_a_real_ledger(sample: Sample) -> None:
    assets = sample.rows["assets"]
    states = Counter(asset["status"] for asset in assets)
    assert set(states) == set(Status)
    for missing in ("keeper_id", "class_id", "department_id", "purchased_on", "note"):
        assert 0 < sum(asset[missing] is None for asset in assets) < len(assets)
    assert len({asset["name"] for asset in assets}) > 60
    assert any(asset["quantity"] > 1 for asset in assets)


def test_the_files_are_what_their_names_say(sample: Sample) -> None:
    begins = {".pdf": b"%PDF-1.4", ".png": b"\x89PNG\r\n\x1a\n"}
    for _code, name, content in sample.files:
        assert content.startswith(begins[name[-4:]])
        assert len(content) < 20_000
    assert len(sample.files) >= 6
