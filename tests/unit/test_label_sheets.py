"""Where labels lie on paper, and what is said when they cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.checks import check_label, design_problems
from logistics_desktop.features.labels.design import Box, Code, Design, Frame, Picture, Symbology, Text, turned
from logistics_desktop.features.labels.document import from_json, to_json
from logistics_desktop.features.labels.filling import label_of, needed_keys
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.features.labels.printers import Adjustment, Calibration, Measured, adjustment, calibrated
from logistics_desktop.features.labels.printers import to_json as saved
from logistics_desktop.features.labels.sheets import (
    SHEETS,
    SIZES,
    Sheet,
    check_fits,
    check_sheet,
    cut,
    pages,
    roll,
    spots,
)
from logistics_desktop.features.labels.starters import starter
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS

ASSETS = LEDGERS["assets"]
lengths = st.floats(1, 100).map(lambda number: round(number, 2))


def texts(design: Design) -> list[str]:
    return [str(problem) for problem in design_problems(design, ASSETS)]


@given(st.sampled_from(SHEETS), st.integers(0, 100), st.integers(1, 40))
def test_every_label_has_a_place_of_its_own_on_the_paper(sheet: Sheet, count: int, start: int) -> None:
    check_sheet(sheet)
    if start > sheet.places:
        with pytest.raises(UserError, match="cannot be begun"):
            list(spots(sheet, count, start))
        return
    found = list(spots(sheet, count, start))
    assert len({(spot.page, round(spot.x, 3), round(spot.y, 3)) for spot in found}) == count
    assert all(spot.x + sheet.width <= sheet.page_width + 0.05 for spot in found)
    assert all(spot.y + sheet.height <= sheet.page_height + 0.05 for spot in found)
    if found:
        assert (found[0].page, found[0].x, found[0].y) == (0, *sheet.corner(start - 1))
        assert found[-1].page + 1 == pages(sheet, count, start)


def test_a_used_sheet_is_begun_where_its_first_label_is_left() -> None:
    sheet = SHEETS[0]
    found = list(spots(sheet, 21, 5))
    assert (found[0].x, found[0].y) == (70, 37.5)
    assert [spot.page for spot in found] == [0] * 20 + [1]
    assert (found[20].x, found[20].y) == (0, 0.5)


def test_labels_outside_of_the_paper_or_on_each_other_are_refused() -> None:
    sheet = SHEETS[0]
    with pytest.raises(UserError, match="the paper only to 210 × 297"):
        check_sheet(replace(sheet, columns=4))
    with pytest.raises(UserError, match="lie on each other"):
        check_sheet(replace(sheet, pitch_y=30))
    with pytest.raises(UserError, match="at least one"):
        check_sheet(replace(sheet, rows=0))


def test_a_label_larger_than_its_paper_is_refused_with_both_sizes() -> None:
    design = Design("Big", 100, 70)
    with pytest.raises(UserError, match="“Big” is 100 × 70 mm and its paper has 70 × 37 mm"):
        check_fits(SHEETS[0], design)
    with pytest.raises(UserError, match="194 × 281 mm"):
        cut(replace(design, width=200))
    check_fits(roll(design), design)


@given(lengths.filter(lambda x: x >= 5), lengths.filter(lambda x: x >= 5))
def test_paper_to_be_cut_takes_as_many_as_fit(width: float, height: float) -> None:
    sheet = cut(Design("x", width, height))
    check_sheet(sheet)
    with pytest.raises(UserError, match=r"paper only|lie on each other"):
        check_sheet(
            replace(sheet, columns=sheet.columns + 1, left=0, width=width + 2, pitch_x=width + 2 + 16 / sheet.columns)
        )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("entity", list(LEDGERS), ids=lambda entity: entity.key)
def test_a_label_to_begin_with_is_right_for_every_ledger_and_size(entity: Entity, size: tuple[float, float]) -> None:
    design = starter(entity, *size)
    assert list(design_problems(design, entity)) == []
    shown = dict.fromkeys(needed_keys(design, entity), "ZC-2026-0001")
    check_label(design, label_of(design, entity, shown), Grid(203))


def test_what_is_wrong_with_a_design_is_said_element_by_element() -> None:
    design = Design(
        "",
        60,
        40,
        (
            Text(Box(50, 5, 20, 5), "{code}"),
            Text(Box(1, 1, 20, 5), "{price_tag}"),
            Code(Box(1, 1, 20, 20), Symbology.QR, " "),
            Frame(Box(0, 0, 0, 30)),
            Picture(Box(-3, 0, 10, 10), b""),
        ),
    )
    assert texts(design) == [
        "The label needs a name.",
        "The text “{code}” is partly outside of the label.",
        "The text “{price_tag}”: Fixed assets has no field “price_tag”.",
        "The code “ ” is empty.",
        "The picture is partly outside of the label.",
    ]
    assert texts(Design("Huge", 600, 40)) == ["A label is between 5 and 500 mm wide and high."]


def test_a_code_that_does_not_fit_names_its_record() -> None:
    design = Design("x", 60, 40, (Code(Box(0, 0, 60, 20), Symbology.EAN_13, "{code}"),))
    label = label_of(design, ASSETS, {"code": "ZC001", "name": "办公桌"})
    with pytest.raises(UserError, match="ZC001 办公桌: “ZC001” is not an EAN-13"):
        check_label(design, label, Grid(203))


def test_a_turned_element_keeps_its_middle_and_four_turns_bring_it_back() -> None:
    text = Text(Box(10, 10, 20, 6), "x")
    once = turned(text, 90)
    assert once.box == Box(17, 3, 6, 20)
    assert turned(turned(turned(once, 180), 270), 0) == text


@given(
    st.builds(
        Design,
        st.just("x"),
        lengths,
        lengths,
        st.lists(
            st.one_of(
                st.builds(Text, st.builds(Box, lengths, lengths, lengths, lengths), st.text(max_size=50), lengths),
                st.builds(
                    Code,
                    st.builds(Box, lengths, lengths, lengths, lengths),
                    st.sampled_from(Symbology),
                    st.text(max_size=50),
                ),
                st.builds(Picture, st.builds(Box, lengths, lengths, lengths, lengths), st.binary(max_size=50)),
                st.builds(Frame, st.builds(Box, lengths, lengths, lengths, lengths), lengths, st.sampled_from([0, 90])),
            ),
            max_size=5,
        ).map(tuple),
    )
)
def test_a_design_comes_back_from_its_document(design: Design) -> None:
    assert from_json("x", to_json(design)) == design


@pytest.mark.parametrize(
    "damage",
    [
        {"elements": None},
        {"width": "60"},
        {"width": float("nan")},
        {"elements": [{"kind": "script"}]},
        {"elements": [{}] * 1000},
        {"elements": [{"kind": "picture", "png": "!!", "x": 0, "y": 0, "width": 1, "height": 1, "turn": 0}]},
        {"elements": [{"kind": "frame", "line": 1, "x": 0, "y": 0, "width": 1, "height": 1, "turn": 45}]},
    ],
)
def test_a_damaged_document_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(UserError, match="“Old” is damaged"):
        from_json("Old", {**to_json(Design("Old", 60, 40)), **damage})


def test_a_document_of_a_newer_program_is_told_apart() -> None:
    with pytest.raises(UserError, match="newer version"):
        from_json("New", {**to_json(Design("New", 60, 40)), "format": 2})


def test_measuring_the_calibration_page_corrects_the_printer() -> None:
    page = Calibration(210, 297)
    assert (page.corner, page.across, page.down) == (20, 100, 200)
    found = calibrated(Adjustment(), page, Measured(across=99.0, down=201.0, left=21.5, top=19.0))
    assert found == Adjustment(-1.5, 1.0, 1.0101, 0.99502)
    assert calibrated(found, page, Measured(100, 200, 20, 20)) == found
    assert adjustment(saved(found)) == found


def test_the_calibration_page_of_a_small_label_fits_on_it() -> None:
    for width, height in SIZES:
        page = Calibration(width, height)
        assert page.corner + page.across < width
        assert page.corner + page.down < height


def test_a_correction_that_no_printer_needs_is_refused_and_never_loaded() -> None:
    page = Calibration(210, 297)
    with pytest.raises(UserError, match="fit to page"):
        calibrated(Adjustment(), page, Measured(80, 200, 20, 20))
    with pytest.raises(UserError, match="between -25 and 25 mm"):
        calibrated(Adjustment(), page, Measured(100, 200, 70, 20))
    with pytest.raises(UserError, match="Measure both"):
        calibrated(Adjustment(), page, Measured(0, 200, 20, 20))
    for damaged in ({"offset_x": "a"}, {"offset_x": float("nan")}, {"stretch_x": 7}, {"unknown": 1}):
        assert adjustment(damaged) == Adjustment()


@given(st.floats(0.95, 1.05), lengths, lengths, st.integers(1, 6))
def test_stretching_moves_what_is_on_the_page_in_whole_dots(stretch: float, x: float, width: float, fine: int) -> None:
    units = Grid(203, fine, stretch, 1.0).box(Box(x, 0, width, 10))
    assert units.x % fine == 0
    assert units.width % fine == 0
    assert abs((units.x + units.width) / Grid(203, fine).per_mm - (x + width) * stretch) < 0.13
