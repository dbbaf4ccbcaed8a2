"""One record beside the table: its form, history and files, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTabWidget, QToolButton, QVBoxLayout, QWidget

from logistics_desktop.errors import Conflict, FieldErrors, Refused
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds, records
from logistics_desktop.ledger.duplicating import duplicate
from logistics_desktop.ledger.edits import saved
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.merging import Merge, merge
from logistics_desktop.ledger.records import Record
from ui.actions import BY_KEY, bind, keys_in_words, make
from ui.ledger import saving
from ui.ledger.ask import ask_unsaved
from ui.ledger.attachments_view import AttachmentsView
from ui.ledger.draft_keeper import DraftBar, DraftKeeper
from ui.ledger.form import Form
from ui.ledger.history_view import HistoryView
from ui.ledger.links_bar import LinksBar
from ui.ledger.merge_dialog import ask_merge
from ui.ledger.presence import EditingSign, PresenceBar
from ui.ledger.timeline_view import TimelineView
from ui.theme import icon
from ui.workspace import Workspace


def _nothing() -> None:
    """After saving, stay."""


def _at_once(_save: Callable[[], object]) -> bool:
    """Nothing is to be seen before saving."""
    return False


class RecordPanel(QWidget):
    """Shows one record or a new one. Ctrl+S saves, Ctrl+Enter saves and begins a new one, Esc closes."""

    saved = Signal(int)  # id of the record
    opened = Signal()  # it came into sight
    shown = Signal()  # another record is on show, or the same one read again
    closed = Signal()

    def __init__(self, workspace: Workspace, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entity = entity
        self._record: Record | None = None
        self._wanted: int | None = None  # the record that is being read, or on show
        self._saving = False
        self.usual: dict[str, Any] = {}  # what a new record begins with besides its defaults
        self.before_saving: Callable[[Callable[[], object]], bool] = _at_once  # may hold back; the other one goes on
        self.form = Form(workspace, entity)
        self.keeper = DraftKeeper(workspace, entity, self.form, self)
        self.draft = DraftBar(self.keeper, entity)
        self.presence = PresenceBar(entity)
        self._sign = EditingSign(workspace, entity)
        self._editors: dict[int, str] = {}
        self.links = LinksBar(workspace, entity)
        self.history = HistoryView(workspace, entity)
        self.files = AttachmentsView(workspace, entity.table)
        self.timeline = TimelineView(workspace, entity)
        self.tabs = QTabWidget(documentMode=True)
        self.title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("recordTitle")
        self.origin = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.origin.setObjectName("hint")
        self.print = QToolButton()
        self.save_button = QPushButton(_(N_("Save")), default=True)
        self.next_button = QPushButton(_(N_("Save and new")))
        self._lay_out()
        self._bind_keys()
        self.form.changed.connect(self._show_state)
        workspace.rights.changed.connect(self._show_allowed)
        self._show_allowed()
        self.tabs.currentChanged.connect(self._fill_tab)
        self.timeline.files_wanted.connect(lambda: self.tabs.setCurrentWidget(self.files))

    @property
    def record(self) -> Record | None:
        """The record on show; None is a new one."""
        return self._record

    def unsaved(self) -> bool:
        """Whether the user would lose something."""
        return self.isVisible() and self.form.touched()

    def open(self, record: int) -> None:
        """Show a record, after asking about unsaved changes of the one before."""
        self.unless_unsaved(partial(self.load, record))

    def start_new(self) -> None:
        """Begin a new record, after asking about unsaved changes."""
        self.unless_unsaved(self._begin)

    def duplicate(self, record: int) -> None:
        """Begin a new record after a stored one, after asking about unsaved changes."""
        work = partial(saving.read, self._workspace.office, self._entity, record)
        self.unless_unsaved(lambda: self._workspace.tasks.run(work, self._begin_duplicate, owner=self, key="read"))

    def close_panel(self) -> None:
        """Go away, after asking about unsaved changes."""
        self.unless_unsaved(self._close)

    def save(self, then: Callable[[], object] = _nothing) -> None:
        """Save, and do `then` once it is stored."""
        if self._saving or not self.form.touched() or not self.before_saving(partial(self._save, then)):
            self._save(then)

    def _save(self, then: Callable[[], object]) -> None:
        if self._saving or not self.form.touched():
            if not self._saving and self._record is not None:
                then()
            elif not self._saving:
                self._check_only()
            return
        try:
            work = self._work()
        except FieldErrors:
            self.tabs.setCurrentIndex(0)
            return
        self._saving = True
        self._show_state()
        done = partial(self._stored, then)
        self._workspace.tasks.run(work, done, owner=self, key="save", on_error=partial(self._refused, then))

    def print_card(self) -> QDialog:
        """Show how the record prints, as it is stored."""
        from ui.paper.printing import preview_card

        assert self._record is not None
        preview = preview_card(self._workspace, self._entity, self._record.id, self.title.text(), self)
        preview.open()
        return preview

    def reload(self) -> None:
        """Show the record as it is stored now."""
        if self._record is not None:
            self.load(self._record.id)

    def refresh(self) -> None:
        """Somebody may have changed the record: show that, and leave alone what the user is typing."""
        if self.isVisible() and not self._saving and self._record is not None:
            work = partial(saving.read, self._workspace.office, self._entity, self._record.id)
            self._workspace.tasks.run(work, self._show_refreshed, owner=self, key="refresh", on_error=self._not_there)

    def show_editors(self, names: dict[int, str]) -> None:
        """Take who else is at work on which record."""
        self._editors = names
        self.presence.show_editors(self._names())

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget beside the title."""
        self._head.insertWidget(1, widget)

    def add_notice(self, widget: QWidget) -> None:
        """Put a widget that tells about the record above its form."""
        self._column.insertWidget(1, widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it comes into sight."""
        super().showEvent(event)
        if not event.spontaneous():
            self.opened.emit()

    def unless_unsaved(self, do: Callable[[], object]) -> None:
        """Do something after which this record is not on show any more, after asking about unsaved changes."""
        if self.unsaved():
            ask_unsaved(self, partial(self.save, do), do)
        else:
            do()

    def _work(self) -> Callable[..., Record]:
        office, entity = self._workspace.office, self._entity
        if self._record is None:
            return partial(saving.create, office, entity, self.form.values(), self.keeper.request)
        return partial(saving.update, office, entity, self._record, self.form.changes())

    def _check_only(self) -> None:
        """A new record in which nothing was typed: say what must be."""
        try:
            self.form.values()
        except FieldErrors:
            self.tabs.setCurrentIndex(0)

    def load(self, record: int) -> None:
        """Show a record as it is stored, whatever was typed."""
        self._wanted = record
        work = partial(saving.read, self._workspace.office, self._entity, record)
        self._workspace.tasks.run(work, self._show_read, owner=self, key="read")

    def _show_read(self, record: Record) -> None:
        if record.id == self._wanted:  # or the user has gone on meanwhile
            self._show(record)

    def _show_refreshed(self, record: Record) -> None:
        before = self._record
        if before is None or before.id != record.id or self._saving:
            return
        if not self.form.touched():
            if record != before:
                self._record = record
                self.form.show_again(record.values)
                self._show_head()
                self._follow(record)
            self._fill_tab()
        elif record.version != before.version:
            self.presence.tell_saved(before, record)

    def _not_there(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.presence.tell_gone(error)
        else:
            self._workspace.notices.report(error)

    def _begin(self) -> None:
        self._wanted = None
        self._record = None
        self.form.show_values({**records.blank(self._entity), **self.usual})
        self.tabs.setCurrentIndex(0)
        self._show_head()
        self.show()
        self._follow(None)
        self.form.focus_first()

    def _begin_duplicate(self, record: Record) -> None:
        made = duplicate(self._entity, record.values, records.blank(self._entity))
        self._begin()
        self.form.put_all(made.values)
        for field in made.left_out:
            self.form.whisper(field.key, _(N_("not copied")))
        title = self._entity.by_key[self._entity.title.key]
        self.origin.setText(
            _(N_("After “{title}”. Its files are not copied."), title=kinds.text_of(title, record.values[title.key]))
        )

    def _show(self, record: Record) -> None:
        self._wanted = record.id
        self._record = record
        self.form.show_values(record.values)
        self._show_head()
        self.show()
        self._follow(record)
        self._fill_tab()

    def _follow(self, record: Record | None) -> None:
        """Tell those around the form what is on show."""
        self.draft.begin(record)
        self.presence.begin(self._names())
        self.links.show_record(record.id if record else 0)
        self.shown.emit()

    def _stored(self, then: Callable[[], object], record: Record) -> None:
        self._saving = False
        self._workspace.edits.add(saved(self._entity, self._record, record))
        self._show(record)
        self.saved.emit(record.id)
        then()

    def _refused(self, then: Callable[[], object], error: BaseException) -> None:
        self._saving = False
        self._show_state()
        if isinstance(error, FieldErrors):
            self.tabs.setCurrentIndex(0)
            self.form.refuse(error.by_field)
        elif isinstance(error, Conflict) and isinstance(error.theirs, Record):
            self._put_together(error.theirs, then)
        else:
            self._workspace.notices.report(error)

    def _put_together(self, theirs: Record, then: Callable[[], object]) -> None:
        """Somebody was faster: save both changes, asking only about the fields that both have changed."""
        base = self._record.values if self._record is not None else records.blank(self._entity)
        found = merge(self._entity, base, theirs.values, self.form.mine())
        if found.clashes:
            again = partial(self._save_merged, theirs, found, then)
            ask_merge(self, found, theirs, again, partial(self.load, theirs.id))
            return
        who, fields = theirs.origin.updated_by, _(N_(", ")).join(_(field.label) for field in found.added)
        self._workspace.notices.say(
            _(
                N_("{who} changed this record at the same time ({fields}); both changes are kept."),
                who=who,
                fields=fields,
            )
        )
        self._save_merged(theirs, found, then, {})

    def _save_merged(
        self, theirs: Record, found: Merge, then: Callable[[], object], decided: Mapping[str, object]
    ) -> None:
        self._show(theirs)
        for key, value in {**found.kept, **decided}.items():
            self.form.put(key, value)
        self.save(then)

    def _close(self) -> None:
        self._wanted = None
        self.keeper.end()
        self.links.show_record(0)
        self._sign.show(None)
        self.hide()
        self.closed.emit()

    def _show_allowed(self) -> None:
        """Let nobody type what the database would refuse."""
        writes = self._workspace.rights.now.writes(self._entity.table)
        self.form.setEnabled(writes)
        self.save_button.setVisible(writes)
        self.next_button.setVisible(writes)
        self._paste.setVisible(writes)

    def _names(self) -> str:
        return self._editors.get(self._record.id, "") if self._record is not None else ""

    def _fill_tab(self) -> None:
        shown = self.tabs.currentWidget()
        self._paste.setEnabled(shown is self.files)
        if self._record is not None and isinstance(shown, HistoryView | AttachmentsView | TimelineView):
            shown.show_record(self._record.id)

    def _show_head(self) -> None:
        singular = _(self._entity.singular)
        if self._record is None:
            self.title.setText(_(N_("New: {what}"), what=singular))
            self.origin.setText("")
        else:
            title = self._entity.by_key[self._entity.title.key]
            self.title.setText(kinds.text_of(title, self._record.values[title.key]))
            made = self._record.origin
            at = f"{made.updated_at.astimezone():%Y-%m-%d %H:%M}"
            self.origin.setText(_(N_("Last saved by {who}, {at}"), who=made.updated_by, at=at))
        self.print.setEnabled(self._record is not None)
        for tab in (1, 2, 3):
            self.tabs.setTabEnabled(tab, self._record is not None)
        self._show_state()

    def _show_state(self) -> None:
        touched = self.form.touched()
        self._sign.show(self._record.id if self._record is not None and touched and not self.isHidden() else None)
        self.save_button.setEnabled(touched and not self._saving)
        self.next_button.setEnabled(not self._saving)
        self.save_button.setText(_(N_("Saving …")) if self._saving else _(N_("Save")))

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setToolTip(_(N_("Close (Esc)")))
        close.setAccessibleName(_(N_("Close")))
        close.clicked.connect(self.close_panel)
        self.print.setIcon(icon("print"))
        self.print.setToolTip(_(N_("Print the card (Ctrl+P)")))
        self.print.setAccessibleName(_(N_("Print the card")))
        self.print.clicked.connect(self.print_card)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(12, 8, 8, 2)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.print)
        self._head.addWidget(close)
        self.tabs.addTab(self.form, _(N_("Details")))
        self.tabs.addTab(self.history, _(N_("History")))
        self.tabs.addTab(self.files, _(N_("Files")))
        self.tabs.addTab(self.timeline, _(N_("Time line")))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.origin, 1)
        foot.addWidget(self.next_button)
        foot.addWidget(self.save_button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.links)
        column.addWidget(self.presence)
        column.addWidget(self.draft)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        self.save_button.setToolTip(keys_in_words(BY_KEY["save"]))
        self.next_button.setToolTip(keys_in_words(BY_KEY["save_and_new"]))

    def _bind_keys(self) -> None:
        self._paste = bind(make("paste_file", self, self.files.paste), self.tabs, inside=True)
        self._paste.setEnabled(False)
        self.save_button.clicked.connect(lambda: self.save())
        self.next_button.clicked.connect(self._save_and_new)
        for key, do in (("save", self.save), ("save_and_new", self._save_and_new), ("close_record", self.close_panel)):
            bind(make(key, self, do), self, inside=True)

    def _save_and_new(self) -> None:
        self.save(self._begin)
