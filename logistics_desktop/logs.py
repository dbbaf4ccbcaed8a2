"""The log: what went wrong and when, in a file that the user can send, without a password in it."""

from __future__ import annotations

import logging
import re
import sys
import threading
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from logistics_desktop.paths import home

_SIZE = 1_000_000
_KEPT = 5
_SECRETS = (
    (re.compile(r"(://[^:/?#\s]*):[^\s]*@"), r"\1:***@"),
    (
        re.compile(
            r"(?i)(passw(?:or)?d(?:['\"]?\s*[=:]\s*|\s+(?=')))('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s,;)}&]+)"
        ),
        r"\1***",
    ),
    (re.compile(r"SCRAM-SHA-256\$\S+"), "SCRAM-SHA-256$***"),
)
_log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the log files lie."""
    return home() / "logs"


def path() -> Path:
    """The file that is written to; older ones lie beside it with a number behind the name."""
    return folder() / "logistics-desktop.log"


def start(level: int = logging.INFO) -> None:
    """Write the log, uncaught errors of every thread too, from now on."""
    folder().mkdir(parents=True, exist_ok=True)
    handler = _SharedFile(path(), maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Masked("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def masked(text: str) -> str:
    """`text` with whatever looks like a password hidden."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class _SharedFile(RotatingFileHandler):
    """A log that several running programs write to; Windows does not let it be renamed then, so it grows on."""

    def rotate(self, source: str, dest: str) -> None:
        with suppress(PermissionError):
            super().rotate(source, dest)


def _uncaught(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.critical("uncaught error", exc_info=(kind, problem, trace))
    sys.__excepthook__(kind, problem, trace)


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
