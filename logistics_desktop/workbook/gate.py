"""The gate: what a file is, by its first bytes, and whether it is safe to read at all.

Everything here works in bounded memory and within seconds whatever the file holds, and refuses with a sentence that
says what to do. Names and endings are not believed: an .xls renamed .xlsx is read as what it is.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.workbook.findings import Kind, Said
from logistics_desktop.workbook.package import Package, inspect_package

MAX_FILE_BYTES = 100 * 2**20

_FOREIGN = (
    (b"\x89PNG", N_("picture")),
    (b"\xff\xd8\xff", N_("picture")),
    (b"GIF8", N_("picture")),
    (b"BM", N_("picture")),
    (b"II*\x00", N_("picture")),
    (b"MM\x00*", N_("picture")),
    (b"%PDF", N_("PDF document")),
    (b"{\\rtf", N_("text document")),
    (b"Rar!", N_("archive")),
    (b"7z\xbc\xaf\x27\x1c", N_("archive")),
    (b"\x1f\x8b", N_("archive")),
    (b"MZ", N_("program")),
    (b"\x7fELF", N_("program")),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<body", b"<meta", b"mime-version:", b"<style")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENDINGS = {
    Kind.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Kind.XLS: (".xls", ".xlt"),
    Kind.CSV: (".csv", ".txt", ".tsv"),
}


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be read: what it is, an .xlsx's parts looked through, and what the user should know."""

    kind: Kind
    package: Package | None = None
    warnings: list[Said] = field(default_factory=list)


def admit(path: Path) -> Admitted:
    """Let the file through, or raise UserError saying what is wrong with it and what to do."""
    head = _head(path)
    if head.startswith(b"PK"):
        package = inspect_package(path)
        return Admitted(Kind.XLSX, package, _misnamed(path, Kind.XLSX) + package.warnings)
    kind = _ole_kind(path) if head.startswith(_OLE) else _text_kind(head)
    return Admitted(kind, None, _misnamed(path, kind))


def check_file(path: Path) -> None:
    """Raise UserError unless there is a file to read, not empty and not huge; a pipe would never end."""
    try:
        about = path.stat()
    except FileNotFoundError:
        raise UserError(N_("There is no file {path}."), path=str(path)) from None
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if not stat.S_ISREG(about.st_mode):
        raise UserError(N_("{path} is not a file. Choose a workbook."), path=str(path))
    if not about.st_size:
        raise UserError(N_("The file is empty. Save the workbook again, or copy it once more."))
    if about.st_size > MAX_FILE_BYTES:
        raise UserError(
            N_("The file has {size} MB; up to {limit} MB can be read. Split it into several files."),
            size=about.st_size // 2**20,
            limit=MAX_FILE_BYTES // 2**20,
        )


def _head(path: Path) -> bytes:
    """The first bytes of a file."""
    check_file(path)
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as problem:
        raise unreadable(path, problem) from problem


def unreadable(path: Path, problem: OSError) -> UserError:
    """The operating system does not give the file."""
    if isinstance(problem, PermissionError):
        return UserError(
            N_("You may not read {path}, or another program has it open. Close it there, or ask for the right."),
            path=str(path),
        )
    return UserError(
        N_("The file {path} cannot be opened ({problem}). If it is open in another program, close it there."),
        path=str(path),
        problem=problem.strerror or str(problem),
    )


def _ole_kind(path: Path) -> Kind:
    """An OLE container: an old .xls, a password-protected workbook, or something else of Office's."""
    try:
        with olefile.OleFileIO(path) as ole:
            streams = {entry[0].lower() for entry in ole.listdir()}
    except (OSError, ValueError, IndexError, RecursionError, AttributeError, TypeError):
        raise damaged() from None
    if "encryptedpackage" in streams:
        raise protected()
    if streams & {"workbook", "book"}:
        return Kind.XLS
    raise UserError(
        N_("The file is another kind of Office document, not a workbook. Choose an .xlsx, .xls or .csv file.")
    )


def _text_kind(head: bytes) -> Kind:
    """Neither a package nor a container: text with separators, or nothing we read."""
    for mark, name in _FOREIGN:
        if head.startswith(mark):
            raise UserError(
                N_("The file is not a workbook but something else: {name}. Choose an .xlsx, .xls or .csv file."),
                name=Said(name),
            )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise UserError(
            N_(
                "The file is a web page or XML saved under a workbook's name. "
                "Open it in Excel, save it as .xlsx, and try again."
            )
        )
    if b"\x00" in head and not head.startswith(_TEXT_BOMS):
        raise damaged()
    return Kind.CSV


def _misnamed(path: Path, kind: Kind) -> list[Said]:
    """A note where the ending promises something else than the content is."""
    if path.suffix.lower() in _ENDINGS[kind]:
        return []
    return [
        Said(
            N_("The file is named {name} but its content is {kind}; it was read as that."),
            {"name": path.name, "kind": kind},
        )
    ]


def damaged() -> UserError:
    """The file cannot be made out."""
    return UserError(
        N_("The file is damaged, cut short, or not a workbook. Open it in Excel, save it as .xlsx, and try again.")
    )


def protected() -> UserError:
    """The file wants a password to be opened."""
    return UserError(
        N_(
            "The file is protected with a password. "
            "Open it in Excel, remove the password (File, Info), save, and try again."
        )
    )
