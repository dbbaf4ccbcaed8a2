"""Make the bundled font: Noto Sans CJK SC with its Chinese characters, Latin and symbols, and nothing else.

    python packaging/subset_font.py NotoSansCJK-Regular.ttc

The collection comes with Debian's package fonts-noto-cjk. Every ideograph that it has is taken, as people's names need
the rare ones too (䶮, 𬭚); Hangul, the layout features and the hints, which screens of today do not need, are left out.
The result is named apart from the original, so that an installed one is never mistaken for it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "LogisticsSansSC-Regular.otf"
FACE = "Noto Sans CJK SC"
FAMILY = "Logistics Sans SC"

RANGES = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),
    (0x01CD, 0x01DC),  # pinyin
    (0x0251, 0x0261),
    (0x02C7, 0x02CB),
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x2044),  # punctuation
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # units, fractions, Roman numerals
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x2460, 0x27BF),  # circled numbers, boxes, shapes, symbols
    (0x2FF0, 0x303F),  # CJK punctuation; not the radicals before it, under whose numbers a PDF would hold 用 and 门
    (0x3105, 0x312F),  # bopomofo
    (0x3200, 0x9FFF),  # enclosed and squared, extension A, the ideographs
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full-width forms
    (0x20000, 0x323AF),  # extensions B to H
)

_FAMILY, _IDENTIFIER, _FULL, _POSTSCRIPT = 1, 3, 4, 6
_TYPOGRAPHIC = (16, 17, 21, 22)


def face(collection: Path) -> TTFont:
    """The simplified Chinese face of the collection; raises StopIteration where there is none."""
    fonts = TTCollection(collection, lazy=True).fonts
    number = next(i for i, font in enumerate(fonts) if font["name"].getDebugName(_FULL).startswith(FACE))
    return TTFont(collection, fontNumber=number, lazy=True)


def cut(font: TTFont) -> None:
    """Leave out everything but the characters of `RANGES`."""
    options = subset.Options(hinting=False, layout_features=[], name_languages=[0x409])
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)


def rename(font: TTFont) -> None:
    """Give the font the name of `FAMILY`; copyright and licence stay as they are."""
    postscript = FAMILY.replace(" ", "") + "-Regular"
    names = font["name"]
    for which in _TYPOGRAPHIC:
        names.removeNames(nameID=which)
    for which, text in ((_FAMILY, FAMILY), (_IDENTIFIER, postscript), (_FULL, FAMILY), (_POSTSCRIPT, postscript)):
        names.setName(text, which, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [postscript]
    top[0].FullName = top[0].FamilyName = FAMILY


def main() -> None:
    """Read the collection named on the command line and write the bundled font."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, help="NotoSansCJK-Regular.ttc")
    font = face(parser.parse_args().collection)
    cut(font)
    rename(font)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main()
