"""The list of saved views beside the search: choose one, keep what was changed, share it, begin with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from logistics_desktop.context import Office
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import views
from logistics_desktop.ledger.views import EVERYONE, SavedView, Views
from ui.actions import bind, make
from ui.ledger.ask import Answer, ask
from ui.ledger.view import View, document, first_view, from_json
from ui.ledger.view_dialogs import NameDialog, ShareDialog
from ui.theme import icon

if TYPE_CHECKING:
    from ui.ledger.screen import LedgerScreen

T = TypeVar("T")
_OWN = ("save_view", "save_view_as", "rename_view", "share_view", "delete_view")


class ViewBox(QToolButton):
    """Shows the name of the view, with a dot where it was changed since; the menu has all views and what to do."""

    def __init__(self, screen: LedgerScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._workspace = screen.workspace
        self._entity = screen.entity
        self._named: int | None = None
        self.views = Views()
        self.begun = False  # the ledger shows what it opens with
        self._left: View | None = None
        self.setIcon(icon("list"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(_(N_("Views")))
        self._actions = self._make_actions()
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        self.compare()

    @property
    def named(self) -> int | None:
        """The number of the saved view that is on show, or was before it was changed."""
        return self._named

    @property
    def current(self) -> SavedView | None:
        """That view, if it is still there."""
        return self.views.get(self._named)

    def open_list(self) -> None:
        """Open the list below the button."""
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height())))
        self.menu().setActiveAction(self.menu().actions()[0])

    def begin(self, left: View | None) -> None:
        """Read the views and show what the ledger opens with: the user's choice, or as it was left."""
        self._left = left
        self._run(views.read, self._begin, self._entity.key, on_error=self._begin_anyway)

    def read_again(self) -> None:
        """Somebody may have changed the views."""
        self._run(views.read, self._take, self._entity.key)

    def compare(self) -> None:
        """Show the name, and whether the view was changed since it was saved."""
        saved = self.current
        name = saved.name if saved else _(N_("Views"))
        self.setText(f"{name} •" if self.changed() else name)
        self.setToolTip(_(N_("Changed since it was saved")) if self.changed() else _(N_("Choose or save a view")))

    def changed(self) -> bool:
        """Whether the saved view on show was changed since."""
        saved = self.current
        return saved is not None and document(self._read(saved)) != document(self._screen.view())

    def show_view(self, saved: SavedView) -> None:
        """Look at the ledger as the saved view does."""
        self._named = saved.id
        self._screen.show_view(self._read(saved))

    def start_again(self) -> None:
        """Look at the ledger as somebody who has chosen nothing yet."""
        self._named = None
        self._screen.show_view(replace(first_view(self._entity), panel_width=self._screen.view().panel_width))

    def save_as(self) -> NameDialog:
        """Ask for a name and save what is on show as a new view."""
        dialog = NameDialog(_(N_("Save the view")), "", self._screen)
        shown = document(self._screen.view())
        dialog.named.connect(
            lambda name: self._run(
                views.create, partial(self._saved, dialog), self._entity.key, name, shown, on_error=dialog.refuse
            )
        )
        dialog.open()
        return dialog

    def save(self) -> None:
        """Keep in the view what is on show now."""
        saved = self._mine()
        if saved is not None:
            self._run(views.update, self._done, saved, document(self._screen.view()))

    def rename(self) -> NameDialog | None:
        """Ask for another name."""
        saved = self._mine()
        if saved is None:
            return None
        dialog = NameDialog(_(N_("Rename the view")), saved.name, self._screen)
        dialog.named.connect(
            lambda name: self._run(views.rename, partial(self._close, dialog), saved, name, on_error=dialog.refuse)
        )
        dialog.open()
        return dialog

    def share(self) -> None:
        """Ask with whom the view is shared."""
        saved = self._mine()
        if saved is not None:
            self._run(views.posts, partial(self._ask_sharing, saved))

    def delete(self) -> None:
        """Ask whether the view is to go."""
        saved = self._mine()
        if saved is not None:
            text = _(N_("Delete the view “{name}”?"), name=saved.name)
            details = "" if saved.shared_with is None else _(N_("Those it is shared with lose it too."))
            do = partial(self._run, views.delete, self._done, saved)
            ask(self._screen, text, [Answer(_(N_("Delete")), do), Answer(_(N_("Keep")))], details)

    def open_with(self, *, chosen: bool) -> None:
        """Open the ledger with this view from now on, or as it was left."""
        self._run(views.choose, self._done, self._entity.key, self._named if chosen else None)

    def _begin(self, found: Views) -> None:
        self.views = found
        if self.begun:  # somebody has asked for something else meanwhile
            self.compare()
            return
        opening = found.get(found.chosen) or (found.first if self._left is None else None)
        if opening is not None:
            self.show_view(opening)
        else:
            self._begin_as_left()

    def _begin_anyway(self, error: BaseException) -> None:
        self._workspace.notices.report(error)
        if not self.begun:
            self._begin_as_left()

    def _begin_as_left(self) -> None:
        left = self._left or first_view(self._entity)
        self._named = left.named
        self._screen.show_view(left)

    def _read(self, saved: SavedView) -> View:
        width = self._screen.view().panel_width
        return replace(from_json(self._entity, saved.document), panel_width=width, named=saved.id)

    def _take(self, found: Views) -> None:
        self.views = found
        self.compare()

    def _saved(self, dialog: NameDialog, number: int) -> None:
        self._named = number
        dialog.accept()
        self._done()

    def _close(self, dialog: NameDialog | ShareDialog, _none: object = None) -> None:
        dialog.accept()
        self._done()

    def _done(self, _none: object = None) -> None:
        self.read_again()
        self._screen.remember()

    def _ask_sharing(self, saved: SavedView, posts: list[str]) -> None:
        dialog = ShareDialog(saved, posts, self._screen)

        def share(who: str | None, opens: bool) -> None:
            work = partial(views.share, opens=opens)
            self._run(work, partial(self._close, dialog), saved, who, on_error=dialog.refuse)

        dialog.shared.connect(share)
        dialog.open()

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        mine = [saved for saved in self.views.all if saved.mine]
        others = [saved for saved in self.views.all if not saved.mine]
        for title, listed in ((_(N_("My views")), mine), (_(N_("Shared with me")), others)):
            if listed:
                menu.addSection(title)
            for saved in listed:
                action = menu.addAction(self._said(saved), partial(self.show_view, saved))
                action.setCheckable(True)
                action.setChecked(saved.id == self._named)
        menu.addSeparator()
        self._fill_commands(menu)

    def _fill_commands(self, menu: QMenu) -> None:
        saved = self.current
        own = saved is not None and saved.mine
        actions = self._actions
        actions["save_view"].setEnabled(own and self.changed())
        for key in ("rename_view", "share_view", "delete_view"):
            actions[key].setEnabled(own)
        opens = actions["open_with_view"]
        opens.setEnabled(saved is not None)
        opens.setChecked(self._opens_with())
        menu.addActions([actions[key] for key in _OWN])
        menu.addSeparator()
        menu.addActions([actions[key] for key in ("open_with_view", "first_view")])
        menu.aboutToHide.connect(self._enable_all)

    def _enable_all(self) -> None:
        for action in self._actions.values():
            action.setEnabled(True)

    def _opens_with(self) -> bool:
        return self.current is not None and self.views.chosen == self.current.id

    def _toggle_opening(self) -> None:
        if self.current is not None:
            self.open_with(chosen=not self._opens_with())

    def _make_actions(self) -> dict[str, QAction]:
        commands: dict[str, Callable[[], object]] = {
            "save_view": self.save,
            "save_view_as": self.save_as,
            "rename_view": self.rename,
            "share_view": self.share,
            "delete_view": self.delete,
            "open_with_view": self._toggle_opening,
            "first_view": self.start_again,
        }
        made = {key: bind(make(key, self, do), self._screen, inside=True) for key, do in commands.items()}
        made["open_with_view"].setCheckable(True)
        return made

    def _mine(self) -> SavedView | None:
        """The saved view on show, if it is the user's to change."""
        saved = self.current
        return saved if saved is not None and saved.mine else None

    def _said(self, saved: SavedView) -> str:
        name = saved.name.replace("&", "&&")
        if not saved.mine:
            return _(N_("{name} ({owner})"), name=name, owner=saved.owner)
        if saved.shared_with is None:
            return name
        who = _(N_("Everybody")) if saved.shared_with == EVERYONE else saved.shared_with
        return _(N_("{name} → {who}"), name=name, who=who)

    def _run(
        self,
        do: Callable[..., T],
        then: Callable[[T], object],
        *given: object,
        on_error: Callable[[BaseException], object] | None = None,
    ) -> None:
        work = partial(_in_session, self._workspace.office, do, given)
        key = "views" if do is views.read else None
        self._workspace.tasks.run(work, then, owner=self, key=key, on_error=on_error)


def _in_session(office: Office, do: Callable[..., T], given: tuple[object, ...], job: Job) -> T:
    reading: tuple[object, ...] = (views.read, views.posts)
    if do in reading:
        with office.session() as session:
            return do(session, *given)
    return office.save(lambda session: do(session, *given), job=job)
