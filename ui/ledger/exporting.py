"""Saving what the table shows, or an empty template, as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledgers import LEDGERS
from logistics_desktop.stopping import stoppable
from ui.ledger.ask import Answer, ask
from ui.ledger.reading import Reader
from ui.workspace import Workspace


def _write_list(reader: Reader, path: Path, job: Job) -> int:
    from logistics_desktop.workbook.export import export_list

    with reader.office.session() as session, stoppable(session, job):
        return export_list(
            session,
            LEDGERS,
            reader.entity,
            reader.query,
            reader.keys,
            path,
            job,
            groups=reader.groups,
            rules=reader.rules,
        )


def _write_template(office: Office, entity: Entity, path: Path, _job: Job) -> None:
    from logistics_desktop.workbook.blank import write_template_for

    with office.session() as session:
        write_template_for(session, LEDGERS, entity, path)


class Exporter:
    """Asks where to, writes in a worker with progress, and offers to open what was written."""

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget) -> None:
        self._workspace = workspace
        self._entity = entity
        self._parent = parent

    def ask_list(self, reader: Reader) -> QFileDialog:
        """Ask for a file and write the rows that `reader` shows."""
        kinds = [_(N_("Excel workbook (*.xlsx)")), _(N_("Comma-separated text (*.csv)"))]
        day = QDate.currentDate().toString("yyyy-MM-dd")
        return self._ask(_(N_("Export")), f"{_(self._entity.label)} {day}", kinds, partial(self.write_list, reader))

    def ask_template(self) -> QFileDialog:
        """Ask for a file and write an empty workbook to fill in and import."""
        name = _(N_("{ledger} template"), ledger=_(self._entity.label))
        return self._ask(_(N_("Import template")), name, [_(N_("Excel workbook (*.xlsx)"))], self.write_template)

    def write_list(self, reader: Reader, path: Path) -> None:
        """Write the rows that `reader` shows."""
        title = _(N_("Exporting {ledger}"), ledger=_(self._entity.label))
        done = partial(self._offer_list, path)
        self._workspace.tasks.run(partial(_write_list, reader, path), done, owner=self._parent, title=title)

    def write_template(self, path: Path) -> None:
        """Write the empty workbook."""
        work = partial(_write_template, self._workspace.office, self._entity, path)
        said = _(N_("The template is saved as {name}. Fill it in and import it."), name=path.name)
        self._workspace.tasks.run(work, lambda _none: self._offer(path, said), owner=self._parent)

    def _ask(self, title: str, name: str, kinds: list[str], write: Callable[[Path], object]) -> QFileDialog:
        dialog = QFileDialog(self._parent, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(kinds)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: write(with_ending(chosen, dialog.selectedNameFilter())))
        dialog.open()
        return dialog

    def _offer_list(self, path: Path, count: int) -> None:
        said = _(N_("{count} rows are saved as {name}."), count=f"{count:,}", name=path.name)
        self._offer(path, said)

    def _offer(self, path: Path, said: str) -> None:
        offer_to_open(self._parent, path, said)


def offer_to_open(parent: QWidget, path: Path, said: str) -> QMessageBox:
    """Say that a file is written, and offer to open it or its folder."""
    answers = [
        Answer(_(N_("Open the file")), partial(_open, path)),
        Answer(_(N_("Open its folder")), partial(_open, path.parent)),
        Answer(_(N_("Close"))),
    ]
    return ask(parent, said, answers, str(path.parent))


def with_ending(chosen: str, kind: str) -> Path:
    """The file that was chosen, with the ending of the kind where the user typed none."""
    path = Path(chosen)
    ending = ".csv" if "*.csv" in kind else ".xlsx"
    return path if path.suffix.lower() in (".xlsx", ".csv") else path.with_name(path.name + ending)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
