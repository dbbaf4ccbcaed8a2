"""Which class of a new edition takes the place of an old one: names count, a code alone is doubtful."""

from __future__ import annotations

from logistics_desktop.features.assets.classes import ClassLine, Why, propose, with_descendants


def line(number: int, code: str, name: str, above: int | None = None, assets: int = 0) -> ClassLine:
    return ClassLine(number, above, code, name, assets)


def test_names_go_before_codes() -> None:
    old = [line(1, "2010104", "台式计算机"), line(2, "A1", "办公桌"), line(3, "A2", "打字机"), line(4, "A9", "算盘")]
    new = [line(11, "A02010105", " 台式 计算机"), line(12, "A1", "办公桌"), line(13, "A2", "复印机")]
    found = propose(old, new)
    assert {key: (one.id, one.why) for key, one in found.items()} == {
        1: (11, Why.NAME),
        2: (12, Why.SAME),
        3: (13, Why.CODE),
    }


def test_a_name_that_stands_twice_is_not_guessed() -> None:
    assert not propose([line(1, "X", "其他")], [line(2, "A", "其他"), line(3, "B", "其他")])


def test_assets_are_counted_up_the_tree() -> None:
    lines = [line(1, "A", "A", None, 1), line(2, "A1", "B", 1, 2), line(3, "A11", "C", 2, 4)]
    assert with_descendants(lines) == {1: 7, 2: 6, 3: 4}
