"""Keep the Chinese catalogue complete.

    python packaging/translations.py           collect, merge and compile
    python packaging/translations.py --check   say what is wrong, change nothing; status 1 if anything is

Message ids are collected from the code. Translations are written in resources/locale/parts/*.po, one file a part of the
program; merged into messages.po they are compiled to the messages.mo that the program reads.
"""

from __future__ import annotations

import argparse
import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
PARTS = LOCALE / "parts"
PO = LOCALE / "zh_CN" / "LC_MESSAGES" / "messages.po"
SOURCES = ("main.py", "logistics_desktop", "ui")
KEYWORDS: dict[str, None] = dict.fromkeys(
    ("N_", "_", "translate", "UserError", "Refused", "Conflict", "ConnectionLost", "Cancelled")
)

# The same translations give the same file, whenever it is made.
_NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)

Translations = dict[str, str]


def collect(root: Path = ROOT) -> dict[str, list[str]]:
    """The message ids in the code, each with the files that use it."""
    found: dict[str, list[str]] = {}
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        for _line, msgid, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            assert isinstance(msgid, str), f"{name}: plural forms are not used here"
            places = found.setdefault(msgid, [])
            if name not in places:
                places.append(name)
    found.pop("", None)
    return found


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def read_parts(folder: Path = PARTS) -> tuple[Translations, list[str]]:
    """All translations, and what is wrong with them by themselves."""
    merged: Translations = {}
    problems = []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            entries = {str(message.id): str(message.string) for message in read_po(file) if message.id}
        for msgid, text in entries.items():
            if merged.get(msgid, text) != text:
                problems.append(f"{path.name}: translated otherwise in another part: {msgid!r}")
            merged[msgid] = text
    return merged, problems


def compare(used: dict[str, list[str]], translated: Translations) -> list[str]:
    """What is missing, unused, or has other placeholders than its message id."""
    missing = [f"not translated: {msgid!r} ({', '.join(used[msgid])})" for msgid in used if not translated.get(msgid)]
    unused = [f"not used any more: {msgid!r}" for msgid in translated if msgid not in used]
    differing = [
        f"other placeholders: {msgid!r} -> {text!r}"
        for msgid, text in translated.items()
        if text and placeholders(msgid) != placeholders(text)
    ]
    return missing + unused + differing


def placeholders(text: str) -> set[str] | None:
    """The `{names}` in a text; None where it cannot be filled at all."""
    try:
        return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def build(used: dict[str, list[str]], translated: Translations) -> Catalog:
    """The merged catalogue, sorted, so that a change shows as few lines."""
    catalog = Catalog(
        locale="zh_CN", project="Logistics Desktop", creation_date=_NO_TIME, revision_date=_NO_TIME, fuzzy=False
    )
    for msgid in sorted(used):
        catalog.add(msgid, translated.get(msgid, ""), locations=[(name, 0) for name in used[msgid]])
    return catalog


def _po(catalog: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(written, catalog, width=110, omit_header=True, include_lineno=False)
    head = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + written.getvalue()


def _mo(catalog: Catalog) -> bytes:
    written = io.BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def check() -> list[str]:
    """Everything that is wrong; nothing is changed."""
    used = collect()
    translated, problems = read_parts()
    problems += compare(used, translated)
    catalog = build(used, translated)
    for path, content in ((PO, _po(catalog)), (PO.with_suffix(".mo"), _mo(catalog))):
        if not path.exists() or path.read_bytes() != content:
            problems.append(f"{path.name} is out of date: run packaging/translations.py")
    return problems


def write() -> list[str]:
    """Merge and compile; what is wrong with the translations is said all the same."""
    used = collect()
    translated, problems = read_parts()
    catalog = build(used, translated)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(_po(catalog))
    PO.with_suffix(".mo").write_bytes(_mo(catalog))
    return problems + compare(used, translated)


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    problems = check() if parser.parse_args().check else write()
    print("\n".join(problems) or "The translations are complete.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
