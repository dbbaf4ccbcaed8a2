"""Settings come back as they were kept, and a damaged file costs the settings, not the program."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop import settings

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


def test_nothing_kept_yet(own_home: Path) -> None:
    assert settings.load("window") == {}
    assert list(own_home.iterdir()) == []


@given(value=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), _JSON))
def test_what_was_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, value: dict[str, object]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOGISTICS_DESKTOP_HOME", str(tmp_path_factory.getbasetemp() / "kept"))
        settings.save("window", value)
        assert settings.load("window") == value


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"a": 1', b"\xff\xfe\x00", b"null"])
def test_a_damaged_file_is_put_aside(own_home: Path, caplog: pytest.LogCaptureFixture, damage: bytes) -> None:
    settings.save("window", {"size": [800, 600]})
    path = own_home / "settings" / "window.json"
    path.write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        assert settings.load("window") == {}
    assert "window.json" in caplog.text
    assert path.with_suffix(".damaged.json").read_bytes() == damage
    settings.save("window", {"size": [1, 2]})
    assert settings.load("window") == {"size": [1, 2]}


def test_what_cannot_be_kept_leaves_the_old_settings(own_home: Path) -> None:
    settings.save("window", {"kept": True})
    with pytest.raises(TypeError):
        settings.save("window", {"kept": object()})
    assert settings.load("window") == {"kept": True}
    assert [path.name for path in (own_home / "settings").iterdir()] == ["window.json"]


@pytest.mark.parametrize("name", ["", "../window", "a/b", "A", ".hidden", "c:x"])
def test_a_name_never_leads_out_of_the_folder(own_home: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        settings.save(name, {})
    assert list(own_home.iterdir()) == []
