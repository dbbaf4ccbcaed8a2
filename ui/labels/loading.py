"""What the dialogs of labels ask the database and have painted, in a worker."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPainter

from logistics_desktop.context import Office
from logistics_desktop.features.labels import store
from logistics_desktop.features.labels.design import Design
from logistics_desktop.features.labels.filling import example
from logistics_desktop.features.labels.geometry import Grid
from logistics_desktop.features.labels.sheets import check_fits, check_sheet
from logistics_desktop.features.labels.store import Saved
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.rows import page
from logistics_desktop.ledgers import LEDGERS
from ui.labels.rendering import Run

_FEW = 20  # records to look at a design with
_PREVIEW_DOTS = 900  # the longer side of the picture of a page


@dataclass(frozen=True, slots=True)
class Loaded:
    """The designs of a ledger, and some of its records as texts; there is always one record, be it an example."""

    saved: tuple[Saved, ...]
    records: tuple[Mapping[str, str], ...]


def load(office: Office, entity: Entity, ids: array[int], _job: Job) -> Loaded:
    """Read the designs and the first of the records."""
    keys = [field.key for field in entity]
    with office.session() as session:
        saved = store.designs(session, entity)
        rows = page(session, LEDGERS, entity, ids[:_FEW], keys)
    records = [
        {key: kinds.text_of(entity.by_key[key], value) for key, value in zip(keys, row.values, strict=True)}
        for row in rows
    ]
    return Loaded(tuple(saved), tuple(records) or (example(entity),))


def save(office: Office, entity: Entity, before: Saved | None, design: Design, job: Job) -> Saved:
    """Store a design, a new one or in place of the one before."""
    if before is None:
        made = office.save(lambda session: store.create(session, entity, design), job=job)
        return Saved(made, 1, design.name, design)
    at, version = before.id, before.version
    after = office.save(lambda session: store.update(session, entity, at, version, design), job=job)
    return Saved(at, after, design.name, design)


def designs(office: Office, entity: Entity, _job: Job) -> tuple[Saved, ...]:
    """Read the designs."""
    with office.session() as session:
        return tuple(store.designs(session, entity))


def delete(office: Office, entity: Entity, saved: Saved, job: Job) -> tuple[Saved, ...]:
    """Delete a design and give those that are left."""
    office.save(lambda session: store.delete(session, saved.id, saved.version), job=job)
    return designs(office, entity, job)


def picture(run: Run, job: Job) -> QImage:
    """The first page as it will be printed. Raises `UserError` where it cannot be."""
    check_sheet(run.sheet)
    check_fits(run.sheet, run.batch.design)
    free = run.sheet.places - run.start + 1
    some = -(-free // run.batch.copies)
    first = replace(run, batch=replace(run.batch, ids=run.batch.ids[:some]))
    longer = max(run.sheet.page_width, run.sheet.page_height)
    zoom = _PREVIEW_DOTS / longer / Grid(run.dpi).per_mm
    size = QSizeF(run.sheet.page_width, run.sheet.page_height) * (_PREVIEW_DOTS / longer)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(zoom, zoom)
        first.preview(painter, Grid(run.dpi), job)
    finally:
        painter.end()
    return image
