"""What does not go well: bad files, a changed mind, somebody else at work, imports that cannot be undone any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.session import Target, connection_parameters
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests import workbooks
from tests.ui.importing.clerk import ASSETS, ROWS, WAIT_MS, Importer, sheet
from ui.ledger.importing.course import Stage


def _picture(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (workbooks.bomb_of_blanks, "unpacks"),
        (workbooks.protected, "password"),
        (workbooks.external_entity, "workbook"),
        (_picture, "workbook"),
    ],
    ids=["bomb", "password", "entity", "picture"],
)
def test_a_bad_file_is_explained_in_place_and_another_can_be_chosen(
    importer: Importer, tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    dialog = importer.assistant(make(tmp_path / "bad.xlsx"))
    assert dialog.stage() is Stage.FILE
    assert dialog.said.isVisible()
    assert len(dialog.said.text()) > 20
    assert words in dialog.said.text()
    assert not dialog.go_on.isEnabled()
    dialog.file.open_file(sheet(tmp_path / "good.xlsx"))
    importer.settle(dialog)
    assert not dialog.said.isVisible()
    assert dialog.stage() is Stage.CHECK
    dialog.reject()


def test_a_file_that_is_gone_is_named(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.assistant(tmp_path / "weg.xlsx")
    assert "There is no file" in dialog.said.text()
    assert "weg.xlsx" in dialog.said.text()
    dialog.reject()


def test_reading_can_be_stopped(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx"), settled=False)
    dialog.progress.stop.click()
    importer.settle(dialog)
    assert dialog.said.text() == "Stopped. Nothing was changed."
    assert dialog.stage() is Stage.FILE
    dialog.reject()


def test_importing_shows_progress_and_can_be_stopped(importer: Importer, tmp_path: Path, database: Target) -> None:
    dialog = importer.assistant(sheet(tmp_path / "资产.xlsx"))
    importer.click(dialog.check.names.create_all)
    importer.settle(dialog)
    with psycopg.connect(**connection_parameters(database)) as other:
        other.execute("LOCK TABLE app.asset IN ACCESS EXCLUSIVE MODE")
        importer.click(dialog.go_on)
        assert not dialog.pages.isEnabled()
        importer.qtbot.waitUntil(dialog.progress.stop.isVisible, timeout=WAIT_MS)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        importer.settle(dialog)
        other.rollback()
    assert dialog.said.text() == "Stopped. Nothing was changed."
    assert dialog.isVisible()
    assert importer.stored("code") == []
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert len(importer.stored("code")) == 3
    dialog.accept()


def test_somebody_elses_change_in_the_meantime_is_said_and_nothing_is_imported(
    importer: Importer, tmp_path: Path
) -> None:
    importer.import_all(sheet(tmp_path / "1.xlsx")).accept()
    rows = [(*ROWS[0][:4], 5001, *ROWS[0][5:]), ("A009", *ROWS[1][1:])]
    dialog = importer.assistant(sheet(tmp_path / "2.xlsx", rows))
    _change(importer, "A001", name="笔记本电脑")
    importer.click(dialog.go_on)
    importer.settle(dialog)
    assert dialog.said.text().startswith("Somebody changed the records of rows 3 since the file was checked")
    assert dialog.stage() is Stage.CHECK
    assert len(importer.stored("code")) == 3
    dialog.reject()


def test_earlier_imports_are_listed_and_undone(importer: Importer, tmp_path: Path) -> None:
    importer.import_all(sheet(tmp_path / "资产.xlsx")).accept()
    assistant = importer.assistant()
    past = assistant.file.open_past()
    importer.qtbot.waitUntil(lambda: past.list.lines.rowCount() == 1, timeout=WAIT_MS)
    texts = [past.list.lines.index(0, column).data() for column in range(1, 9)]
    assert texts == [importer.workspace.office.user, "资产.xlsx", "资产", "3", "0", "0", "0", ""]
    assert not past.undo.isEnabled()
    past.list.selectRow(0)
    importer.click(past.undo)
    importer.qtbot.waitUntil(lambda: past.list.lines.index(0, 8).data() != "", timeout=WAIT_MS)
    assert past.list.lines.index(0, 8).data().startswith(f"Undone by {importer.workspace.office.user} on ")
    assert past.said.text() == "The import is undone: 5 records deleted, 0 put back as they were."
    assert not past.undo.isEnabled()
    assert importer.stored("code") == []
    past.accept()
    assistant.reject()


def test_an_import_that_was_worked_on_is_not_undone(importer: Importer, tmp_path: Path) -> None:
    dialog = importer.import_all(sheet(tmp_path / "资产.xlsx"))
    _change(importer, "A001", name="笔记本电脑")
    importer.click(dialog.done_page.undo)
    importer.settle(dialog)
    assert dialog.said.text().startswith("This cannot be undone, because it was worked on since: Asset “笔记本电脑”")
    assert len(importer.stored("code")) == 3
    dialog.accept()


def test_an_office_without_imports_says_so(importer: Importer) -> None:
    assistant = importer.assistant()
    past = assistant.file.open_past()
    importer.qtbot.waitUntil(lambda: past.said.text() != "", timeout=WAIT_MS)
    assert past.said.text() == "Nothing was imported into this ledger yet."
    past.accept()
    assistant.reject()


def _change(importer: Importer, code: str, **changes: object) -> None:
    """Somebody else changes a record."""
    places = [stored for (stored,) in importer.stored("code")]
    with importer.workspace.office.session() as session:
        record = importer.ids(session)[places.index(code)]
        version = records.read(session, LEDGERS, ASSETS, record).version
        records.update(session, LEDGERS, ASSETS, record, version, changes)
