"""What the user is told, and how errors reach them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from logistics_desktop.errors import Cancelled, UserError
from ui.error_report import ErrorReport
from ui.notices import Notices, Tone


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[QWidget]:
    host = QWidget()
    host.resize(800, 600)
    host.show()
    yield host
    host.close()
    host.deleteLater()


def test_an_error_of_the_user_is_said_plainly_and_stays_until_it_is_closed(host: QWidget, qtbot: QtBot) -> None:
    notices = Notices(host)
    notices.report(UserError("There is no sheet {name}.", name="<b>Sheet</b>"))
    assert notices.texts() == ["There is no sheet <b>Sheet</b>."]
    host.findChildren(QToolButton)[0].click()
    qtbot.waitUntil(lambda: notices.texts() == [])


def test_what_the_user_stopped_is_not_reported(host: QWidget) -> None:
    notices = Notices(host)
    notices.report(Cancelled("Stopped."))
    assert notices.texts() == []


def test_only_the_newest_notices_stay_and_they_keep_inside_the_window(host: QWidget, qtbot: QtBot) -> None:
    notices = Notices(host)
    for number in range(7):
        notices.say(f"notice {number} " + "long " * 40, Tone.WARNING)
    qtbot.waitUntil(lambda: len(host.findChildren(QWidget, "notice")) == 4)
    host.resize(600, 500)
    shown = host.findChildren(QWidget, "notice")
    assert notices.texts()[-1].startswith("notice 6")
    assert all(host.rect().contains(notice.geometry()) for notice in shown)
    tops = sorted((notice.y(), notice.height()) for notice in shown)
    assert all(top + height <= below for (top, height), (below, _h) in pairwise(tops))


def test_a_bug_is_shown_as_a_report_that_can_be_copied(
    host: QWidget, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    notices = Notices(host)
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError as error:
        notices.report(error)
    report = host.findChild(ErrorReport)
    assert report is not None
    assert "ZeroDivisionError: a bug" in report.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "An unexpected error" in caplog.text
    next(b for b in report.findChildren(QPushButton) if b.text() == "Copy report").click()
    assert "test_notices" in QGuiApplication.clipboard().text()
    report.close()
