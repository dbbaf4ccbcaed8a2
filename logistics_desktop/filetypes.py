"""What kind of file something is, by its first bytes and not by what its name says.

Only the kinds that an office keeps with its records are known. Programs, scripts, links and documents
with macros are refused by not being among them, or by name where their bytes are plain text.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePath

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

_HEAD_BYTES = 64

# Each kind: how the file begins (offset, bytes), its media type, and the endings its name may have.
_OLE_ENDINGS = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".msg")
_KINDS: tuple[tuple[int, bytes, str, tuple[str, ...]], ...] = (
    (0, b"%PDF-", "application/pdf", (".pdf",)),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (0, b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (0, b"GIF8", "image/gif", (".gif",)),
    (0, b"BM", "image/bmp", (".bmp",)),
    (0, b"II*\x00", "image/tiff", (".tif", ".tiff")),
    (0, b"MM\x00*", "image/tiff", (".tif", ".tiff")),
    (8, b"WEBP", "image/webp", (".webp",)),
    (4, b"ftypheic", "image/heic", (".heic",)),
    (4, b"ftyp", "video/mp4", (".mp4", ".mov", ".m4a")),
    (0, b"ID3", "audio/mpeg", (".mp3",)),
    (0, b"AC10", "image/vnd.dwg", (".dwg",)),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", _OLE_ENDINGS),
    (0, b"Rar!\x1a\x07", "application/vnd.rar", (".rar",)),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", (".7z",)),
)

# A zip is told by a part that only its kind has.
_ZIP_KINDS = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
    ("OFD.xml", "application/ofd", ".ofd"),
)
_MACROS = "vbaProject.bin"

_TEXTS = {".txt": "text/plain", ".csv": "text/csv", ".md": "text/markdown", ".log": "text/plain"}


def media_type(path: Path) -> str:
    """Give the media type of a file that may be kept. Raises `UserError` for every other file, saying why."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    ending = path.suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(path)
    for offset, begins, kind, endings in _KINDS:
        if head[offset:].startswith(begins):
            return _as_named(path, kind, endings)
    if ending in _TEXTS and b"\x00" not in head:
        return _TEXTS[ending]
    raise UserError(
        N_("“{name}” is not of a kind that can be kept here. Pictures, PDF, OFD, Office files, text and archives can."),
        name=path.name,
    )


def _of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        raise UserError(N_("“{name}” is damaged."), name=path.name) from None
    if any(PurePath(part).name == _MACROS for part in parts):
        raise UserError(N_("“{name}” contains macros. Save it without them."), name=path.name)
    for part, kind, its_ending in _ZIP_KINDS:
        if part in parts:
            return _as_named(path, kind, (its_ending,))
    return _as_named(path, "application/zip", (".zip",))


def _as_named(path: Path, kind: str, endings: tuple[str, ...]) -> str:
    if path.suffix.lower() not in endings:
        raise UserError(
            N_("“{name}” is not what its name says. A file like this is called {endings}."),
            name=path.name,
            endings=", ".join(endings),
        )
    return kind
