"""Workbooks that are dragged into a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent

_WORKBOOKS = (".xlsx", ".xls", ".csv")


def dropped_workbook(event: QDropEvent) -> Path | None:
    """The workbook in a drop, if it is one."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() in _WORKBOOKS else None
