"""The report of a bug can be sent to a stranger."""

from __future__ import annotations

from ui.error_report import report_text

MESSAGE = "no room for 李雷, 13800001111, in 'C:\\Users\\li\\x.xlsx'"


def test_the_report_of_a_bug_names_nobody_and_keeps_its_place() -> None:
    try:
        raise RuntimeError(MESSAGE)
    except RuntimeError as error:
        text = report_text(error)
    assert "RuntimeError: no room for ***" in text
    assert "raise RuntimeError(MESSAGE)" in text
    for secret in ("李雷", "13800001111", "x.xlsx"):
        assert secret not in text
