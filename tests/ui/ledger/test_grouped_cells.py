"""What a clerk does in the cells of a list that is grouped: headings lie between the rows and are no rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from logistics_desktop.context import Office
from tests.ui.ledger.hands import ALT, CTRL, SHIFT, at, lines, paste, press, press_on, stand, stored, write
from tests.ui.windows import Settle
from ui.ledger.screen import LedgerScreen

Key = Qt.Key
GROUPED = {"Keeper: 张伟 (1)": ["ZC001"], "Keeper: 王芳 (2)": ["ZC002", "ZC004"], "Keeper: (empty) (1)": ["ZC003"]}


@pytest.fixture
def grouped(assets: LedgerScreen, settle: Settle) -> LedgerScreen:
    """The four assets below the names of their keepers, all groups open."""
    assets.looks.do("group", "keeper_id")
    settle()
    assets.model.open_all(opened=True)
    settle()
    said = lines(assets)
    assert len(said) == 7
    for heading, codes in GROUPED.items():
        after = said.index(heading) + 1
        assert said[after : after + len(codes)] == codes
    return assets


def codes(screen: LedgerScreen) -> list[str]:
    """The records from the top down."""
    return [line for line in lines(screen) if line.startswith("ZC")]


def test_enter_and_tab_step_over_the_headings(
    grouped: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    said, order = lines(grouped), codes(grouped)
    stand(grouped, said.index(order[0]), "name")
    press(Key.Key_F2)
    for text in ("one", "two", "three", "four"):
        write(text)
        press(Key.Key_Return)
    settle()
    assert [stored(office, ids[code])["name"] for code in order] == ["one", "two", "three", "four"]
    assert grouped.cells.editor is None, "below the last row there is nothing to edit"

    shown = [field.key for field in grouped.table.shown_fields()]
    upper = next(row for row in range(len(said) - 2) if said[row] in order and said[row + 1] not in order)
    stand(grouped, upper, shown[-1])
    press(Key.Key_F2)
    press(Key.Key_Tab)
    assert at(grouped) == (upper + 2, shown[0])
    press(Key.Key_Tab, SHIFT)
    assert at(grouped) == (upper, shown[-1])
    press(Key.Key_Escape)


def test_a_heading_is_not_edited_and_gives_no_value(
    grouped: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    heading = lines(grouped).index("Keeper: 王芳 (2)")
    grouped.table.setFocus()
    grouped.table.select_record(heading)
    press(Key.Key_F2)
    assert grouped.cells.editor is None
    press(Key.Key_D, CTRL)
    press(Key.Key_Delete)
    settle()
    stand(grouped, heading + 1, "name")
    press(Key.Key_D, CTRL)
    settle()
    assert [stored(office, ids[code])["name"] for code in ("ZC001", "ZC002", "ZC003", "ZC004")] == [
        "办公桌",
        "会议桌",
        "空调",
        "办公椅",
    ]


def test_values_are_filled_down_within_a_group_and_over_the_next(
    grouped: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    stand(grouped, lines(grouped).index("ZC004"), "name")
    press(Key.Key_D, CTRL)
    settle()
    assert stored(office, ids["ZC004"])["name"] == "会议桌"

    order = codes(grouped)
    stand(grouped, lines(grouped).index(order[0]), "note")
    press(Key.Key_F2)
    write("seen")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    settle()
    stand(grouped, lines(grouped).index(order[0]), "note")
    for _line in range(len(lines(grouped)) - 2):
        press(Key.Key_Down, SHIFT)
    press(Key.Key_D, CTRL)
    settle()
    assert {stored(office, ids[code])["note"] for code in order} == {"seen"}


def test_a_block_is_pasted_into_the_rows_below_headings(
    grouped: LedgerScreen, ids: dict[str, int], office: Office, settle: Settle
) -> None:
    order = codes(grouped)
    QGuiApplication.clipboard().setText("seen")
    stand(grouped, lines(grouped).index(order[0]), "note")
    for _line in range(len(lines(grouped)) - 2):
        press(Key.Key_Down, SHIFT)
    dialog = paste(grouped, settle)
    press_on(dialog, Key.Key_Return)
    settle()
    assert {stored(office, ids[code])["note"] for code in order} == {"seen"}


def test_the_next_record_is_never_a_heading_and_headings_are_not_counted(
    grouped: LedgerScreen, ids: dict[str, int], settle: Settle
) -> None:
    order = codes(grouped)
    grouped.open_record(ids[order[0]])
    settle()
    grouped.panel.form.setFocus()
    seen = []
    for _row in order:
        assert grouped.panel.record is not None
        seen.append((grouped.panel.record.values["code"], grouped.walk.place.text()))
        press(Key.Key_PageDown, ALT)
        settle()
    assert seen == [(code, f"{place} / 4") for place, code in enumerate(order, 1)]
    assert not grouped.walk.on.isEnabled()
