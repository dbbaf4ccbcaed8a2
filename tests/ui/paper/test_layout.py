"""Texts in lines, columns on a page, rows on pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from logistics_desktop.errors import Cancelled, UserError
from logistics_desktop.jobs import Job
from ui import fonts
from ui.paper.columns import Need, fit
from ui.paper.face import Face, printable
from ui.paper.list_page import ListPrintout
from ui.paper.listing import Heading, Listing
from ui.paper.output import to_pdf
from ui.paper.sheet import Sheet, Text
from ui.paper.spool import GROUP, ROW, SUM, Spool

WORDS = st.text(st.sampled_from("办公桌，。（）“”ab1-/, \n国"), max_size=60)
NEEDS = st.lists(
    st.tuples(st.floats(100, 5_000), st.floats(0, 1)).map(lambda n: Need(n[0], n[0] * n[1])), min_size=1, max_size=20
)


@pytest.fixture(scope="module")
def face(qapp: QApplication) -> Face:
    fonts.use(qapp)
    return Face(9)


@given(text=WORDS, room=st.floats(200, 2_000))
def test_wrapping_loses_no_letter_and_stays_within_the_column(face: Face, text: str, room: float) -> None:
    lines = face.wrap(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(face.width(line) <= room or len(line) == 1 for line in lines)


def test_lines_break_where_a_reader_expects_it(face: Face) -> None:
    room = face.width("行政部总务科。")
    assert face.wrap("行政部总务科用。", room) == ["行政部总务科", "用。"]
    assert face.wrap("Room 1204 East", face.width("Room 1204 E")) == ["Room 1204", "East"]


def test_a_very_long_cell_is_cut_with_an_ellipsis(face: Face) -> None:
    lines = face.wrap("办公桌" * 100, face.width("办公桌"), most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert face.width(lines[-1]) <= face.width("办公桌")


@pytest.mark.parametrize(("raw", "shown"), [("a\tb", "a b"), ("a\x00b", "a b"), ("a\r\nb\rc", "a\nb\nc")])
def test_what_cannot_be_printed_is_left_out(raw: str, shown: str) -> None:
    assert printable(raw) == shown


@given(needs=NEEDS, room=st.floats(8_000, 16_000))
def test_columns_fill_the_page_and_none_is_narrower_than_it_must_be(needs: list[Need], room: float) -> None:
    try:
        fitted = fit(needs, room, 100)
    except UserError:
        assert sum(need.least for need in needs) * 5 / 9 + 100 * len(needs) > room
        return
    assert sum(fitted.widths) == pytest.approx(room)
    scale = fitted.points / 9
    assert all(width >= need.least * scale + 99 for width, need in zip(fitted.widths, needs, strict=True))
    assert 5 <= fitted.points <= 9


def test_a_narrow_list_is_neither_shrunk_nor_wrapped() -> None:
    assert fit([Need(1_000, 500)] * 3, 10_000, 100).points == 9


def test_too_many_columns_are_refused_with_advice() -> None:
    with pytest.raises(UserError, match="landscape"):
        fit([Need(1_000, 1_000)] * 30, 10_000, 100)


ENTRIES = st.lists(
    st.tuples(st.sampled_from([ROW, ROW, ROW, GROUP, SUM]), st.lists(st.text(max_size=30), min_size=2, max_size=2)),
    max_size=150,
)


def listing(entries: list[tuple[str, list[str]]]) -> Listing:
    spool = Spool()
    for kind, texts in entries:
        spool.add(kind, {ROW: texts, GROUP: texts[:1], SUM: ["Total", *texts]}[kind])
    headings = (Heading("Name", False, Need(3_000, 1_000)), Heading("Value", True, Need(2_000, 2_000)))
    return Listing("Things", ("All rows",), headings, spool, "li", datetime(2026, 1, 2, 3, 4, tzinfo=UTC))


@given(entries=ENTRIES)
def test_what_is_written_to_the_spool_is_read_back_from_any_place(entries: list[tuple[str, list[str]]]) -> None:
    spool = Spool()
    for kind, texts in entries:
        spool.add(kind, texts)
    places = [0]
    for place, entry in spool.read():
        assert json.dumps([entry.kind, *entry.texts]) == json.dumps(
            [entries[len(places) - 1][0], *entries[len(places) - 1][1]]
        )
        places.append(place)
    assert len(places) == len(entries) + 1
    if entries:
        middle = len(entries) // 2
        _after, entry = next(spool.read(places[middle], 1))
        assert list(entry.texts) == entries[middle][1]


@given(count=st.integers(0, 300), every=st.integers(2, 40), landscape=st.booleans())
def test_every_row_is_on_one_page_and_inside_it(face: Face, count: int, every: int, landscape: bool) -> None:
    entries: list[tuple[str, list[str]]] = []
    for number in range(count):
        if not number % every:
            entries.append((GROUP, [f"group{number}", ""]))
        entries.append((ROW, [f"row{number} " + "长" * (number % 70), f"{number}.00"]))
        if number % every == every - 1 or number == count - 1:
            entries.append((SUM, [f"sum{number}", "1"]))
    printout = ListPrintout(listing(entries), Sheet(landscape), Job())
    seen = []
    for number in range(printout.pages):
        texts = [mark for mark in printout.page(number) if isinstance(mark, Text)]
        body = [mark for mark in texts if mark.text.startswith(("row", "group", "sum"))]
        assert all(mark.y < printout.sheet.bottom for mark in body)
        assert all(mark.x >= printout.sheet.left for mark in texts)
        assert all(mark.x + mark.face.width(mark.text) <= printout.sheet.right + 1 for mark in texts)
        assert any(mark.text == "Name" for mark in texts)
        assert any(mark.text == f"Page {number + 1} of {printout.pages}" for mark in texts)
        assert not body or not body[-1].text.startswith("group"), "a heading is alone at the foot of the page"
        assert number == 0 or not body[0].text.startswith("sum"), "a sum is alone at the head of the page"
        seen += [mark.text.split()[0] for mark in body]
    assert seen == [entry[1][0].split()[0] for entry in entries]


def test_a_pdf_that_is_stopped_leaves_the_old_file(face: Face, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_text("old")
    printout = ListPrintout(listing([(ROW, ["a", "1"])] * 1_000), Sheet(), Job())
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        to_pdf(printout, path, job)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
    to_pdf(printout, path, Job())
    assert path.read_bytes().startswith(b"%PDF")


def test_laying_out_can_be_stopped(face: Face) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        ListPrintout(listing([(ROW, ["a", "1"])] * 1_000), Sheet(), job)
