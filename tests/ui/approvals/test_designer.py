"""A route is designed on the screen, tried, and published; what is wrong with it shows before anybody meets it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QMessageBox
from pytestqt.qtbot import QtBot

from logistics_desktop.features.approvals import routes
from logistics_desktop.features.approvals.definition import (
    APPROVER_KINDS,
    Approver,
    Branch,
    Condition,
    Copy,
    Definition,
    Fork,
    Step,
)
from logistics_desktop.ledger.fields import Reference
from tests.ui.approvals.conftest import World
from ui.approvals.designer.screen import RoutesScreen

KEEPER = Approver("post", post="asset_manager")


def choose(box: QComboBox, data: str) -> None:
    """Choose in a box as a user does."""
    box.setCurrentIndex(box.findData(data))
    assert box.currentIndex() >= 0
    box.activated.emit(box.currentIndex())


def problems(screen: RoutesScreen) -> list[str]:
    """What is said to be wrong."""
    return [screen.problems.item(row).text() for row in range(screen.problems.count())]


def go_to(screen: RoutesScreen, place: tuple[int, ...]) -> None:
    """Stand on a line of the tree."""
    screen._show_route(place)


def administer(world: World, screen: RoutesScreen) -> None:
    """Say who administers the route."""
    go_to(screen, ())
    choose(screen.settings_form.administrator.kind, "post")
    choose(screen.settings_form.administrator.post, "asset_manager")
    world.settled(screen)


def test_a_route_from_nothing_to_published(world: World, qtbot: QtBot) -> None:
    screen = world.designer("win_keeper")
    assert "no route yet" in screen.state.text()
    assert len(problems(screen)) == 1
    assert "nobody signs" in problems(screen)[0]
    administer(world, screen)
    screen.commands["route_step"].trigger()
    world.settled(screen)
    assert problems(screen) == []
    screen.step_form.name.setText("部门审批")
    screen.step_form.name.editingFinished.emit()
    screen.step_form.hours.setValue(24)
    choose(screen.step_form.mode, "all")
    world.settled(screen)
    screen.commands["route_fork"].trigger()
    go_to(screen, (1, 0))
    screen.branch_form.add.click()
    row = screen.branch_form.rows[0]
    assert row.value is not None
    row.value.set_value(500)
    row.value.changed.emit()
    world.settled(screen)
    assert ("Special case", "Amount is more than 500") in screen.tree.texts()
    screen.commands["route_step"].trigger()
    choose(screen.step_form.approver.kind, "person")
    screen.step_form.approver.person.set_value(world.reference("win_gm"))
    screen.step_form.approver.person.left.emit()
    screen.step_form.name.setText("总经理审批")
    screen.step_form.name.editingFinished.emit()
    world.settled(screen)
    assert screen.commands["route_publish"].isEnabled()
    screen.commands["route_publish"].trigger()
    world.settled(screen)
    qtbot.waitUntil(lambda: "Version 1, in force" in screen.versions.currentText(), timeout=10_000)
    assert not screen.unsaved
    with world.office("win_keeper").session() as session:
        (version,) = routes.versions(session, "purchase")
    high = Step("step3", "总经理审批", (world.approver("win_gm"),))
    dear = Branch("Special case", (Condition("amount", ">", 500),), (high,))
    assert version.definition.steps == (
        Step("step1", "部门审批", (Approver("head"),), "all", 24),
        Fork("step2", (dear, Branch("All other cases"))),
    )


def test_every_kind_of_approver_is_chosen_on_the_screen_and_published(world: World, qtbot: QtBot) -> None:
    screen = world.designer("win_keeper")
    administer(world, screen)
    wanted = {
        "person": world.approver("win_zhao"),
        "post": Approver("post", post="asset_manager"),
        "department_post": Approver("department_post", post="asset_manager"),
        "head": Approver("head", levels=1),
        "choice": Approver("choice"),
    }
    form = screen.step_form.approver
    for kind, approver in wanted.items():
        screen.commands["route_step"].trigger()
        choose(form.kind, kind)
        if approver.post:
            choose(form.post, approver.post)
        form.levels.setValue(approver.levels)
        if approver.staff:
            form.person.set_value(world.reference("win_zhao"))
            form.person.left.emit()
        world.settled(screen)
    assert problems(screen) == []
    screen.commands["route_publish"].trigger()
    qtbot.waitUntil(lambda: "Version 1, in force" in screen.versions.currentText(), timeout=10_000)
    with world.office("win_keeper").session() as session:
        (version,) = routes.versions(session, "purchase")
    assert [step.approvers for step in version.definition.steps if isinstance(step, Step)] == [
        (approver,) for approver in wanted.values()
    ]
    assert {form.kind.itemData(row) for row in range(form.kind.count())} == set(APPROVER_KINDS) == {*wanted, "field"}


def test_the_dry_run_names_people_and_follows_every_change(world: World, qtbot: QtBot) -> None:
    dear = Branch("贵重", (Condition("amount", ">", 500),), (Step("gm", "总经理", (world.approver("win_gm"),)),))
    steps = (Step("head", "部门审批", (Approver("head"),)), Fork("fork", (dear, Branch("其他"))))
    world.publish(Definition((*steps, Copy("copy", "抄送财务", (world.approver("win_qian"),))), KEEPER))
    screen = world.designer("win_keeper")
    trial = screen.trial
    trial.try_it.click()
    assert trial.said.text() == "Choose whose document it would be."
    trial.person.set_value(world.reference("win_wang"))
    trial.inputs["amount"].set_value(800)
    trial.inputs["place"].set_value(1, "公司")
    trial.try_it.click()
    qtbot.waitUntil(lambda: len(trial.path.lines()) == 3, timeout=10_000)
    assert [line[1] for line in trial.path.lines()] == ["李主任", "总经理", "钱处长"]
    trial.inputs["amount"].set_value(300)
    trial.try_it.click()
    qtbot.waitUntil(lambda: [line[1] for line in trial.path.lines()] == ["李主任", "钱处长"], timeout=10_000)
    go_to(screen, (0,))
    choose(screen.step_form.approver.kind, "person")
    screen.step_form.approver.person.set_value(world.reference("win_zhao"))
    screen.step_form.approver.person.left.emit()
    qtbot.waitUntil(lambda: [line[1] for line in trial.path.lines()] == ["赵同事", "钱处长"], timeout=10_000)
    trial.person.set_value(world.reference("win_li"))
    trial.inputs["amount"].set_value("viel")
    trial.try_it.click()
    assert trial.said.text() == "“viel” is not a number."


def test_the_dry_run_asks_whom_the_requester_would_choose(world: World, qtbot: QtBot) -> None:
    steps = (Step("free", "自选审批", (Approver("choice"),)), Step("head", "部门审批", (Approver("head"),)))
    world.publish(Definition(steps, KEEPER))
    trial = world.designer("win_keeper").trial
    trial.person.set_value(world.reference("win_wang"))
    trial.inputs["amount"].set_value(800)
    trial.try_it.click()
    qtbot.waitUntil(lambda: [line[1] for line in trial.path.lines()] == ["—", "李主任"], timeout=10_000)
    trial.choices["free"].set_value(world.reference("win_zhao"))
    trial.choices["free"].left.emit()
    qtbot.waitUntil(lambda: [line[1] for line in trial.path.lines()] == ["赵同事", "李主任"], timeout=10_000)


def test_a_problem_names_its_step_and_leads_to_it(world: World, qtbot: QtBot) -> None:
    world.publish(Definition((Step("one", "复核", (Approver("head"),)), Step("two", "审批", (KEEPER,))), KEEPER))
    screen = world.designer("win_keeper")
    go_to(screen, (1,))
    screen.step_form.remove.click()
    world.settled(screen)
    assert problems(screen) == ["审批: The step has no approver."]
    assert not screen.commands["route_publish"].isEnabled()
    go_to(screen, ())
    screen.problems.itemActivated.emit(screen.problems.item(0))
    assert screen.tree.place() == (1,)
    screen.step_form.add.click()
    world.settled(screen)
    assert problems(screen) == []
    assert screen.commands["route_publish"].isEnabled()


def test_a_half_done_draft_is_saved_and_the_tab_asks_before_it_is_lost(world: World, qtbot: QtBot) -> None:
    screen = world.designer("win_keeper")
    screen.commands["route_fork"].trigger()
    world.settled(screen)
    assert not screen.close_request()
    ask = screen.findChild(QMessageBox)
    assert ask is not None
    next(button for button in ask.buttons() if button.text() == "Save the draft").click()
    world.settled(screen)
    qtbot.waitUntil(lambda: "Version 1, draft" in screen.versions.currentText(), timeout=10_000)
    assert screen.close_request()
    screen.commands["route_branch"].setEnabled(True)
    go_to(screen, (0,))
    screen.commands["route_branch"].trigger()
    assert [text for text, _when in screen.tree.texts()][1:] == [
        "Fork",
        "Special case",
        "Special case",
        "All other cases",
    ]
    screen.commands["route_down"].trigger()
    screen.commands["route_remove"].trigger()
    assert not screen.close_request()
    ask = screen.findChildren(QMessageBox)[-1]
    next(button for button in ask.buttons() if button.text() == "Drop it").click()
    assert not screen.unsaved
    assert len(screen.tree.texts()) == 4


def test_old_versions_can_be_looked_at_and_a_new_one_begun_from_them(world: World, qtbot: QtBot) -> None:
    for name in ("甲", "乙"):
        world.publish(Definition((Step("one", name, (Approver("head"),)),), KEEPER))
    screen = world.designer("win_keeper")
    assert screen.versions.count() == 2
    assert ("乙", "head of the requester’s department") in screen.tree.texts()
    screen.versions.setCurrentIndex(1)
    screen.versions.activated.emit(1)
    world.settled(screen)
    assert screen.tree.texts()[1][0] == "甲"
    go_to(screen, (0,))
    screen.step_form.together.setChecked(True)
    world.settled(screen)
    screen.commands["route_publish"].trigger()
    qtbot.waitUntil(lambda: screen.versions.count() == 3, timeout=10_000)
    assert "Version 3, in force" in screen.versions.currentText()


def test_who_may_not_design_does_not_see_the_designer(world: World, qtbot: QtBot) -> None:
    window = world.window("win_wang")
    assert window.navigation._items["routes"].isHidden()


def test_persons_are_shown_by_their_names(world: World, qtbot: QtBot) -> None:
    world.publish(Definition((Step("one", "审批", (world.approver("win_gm"),)),), KEEPER))
    screen = world.designer("win_keeper")
    go_to(screen, (0,))
    assert screen.step_form.list.item(0).text() == "总经理"
    assert screen.step_form.approver.person.chosen == Reference(world.staff["win_gm"], "总经理")
