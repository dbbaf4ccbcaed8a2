"""The documents hang together: whatever they point to is there, and both languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from logistics_desktop.i18n import LANGUAGES
from logistics_desktop.paths import DOCS, ROOT

MANUALS = {language: DOCS / "manual" / language for language in LANGUAGES}
DOCUMENTS = sorted([*ROOT.glob("README*.md"), *DOCS.rglob("*.md")])
_POINTED = re.compile(r"\]\((?!https?:)([^)#]+)(?:#([^)]*))?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_page_and_picture_that_a_document_points_to_is_there(document: Path) -> None:
    pointed = [name for name, _heading in _POINTED.findall(document.read_text("utf-8"))]
    assert [name for name in pointed if not (document.parent / name).exists()] == []


def test_both_languages_have_the_same_pages_with_the_same_parts() -> None:
    shapes = [
        {
            page.name: [line.split(" ")[0] for line in _lines(page) if line.startswith("#")]
            for page in folder.glob("*.md")
        }
        for folder in MANUALS.values()
    ]
    assert shapes[0] == shapes[1]


def test_both_languages_show_the_same_pictures() -> None:
    english, chinese = ({path.name for path in (DOCS / "pictures" / name).iterdir()} for name in ("en", "zh_CN"))
    assert english == chinese


def _lines(page: Path) -> list[str]:
    return page.read_text("utf-8").splitlines()
