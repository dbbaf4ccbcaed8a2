"""What two people changed goes together, or is asked about; nothing is dropped without a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.ledger.fields import Reference
from logistics_desktop.ledger.merging import merge, same
from logistics_desktop.ledgers import LEDGERS

STAFF = LEDGERS["staff"]
KEYS = ("code", "name", "phone", "post")
BLANK = {field.key: None for field in STAFF}

texts = st.sampled_from([None, "a", "b", "c"])
values = st.fixed_dictionaries(dict.fromkeys(KEYS, texts))


@given(values, values, values)
def test_every_change_is_kept_added_or_asked_about(
    base: dict[str, object], theirs: dict[str, object], typed: dict[str, object]
) -> None:
    """Property: for each field, who alone changed it wins, and where both did differently it is asked."""
    mine = {key: value for key, value in typed.items() if value != base[key]}
    found = merge(STAFF, {**BLANK, **base}, {**BLANK, **theirs}, mine)
    asked = {clash.field.key for clash in found.clashes}
    for key in KEYS:
        they, me = theirs[key] != base[key], key in mine
        assert (key in asked) == (they and me and mine[key] != theirs[key])
        assert (key in found.kept) == (me and not they)
        assert (key in {field.key for field in found.added}) == (they and key not in asked)


def test_blanks_at_the_ends_and_titles_make_no_difference() -> None:
    assert same(" a ", "a")
    assert same("", None)
    assert same(Reference(3, "old name"), Reference(3, "new name"))
    assert same(Reference(3, "name"), 3)
    assert not same(3, None)
