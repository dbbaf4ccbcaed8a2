"""Makes the application and runs it until its window is closed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from logistics_desktop import __version__, i18n, logs, profiles, settings
from logistics_desktop.i18n import N_, _
from ui import appearance, fonts, language, theme
from ui.collecting import collect_when_away
from ui.interrupts import Interrupts
from ui.offices import DEMO, Open
from ui.program import Program
from ui.theme import icon
from ui.timing import mark

_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def make_application() -> QApplication:
    """The application with its style, font, colours and the language in force."""
    sys.setswitchinterval(0.001)  # a worker that computes in Python lets the window have its turn sooner
    app = QApplication(sys.argv[:1])
    collect_when_away(app)
    mark("application made")
    app.setApplicationName("Logistics Desktop")
    app.setApplicationDisplayName(_(N_("Logistics Desktop")))
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    app.styleHints().setShowShortcutsInContextMenus(True)  # some desktops leave the keys out of them
    app.setWindowIcon(icon("logo"))
    fonts.use(app)
    mark("font loaded")
    language.use(app, i18n.language())
    theme.apply(app, appearance.load(settings).theme)
    mark("theme applied")
    return app


def log_qt_messages() -> None:
    """Send what Qt has to say to the log instead of a terminal that nobody looks at."""
    levels = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}
    log = logging.getLogger("qt")
    qInstallMessageHandler(lambda kind, _context, text: log.log(levels.get(kind, logging.DEBUG), "%s", text))


def run(open_office: Open, demo: bool, profile: str | None) -> int:
    """Open the window on the sample data, on a profile, or where the user worked last; 0 when it was closed."""
    mark("modules imported")
    logs.start()
    log_qt_messages()
    app = make_application()
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, settings, open_office)
    sys.excepthook = _reporting(program, sys.excepthook)
    interrupts = Interrupts(app.quit, app)
    program.start(DEMO if demo else profiles.find(profile) if profile else None)
    status = app.exec()
    program.end()
    interrupts.close()
    logging.shutdown()
    return status


def _reporting(program: Program, before: _Hook) -> _Hook:
    """A hook for uncaught errors that logs as before and shows the report too."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if isinstance(error, Exception):
            program.report(error)

    return hook
