"""The design that is being edited, with everything that was done to it."""

from __future__ import annotations

from collections.abc import Hashable

from logistics_desktop.features.labels.design import Design


class Edits:
    """Steps back and forth. Steps of the same kind in a row, such as letters of one text, count as one."""

    def __init__(self, design: Design) -> None:
        self._steps: list[tuple[Design, Hashable]] = [(design, None)]
        self._at = 0
        self._saved = design

    @property
    def design(self) -> Design:
        """The design as it is now."""
        return self._steps[self._at][0]

    def put(self, design: Design, kind: Hashable = None) -> None:
        """Go on with `design`; what was undone is forgotten."""
        if design == self.design:
            return
        del self._steps[self._at + 1 :]
        if kind is not None and self._steps[-1][1] == kind:
            self._steps.pop()
        self._steps.append((design, kind))
        self._at = len(self._steps) - 1

    def undo(self) -> None:
        """One step back, if there is one."""
        self._at = max(self._at - 1, 0)

    def redo(self) -> None:
        """One step forth, if there is one."""
        self._at = min(self._at + 1, len(self._steps) - 1)

    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return self._at > 0

    def can_redo(self) -> bool:
        """Whether there is a step forth."""
        return self._at < len(self._steps) - 1

    def changed(self) -> bool:
        """Whether the design differs from what is saved."""
        return self.design != self._saved

    def mark_saved(self, design: Design) -> None:
        """`design` is what is saved now."""
        self._saved = design
