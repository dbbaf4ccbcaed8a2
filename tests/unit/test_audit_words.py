"""The log has a name for everything that it can tell."""

from __future__ import annotations

from db.base import Base
from logistics_desktop.features.audit.tables import ENTITIES, OTHERS, column_label

UNWATCHED = {
    "change",
    "event",
    "seal",
    "log_shift",
    "number_counter",
    "content_chunk",
    "depreciation_entry",
    "view_choice",
    "permission",
    "protection",
    "request",
}
NOT_TOLD = {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "added_at", "added_by"}


def test_every_table_that_is_watched_has_a_name_and_so_have_its_columns() -> None:
    others = [t for t in Base.metadata.tables.values() if t.name not in UNWATCHED and t.name not in ENTITIES]
    assert [table.name for table in others if table.name not in OTHERS] == []
    told = [column.name for table in others for column in table.columns]
    assert sorted({name for name in told if name not in NOT_TOLD and column_label(name) == name}) == []
