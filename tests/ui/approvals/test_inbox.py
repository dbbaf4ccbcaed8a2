"""People decide in the window: what they may, by the keyboard, and each sees at once what the others did."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidgetItem, QMenu
from pytestqt.qtbot import QtBot

from logistics_desktop.features.approvals import absence
from logistics_desktop.features.approvals.definition import Approver, Definition, Step
from logistics_desktop.features.approvals.inbox import Box
from tests.ui.approvals.conftest import World
from ui.approvals.inbox_screen import ApprovalsScreen
from ui.approvals.people_popup import PeoplePopup

KEEPER = Approver("post", post="asset_manager")
HEAD = Approver("head")
_CTRL = Qt.KeyboardModifier.ControlModifier


def two_steps(world: World, together: bool = False) -> Definition:
    """The head of the department, then the head of finance."""
    finance = Approver("person", staff=world.staff["win_qian"])
    steps = (Step("head", "部门审批", (HEAD,), together=together), Step("money", "财务审批", (finance,)))
    return Definition(steps, KEEPER)


def offered(screen: ApprovalsScreen) -> set[str]:
    """The actions that are offered."""
    return {key for key, action in screen.case.deciding.offered.items() if action.isVisible() and action.isEnabled()}


def states(screen: ApprovalsScreen) -> str:
    """The state of the case on show."""
    shown = screen.case.shown
    return shown.case.state if shown is not None else ""


def on_show(world: World, screen: ApprovalsScreen, case: int) -> None:
    """Wait until a case is on show."""
    world.qtbot.waitUntil(lambda: screen.case.shown is not None and screen.case.shown.case.id == case, timeout=10_000)
    world.settled(screen)


def found(world: World, popup: PeoplePopup, name: str) -> QListWidgetItem:
    """Somebody in the list of persons."""
    world.qtbot.waitUntil(lambda: bool(popup.rows.list.findItems(name, Qt.MatchFlag.MatchExactly)), timeout=10_000)
    return popup.rows.list.findItems(name, Qt.MatchFlag.MatchExactly)[0]


def test_three_people_decide_one_case_and_see_each_other_live(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    wang, li, qian = (world.inbox(login) for login in ("win_wang", "win_li", "win_qian"))
    wang.open_box(Box.MINE)
    on_show(world, wang, case)
    on_show(world, li, case)
    assert qian.model.rowCount() == 0
    assert li.boxes.tabText(0) == "To do (1)"
    assert offered(wang) == {"withdraw", "urge", "comment", "copy"}
    assert "approve" in offered(li)
    assert li.case.shown is not None
    assert ("Amount", "1,280") in li.case.shown.form
    assert [line[1:] for line in li.case.progress.lines()][-1] == ("钱处长", "财务审批")

    li.case.comment.setPlainText("同意购买")
    world.press(li.case.comment, Qt.Key.Key_Return, _CTRL)

    on_show(world, qian, case)
    qtbot.waitUntil(lambda: li.model.rowCount() == 0)
    qtbot.waitUntil(lambda: any("同意购买" in line[2] for line in wang.case.progress.lines()), timeout=10_000)
    assert "withdraw" in offered(wang)
    qtbot.waitUntil(lambda: "(1)" in qian.boxes.tabText(0))
    world.press(qian.table, Qt.Key.Key_Return, _CTRL)
    qtbot.waitUntil(lambda: states(wang) == "approved", timeout=10_000)
    assert offered(wang) == {"comment", "copy"}
    li.open_box(Box.DONE)
    on_show(world, li, case)
    assert li.model.items[0].action == "approve"


def test_nobody_refuses_without_a_word_and_the_reason_is_asked_in_place(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    li = world.inbox("win_li")
    on_show(world, li, case)
    li.case.deciding.offered["refuse"].trigger()
    assert li.case.said.text() == "Say why, in a few words."
    assert li.case.shown is not None
    assert li.case.shown.case.state == "running"
    li.case.comment.setPlainText("预算不足")
    li.case.deciding.offered["refuse"].trigger()
    qtbot.waitUntil(lambda: li.model.rowCount() == 0, timeout=10_000)
    li.open_box(Box.DONE)
    on_show(world, li, case)
    assert states(li) == "refused"


def test_returned_to_a_step_that_is_chosen_and_submitted_again(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    li, qian, wang = (world.inbox(login) for login in ("win_li", "win_qian", "win_wang"))
    on_show(world, li, case)
    li.case.deciding.do("approve")
    on_show(world, qian, case)
    qian.case.comment.setPlainText("请补充说明")
    menu = qian.case.deciding.do("return")
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["To the requester, 王申请", "To the step “部门审批”"]
    menu.actions()[0].trigger()
    menu.close()
    on_show(world, wang, case)
    qtbot.waitUntil(lambda: "resubmit" in offered(wang), timeout=10_000)
    wang.case.deciding.do("resubmit")
    on_show(world, li, case)
    qtbot.waitUntil(lambda: "approve" in offered(li), timeout=10_000)


def test_handed_over_to_a_person_of_the_list(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    li, zhao = world.inbox("win_li"), world.inbox("win_zhao")
    on_show(world, li, case)
    world.turn_to(li)
    popup = li.case.deciding.do("hand_over")
    assert isinstance(popup, PeoplePopup)
    item = found(world, popup, "赵同事")
    popup.rows.list.setCurrentItem(item)
    QTest.keyPress(popup.rows.search, Qt.Key.Key_Return)
    on_show(world, zhao, case)
    assert "approve" in offered(zhao)
    qtbot.waitUntil(lambda: li.model.rowCount() == 0, timeout=10_000)


def test_signers_are_added_before_and_recalled(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    li, zhao = world.inbox("win_li"), world.inbox("win_zhao")
    on_show(world, li, case)
    world.turn_to(li)
    popup = li.case.deciding.do("add_before")
    assert isinstance(popup, PeoplePopup)
    item = found(world, popup, "赵同事")
    item.setCheckState(Qt.CheckState.Checked)
    popup.take.click()
    on_show(world, zhao, case)
    li.open_case(case)
    qtbot.waitUntil(lambda: "take_back" in offered(li), timeout=10_000)
    assert "approve" not in offered(li)
    li.case.deciding.do("take_back")
    qtbot.waitUntil(lambda: zhao.model.rowCount() == 0, timeout=10_000)
    qtbot.waitUntil(lambda: "approve" in offered(li), timeout=10_000)


def test_several_at_once_where_the_step_allows_it(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world, together=True))
    for _number in range(3):
        world.submit()
    li = world.inbox("win_li")
    qtbot.waitUntil(lambda: li.model.rowCount() == 3, timeout=10_000)
    li.table.selectAll()
    assert li.several.isVisible()
    assert li.several.said.text() == "3 of 3 can be decided together"
    li.several.approve.click()
    qtbot.waitUntil(lambda: li.model.rowCount() == 0, timeout=10_000)
    assert not li.several.isVisible()


def test_several_are_not_offered_where_each_wants_a_look(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    for _number in range(2):
        world.submit()
    li = world.inbox("win_li")
    qtbot.waitUntil(lambda: li.model.rowCount() == 2, timeout=10_000)
    li.table.selectAll()
    assert li.several.said.text() == "0 of 2 can be decided together"
    assert not li.several.approve.isEnabled()


def test_who_stands_in_decides_and_it_says_for_whom(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    li, zhao = world.inbox("win_li"), world.inbox("win_zhao")
    dialog = li.open_absences()
    qtbot.waitUntil(lambda: dialog.person.text() == "李主任", timeout=10_000)
    assert not dialog.person.isEnabled()
    days = {day.date().toString("yyyy-MM-dd") for day in (dialog.first, dialog.last)}
    with world.office("win_li").session() as session:
        assert days == {absence.today(session).isoformat()}  # the office's, where this PC may have another
    dialog.deputy.set_value(world.reference("win_zhao"))
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1, timeout=10_000)
    dialog.reject()
    case = world.submit()
    zhao.open_box(Box.STANDING_IN)
    on_show(world, zhao, case)
    assert zhao.model.items[0].person == "李主任"
    zhao.case.deciding.do("approve")
    qtbot.waitUntil(lambda: zhao.model.rowCount() == 0, timeout=10_000)
    zhao.open_box(Box.DONE)
    on_show(world, zhao, case)
    assert any(line[1] == "赵同事 for 李主任" for line in zhao.case.progress.lines())


def test_all_of_a_leaving_person_goes_to_another(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    world.submit()
    keeper, li, zhao = (world.inbox(login) for login in ("win_keeper", "win_li", "win_zhao"))
    assert keeper.leaving.isVisible()
    assert not li.leaving.isVisible()
    world.run("UPDATE app.staff SET status = 'left' WHERE code = 'win_qian'")
    dialog = keeper.open_leaving()
    dialog.person.set_value(world.reference("win_qian"))
    dialog.successor.set_value(world.reference("win_zhao"))
    dialog.act.click()
    qtbot.waitUntil(lambda: "Handed over: 0" in dialog.moved.text(), timeout=10_000)
    assert "采购" in dialog.moved.text()
    dialog.reject()
    assert zhao.model.rowCount() == 0


def test_the_count_stands_in_the_navigation_and_late_ones_are_told(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    world.submit()
    world.run("UPDATE app.approval_task SET due_at = now() - interval '1 hour' WHERE state = 'open'")
    window = world.window("win_li")
    item = window.navigation._items["approvals"]
    qtbot.waitUntil(lambda: item.text(0) == "Approval inbox (1)", timeout=10_000)
    assert any("Late approvals that wait for you: 1" in text for text in window.notices.texts())
    screen = window.open_module("approvals")
    assert isinstance(screen, ApprovalsScreen)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1, timeout=10_000)
    assert window.tabs.tabText(window.tabs.currentIndex()) == "Approval inbox (1)"
    assert "late since" in screen.model.data(screen.model.index(0, 4))


def test_a_decision_that_came_too_late_is_told_and_changes_nothing(world: World, qtbot: QtBot) -> None:
    either = tuple(Approver("person", staff=world.staff[login]) for login in ("win_li", "win_qian"))
    world.publish(Definition((Step("one", "任一审批", either), Step("two", "复核", (KEEPER,))), KEEPER))
    case = world.submit()
    li, qian = world.inbox("win_li"), world.inbox("win_qian")
    on_show(world, li, case)
    on_show(world, qian, case)
    li.case.deciding.do("approve")
    qian.case.deciding.do("approve")
    qtbot.waitUntil(lambda: li.model.rowCount() == 0 and qian.model.rowCount() == 0, timeout=10_000)
    keeper = world.inbox("win_keeper")
    on_show(world, keeper, case)
    assert keeper.case.shown is not None
    assert [event.action for event in keeper.case.shown.case.events].count("approve") == 1


def test_a_long_box_is_read_page_by_page(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    for _number in range(61):
        world.submit()
    li = world.inbox("win_li")
    qtbot.waitUntil(lambda: li.model.rowCount() == 50, timeout=10_000)
    li.table.scrollToBottom()
    qtbot.waitUntil(lambda: li.model.rowCount() == 61, timeout=10_000)
    numbers = [item.number for item in li.model.items]
    assert len(set(numbers)) == 61
    li.refresh()
    world.settled(li)
    assert [item.number for item in li.model.items] == numbers


def test_a_copy_is_bold_until_it_was_looked_at(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    wang, zhao = world.inbox("win_wang"), world.inbox("win_zhao")
    wang.open_box(Box.MINE)
    on_show(world, wang, case)
    world.turn_to(wang)
    popup = wang.case.deciding.do("copy")
    assert isinstance(popup, PeoplePopup)
    found(world, popup, "赵同事").setCheckState(Qt.CheckState.Checked)
    popup.take.click()
    qtbot.waitUntil(lambda: zhao.boxes.tabText(4) == "Copies (1)", timeout=10_000)
    zhao.open_box(Box.COPIES)
    on_show(world, zhao, case)
    qtbot.waitUntil(lambda: zhao.boxes.tabText(4) == "Copies", timeout=10_000)
    qtbot.waitUntil(lambda: zhao.model.items[0].read, timeout=10_000)
    assert offered(zhao) == {"comment", "copy"}


def test_urging_twice_is_refused_with_the_time_and_withdrawing_ends_it(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    wang, li = world.inbox("win_wang"), world.inbox("win_li")
    wang.open_box(Box.MINE)
    on_show(world, wang, case)
    wang.case.deciding.do("urge")
    qtbot.waitUntil(lambda: "urged" in li.model.data(li.model.index(0, 4)), timeout=10_000)
    world.settled(wang)
    wang.case.deciding.do("urge")
    qtbot.waitUntil(lambda: "You can urge again at" in wang.case.said.text(), timeout=10_000)
    qtbot.waitUntil(lambda: "withdraw" in offered(wang), timeout=10_000)
    wang.case.deciding.do("withdraw")
    qtbot.waitUntil(lambda: states(wang) == "withdrawn", timeout=10_000)
    qtbot.waitUntil(lambda: li.model.rowCount() == 0, timeout=10_000)


def test_a_case_of_others_is_not_shown(world: World, qtbot: QtBot) -> None:
    world.publish(two_steps(world))
    case = world.submit()
    zhao = world.inbox("win_zhao")
    zhao.open_case(case)
    world.settled(zhao)
    assert zhao.case.shown is None
    assert offered(zhao) == set()
