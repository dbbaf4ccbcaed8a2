"""The steps of one window that can be undone and redone, the latest first."""

from __future__ import annotations

from dataclasses import replace

from logistics_desktop.ledger.edits import Made, Step

DEEPEST = 200  # steps that are remembered


class UndoStack:
    """Steps in the order in which they were made.

    A row has another version after undoing than it had before the step, though its cells are the same; so the versions
    in all other steps that meant that state of the row are brought up to date.
    """

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def to_undo(self) -> Step | None:
        """The step that would be undone."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """The step that would be done again."""
        return self._undone[-1] if self._undone else None

    def add(self, step: Step) -> None:
        """Remember what was just done; what was undone before can no longer be done again."""
        if step.rows:
            self._done = [*self._done[1 - DEEPEST :], step]
            self._undone = []

    def undone(self, step: Step) -> None:
        """Take the step to undo as undone; `step` has the versions after that."""
        before = self._done.pop()
        self._undone.append(step)
        self._renumber(before.ledger, {(a.record, a.was): b.was for a, b in _pairs(before, step)})
        self._renumber(before.ledger, self._of_batch(before, step))

    def redone(self, step: Step) -> None:
        """Take the step to redo as done again; `step` has the versions after that."""
        before = self._undone.pop()
        self._done.append(step)
        self._renumber(before.ledger, {(a.record, a.now): b.now for a, b in _pairs(before, step)})
        self._renumber(before.ledger, self._of_batch(before, step))

    def drop_undo(self) -> None:
        """Forget the step that cannot be undone any more, so that the one before can be."""
        self._done.pop()

    def drop_redo(self) -> None:
        """Forget the steps that cannot be done again: the later ones stand on the first."""
        self._undone = []

    def _of_batch(self, before: Step, after: Step) -> dict[tuple[int, int], int]:
        """The versions that a step of very many rows gave to those that other steps speak of."""
        steps = (*self._done, *self._undone)
        spoken = {record for step in steps for record in (*(one.record for one in step.made), *step.versions)}
        shared = spoken & before.versions.keys() & after.versions.keys() if before.versions else set()
        return {(record, before.versions[record][0]): after.versions[record][1] for record in shared}

    def _renumber(self, ledger: str, versions: dict[tuple[int, int], int]) -> None:
        for steps in (self._done, self._undone):
            steps[:] = [_renumbered(step, versions) if step.ledger == ledger else step for step in steps]


def _pairs(before: Step, after: Step) -> zip[tuple[Made, Made]]:
    return zip(before.made, after.made, strict=True)


def _renumbered(step: Step, versions: dict[tuple[int, int], int]) -> Step:
    if not versions:
        return step
    return replace(
        step,
        versions={
            record: (versions.get((record, was), was), versions.get((record, now), now))
            for record, (was, now) in step.versions.items()
        },
        made=tuple(
            replace(
                one,
                was=versions.get((one.record, one.was), one.was),
                now=versions.get((one.record, one.now), one.now),
            )
            for one in step.made
        ),
    )
