"""What people do with documents besides sending them straight on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from logistics_desktop.features.approvals import actions
from logistics_desktop.features.documents.layouts import BY_HAND, Signature
from tests.pdf_pages import page_sizes, texts
from tests.ui.documents.conftest import OpenWindow, Town, clean
from tests.ui.documents.test_walkthrough import FINANCE, NEXT_WEEK, fill, printed, send, sign_all, staff
from ui.assets.screen import AssetsScreen
from ui.document_views import VIEWS
from ui.documents.document_view import DocumentView
from ui.documents.draft_editor import DraftEditor
from ui.documents.layout_dialog import LayoutDialog
from ui.documents.screen import DocumentsScreen
from ui.main_window import MainWindow

Open = Callable[[str], DocumentsScreen]
TRANSFER = {**FINANCE, "reason": "工作调整"}


def begun(screen: DocumentsScreen, kind: str, assets: list[int], qtbot: QtBot) -> DraftEditor:
    """A document that was just begun."""
    screen.start(kind, assets)
    qtbot.waitUntil(lambda: screen.editor is not None)
    assert screen.editor is not None
    return screen.editor


def answer(screen: DocumentsScreen, text: str) -> None:
    """Press a button of the question that is asked."""
    [box] = screen.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()


def sent(screen: DocumentsScreen, town: Town, asset: str, qtbot: QtBot) -> int:
    """A transfer on its way."""
    begun(screen, "asset_transfer", [town.asset(asset)], qtbot)
    fill(screen, town, TRANSFER, {}, qtbot)
    send(screen, qtbot)
    assert screen.opened is not None
    return screen.opened.document.id


def window_of(screen: DocumentsScreen) -> MainWindow:
    window = screen.window()
    assert isinstance(window, MainWindow)
    return window


def test_a_draft_is_there_after_the_program_died(town: Town, open_window: OpenWindow, qtbot: QtBot) -> None:
    screen = open_window("apr_wang").open_module("documents")
    assert isinstance(screen, DocumentsScreen)
    editor = begun(screen, "asset_transfer", [town.asset("ZC007")], qtbot)
    fill(screen, town, {"reason": "搬到新办公楼"}, {"remark": "带椅套"}, qtbot)
    qtbot.waitUntil(lambda: not editor.unsaved)
    again = open_window("apr_wang").open_module("documents")
    assert isinstance(again, DocumentsScreen)
    qtbot.waitUntil(lambda: again.model.rowCount() == 1)
    again.table.selectRow(0)
    qtbot.waitUntil(lambda: again.editor is not None)
    assert again.editor is not None
    assert again.editor.form.value("reason") == "搬到新办公楼"
    assert [line.said["remark"] for line in again.editor.lines.lines] == ["带椅套"]


def test_what_is_saved_elsewhere_meanwhile_is_not_overwritten(
    town: Town, open_window: OpenWindow, qtbot: QtBot
) -> None:
    screen = open_window("apr_wang").open_module("documents")
    assert isinstance(screen, DocumentsScreen)
    editor = begun(screen, "asset_transfer", [town.asset("ZC007")], qtbot)
    other = open_window("apr_wang").open_module("documents")
    assert isinstance(other, DocumentsScreen)
    other.open_record(editor.opened.document.id)
    qtbot.waitUntil(lambda: other.editor is not None)
    fill(screen, town, {"reason": "第一次"}, {}, qtbot)
    qtbot.waitUntil(lambda: not editor.unsaved)
    fill(other, town, {"reason": "第二次"}, {}, qtbot)
    assert other.editor is not None
    qtbot.waitUntil(lambda: other.editor is not None and "saved elsewhere" in other.editor.state.text())
    assert town.texts("SELECT form->>'reason' FROM document") == ["第一次"]


def test_what_lacks_is_said_where_it_lacks(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    editor = begun(screen, "asset_transfer", [], qtbot)
    assert not editor.complete()
    assert "must be filled in" in editor.form.said("to_department")
    assert editor.form.said("to_location") == ""
    fill(screen, town, TRANSFER, {}, qtbot)
    assert not editor.complete()
    assert "no lines" in editor.state.text()
    editor.lines.add([town.asset("ZC001")])
    qtbot.waitUntil(lambda: len(editor.lines.lines) == 1)
    assert editor.complete()
    scrapping = begun_another(screen, "asset_scrapping", [town.asset("ZC005")], qtbot)
    fill(screen, town, {"reason": "损坏"}, {}, qtbot)
    assert not scrapping.complete()
    assert scrapping.state.text().startswith("ZC005")
    assert "must be filled in" in scrapping.lines.said.said("appraisal")


def test_human_damage_proposes_who_pays_what(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    editor = begun(screen, "asset_scrapping", [town.asset("ZC005"), town.asset("ZC006")], qtbot)
    table, said = editor.lines.table, editor.lines.said
    table.selectAll()
    said.editors["human_damage"].set_value(True)
    said.editors["human_damage"].changed.emit()
    assert [line.said["compensation"] for line in editor.lines.lines] == ["6000.00", "6000.00"]
    assert {line.said["payer"] for line in editor.lines.lines} == {town.person("apr_wang")}
    qtbot.waitUntil(lambda: said.editors["payer"].text() == "王申请")  # type: ignore[union-attr] # a line of text
    said.editors["human_damage"].set_value(False)
    said.editors["human_damage"].changed.emit()
    assert [line.said["compensation"] for line in editor.lines.lines] == [None, None]


def test_an_asset_on_another_document_is_told_before_sending(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    sent(screen, town, "ZC007", qtbot)
    editor = begun(screen, "asset_repair", [town.asset("ZC007"), town.asset("ZC001")], qtbot)
    assert [line.problem for line in editor.lines.lines] == ["", ""], "a transfer holds the place, not the state"
    again = begun_another(screen, "asset_transfer", [town.asset("ZC007")], qtbot)
    assert "DB-" in again.lines.lines[0].problem
    fill(screen, town, TRANSFER, {}, qtbot)
    assert not again.complete()
    assert "DB-" in again.state.text()


def begun_another(screen: DocumentsScreen, kind: str, assets: list[int], qtbot: QtBot) -> DraftEditor:
    """One more document, instead of the one on show."""
    before = screen.editor
    screen.start(kind, assets)
    qtbot.waitUntil(lambda: screen.editor is not None and screen.editor is not before)
    assert screen.editor is not None
    return screen.editor


def test_a_returned_document_says_why_and_is_sent_again(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    document = sent(screen, town, "ZC007", qtbot)
    task = town.one("SELECT id FROM approval_task WHERE state = 'open'")
    [head] = town.texts("SELECT s.code FROM approval_task t JOIN staff s ON s.id = t.staff_id WHERE t.state = 'open'")
    with town.join(head).session() as session:
        actions.give_back(session, task, "请写明原因", request=uuid.uuid4())
    qtbot.waitUntil(lambda: screen.editor is not None)
    assert screen.editor is not None
    assert "请写明原因" in screen.editor.state.text()
    fill(screen, town, {"reason": "岗位调整到财务处"}, {}, qtbot)
    send(screen, qtbot)
    sign_all(town, document)
    assert town.state(document) == "effective"


def test_a_document_is_withdrawn_and_copied(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    document = sent(screen, town, "ZC007", qtbot)
    screen.withdraw()
    answer(screen, "Withdraw")
    qtbot.waitUntil(lambda: town.state(document) == "withdrawn")
    qtbot.waitUntil(lambda: screen.editor is not None)
    screen.copy_document()
    qtbot.waitUntil(lambda: screen.opened is not None and screen.opened.document.id != document)
    assert screen.opened is not None
    assert screen.opened.document.form["reason"] == "工作调整"
    assert [line.asset for line in screen.opened.document.lines] == [town.asset("ZC007")]
    screen.delete()
    answer(screen, "Delete")
    qtbot.waitUntil(lambda: screen.opened is None)
    assert town.texts("SELECT number FROM document") != []
    assert len(town.texts("SELECT id FROM document")) == 1


def test_a_scan_goes_on_the_draft_and_a_documents_code_opens_it(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    finder = window_of(screen).finder
    document = sent(screen, town, "ZC007", qtbot)
    number = town.texts("SELECT number FROM document WHERE id = %s", document)[0]
    editor = begun(screen, "asset_transfer", [], qtbot)
    finder.look_up("LD:assets:ZC008")
    qtbot.waitUntil(lambda: [line.asset_texts["code"] for line in editor.lines.lines] == ["ZC008"])
    finder.look_up(f"LD:documents:{number}")
    qtbot.waitUntil(lambda: screen.opened is not None and screen.opened.document.id == document)
    finder.look_up("LD:documents:DB-209901-0001")
    qtbot.waitUntil(lambda: any("DB-209901-0001" in text for text in window_of(screen).notices.texts()))


def test_the_ledger_begins_documents_and_tells_of_them(town: Town, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("apr_wang")
    assets = window.open_module("assets")
    assert isinstance(assets, AssetsScreen)
    qtbot.waitUntil(lambda: assets.model.rowCount() == 12)
    qtbot.waitUntil(lambda: len(assets.documents.actions()) == 9)
    codes = [assets.model.index(row, 0) for row in range(12)]
    for row in (6, 7):
        assets.table.selectionModel().select(
            codes[row], QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )
    chosen = sorted(assets.table.selected_ids())
    assets.documents.start("asset_handover")
    screen = window.tabs.current_screen()
    assert isinstance(screen, DocumentsScreen)
    qtbot.waitUntil(lambda: screen.editor is not None)
    assert screen.editor is not None
    assert sorted(line.asset for line in screen.editor.lines.lines) == chosen
    screen.close_request()
    document = sent_from(screen, town, qtbot)
    window.open_module("assets")
    assets.open_record(town.asset("ZC009"))
    notice = assets.running
    qtbot.waitUntil(lambda: [one.document for one in notice.running] == [document])
    assert notice.isVisible()
    notice.linkActivated.emit(str(document))
    qtbot.waitUntil(lambda: window.tabs.current_key() == "documents")


def test_a_step_of_the_life_of_an_asset_opens_its_document(town: Town, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("apr_wang")
    screen = window.open_module("documents")
    assert isinstance(screen, DocumentsScreen)
    document = sent(screen, town, "ZC007", qtbot)
    begun(screen, "asset_repair", [town.asset("ZC011")], qtbot)
    qtbot.waitUntil(screen.close_request)
    assets = window.open_module("assets")
    assert isinstance(assets, AssetsScreen)
    qtbot.waitUntil(lambda: assets.model.rowCount() == 12)
    assets.open_record(town.asset("ZC007"))
    life = assets.panel.timeline
    assets.panel.tabs.setCurrentWidget(life)
    qtbot.waitUntil(lambda: life.kinds.findData("document") > 0)
    life.kinds.setCurrentIndex(life.kinds.findData("document"))
    [line] = [life.lines.topLevelItem(row) for row in range(life.lines.topLevelItemCount())]
    assert line is not None
    assert screen.opened is not None
    assert screen.opened.document.id != document
    life.lines.itemActivated.emit(line, 0)
    assert window.tabs.current_key() == "documents"
    qtbot.waitUntil(lambda: screen.opened is not None and screen.opened.document.id == document)


def sent_from(screen: DocumentsScreen, town: Town, qtbot: QtBot) -> int:
    """A transfer of ZC009 after another draft was on show."""
    begun_another(screen, "asset_transfer", [town.asset("ZC009")], qtbot)
    fill(screen, town, TRANSFER, {}, qtbot)
    send(screen, qtbot)
    assert screen.opened is not None
    return screen.opened.document.id


def test_everything_of_a_leaving_person_comes_on_the_sheet(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    editor = begun(screen, "asset_handover", [town.asset("ZC008")], qtbot)
    editor.lines.everything.click()
    kept = town.one("SELECT count(*) FROM asset WHERE keeper_id = %s", town.person("apr_wang"))
    qtbot.waitUntil(lambda: len(editor.lines.lines) == kept)
    editor.lines.table.selectRow(0)
    editor.lines.take_off()
    assert len(editor.lines.lines) == kept - 1


def test_the_list_finds_by_kind_state_and_number(town: Town, documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    sent(screen, town, "ZC007", qtbot)
    begun(screen, "asset_repair", [town.asset("ZC010")], qtbot)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    screen.search.text.setText("db-20")
    qtbot.waitUntil(lambda: [item.kind for item in screen.model.items] == ["asset_transfer"])
    screen.search.text.clear()
    screen.search.state.setCurrentIndex(screen.search.state.findText("Draft"))
    screen.search.state.activated.emit(0)
    qtbot.waitUntil(lambda: [item.kind for item in screen.model.items] == ["asset_repair"])


def test_files_hang_on_a_document(town: Town, documents: Open, tmp_path: Path, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    editor = begun(screen, "asset_repair", [town.asset("ZC010")], qtbot)
    photo = tmp_path / "损坏.txt"
    photo.write_text("椅背断裂", encoding="utf-8")
    editor.files.add_files([photo])
    qtbot.waitUntil(lambda: editor.files.list.topLevelItemCount() == 1)
    assert town.texts("SELECT table_name FROM attachment") == ["document"]


def test_who_decides_sees_lines_and_files(town: Town, documents: Open, open_window: OpenWindow, qtbot: QtBot) -> None:
    document = sent(documents("apr_wang"), town, "ZC007", qtbot)
    view = VIEWS["asset_transfer"](open_window("apr_li").workspace, document)
    qtbot.addWidget(view)
    assert isinstance(view, DocumentView)
    qtbot.waitUntil(lambda: view.lines is not None and view.lines.rowCount() == 1)
    assert [view.tabs.tabText(at) for at in range(view.tabs.count())] == ["Assets (1)", "Files"]


@pytest.mark.parametrize(
    ("paper", "landscape", "size"), [("A5", False, (148.0, 210.0)), ("half", True, (241.0, 140.0))]
)
def test_the_office_changes_the_paper_without_a_programmer(
    paper: str,
    landscape: bool,
    size: tuple[float, float],
    town: Town,
    documents: Open,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    keepers = documents("apr_gm")
    qtbot.waitUntil(lambda: bool(keepers.kinds))
    dialog = keepers.edit_layouts()
    assert isinstance(dialog, LayoutDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData("asset_transfer"))
    dialog.kind.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.title.placeholderText() == "Fixed assets: Transfer")
    dialog.title.setText("资产调拨单（旧式）")
    dialog.paper.setCurrentIndex(dialog.paper.findData(paper))
    dialog.landscape.setChecked(landscape)
    dialog.copies.setPlainText("存根联")
    dialog.footer.setText("本单一式一份")
    dialog.columns.tick("location", on=False)
    dialog.columns.tick("book_value", on=True)
    dialog.signatures.offer([Signature("经手人", BY_HAND)])
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.act.isEnabled())
    dialog.close()
    mine = documents("apr_wang")
    sent(mine, town, "ZC007", qtbot)
    path = tmp_path / "old.pdf"
    printed(mine, path, qtbot)
    [page] = [clean(text) for text in texts(path)]
    assert page_sizes(path)[0] == pytest.approx(size, abs=0.5)
    for said in ("资产调拨单（旧式）", "存根联", "本单一式一份", "经手人", "Bookvalue"):
        assert said in page
    assert "Assetoffice" not in page
    assert "Tolocation" in page


def test_a_layout_is_for_those_who_may_change_settings(documents: Open, qtbot: QtBot) -> None:
    screen = documents("apr_wang")
    qtbot.waitUntil(lambda: not screen.commands["document_layout"].isVisible())
    assert screen.commands["document_new"].isVisible()


def test_what_is_lent_is_listed_and_what_is_overdue_leads_to_its_document(
    town: Town, documents: Open, qtbot: QtBot
) -> None:
    screen = documents("apr_wang")
    lent = []
    for asset in ("ZC003", "ZC004"):
        begun(screen, "asset_borrow", [town.asset(asset)], qtbot)
        fill(screen, town, {"borrower": staff("apr_wang"), "due_on": NEXT_WEEK, "purpose": "年终审计"}, {}, qtbot)
        send(screen, qtbot)
        assert screen.opened is not None
        lent.append(screen.opened.document)
        sign_all(town, lent[-1].id)
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the day of whoever borrows
    town.run("UPDATE asset_loan SET due_on = %s WHERE document_id = %s", yesterday, lent[1].id)
    dialog = screen.open_loans()
    qtbot.waitUntil(lambda: len(dialog.lines()) == 2)
    assert [line[0] for line in dialog.lines()] == [f"{yesterday}, overdue", str(NEXT_WEEK)]
    dialog.late.setChecked(True)
    [line] = dialog.lines()
    assert line[1].startswith("ZC004")
    assert line[2:] == (town.texts("SELECT name FROM staff WHERE code = 'apr_wang'")[0], lent[1].number)
    dialog.act.click()
    qtbot.waitUntil(lambda: screen.opened is not None and screen.opened.document.id == lent[1].id)


def test_where_nothing_is_lent_the_list_says_so(documents: Open, qtbot: QtBot) -> None:
    dialog = documents("apr_wang").open_loans()
    qtbot.waitUntil(lambda: dialog.nothing.text() == "Nothing is lent.")
    assert not dialog.act.isEnabled()
    dialog.reject()
