"""Make the pictures of the README and the manual anew, in every language, small enough to be kept.

    python packaging/pictures.py

They are taken of sample data made for each language, whose routes of approval are named in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
LANGUAGES = ("en", "zh_CN")
SHOWN = (
    "first-run",
    "join-server",
    "assets-record",
    "assets-history",
    "assets-files",
    "assets-filter",
    "assets-columns",
    "assets-import-columns",
    "assets-import-check",
    "users",
    "depreciation",
    "depreciation-schedule",
    "documents-paper",
    "documents-whole",
    "documents-send",
    "approvals",
    "routes",
)
"""What the documents show, in the light theme."""
COLOURS = 256


def main() -> None:
    """Take all pictures, keep those that are shown."""
    for language in LANGUAGES:
        (TARGET / language).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            home = {**os.environ, "LOGISTICS_DESKTOP_HOME": str(Path(folder) / "home")}
            command = (sys.executable, ROOT / "main.py", "--demo", "--lang", language, "screenshots", folder)
            subprocess.run(command, check=True, env=home)
            for name in SHOWN:
                small(QImage(str(Path(folder) / f"{name}-light.png"))).save(str(TARGET / language / f"{name}.png"))


def small(picture: QImage) -> QImage:
    """The same picture in its most frequent colours; the shades at the edges of letters take the nearest."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(plain.constBits()).cast("I")
    table = [colour for colour, _count in Counter(pixels).most_common(COLOURS)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


if __name__ == "__main__":
    main()
