"""On Linux: is everything there that Qt takes from the system? Asked before Qt, which would end the process."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import sys
from pathlib import Path

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

# library: (Debian and Ubuntu, Fedora and openEuler)
PACKAGES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
_PLUGINS = {"xcb": "libqxcb.so", "wayland": "libqwayland.so", "offscreen": "libqoffscreen.so"}
_FEDORA_LIKE = {"fedora", "rhel", "centos", "openeuler", "anolis", "kylin"}


def check() -> None:
    """Raise UserError when there is no display, or a library is missing, with the command that installs it."""
    if sys.platform != "linux":
        return
    name = platform_name(os.environ)
    problem = load_problem(name)
    if problem:
        missing = sorted({library for library in (*PACKAGES, problem) if _is_missing(library)} & _wanted(name, problem))
        raise explain(missing or [problem])


def platform_name(environment: os._Environ[str] | dict[str, str]) -> str:
    """Which of Qt's platform plugins will be used; raises UserError where nothing can show a window."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen:
        return chosen
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    if environment.get("DISPLAY"):
        return "xcb"
    raise UserError(
        N_(
            "There is no display to open a window on. Start the program on a desktop, or use one of its commands, "
            "which need none: main.py --help lists them."
        )
    )


def load_problem(name: str) -> str:
    """The first library that the plugin cannot find, or an empty text where it loads."""
    found = importlib.util.find_spec("PySide6")
    plugin = _PLUGINS.get(name)
    if found is None or found.origin is None or plugin is None:
        return ""
    path = Path(found.origin).parent / "Qt" / "plugins" / "platforms" / plugin
    return _dlopen_problem(str(path)) if path.exists() else ""


def explain(missing: list[str]) -> UserError:
    """The error that names the missing libraries and the command that installs them."""
    fedora = _is_fedora_like()
    packages = sorted({PACKAGES[library][fedora] for library in missing if library in PACKAGES})
    if not packages:
        return UserError(
            N_("The program needs the system library {libraries}. Please install the package that has it."),
            libraries=", ".join(missing),
        )
    return UserError(
        N_("The program needs system libraries that are not installed: {libraries}. Install them with: {command}"),
        libraries=", ".join(missing),
        command=f"sudo {'dnf' if fedora else 'apt-get'} install {' '.join(packages)}",
    )


def _wanted(name: str, problem: str) -> set[str]:
    """The libraries that belong to a platform, so that nobody is told to install what they do not need."""
    here = {"xcb": ("wayland",), "wayland": ("xcb", "X11", "x11")}.get(name, ("wayland", "xcb-", "x11", "X11-"))
    return {library for library in PACKAGES if not any(part in library for part in here)} | {problem}


def _is_missing(library: str) -> bool:
    return bool(_dlopen_problem(library))


def _dlopen_problem(library: str) -> str:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error).partition(":")[0]
    return ""


def _is_fedora_like() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    return bool(_FEDORA_LIKE & {release.get("ID", ""), *release.get("ID_LIKE", "").split()})
