"""Cell styles added to a workbook that is there already; what it has keeps its number and its bytes."""

from __future__ import annotations

import re


class Styles:
    """The styles part of a workbook, edited as text: parsing and writing it again would lose Excel's own extensions."""

    def __init__(self, part: bytes) -> None:
        self._text = part.decode("utf-8-sig")
        named = re.search(r"<(\w+:)?styleSheet\b", self._text)
        self._prefix = named[1] or "" if named else ""

    def part(self) -> bytes:
        """Give the part with everything that was added."""
        return self._text.encode()

    def add_bold(self) -> list[int]:
        """Add a bold twin of every style (of cellXfs) and give their indexes, in the order of the styles."""
        p = self._prefix
        font = self._append("fonts", "font", f"<{p}font><{p}b/>{self._first_font()}</{p}font>")
        return [self._append("cellXfs", "xf", _with_font(style, font)) for style in self._items("cellXfs", "xf")]

    def add_warning(self) -> int:
        """Add dark red text on light red, wrapped, in the workbook's own font, and give its index."""
        p = self._prefix
        plain = re.sub(rf"<{p}color\b[^>]*/>", "", self._first_font())
        red = re.sub(rf"<{p}sz\b[^>]*/>", rf'\g<0><{p}color rgb="FF9C0006"/>', plain)
        font = self._append("fonts", "font", f"<{p}font>{red}</{p}font>")
        colour = f'<{p}fgColor rgb="FFFCE4E4"/><{p}bgColor indexed="64"/>'
        pattern = f'<{p}patternFill patternType="solid">{colour}</{p}patternFill>'
        fill = self._append("fills", "fill", f"<{p}fill>{pattern}</{p}fill>")
        applied = 'applyFont="1" applyFill="1" applyAlignment="1"'
        style = f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" {applied}>'
        return self._append("cellXfs", "xf", f'{style}<{p}alignment vertical="top" wrapText="1"/></{p}xf>')

    def _first_font(self) -> str:
        """Give what is inside the workbook's standard font, without boldness."""
        p = self._prefix
        inside = re.sub(rf"^<{p}font\b[^>]*>|</{p}font>$", "", self._items("fonts", "font")[0])
        return re.sub(rf"<{p}b\b[^>]*/>", "", inside)

    def _items(self, group: str, item: str) -> list[str]:
        p = self._prefix
        whole = re.search(rf"<{p}{group}\b[^>]*>(.*?)</{p}{group}>", self._text, re.DOTALL)
        return re.findall(rf"<{p}{item}\b(?:[^>]*/>|[^>]*>.*?</{p}{item}>)", whole[1] if whole else "", re.DOTALL)

    def _append(self, group: str, item: str, xml: str) -> int:
        p, index = self._prefix, len(self._items(group, item))
        start = re.search(rf"<{p}{group}\b[^>]*>", self._text)
        assert start, f"a styles part without {group}"
        counted = re.sub(r'\bcount="\d+"', f'count="{index + 1}"', start[0])
        end = self._text.index(f"</{p}{group}>")
        self._text = f"{self._text[: start.start()]}{counted}{self._text[start.end() : end]}{xml}{self._text[end:]}"
        return index


def _with_font(style: str, font: int) -> str:
    plain = re.sub(r'\s+applyFont="\w+"', "", style)
    return re.sub(r'\bfontId="\d+"', f'fontId="{font}" applyFont="1"', plain)
