"""A missing system library or display is said in words, with the command that mends it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from logistics_desktop.errors import UserError
from logistics_desktop.paths import ROOT
from ui import system_libraries
from ui.system_libraries import PACKAGES


def test_without_a_display_the_program_says_so() -> None:
    with pytest.raises(UserError, match="no display"):
        system_libraries.platform_name({})


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": ":0"}, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "xcb:anything", "DISPLAY": ":0"}, "xcb"),
    ],
)
def test_the_platform_is_the_one_that_qt_will_use(environment: dict[str, str], platform: str) -> None:
    assert system_libraries.platform_name(environment) == platform


def test_what_is_there_is_no_problem() -> None:
    assert system_libraries.load_problem("offscreen") == ""
    system_libraries.check()


def test_every_missing_library_is_named_with_the_package_that_has_it() -> None:
    said = str(system_libraries.explain(["libEGL.so.1", "libxcb-cursor.so.0"]))
    assert "libEGL.so.1, libxcb-cursor.so.0" in said
    assert any(command in said for command in ("apt-get install libegl1 libxcb-cursor0", "dnf install libglvnd-egl"))


def test_a_library_that_we_do_not_know_is_named_too() -> None:
    assert "libodd.so.3" in str(system_libraries.explain(["libodd.so.3"]))


def test_every_package_name_is_one_word() -> None:
    assert [names for names in PACKAGES.values() if not all(name and " " not in name for name in names)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring their own libraries")
def test_the_window_without_a_display_ends_with_a_message_and_no_traceback(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    environment["LOGISTICS_DESKTOP_HOME"] = str(tmp_path)
    ended = subprocess.run(
        [sys.executable, ROOT / "main.py", "--lang", "en"], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no display")
    assert "Traceback" not in ended.stderr
