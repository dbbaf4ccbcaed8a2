"""A clerk at a window over an empty office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from logistics_desktop import settings
from logistics_desktop.context import Office
from tests.ui.importing.clerk import Importer
from ui.changes import Changes
from ui.edits import Edits
from ui.notices import Notices
from ui.rights import HeldRights
from ui.tasks import Tasks
from ui.workspace import Workspace


@pytest.fixture
def importer(qtbot: QtBot, qapp: QApplication, office: Office) -> Iterator[Importer]:
    """Somebody who imports into an empty office."""
    host = QWidget()
    host.resize(1280, 800)
    host.show()
    notices = Notices(host)
    tasks = Tasks(notices.report, host)
    changes = Changes(host)
    changes.start(office.listen)
    edits = Edits(office, tasks, notices, changes, host)
    workspace = Workspace(
        office,
        tasks,
        settings,
        notices,
        changes,
        edits,
        HeldRights(office, tasks, changes),
        lambda _key: None,
        lambda _text: None,
    )
    yield Importer(qtbot, workspace, host)
    changes.close()
    tasks.close()
    host.close()
    host.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
