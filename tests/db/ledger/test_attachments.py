"""Files on records: kept once, given back whole, refused where they are dangerous."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models.attachments import CHUNK_BYTES, Attachment, Content, ContentChunk
from db.session import Target
from logistics_desktop import organisation
from logistics_desktop.attachments import attach, attached, detach, save_copy
from logistics_desktop.errors import UserError
from logistics_desktop.faults import Words, explain
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add
from tests.offices import CLERK
from tests.servers import execute

PDF = b"%PDF-1.7\n"


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _contents(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Content)) or 0


@pytest.fixture
def asset(add: Add) -> int:
    """A record to hang files on."""
    return add("assets", code="ZC0", name="柜")


def test_a_file_comes_back_as_it_was(session: Session, tmp_path: Path, asset: int) -> None:
    content = PDF + bytes(range(256)) * (CHUNK_BYTES // 200)
    number = attach(session, "asset", asset, _file(tmp_path, "验收单 😀.pdf", content))
    (found,) = attached(session, "asset", asset)
    assert (found.id, found.file_name, found.size) == (number, "验收单 😀.pdf", len(content))
    assert (found.media_type, found.added_by) == ("application/pdf", CLERK)
    target = tmp_path / "copy.pdf"
    target.write_bytes(b"older")
    save_copy(session, number, target)
    assert target.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.pdf", "验收单 😀.pdf"]


def test_the_same_bytes_are_kept_once_and_go_with_the_last_record(
    session: Session, tmp_path: Path, asset: int, add: Add
) -> None:
    one = attach(session, "asset", asset, _file(tmp_path, "a.pdf", PDF))
    two = attach(session, "asset", add("assets", code="ZC2", name="桌"), _file(tmp_path, "b.pdf", PDF))
    assert _contents(session) == 1
    detach(session, one)
    assert (attached(session, "asset", asset), _contents(session)) == ([], 1)
    detach(session, two)
    assert _contents(session) == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(ContentChunk)) == 0
    with pytest.raises(UserError):
        detach(session, two)


def test_a_deleted_record_takes_its_files_along(session: Session, tmp_path: Path, add: Add) -> None:
    number = add("assets", code="ZC1", name="桌")
    attach(session, "asset", number, _file(tmp_path, "a.pdf", PDF))
    records.delete(session, LEDGERS, LEDGERS["assets"], number, 1)
    assert (attached(session, "asset", number), _contents(session)) == ([], 0)


def test_other_bytes_under_the_name_of_a_file_to_come_are_never_given_out(
    session: Session, tmp_path: Path, asset: int
) -> None:
    file = _file(tmp_path, "contract.pdf", PDF + b"signed")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    session.execute(sa.insert(Content).values(sha256=sha256, size=7, media_type="application/pdf"))
    session.execute(sa.insert(ContentChunk).values(sha256=sha256, number=0, data=b"forged!"))
    hang = sa.insert(Attachment).values(table_name="asset", record_id=asset, sha256=sha256, file_name="forged.pdf")
    with pytest.raises(sa.exc.DBAPIError) as refused, session.begin_nested():
        session.execute(hang)
    assert "not reach the database whole" in str(explain(refused.value, Words()))
    number = attach(session, "asset", asset, file)
    save_copy(session, number, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == PDF + b"signed"


def test_a_damaged_copy_is_never_left_behind(session: Session, tmp_path: Path, asset: int, database: Target) -> None:
    number = attach(session, "asset", asset, _file(tmp_path, "a.pdf", PDF))
    session.execute(sa.delete(ContentChunk))  # what hangs on a record stays
    session.commit()
    save_copy(session, number, tmp_path / "whole.pdf")
    (tmp_path / "whole.pdf").unlink()
    execute(database, "DELETE FROM app.content_chunk")
    with pytest.raises(UserError, match="damaged"):
        save_copy(session, number, tmp_path / "copy.pdf")
    assert not (tmp_path / "copy.pdf").exists()
    with pytest.raises(UserError, match="cannot be written"):
        save_copy(session, number, tmp_path / "nowhere" / "copy.pdf")


def _zip(folder: Path, name: str, part: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ\x90\x00"),
        ("photo.jpg", b"MZ\x90\x00"),
        ("report.pdf.lnk", b"L\x00\x00\x00\x01\x14\x02\x00"),
        ("page.hta", b"<script>"),
        ("run.js", b"alert(1)"),
        ("run.bat", b"del *"),
        ("notes.txt", b"MZ\x00\x00"),
        ("photo.png", PDF),
        ("form.exe", PDF),
        ("empty.pdf", b""),
        ("broken.xlsx", b"PK\x03\x04 and no more"),
        ("noending", b"hello"),
    ],
)
def test_dangerous_and_disguised_files_are_refused(session: Session, tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UserError, match=name):
        attach(session, "asset", 1, _file(tmp_path, name, content))
    assert _contents(session) == 0


def test_office_files_are_kept_without_macros_only(session: Session, tmp_path: Path, asset: int) -> None:
    attach(session, "asset", asset, _zip(tmp_path, "台账.xlsx", "xl/workbook.xml"))
    attach(session, "asset", asset, _zip(tmp_path, "图纸.zip", "a.dwg"))
    for path in (_zip(tmp_path, "x.xlsm", "xl/vbaProject.bin"), _zip(tmp_path, "x.docx", "xl/workbook.xml")):
        with pytest.raises(UserError):
            attach(session, "asset", asset, path)
    assert [one.file_name for one in attached(session, "asset", asset)] == ["台账.xlsx", "图纸.zip"]


def test_the_organisation_sets_how_large_a_file_may_be(session: Session, tmp_path: Path, asset: int) -> None:
    organisation.write(session, organisation.ATTACHMENT_BYTES, 10)
    attach(session, "asset", asset, _file(tmp_path, "a.pdf", PDF))
    with pytest.raises(UserError, match="at most"):
        attach(session, "asset", asset, _file(tmp_path, "b.pdf", PDF + b"xx"))


def test_a_file_that_is_gone_is_told(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        attach(session, "asset", 1, tmp_path / "gone.pdf")
