"""Write the truth table of approvals into the manual.

    python packaging/approvals_table.py           write docs/manual/*/approvals-table.md anew
    python packaging/approvals_table.py --check   say whether they are right, change nothing; status 1 if they are not

The table stands in the database, where the functions of the engine ask it (`db/sql/approval_10_rules.sql`); it is read
from a database that is made for it and thrown away.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db.embedded import running  # noqa: E402 - the program is not installed
from db.provision import prepare_database  # noqa: E402
from db.session import connection_string, embedded_target, make_engine  # noqa: E402
from logistics_desktop import i18n  # noqa: E402
from logistics_desktop.features.approvals import truth_table  # noqa: E402
from logistics_desktop.features.approvals.truth_table import Rules  # noqa: E402


def pages(rules: Rules) -> dict[Path, str]:
    """All pages with what has to stand in them."""
    found = {}
    before = i18n.language()
    for language in i18n.LANGUAGES:
        i18n.use(language)
        found[ROOT / "docs" / "manual" / language / "approvals-table.md"] = truth_table.page(rules)
    i18n.use(before)
    return found


def wrong(rules: Rules) -> list[str]:
    """The pages that say something else than the table."""
    return [
        f"{path.relative_to(ROOT)} is out of date: run packaging/approvals_table.py"
        for path, text in pages(rules).items()
        if not path.exists() or path.read_text("utf-8") != text
    ]


def _fresh() -> Rules:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # root's server runs as somebody else
        with running(Path(folder) / "data") as server:
            target = embedded_target(server, "approvals_table")
            prepare_database(connection_string(target))
            engine = make_engine(target)
            try:
                with engine.connect() as connection:
                    return truth_table.read(connection)
            finally:
                engine.dispose()


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    rules = _fresh()
    if check:
        problems = wrong(rules)
        print("\n".join(problems) or "The tables are as the database has them.")
        return 1 if problems else 0
    for path, text in pages(rules).items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
