"""The Chinese catalogue is complete, and the check that says so finds what is not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from logistics_desktop.paths import ROOT


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """The script, loaded by its path: `packaging` is the name of a library that others import."""
    found = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_message_is_translated_and_the_catalogue_is_up_to_date(translations: ModuleType) -> None:
    assert translations.check() == []


def test_messages_are_collected_from_marks_translations_and_errors(translations: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "logistics_desktop").mkdir()
    (tmp_path / "main.py").write_text('N_("one"); _(N_("two {x}"), x=1); UserError("three", a=2)\n', "utf-8")
    (tmp_path / "ui" / "a.py").write_text('_("one")\n_(\n    N_(\n        "long "\n        "text"\n    )\n)\n', "utf-8")
    found = translations.collect(tmp_path)
    assert found == {
        "one": ["main.py", "ui/a.py"],
        "two {x}": ["main.py"],
        "three": ["main.py"],
        "long text": ["ui/a.py"],
    }


def test_missing_unused_and_differing_are_found(translations: ModuleType) -> None:
    used = {"kept": ["a.py"], "missing": ["a.py"], "{a} of {b}": ["a.py"], "broken {a}": ["a.py"]}
    translated = {"kept": "留", "{a} of {b}": "{a} {c}", "unused": "多", "broken {a}": "{a"}
    said = translations.compare(used, translated)
    assert [line.partition(":")[0] for line in said] == [
        "not translated",
        "not used any more",
        "other placeholders",
        "other placeholders",
    ]


def test_two_parts_that_disagree_are_found(translations: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid "Save"\nmsgstr "保存"\n', "utf-8")
    (tmp_path / "b.po").write_text('msgid "Save"\nmsgstr "存盘"\n', "utf-8")
    _merged, problems = translations.read_parts(tmp_path)
    assert len(problems) == 1
    assert "Save" in problems[0]
