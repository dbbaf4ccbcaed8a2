"""What this PC remembers of labels: design and paper last used, own paper, and the corrections of its printers."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from logistics_desktop.errors import UserError
from logistics_desktop.features.labels.printers import DPIS, Adjustment, adjustment, to_json
from logistics_desktop.features.labels.sheets import Sheet, check_sheet
from ui.appearance import Settings

SETTINGS = "labels"
_MEASURES = ("page_width", "page_height", "left", "top", "width", "height", "pitch_x", "pitch_y")
TO_PDF = ""  # the name of the printer that writes a PDF


class Remembered:
    """Reads and writes one object of the settings, a part at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def last(self, ledger: str) -> dict[str, Any]:
        """What was chosen the last time for a ledger: `design`, `paper` and `printer`, where they are known."""
        found = self._part("ledgers").get(ledger)
        return found if isinstance(found, dict) else {}

    def keep_last(self, ledger: str, chosen: dict[str, Any]) -> None:
        """Remember what was chosen for a ledger."""
        self._keep("ledgers", ledger, chosen)

    def adjustment(self, printer: str) -> Adjustment:
        """The correction of a printer."""
        found = self._part("adjustments").get(printer)
        return adjustment(found) if isinstance(found, dict) else Adjustment()

    def keep_adjustment(self, printer: str, found: Adjustment) -> None:
        """Remember the correction of a printer."""
        self._keep("adjustments", printer, to_json(found))

    def dpi(self, printer: str) -> int:
        """How fine a printer was said to print."""
        found = self._part("dpi").get(printer)
        return found if found in DPIS else DPIS[1]

    def keep_dpi(self, printer: str, dpi: int) -> None:
        """Remember how fine a printer prints."""
        self._keep("dpi", printer, dpi)

    def paper(self) -> Sheet | None:
        """The paper that was described on this PC, if it makes sense."""
        found = self._part("paper")
        try:
            measures = {name: _positive(found[name]) for name in _MEASURES}
            sheet = Sheet(str(found["name"]), columns=int(found["columns"]), rows=int(found["rows"]), **measures)
            check_sheet(sheet)
        except (KeyError, TypeError, ValueError, UserError):
            return None
        return sheet

    def keep_paper(self, sheet: Sheet) -> None:
        """Remember a paper that was described."""
        self._settings.save(SETTINGS, {**self._settings.load(SETTINGS), "paper": asdict(sheet)})

    def _part(self, name: str) -> dict[str, Any]:
        found = self._settings.load(SETTINGS).get(name)
        return found if isinstance(found, dict) else {}

    def _keep(self, part: str, key: str, value: Any) -> None:
        whole = self._settings.load(SETTINGS)
        self._settings.save(SETTINGS, {**whole, part: {**self._part(part), key: value}})


def _positive(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number) or number < 0:
        raise ValueError(value)
    return number
