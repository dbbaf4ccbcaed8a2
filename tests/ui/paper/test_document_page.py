"""Documents on paper: nothing is lost over pages, copies and small paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from logistics_desktop.features.documents.layouts import PAPERS, Column, Layout
from logistics_desktop.features.documents.printed import Head, Printed, Said, Signed
from ui import fonts
from ui.documents.page import DocumentPrintout
from ui.paper import sheet
from ui.paper.sheet import Code, Text

PRINTED = Printed(
    Layout(columns=(Column("code"), Column("name")), copies=("存根联", "财务联")),
    "固定资产调拨单",
    "DB-202611-0001",
    "",
    (Said("申请人", "王申请", wide=False), Said("原因", "工作调整" * 30, wide=True)),
    (Head("资产编号", 10, right=False), Head("名称", 20, right=False)),
    (),
    (),
    tuple(Signed(f"环节{at}", f"签字人{at}", datetime(2026, 11, 23, 9, at, tzinfo=UTC)) for at in range(9)),
    "LD:documents:DB-202611-0001",
)


@pytest.fixture(scope="module", autouse=True)
def letters(qapp: QApplication) -> None:
    fonts.use(qapp)


def texts_of(printout: DocumentPrintout, page: int) -> list[str]:
    return [mark.text for mark in printout.page(page) if isinstance(mark, Text)]


def test_the_program_knows_the_papers_that_layouts_name() -> None:
    assert set(PAPERS) == set(sheet.PAPERS)


@given(count=st.integers(0, 120), paper=st.sampled_from(PAPERS), landscape=st.booleans())
def test_every_line_and_signature_is_on_the_paper_once(count: int, paper: str, landscape: bool) -> None:
    lines = tuple((f"ZC{at:04}", "办公椅") for at in range(count))
    layout = replace(PRINTED.layout, paper=paper, landscape=landscape)
    printout = DocumentPrintout(replace(PRINTED, layout=layout, lines=lines), ("",))
    said = [text for page in range(printout.pages) for text in texts_of(printout, page)]
    assert [text for text in said if text.startswith("ZC")] == [line[0] for line in lines]
    assert [text for text in said if text.startswith("签字人")] == [one.name for one in PRINTED.signatures]
    for page in range(printout.pages):
        assert f"Page {page + 1} of {printout.pages}" in texts_of(printout, page)
        inside = [mark for mark in printout.page(page) if isinstance(mark, Text)]
        assert all(mark.x >= 0 and mark.x + mark.face.width(mark.text) <= printout.sheet.width for mark in inside)
        assert all(0 <= mark.y <= printout.sheet.height for mark in inside)


def test_each_copy_has_its_name_and_its_own_count_of_pages() -> None:
    lines = tuple((f"ZC{at:04}", "办公椅") for at in range(90))
    printout = DocumentPrintout(replace(PRINTED, lines=lines), PRINTED.layout.copies)
    half = printout.pages // 2
    assert printout.pages == 2 * half > 2
    assert all("存根联" in texts_of(printout, page) for page in range(half))
    assert all("财务联" in texts_of(printout, page) for page in range(half, 2 * half))
    assert f"Page 1 of {half}" in texts_of(printout, half)


def test_lines_that_are_free_are_drawn_for_forms_filled_in_by_hand() -> None:
    few = DocumentPrintout(replace(PRINTED, layout=replace(PRINTED.layout, empty_lines=8)), ("",))
    assert [text for text in texts_of(few, 0) if text.startswith("ZC")] == []
    assert len(few.page(0)) > len(DocumentPrintout(PRINTED, ("",)).page(0))


def test_without_a_number_there_is_no_code() -> None:
    draft = DocumentPrintout(replace(PRINTED, number="", code="", state="Draft"), ("",))
    assert not [mark for mark in draft.page(0) if isinstance(mark, Code)]
    assert "Draft" in texts_of(draft, 0)
