"""The dialogs of cells with something in them, for the pictures of the manual."""

from __future__ import annotations

from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.filters import Query
from logistics_desktop.ledger.rows import sorted_ids
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.workbook.pasting import Pasted
from ui.ledger import paste_work
from ui.ledger.paste_dialog import PasteDialog
from ui.ledger.paste_work import Choices
from ui.ledger.rows_dialog import Rows, RowsDialog, change_dialog, replace_dialog
from ui.workspace import Workspace

_NAMES = ("圆桌", "投影仪", "", "档案柜", "音箱")
_VALUES = ("￥1,200.50", "1.2万元", "3600", "很贵", "880")


def paste(workspace: Workspace, entity: Entity) -> PasteDialog:
    """A block over the first rows, with a cell that cannot be taken and a row that is new."""
    known = _rows(workspace, entity).selected[: len(_NAMES) - 1]
    columns = {"name": _NAMES, "original_value": _VALUES}
    pasted = Pasted(columns, [*known, *[None] * (len(_NAMES) - len(known))], range(1, len(_NAMES) + 1))
    checked = paste_work.check(workspace.office, entity, pasted, Choices(), Job())
    return PasteDialog(workspace, entity, pasted, checked)


def change(workspace: Workspace, entity: Entity) -> RowsDialog:
    """A change of all rows that some of them do not take."""
    dialog = change_dialog(workspace, entity, _rows(workspace, entity), "residual_value")
    dialog.inputs.fill("50000")
    dialog.all.setChecked(True)
    dialog.look()
    return dialog


def replace(workspace: Workspace, entity: Entity) -> RowsDialog:
    """A word replaced in the names."""
    dialog = replace_dialog(workspace, entity, _rows(workspace, entity), "name")
    dialog.inputs.fill("电脑", "计算机")
    dialog.all.setChecked(True)
    dialog.look()
    return dialog


def _rows(workspace: Workspace, entity: Entity) -> Rows:
    with workspace.office.session() as session:
        ids = sorted_ids(session, LEDGERS, entity, Query())
    return Rows(ids[:20], Query(), len(ids))
