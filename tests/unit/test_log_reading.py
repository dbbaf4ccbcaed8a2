"""The log read back as it was written, while it is written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop import profiles, support
from logistics_desktop.log_reading import LogEntry, LogReader, chosen

HEAD = "2026-11-23 08:00:00,123 42 {level} ui.tasks: {text}\n"


def write(path: Path, *texts: str, level: str = "INFO") -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(HEAD.format(level=level, text=text) for text in texts)


def append(path: Path, text: str) -> None:
    with path.open("ab") as file:
        file.write(text.encode())


def test_old_files_come_first_and_traces_belong_to_their_message(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    write(tmp_path / "app.log.10", "oldest")
    write(tmp_path / "app.log.2", "older")
    write(path, "failed\nTraceback:\n  line", level="ERROR")
    news = LogReader(path).more()
    assert news is not None
    assert [entry.text for entry in news.entries] == ["oldest", "older", "failed\nTraceback:\n  line"]
    assert news.entries[2] == LogEntry("2026-11-23 08:00:00", "42", "ERROR", "ui.tasks", news.entries[2].text)


def test_what_is_added_is_read_and_a_message_may_go_on(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    reader = LogReader(path)
    first = reader.more()
    assert first is not None
    assert first.entries == ()
    assert reader.more() is None
    write(path, "one")
    append(path, "  and mo")
    news = reader.more()
    assert news is not None
    assert [entry.text for entry in news.entries] == ["one"], "half a line waits"
    append(path, "re 更多\n")
    write(path, "two")
    news = reader.more()
    assert news is not None
    assert news.since == 0
    assert [entry.text for entry in news.entries] == ["one\n  and more 更多", "two"]


def test_a_file_that_was_changed_for_a_new_one_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    write(path, "one", "two")
    reader = LogReader(path)
    reader.more()
    path.rename(tmp_path / "app.log.1")
    write(path, "three")
    news = reader.more()
    assert news is not None
    assert news.since == 0
    assert [entry.text for entry in news.entries] == ["one", "two", "three"]


@given(content=st.binary(max_size=300))
def test_no_file_whatever_is_in_it_stops_the_reader(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "app.log"
        path.write_bytes(content)
        LogReader(path).more()


def test_entries_are_found_by_level_and_words() -> None:
    entries = [
        LogEntry("", "1", level, "db", f"{level} Text") for level in ("DEBUG", "INFO", "WARNING", "ERROR", "ODD")
    ]
    assert [entry.level for entry in chosen(entries, "WARNING", "")] == ["WARNING", "ERROR"]
    assert [entry.level for entry in chosen(entries, "DEBUG", "error TEXT")] == ["ERROR"]
    assert [entry.level for entry in chosen(entries, "INFO", "")] == ["INFO", "WARNING", "ERROR", "ODD"]


def test_the_report_has_the_versions_and_the_latest_entries_masked(own_home: Path) -> None:
    entries = [LogEntry("2026-11-23 08:00:00", "1", "ERROR", "db", f"{n} of 李雷 at 10.0.0.7") for n in range(1_500)]
    text = support.report(support.versions("6.10", "18.6"), entries, ["u_li"])
    lines = text.splitlines()
    assert lines[0].startswith("Logistics Desktop: ")
    assert "PostgreSQL: 18.6" in lines
    assert "2026-11-23 08:00:00 ERROR db: 1499 of *** at ***" in lines
    assert len([line for line in lines if " ERROR " in line]) == support.MOST_ENTRIES
    assert "499 of" not in lines[len(support.versions("", ""))]


def test_words_of_this_pc_are_of_its_user_and_its_offices(own_home: Path) -> None:
    profiles.add(profiles.Profile("Office", "server", "db1.corp, db2.corp", database="oa_db", user="u_li"))
    assert {"Office", "db1.corp", "db2.corp", "oa_db", "u_li"} <= set(support.words_of_this_pc())
