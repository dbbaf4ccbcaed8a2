"""Changes to a route while it is designed: pure functions from one definition to the next.

A place is the way to a step or a branch from above: positions in lists, outside in. `(2,)` is the third step, `(2, 0)`
the first branch of the fork that it is, `(2, 0, 1)` the second step of that branch; odd lengths are steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from logistics_desktop.features.approvals.definition import AnyStep, Branch, Definition, Fork

Place = tuple[int, ...]
Steps = tuple[AnyStep, ...]


def walk(steps: Steps, above: Place = ()) -> Iterator[tuple[Place, AnyStep | Branch]]:
    """Every step and branch from top to bottom, each with its place."""
    for at, step in enumerate(steps):
        yield (*above, at), step
        if isinstance(step, Fork):
            for number, branch in enumerate(step.branches):
                yield (*above, at, number), branch
                yield from walk(branch.steps, (*above, at, number))


def at(route: Definition, place: Place) -> AnyStep | Branch:
    """The step or branch at a place. Raises `IndexError` where there is none."""
    for where, found in walk(route.steps):
        if where == place:
            return found
    raise IndexError(place)


def key_of(route: Definition, place: Place) -> str:
    """The key of the step at a place; of a branch that of its fork."""
    found = at(route, place if len(place) % 2 else place[:-1])
    assert not isinstance(found, Branch)
    return found.key


def new_key(route: Definition) -> str:
    """A key that no step of the route has."""
    taken = {found.key for _where, found in walk(route.steps) if not isinstance(found, Branch)}
    return next(key for number in count(1) if (key := f"step{number}") not in taken)


def put(route: Definition, place: Place, new: AnyStep | Branch) -> Definition:
    """Put something else at a place."""
    return _edit(route, place, lambda found, here: (*found[:here], new, *found[here + 1 :]))


def insert(route: Definition, place: Place, new: AnyStep | Branch) -> Definition:
    """Put something in at a place; what is there and below moves down."""
    return _edit(route, place, lambda found, here: (*found[:here], new, *found[here:]))


def remove(route: Definition, place: Place) -> Definition:
    """Take out what is at a place."""
    return _edit(route, place, lambda found, here: (*found[:here], *found[here + 1 :]))


def move(route: Definition, place: Place, by: int) -> tuple[Definition, Place]:
    """Exchange what is at a place with its neighbour above (-1) or below (+1); gives where it is then.

    At the end of its list it stays where it is.
    """
    here, there = place[-1], place[-1] + by
    moved = False

    def swap(found: tuple[object, ...], _here: int) -> tuple[object, ...]:
        nonlocal moved
        if not 0 <= there < len(found):
            return found
        moved = True
        order = list(found)
        order[here], order[there] = order[there], order[here]
        return tuple(order)

    changed = _edit(route, place, swap)
    return changed, (*place[:-1], there) if moved else place


_Change = Callable[[tuple[object, ...], int], tuple[object, ...]]


def _edit(route: Definition, place: Place, change: _Change) -> Definition:
    return replace(route, steps=_in_steps(route.steps, place, change))


def _in_steps(steps: Steps, place: Place, change: _Change) -> Steps:
    if len(place) == 1:
        return change(steps, place[0])  # type: ignore[return-value]  # steps in, steps out
    fork = steps[place[0]]
    if not isinstance(fork, Fork):
        raise IndexError(place)
    if len(place) == 2:
        branches: tuple[Branch, ...] = change(fork.branches, place[1])  # type: ignore[assignment]  # as above
    else:
        branch = fork.branches[place[1]]
        inside = replace(branch, steps=_in_steps(branch.steps, place[2:], change))
        branches = (*fork.branches[: place[1]], inside, *fork.branches[place[1] + 1 :])
    return (*steps[: place[0]], replace(fork, branches=branches), *steps[place[0] + 1 :])
