"""Writes docs/security-attacks.md, or says whether it is as it should be.

python -m tests.db.permissions.attack_table [--check]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from db.embedded import running
from db.provision import add_user, prepare_database
from db.session import connection_string, embedded_target
from tests.db.permissions.attacking import Outcome, report, try_all
from tests.db.permissions.world import POSTS, fill
from tests.offices import CLERK, PASSWORD
from tests.servers import FAST, open_folder

PAGE = Path(__file__).parents[3] / "docs" / "security-attacks.md"

_HEAD = """# What somebody with a client of their own is refused

Somebody of each post signs in with a plain PostgreSQL client and tries everything that the post may not do: every
table, operation and column, rows of another department, functions with crafted arguments, names put in front of the
office's, the history, the rights themselves, the passwords and the server. The attempts are made from the catalogue of
the database and from the rights of the post (`tests/db/permissions/attacks.py`), so new tables and functions are
attacked by themselves. A test fails if one attempt succeeds, and if this page is not what came out.

Each cell says what answered and how often. `42501` is PostgreSQL's “insufficient privilege”: a missing grant, or a
policy that refuses a row which is written. `no rows`: a policy hides the rows, so that nothing is read or changed.
`P04…`: a rule of the office's own. `0A000`: not possible under row level security. `42P01`, `42703` and the like: the
crafted name is none. `may`: the post is allowed to do that, so there is nothing to try.

Three things stay possible for everybody who can sign in, by PostgreSQL's own rules: to read the source of functions
and the names of roles; to be a nuisance: locks on rows and, for tables from which one may delete, on whole tables,
slow queries, false hints that a table has changed; and to learn from the planner's estimates (`EXPLAIN`) roughly how
many rows lie below a value, of hidden rows too, but not of phones and identity numbers. Nothing else is read, and
nothing changed, that way.

"""


def page(outcomes: Mapping[str, Iterable[Outcome]]) -> str:
    """The whole page."""
    return _HEAD + "\n".join(report(outcomes)) + "\n"


def main() -> int:
    """Attack an office made for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    with open_folder() as folder, running(folder / "data", settings=FAST) as server:
        target = embedded_target(server, "attacked")
        prepare_database(connection_string(target))
        add_user(connection_string(target), CLERK, PASSWORD)
        fill(target)
        made = page({post: try_all(target, post) for post in POSTS})
    if not check:
        PAGE.write_text(made, "utf-8")
        return 0
    return int(PAGE.read_text("utf-8") != made)


if __name__ == "__main__":
    raise SystemExit(main())
