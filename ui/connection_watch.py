"""Tells when the database is lost and when it is back, and what is then to be known of it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_, _
from logistics_desktop.jobs import Job
from ui.notices import Tone
from ui.workspace import Workspace

_CLOCK_SECONDS = 120  # what a clock may be wrong by before anybody should hear of it


class ConnectionWatch(QObject):
    """The connection is made again by itself, and with it every screen: here it is only said."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._lost = False
        workspace.changes.connected.connect(self._hear)

    def _hear(self, connected: bool) -> None:
        say = self._workspace.notices.say
        if connected:
            if self._lost:
                say(_(N_("The database answers again. Everything on the screen is read anew.")), Tone.DONE)
            self._lost = False
            self._workspace.tasks.run(self._look, self._warn, owner=self, key="look", on_error=self._not_now)
        elif not self._lost:
            self._lost = True
            say(
                _(N_("The database does not answer. The program goes on trying; what you type is kept on this PC.")),
                Tone.WARNING,
            )

    def _look(self, _job: Job) -> tuple[float, str]:
        office = self._workspace.office
        return office.clock_ahead(), office.schema_state()

    def _warn(self, found: tuple[float, str]) -> None:
        ahead, schema = found
        minutes = f"{abs(ahead) / 60:,.0f}"
        texts = []
        if ahead > _CLOCK_SECONDS:
            texts.append(_(N_("The clock of this PC is {minutes} minutes ahead of the server's."), minutes=minutes))
        elif ahead < -_CLOCK_SECONDS:
            texts.append(_(N_("The clock of this PC is {minutes} minutes behind the server's."), minutes=minutes))
        if texts:
            texts.append(_(N_("What is stored has the server's time; “today” in forms is this PC's. Set the clock.")))
        if schema == "newer":
            texts.append(
                _(N_("The database was made ready for a newer version of this program. Close it and install that."))
            )
        elif schema != "current":
            texts.append(_(N_("The database does not fit this program any more. Close it and ask the administrator.")))
        if texts:
            self._workspace.notices.say(" ".join(texts), Tone.WARNING)

    def _not_now(self, error: BaseException) -> None:
        """It is looked at again with the next connection."""
        if not isinstance(error, UserError):
            self._workspace.notices.report(error)
