"""Files that hang on records, their bytes kept in the database once per content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.attachments import CHUNK_BYTES, Attachment, Content, ContentChunk
from logistics_desktop import organisation
from logistics_desktop.errors import Refused, UserError
from logistics_desktop.filetypes import media_type
from logistics_desktop.i18n import N_
from logistics_desktop.jobs import Job

_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Attached:
    """A file on a record; `size` in bytes."""

    id: int
    file_name: str
    size: int
    media_type: str
    added_at: datetime
    added_by: str


def attach_all(session: Session, table: str, record_id: int, paths: Iterable[Path], job: Job) -> None:
    """Hang several files on a record, all or none: see `attach`."""
    paths = tuple(paths)
    for done, path in enumerate(paths):
        job.progress(done, len(paths), path.name)
        attach(session, table, record_id, path)


def attach(session: Session, table: str, record_id: int, path: Path) -> int:
    """Hang the file at `path` on a record and give the attachment's number.

    Raises `UserError` for a file that cannot be read, is empty, too large, or of a kind that is not kept.
    """
    try:
        size, limit = path.stat().st_size, organisation.read(session, organisation.ATTACHMENT_BYTES)
        if size > limit:
            raise UserError(
                N_("“{name}” has {size} MB; at most {limit} MB are kept."),
                name=path.name,
                size=f"{size / (1 << 20):.1f}",
                limit=f"{limit / (1 << 20):g}",
            )
        if size == 0:
            raise UserError(N_("“{name}” is empty."), name=path.name)
        kind = media_type(path)
        sha256 = _hash(path)
        _hold(session, sha256)
        _drop_loose(session, sha256)
        if not session.scalar(sa.select(sa.exists().where(Content.sha256 == sha256))):
            _store(session, sha256, size, kind, path)
    except OSError as error:
        raise UserError(
            N_("“{name}” cannot be read: {reason}."), name=path.name, reason=error.strerror or str(error)
        ) from error
    file_name = path.stem[: _NAME_LENGTH - len(path.suffix)] + path.suffix
    new = Attachment(table_name=table, record_id=record_id, sha256=sha256, file_name=file_name)
    session.add(new)
    session.flush()
    return new.id


def attached(session: Session, table: str, record_id: int) -> list[Attached]:
    """Give the files on a record, oldest first."""
    found = (
        sa.select(
            Attachment.id,
            Attachment.file_name,
            Content.size,
            Content.media_type,
            Attachment.added_at,
            Attachment.added_by,
        )
        .join(Content, Content.sha256 == Attachment.sha256)
        .where(Attachment.table_name == table, Attachment.record_id == record_id)
        .order_by(Attachment.id)
    )
    return [Attached(*row) for row in session.execute(found)]


def save_copy(session: Session, attachment_id: int, target: Path) -> None:
    """Write the file to `target`; what was there stays until all is written and proved whole. Raises `UserError`."""
    sha256 = _content_of(session, attachment_id)
    numbers = sa.select(ContentChunk.number).where(ContentChunk.sha256 == sha256).order_by(ContentChunk.number)
    part = target.with_name(target.name + ".part")
    digest = hashlib.sha256()
    try:
        with part.open("wb") as file:
            for number in session.scalars(numbers).all():
                data = session.scalars(
                    sa.select(ContentChunk.data).where(ContentChunk.sha256 == sha256, ContentChunk.number == number)
                ).one()
                digest.update(data)
                file.write(data)
        if digest.hexdigest() != sha256:
            raise UserError(N_("The stored file is damaged. Tell an administrator."))
        part.replace(target)
    except OSError as error:
        raise UserError(
            N_("“{name}” cannot be written: {reason}."), name=target.name, reason=error.strerror or str(error)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def detach(session: Session, attachment_id: int) -> None:
    """Take a file off its record; its bytes go when nothing else needs them. Raises `Refused` if it is gone."""
    _drop(session, attachment_id, _content_of(session, attachment_id))


def detach_each(session: Session, attachment_ids: Iterable[int]) -> None:
    """Take several files off their records, all or none: see `detach`."""
    for attachment_id in attachment_ids:
        detach(session, attachment_id)


def detach_all(session: Session, table: str, record_id: int) -> None:
    """Take every file off a record that is to be deleted."""
    found = sa.select(Attachment.id, Attachment.sha256).where(
        Attachment.table_name == table, Attachment.record_id == record_id
    )
    # In one order for everybody, so that two who hold the same contents do not wait for each other.
    for attachment_id, sha256 in session.execute(found.order_by(Attachment.sha256)).all():
        _drop(session, attachment_id, sha256)


def _drop(session: Session, attachment_id: int, sha256: str) -> None:
    _hold(session, sha256)
    session.execute(sa.delete(Attachment).where(Attachment.id == attachment_id))
    needed = sa.exists().where(Attachment.sha256 == sha256)
    session.execute(sa.delete(Content).where(Content.sha256 == sha256, ~needed))


def _hold(session: Session, sha256: str) -> None:
    """Let nobody else add or drop this content until the end of the transaction."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sha256, 0))))


def _drop_loose(session: Session, sha256: str) -> None:
    """Bytes that hang nowhere were never compared with their name: they are stored anew."""
    loose = sa.func.app.content_is_loose(sha256, type_=sa.Boolean)
    session.execute(sa.delete(Content).where(Content.sha256 == sha256, loose))


def _content_of(session: Session, attachment_id: int) -> str:
    found = session.scalar(sa.select(Attachment.sha256).where(Attachment.id == attachment_id))
    if found is None:
        raise Refused(N_("This file has been taken off its record meanwhile."))
    return found


def _store(session: Session, sha256: str, size: int, kind: str, path: Path) -> None:
    # It may be there already on a record that this user does not see.
    new = insert(Content).values(sha256=sha256, size=size, media_type=kind).on_conflict_do_nothing()
    if session.connection().execute(new, execution_options={"preserve_rowcount": True}).rowcount == 1:
        for number, data in enumerate(_chunks(path)):
            session.execute(sa.insert(ContentChunk).values(sha256=sha256, number=number, data=data))


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    for data in _chunks(path):
        digest.update(data)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(CHUNK_BYTES):
            yield data
