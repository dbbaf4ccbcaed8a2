"""An office with no rows but those that a benchmark stores, on a server of its own that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from db.embedded import running
from db.provision import prepare_database
from db.session import Target, connection_string, embedded_target, make_engine


@contextmanager
def fresh_office() -> Iterator[tuple[Target, sa.Engine, Path]]:
    """Give the target, its engine, and a folder for files."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # run as root, the server has another account
        with running(folder / "data") as server:
            target = embedded_target(server, "office")
            prepare_database(connection_string(target))
            engine = make_engine(target)
            yield target, engine, folder
            engine.dispose()
