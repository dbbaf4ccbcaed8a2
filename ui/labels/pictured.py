"""The dialogs of labels as the pictures of the manual show them: with the first rows of the ledger."""

from __future__ import annotations

from array import array

from logistics_desktop.features.labels.starters import starter
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import first_page
from logistics_desktop.ledgers import LEDGERS
from ui.labels import loading
from ui.labels.designer import Designer
from ui.labels.labels_dialog import LabelsDialog, Rows
from ui.workspace import Workspace

_ROWS = 24


def first_labels(workspace: Workspace, entity: Entity) -> LabelsDialog:
    """The dialog that prints labels."""
    return LabelsDialog(workspace, entity, [Rows(_(N_("Selected rows")), _first(workspace, entity))])


def designer(workspace: Workspace, entity: Entity) -> Designer:
    """The designer with a label of the commonest size, one of its elements chosen."""
    loaded = loading.load(workspace.office, entity, _first(workspace, entity), Job())
    made = Designer(entity, starter(entity, 70, 50), loaded.records)
    made.canvas.choose(1)
    return made


def _first(workspace: Workspace, entity: Entity) -> array[int]:
    with workspace.office.session() as session:
        return array("q", [row.id for row in first_page(session, LEDGERS, entity, Query(), (), _ROWS)])
