"""Workbooks made of bare XML, with what other programs leave out or write in their own way."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

STYLES = (
    '<fonts count="1"><font><sz val="10"/><color theme="1"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def text_cell(place: str, text: str) -> str:
    """Give a cell with its text in it; `place` may be empty."""
    named = f' r="{place}"' if place else ""
    return f'<c{named} t="inlineStr"><is><t>{text}</t></is></c>'


def raw_workbook(
    path: Path,
    inside: str,
    *,
    prefix: str = "",
    strict: bool = False,
    styles: str | None = STYLES,
    strings: str | None = None,
) -> None:
    """Write a workbook whose one sheet, 表, has `inside` its worksheet element.

    All XML is given without prefix; with `prefix` every element gets it. `strings` is what is inside sst.
    """
    office = _STRICT_OFFICE if strict else _OFFICE
    parts = {
        "_rels/.rels": _relations(("rId1", f"{office}/officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": _element("workbook", '<sheets><sheet name="表 " sheetId="1" r:id="rId7"/></sheets>', strict),
        "xl/worksheets/sheet1.xml": _prefixed(_element("worksheet", inside, strict), prefix),
    }
    if styles is not None:
        parts["xl/styles.xml"] = _prefixed(_element("styleSheet", styles, strict), prefix)
    if strings is not None:
        parts["xl/sharedStrings.xml"] = _prefixed(_element("sst", strings, strict), prefix)
    parts["xl/_rels/workbook.xml.rels"] = _relations(
        ("rId7", f"{office}/worksheet", "worksheets/sheet1.xml"),
        *[("rId8", f"{office}/styles", "/xl/styles.xml")] * (styles is not None),
        *[("rId9", f"{office}/sharedStrings", "sharedStrings.xml")] * (strings is not None),
    )
    parts["[Content_Types].xml"] = _content_types(parts)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def _element(name: str, inside: str, strict: bool) -> str:
    namespaces = f'xmlns="{STRICT if strict else TRANSITIONAL}" xmlns:r="{_STRICT_OFFICE if strict else _OFFICE}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} {namespaces}>{inside}</{name}>'


def _prefixed(xml: str, prefix: str) -> str:
    if not prefix:
        return xml
    head, body = xml.split("\n", 1)
    named = body.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    return f"{head}\n" + named.replace("xmlns=", f"xmlns:{prefix}=", 1)


def _relations(*relations: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _content_types(parts: Collection[str]) -> str:
    kinds = {
        "xl/workbook.xml": "sheet.main",
        "xl/worksheets/sheet1.xml": "worksheet",
        "xl/styles.xml": "styles",
        "xl/sharedStrings.xml": "sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in kinds.items()
        if part in parts
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    other = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{other}{overrides}</Types>'
