"""What a code can hold, and how large it must be for the printer."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.design import Box, Code, Level, Symbology
from logistics_desktop.features.labels.geometry import Grid, place_code
from logistics_desktop.features.labels.links import Link, parse_link
from logistics_desktop.features.labels.reading import read_codes
from logistics_desktop.features.labels.symbologies import RULES, Modules, check_digit, encode

DIGITS = st.text("0123456789", min_size=12, max_size=12)


def picture(modules: Modules, scale: int = 3) -> list[str]:
    """What a reader reads from the pattern with its quiet zone."""
    quiet = bytes(12)
    rows = [quiet + row + quiet for row in modules.rows] * (30 if modules.height == 1 else 1)
    blank = bytes(len(rows[0]))
    every = [blank] * 12 + rows + [blank] * 12
    pixels = bytearray()
    for row in every:
        pixels += b"".join((b"\x00" if dark else b"\xff") * scale for dark in row) * scale
    width = len(rows[0]) * scale
    return read_codes(bytes(pixels), width, len(every) * scale, width)


@given(DIGITS)
def test_an_ean_gets_its_check_digit_and_every_other_one_is_refused(digits: str) -> None:
    right = check_digit(digits)
    assert encode(Symbology.EAN_13, digits) == encode(Symbology.EAN_13, digits + right)
    assert encode(Symbology.EAN_13, digits).content == digits + right
    for wrong in set("0123456789") - {right}:
        with pytest.raises(UserError, match=f"last digit should be {right}"):
            encode(Symbology.EAN_13, digits + wrong)


@given(DIGITS, st.integers(0, 11), st.integers(1, 9))
def test_a_mistyped_digit_changes_the_check_digit(digits: str, place: int, more: int) -> None:
    mistyped = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert check_digit(mistyped) != check_digit(digits)


@pytest.mark.parametrize(("digits", "digit"), [("690123456789", "2"), ("9638507", "4"), ("400638133393", "1")])
def test_check_digits_of_the_standard(digits: str, digit: str) -> None:
    assert check_digit(digits) == digit


@pytest.mark.parametrize(
    ("symbology", "content", "says"),
    [
        (Symbology.EAN_13, "12345", "has 13 digits"),
        (Symbology.EAN_13, "69012345678A", "is not an EAN-13"),
        (Symbology.EAN_13, "６９０１２３４５６７８９", "is not an EAN-13"),
        (Symbology.EAN_8, "690123456789", "has 8 digits"),
        (Symbology.CODE_128, "资产001", "“资” cannot be in a Code 128"),
        (Symbology.CODE_128, "A\nB", "cannot be in a Code 128"),
        (Symbology.CODE_128, "A" * 81, "81 characters are too many"),
        (Symbology.QR, "A" * 5000, "5000 characters are too many"),
        (Symbology.QR, "", "nothing to encode"),
    ],
)
def test_content_that_does_not_fit_its_symbology_is_refused_in_words(
    symbology: Symbology, content: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        encode(symbology, content)


@pytest.mark.parametrize(
    ("symbology", "content"),
    [
        (Symbology.QR, "LD:assets:ZC-2026-0001"),
        (Symbology.QR, "资产编号：ZC001\n名称：办公桌"),
        (Symbology.CODE_128, "ZC-2026-0001"),
        (Symbology.CODE_128, "abc 12345678 ~"),
        (Symbology.EAN_13, "6901234567892"),
        (Symbology.EAN_8, "96385074"),
    ],
)
def test_a_reader_reads_what_was_encoded(symbology: Symbology, content: str) -> None:
    assert picture(encode(symbology, content)) == [content]


def test_a_higher_level_survives_more_damage_and_is_larger() -> None:
    sizes = [encode(Symbology.QR, "LD:assets:ZC-2026-0001 办公桌", level).width for level in Level]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30).filter(str.strip))
def test_code_128_takes_every_latin_sign(content: str) -> None:
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.Code128)
    assert encode(Symbology.CODE_128, content).width == code.to_image(scale=1, add_quiet_zones=False).shape[1]


@given(
    st.sampled_from([203, 300, 600, 1200]),
    st.integers(1, 6),
    st.floats(5, 120),
    st.floats(5, 120),
    st.sampled_from(list(Symbology)),
)
def test_a_code_lies_in_its_box_with_quiet_zones_on_whole_dots_or_is_refused(
    dpi: int, fine: int, width: float, height: float, symbology: Symbology
) -> None:
    grid = Grid(dpi, fine)
    content = {Symbology.EAN_13: "690123456789", Symbology.EAN_8: "9638507"}.get(symbology, "ZC-2026-0001")
    modules = encode(symbology, content)
    code = Code(Box(0, 0, width, height), symbology, content)
    box = grid.box(code.box)
    try:
        placed = place_code(code, modules, box.width, box.height, grid)
    except UserError:
        return
    rules = RULES[symbology]
    assert placed.module % fine == 0
    assert placed.module / grid.per_mm >= rules.least_module - 1e-6
    assert placed.x >= rules.quiet_left * placed.module
    assert placed.x + (modules.width + rules.quiet_right) * placed.module <= box.width
    down = placed.bars + placed.caption if rules.linear else modules.height * placed.module
    assert placed.y + down <= box.height


def test_a_code_that_is_too_small_for_the_printer_says_how_large_it_must_be() -> None:
    code = Code(Box(0, 0, 20, 10), Symbology.CODE_128, "{code}")
    grid = Grid(203)
    modules, box = encode(Symbology.CODE_128, "ZC-2026-0001"), grid.box(code.box)
    with pytest.raises(UserError) as refused:
        place_code(code, modules, box.width, box.height, grid)
    # 156 modules and 20 of quiet zone; at 203 dots per inch two dots are the least that is wide enough
    assert "needs 44.0 mm" in str(refused.value)
    assert "has 20.0 mm" in str(refused.value)
    wide = grid.box(Box(0, 0, 44.1, 10))
    assert place_code(code, modules, wide.width, wide.height, grid).module == 2


def test_a_link_comes_back_and_other_texts_are_none() -> None:
    assert parse_link(str(Link("assets", "ZC:1/2"))) == Link("assets", "ZC:1/2")
    assert parse_link(" LD:assets:ZC001\r\n") == Link("assets", "ZC001")
    for text in ("ZC001", "LD:assets:", "LD::ZC001", "ld:assets:ZC001", "LD:as sets:1"):
        assert parse_link(text) is None
