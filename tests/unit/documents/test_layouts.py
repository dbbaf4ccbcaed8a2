"""Layouts are data that may be old or damaged: paper comes of them nevertheless."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models.assets import Status
from logistics_desktop.errors import UserError
from logistics_desktop.features.documents import layouts, starting
from logistics_desktop.features.documents.example import example
from logistics_desktop.features.documents.kinds import DocumentField, Kind
from logistics_desktop.features.documents.layouts import Column, Layout, Signature

SCRAPPING = Kind(
    "asset_scrapping",
    "Scrapping",
    "BF",
    (DocumentField("scrapped_on", "Scrapped on", "date", True), DocumentField("reason", "Reason", "note", True)),
    (
        DocumentField("human_damage", "Damaged by somebody", "flag"),
        DocumentField("compensation", "Compensation", "number"),
    ),
    (Status.IN_USE,),
    Status.SCRAPPED,
)
KEYS = st.sampled_from([*layouts.labels(SCRAPPING), *layouts.headings(SCRAPPING), "gone", ""])
LAYOUTS = st.builds(
    Layout,
    title=st.text(max_size=20),
    paper=st.sampled_from([*layouts.PAPERS, "A3"]),
    landscape=st.booleans(),
    fields=st.lists(KEYS, max_size=8).map(tuple),
    columns=st.lists(st.builds(Column, KEYS, st.integers(-5, 500)), max_size=8).map(tuple),
    signatures=st.lists(
        st.builds(Signature, st.text(max_size=9), st.sampled_from([*layouts.SOURCES, "x"])), max_size=5
    ).map(tuple),
    copies=st.lists(st.text(max_size=9), max_size=4).map(tuple),
    footer=st.text(max_size=20),
    code=st.booleans(),
    empty_lines=st.integers(-3, 99),
)


@given(layout=LAYOUTS)
def test_any_stored_layout_can_be_read_and_shown(layout: Layout) -> None:
    read = layouts.from_json(SCRAPPING, json.loads(json.dumps(asdict(layout))))
    layouts.check(read)
    shown = example(SCRAPPING, read)
    assert len(shown.heads) == len(shown.lines[0]) == len(read.columns) >= 1
    assert all(1 <= head.width <= 100 for head in shown.heads)
    assert read == layouts.from_json(SCRAPPING, asdict(read)), "what was read is read the same again"


def test_the_usual_layout_has_all_fields_of_the_form_and_of_the_lines() -> None:
    usual = layouts.usual(SCRAPPING)
    assert {"scrapped_on", "reason"} <= set(usual.fields)
    assert {"human_damage", "compensation"} <= {one.key for one in usual.columns}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": ()}, "one column"),
        ({"title": "长" * 201}, "longer than 200"),
        ({"copies": ("联",) * 13}, "at most 12 copies"),
        ({"signatures": (Signature("签"),) * 25}, "at most 24 boxes"),
    ],
)
def test_a_layout_that_cannot_print_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        layouts.check(replace(layouts.usual(SCRAPPING), **change))


BEFORE = {"original_value": "6000.00", "book_value": "1500.00", "keeper_id": 7}


def test_human_damage_is_compensated_by_the_keeper_at_the_value_chosen() -> None:
    line = starting.appraised({"human_damage": True}, BEFORE, "human_damage")
    assert (line["payer"], line["basis"], line["compensation"]) == (7, "book_value", "1500.00")
    line = starting.appraised({**line, "basis": "original_value"}, BEFORE, "basis")
    assert line["compensation"] == "6000.00"
    line = starting.appraised({**line, "compensation": "300"}, BEFORE, "compensation")
    assert line["compensation"] == "300", "what a person says stands"


def test_without_human_damage_nobody_pays() -> None:
    line = starting.appraised({"human_damage": False, "payer": 7, "compensation": "5"}, BEFORE, "human_damage")
    assert (line["payer"], line["compensation"]) == (None, None)
