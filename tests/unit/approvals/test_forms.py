"""Values of forms in words."""

from __future__ import annotations

import pytest

from logistics_desktop.features.approvals.forms import text
from logistics_desktop.features.approvals.routes import FormField


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("number", 1234567.5, "1,234,567.5"),
        ("number", "290.00", "290.00"),
        ("number", "1.0000", "1"),
        ("number", "0.1250", "0.125"),
        ("number", 0, "0"),
        ("number", "a lot", "a lot"),
        ("number", None, ""),
        ("text", "", ""),
        ("flag", False, "no"),
        ("flag", True, "yes"),
        ("staff", 7, "李主任"),
        ("staff", 8, "#8"),
        ("date", "2026-11-23", "2026-11-23"),
    ],
)
def test_a_value_in_words(kind: str, value: object, said: str) -> None:
    assert text(FormField("key", "Label", kind), value, {("staff", 7): "李主任"}) == said
