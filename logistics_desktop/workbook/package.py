"""An .xlsx file's package: unpacked under limits, its sheets looked through."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.findings import Said
from logistics_desktop.workbook.scan import SheetScan, scan_sheet

MAX_PARTS = 5_000
MAX_PART_BYTES = 250 * 2**20
MAX_ALL_BYTES = 400 * 2**20
MAX_RATIO = 300
RATIO_MATTERS_FROM = 16 * 2**20

_WORKBOOK = "xl/workbook.xml"
_PADDING_FORMAT = re.compile(r"0{2,20}(;.*)?")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Package:
    """The sheets of an .xlsx with what was found in each, the date system, and notes for the user."""

    scans: Mapping[str, SheetScan]
    date1904: bool
    warnings: list[Said]


def inspect_package(path: Path) -> Package:
    """Look through the package; raises UserError for a bomb, an entity, a damaged or a foreign one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Inspection(archive).package()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError):
        raise _damaged() from None
    except (ParseError, DefusedXmlException):
        raise _damaged() from None


def _damaged() -> UserError:
    return UserError(N_("The file is damaged or cut short. Open it in Excel, save it as .xlsx, and try again."))


def _bomb() -> UserError:
    return UserError(
        N_("The file unpacks to an absurd size and was not opened. Copy the table into a new workbook and try again.")
    )


class _Inspection:
    """One pass over an archive that counts what it unpacks."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._unpacked = 0
        self._parts = {info.filename.replace("\\", "/"): info for info in archive.infolist()}

    def package(self) -> Package:
        self._refuse_foreign()
        workbook = ElementTree.fromstring(self._read(_WORKBOOK))
        padded = self._padded_styles()
        sheets = self._sheet_parts(workbook)
        scans = {name: scan_sheet(self._read(part), name, padded) for name, part in sheets.items()}
        for part in self._parts.keys() - set(sheets.values()) - {_WORKBOOK, "xl/styles.xml"}:
            if part.lower().endswith((".xml", ".rels", ".vml")):
                self._unpack(part)
        properties = _children(workbook, "workbookPr")
        date1904 = bool(properties) and properties[0].get("date1904") in ("1", "true", "on")
        return Package(scans, date1904, self._warnings())

    def _refuse_foreign(self) -> None:
        infos = self._archive.infolist()
        if len(infos) > MAX_PARTS or len(self._parts) != len(infos):
            raise _damaged()
        if any(info.flag_bits & 1 for info in infos):
            raise UserError(
                N_("The archive is protected with a password. Save the workbook without one and try again.")
            )
        if _WORKBOOK not in self._parts:
            raise UserError(
                N_("The file is not an Excel workbook (.xlsx). Open it in Excel, save it as .xlsx, and try again.")
            )

    def _read(self, part: str) -> bytes:
        return b"".join(self._unpack(part, keep=True))

    def _unpack(self, part: str, *, keep: bool = False) -> list[bytes]:
        """Unpack one part piece by piece under the limits; refuses declared entities, which no workbook has."""
        info = self._parts[part]
        size, tail, kept = 0, b"", []
        with self._archive.open(info) as stream:
            while piece := stream.read(2**20):
                size += len(piece)
                self._unpacked += len(piece)
                absurd = size > RATIO_MATTERS_FROM and size > MAX_RATIO * max(info.compress_size, 1)
                if absurd or size > MAX_PART_BYTES or self._unpacked > MAX_ALL_BYTES:
                    raise _bomb()
                window = tail + piece
                if any(mark in window for mark in _DOCTYPES):
                    raise UserError(N_("The file declares XML entities, which no workbook needs; it was not opened."))
                tail = piece[-32:]
                if keep:
                    kept.append(piece)
        return kept

    def _sheet_parts(self, workbook: Element) -> dict[str, str]:
        """Worksheets by name, each with its part."""
        relations = ElementTree.fromstring(self._read("xl/_rels/workbook.xml.rels"))
        targets = {
            relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
            for relation in relations
            if relation.get("Type", "").endswith("/worksheet")
        }
        found = {}
        for sheet in (child for sheets in _children(workbook, "sheets") for child in sheets):
            identity = next((value for key, value in sheet.items() if key.endswith("}id")), None)
            if identity in targets:
                found[sheet.get("name", "")] = targets[identity]
        return found

    def _padded_styles(self) -> dict[str, int]:
        """Style numbers that show whole numbers with leading zeros ("0000"), with the number of digits."""
        if "xl/styles.xml" not in self._parts:
            return {}
        styles = ElementTree.fromstring(self._read("xl/styles.xml"))
        widths = {}
        for numbering in (child for group in _children(styles, "numFmts") for child in group):
            code = numbering.get("formatCode", "")
            if _PADDING_FORMAT.fullmatch(code):
                widths[numbering.get("numFmtId")] = len(code.partition(";")[0])
        formats = [child for group in _children(styles, "cellXfs") for child in group]
        return {
            str(place): widths[xf.get("numFmtId")] for place, xf in enumerate(formats) if xf.get("numFmtId") in widths
        }

    def _warnings(self) -> list[Said]:
        if any(part.lower().endswith("vbaproject.bin") for part in self._parts):
            return [Said(N_("The workbook has macros; they were not run."))]
        return []


def _children(element: Element, tag: str) -> list[Element]:
    """The children called `tag`, in whatever namespace (the strict format has another)."""
    return [child for child in element if child.tag.rpartition("}")[2] == tag]
