"""What the pictures of the manual show, with the sample data."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from logistics_desktop.context import Office
from logistics_desktop.sample.load import load_sample
from ui.ledger.columns_popup import ColumnsPopup
from ui.ledger.examples import EXAMPLES
from ui.ledger.filter_popup import FilterPopup
from ui.ledger.import_dialog import ImportAssistant
from ui.ledger.importing.course import Stage
from ui.ledger.panel import RecordPanel
from ui.main_window import MainWindow
from ui.pictures import Forgetful, pictures_of
from ui.registry import MODULES


@pytest.fixture
def sample(office: Office) -> Office:
    """The office, filled with the sample data."""
    with office.session() as session:
        load_sample(session)
    return office


def test_the_pictures_of_the_assets_show_them_at_work(sample: Office, qtbot: QtBot) -> None:
    [assets] = [module for module in MODULES if module.key == "assets"]
    window = MainWindow(sample, Forgetful(), None, [assets])
    seen = set()
    for name, picture in pictures_of(window, [assets]):
        example = name.removeprefix("assets-")
        seen.add(example)
        if example == "record":
            [panel] = picture.findChildren(RecordPanel)
            assert panel.isVisible()
            assert panel.form.editor("original_value").text() == "44,862,750.00"
        elif example == "history":
            assert picture.findChildren(RecordPanel)[0].history.table.rowCount() > 5
        elif example == "files":
            assert picture.findChildren(RecordPanel)[0].files.list.topLevelItemCount() == 2
        elif example == "filter":
            assert [popup.isVisible() for popup in picture.findChildren(FilterPopup)] == [True]
        elif example == "columns":
            assert [popup.isVisible() for popup in picture.findChildren(ColumnsPopup)] == [True]
        elif example == "import-columns":
            assert isinstance(picture, ImportAssistant)
            assert picture.stage() is Stage.COLUMNS
        elif example == "import-check":
            assert isinstance(picture, ImportAssistant)
            assert picture.stage() is Stage.CHECK
            assert picture.course.checked is not None
            assert [len(rows) for rows in picture.course.checked.places.values()] == [4, 3, 2, 4]
    assert EXAMPLES.keys() < seen
