"""Everything that happened to a record, on one line of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from logistics_desktop import attachments, happenings
from logistics_desktop.happenings import SOURCES
from logistics_desktop.ledger import records
from logistics_desktop.ledger.entity import Entity, Ledgers
from logistics_desktop.ledger.timeline import Happening, HappeningKind, Opens, timeline
from logistics_desktop.ledgers import LEDGERS
from tests.db.ledger.conftest import Add

ASSETS = LEDGERS["assets"]


def life(session: Session, record: int) -> list[Happening]:
    return timeline(session, LEDGERS, SOURCES, ASSETS, record)


def change(session: Session, record: int, **values: object) -> None:
    version = records.read(session, LEDGERS, ASSETS, record).version
    records.update(session, LEDGERS, ASSETS, record, version, values)
    session.commit()


def test_the_life_of_an_asset_newest_first(session: Session, add: Add, tmp_path: Path) -> None:
    keeper = add("staff", code="R1", name="张伟")
    asset = add("assets", code="ZC1", name="办公桌")
    session.commit()
    change(session, asset, keeper_id=keeper)
    change(session, asset, model="M1", name="会议桌", unit="张", specification="大")
    file = tmp_path / "发票.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    attached = attachments.attach(session, "asset", asset, file)
    session.commit()
    attachments.detach(session, attached)
    session.commit()
    told = life(session, asset)
    assert [(each.kind.key, each.text) for each in told] == [
        ("filed", "File removed: 发票.pdf"),
        ("filed", "File added: 发票.pdf"),
        ("changed", "Changed: Name, Specification, Model and 1 more"),
        ("changed", "Keeper: (empty) → 张伟"),
        ("created", "Created"),
    ]
    assert told[2].detail.split("\n")[0] == "Name: 办公桌 → 会议桌"
    assert told[3].opens == Opens("staff", keeper)
    assert told[1].opens == Opens("assets", asset, files=True)
    assert told[0].opens is None, "it is gone"
    assert "Asset code: ZC1" in told[4].detail.split("\n")


def test_the_end_of_a_life_is_told_and_others_are_not(session: Session, add: Add, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    supplier = add("suppliers", code="S1", name="供应商")
    asset = add("assets", code="ZC1", name="办公桌")
    other = add("assets", code="ZC2", name="空调")
    attachments.attach(session, "supplier", asset, file)  # the same number in another table
    session.commit()
    records.delete(session, LEDGERS, ASSETS, asset, 1)
    session.commit()
    assert [each.kind.key for each in life(session, asset)] == ["deleted", "created"]
    assert [each.kind.key for each in life(session, other)] == ["created"]
    assert supplier


def test_a_name_with_braces_is_told_as_it_is(session: Session, add: Add, tmp_path: Path) -> None:
    file = tmp_path / "{0}{x}.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    asset = add("assets", code="{ZC}", name="{name}")
    attachments.attach(session, "asset", asset, file)
    session.commit()
    assert "File added: {0}{x}.pdf" in [each.text for each in life(session, asset)]


def test_another_source_joins_by_its_function_alone(session: Session, add: Add) -> None:
    asset = add("assets", code="ZC1", name="办公桌")
    session.commit()
    labelled = HappeningKind("labelled", "Label printed", "print")
    long_ago = datetime.now(UTC) - timedelta(days=1)

    def labels(_session: Session, _ledgers: Ledgers, _entity: Entity, record: int) -> list[Happening]:
        return [Happening(long_ago, "li", labelled, f"Label of {record}")]

    told = timeline(session, LEDGERS, (labels, *SOURCES), ASSETS, asset)
    assert [each.kind for each in told] == [happenings.CREATED, labelled]


def test_the_files_of_a_record_are_found_by_an_index(session: Session, add: Add) -> None:
    asset = add("assets", code="ZC1", name="办公桌")
    session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    seen: list[str] = []
    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda _c, _u, sql, *_more: seen.append(sql))
    list(happenings.files(session, LEDGERS, ASSETS, asset))
    told = "coalesce(change.after, change.before) ->> 'table_name' = 'asset'"
    plan = session.execute(
        sa.text(
            "EXPLAIN SELECT 1 FROM app.change WHERE table_name = 'attachment' AND "
            + told
            + f" AND coalesce(change.after, change.before) ->> 'record_id' = '{asset}'"
        )
    ).scalars()
    assert "ix_change_attachment" in "\n".join(plan)
    assert any("->>" in sql for sql in seen)
