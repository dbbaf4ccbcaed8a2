"""What leaves the house in a support text names nobody and opens nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics_desktop.redaction import Redactor

plain = Redactor()

CHINESE_NAMES = st.text(st.sampled_from("张伟王芳欧阳娜丽䶮𬭚建国诸葛子轩"), min_size=2, max_size=4)
LATIN_NAMES = st.from_regex(r"[A-Z][a-z]{3,7} [A-Z][a-z]{3,9}", fullmatch=True)
LOGINS = st.from_regex(r"[a-z]{2}_[a-z]{4,8}", fullmatch=True)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
DIVIDED = MOBILES.flatmap(
    lambda n: st.sampled_from([f"{n[:3]} {n[3:7]} {n[7:]}", f"{n[:3]}-{n[3:7]}-{n[7:]}", f"+86 {n}"])
)
LANDLINES = st.from_regex(r"0[0-9]{2,3}-[2-8][0-9]{7}", fullmatch=True)
IDENTITIES = st.from_regex(r"[1-6][0-9]{16}[0-9X]", fullmatch=True)
HOSTS = st.from_regex(r"[a-z]{4,8}[0-9]\.[a-z]{4,8}\.(com|cn|local|corp)", fullmatch=True)
ADDRESSES = st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(lambda ip: ip.exploded)
FILES = st.from_regex(r"[a-z]{5,9}( [a-z]{5,9})?\.(xlsx|pdf|csv)", fullmatch=True)
PASSWORDS = st.from_regex(r"[A-Za-z0-9!#%]{8,16}", fullmatch=True)
AROUND = st.sampled_from(["", "import failed: ", "row 12, ", "could not save ", "记录 ", "saved for ", "("])
AFTER = st.sampled_from(["", ": no such row", " is taken", ", row 3", ")", "。", " 已删除"])


@given(secret=CHINESE_NAMES, before=AROUND, after=AFTER)
def test_chinese_that_is_not_the_programs_is_masked_though_nobody_knows_the_name(
    secret: str, before: str, after: str
) -> None:
    assert secret not in plain(f"{before}{secret}{after}")


@given(
    secret=MOBILES | DIVIDED | LANDLINES | IDENTITIES,
    before=AROUND | st.sampled_from(["tel", "手机", "=", "id:"]),
    after=AFTER,
)
def test_numbers_of_people_are_masked(secret: str, before: str, after: str) -> None:
    assert secret[-8:] not in plain(f"{before}{secret}{after}")


@given(secret=HOSTS | ADDRESSES, before=AROUND | st.sampled_from(["host=", "server ", "@"]), after=AFTER)
def test_servers_are_masked(secret: str, before: str, after: str) -> None:
    assert secret not in plain(f"{before}{secret}{after}")


@given(
    login=LOGINS,
    form=st.sampled_from(['user "{}" failed', "user={} host=x", "role '{}'", "{}@db: refused", "login: {}"]),
)
def test_logins_are_masked_where_they_are_told_as_such(login: str, form: str) -> None:
    assert login not in plain(form.format(login))


@given(
    person=LOGINS | LATIN_NAMES,
    file=FILES,
    form=st.sampled_from(
        [
            "C:\\Users\\{}\\Desktop\\{}",
            "C:\\\\Users\\\\{}\\\\{}",
            "/home/{}/Documents/{}",
            "/Users/{}/{}",
            "\\\\nas\\{}\\{}",
            "D:/shared/{}/{}",
            "/mnt/{}/{}",
            "file:///home/{}/{}",
        ]
    ),
    before=AROUND,
    after=AFTER,
)
def test_paths_are_masked_whole(person: str, file: str, form: str, before: str, after: str) -> None:
    said = plain(f"{before}{form.format(person, file)}{after}")
    assert person not in said
    assert person.split()[0] not in said
    assert file not in said
    assert file.rsplit(".")[0] not in said


@given(
    value=CHINESE_NAMES | LATIN_NAMES | PASSWORDS | FILES,
    form=st.sampled_from(
        [
            "[parameters: {{'name': '{}'}}]",
            "[parameters: ({},)]",
            "DETAIL:  Key (code)=({}) already exists.",
            "DETAIL:  Failing row contains (1, {}, null).",
            "CONTEXT:  COPY asset, line 3, column code: {}",
            "UPDATE app.staff SET name = '{}' WHERE id = 3",
            "KeyError: '{}'",
            'invalid input: "{}"',
            "“{}” is not a number.",
            "“{}”已存在",
        ]
    ),
)
def test_values_of_records_are_masked(value: str, form: str) -> None:
    assert value not in plain(form.format(value))


@given(
    secret=PASSWORDS,
    form=st.sampled_from(["password={}", "postgresql://li:{}@db/x", "PASSWORD '{}'", "'password': '{}'"]),
)
def test_passwords_are_masked(secret: str, form: str) -> None:
    assert secret not in plain(form.format(secret))


@given(names=st.lists(LATIN_NAMES | CHINESE_NAMES | LOGINS, min_size=1, max_size=20), before=AROUND, data=st.data())
def test_known_words_are_masked_in_any_letters(names: list[str], before: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    said = Redactor(names)(f"{before}{data.draw(st.sampled_from([name, name.upper(), name.lower()]))} was here")
    assert name.lower() not in said.lower()
    assert "was here" in said


@given(
    text=st.text(max_size=200) | st.builds("{}{}{}".format, AROUND, HOSTS | IDENTITIES | FILES | CHINESE_NAMES, AFTER)
)
def test_masking_again_changes_nothing(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert once.count("\n") == text.count("\n")


def test_a_short_login_is_not_masked_inside_other_words() -> None:
    assert Redactor(["li"])("li: the client lists a line") == "***: the client lists a line"


def test_a_trace_keeps_what_helps() -> None:
    trace = "\n".join(
        (
            "An unexpected error",
            "Traceback (most recent call last):",
            '  File "C:\\Users\\Li Wei\\app\\ui\\tasks.py", line 88, in run',
            '    raise KeyError("shown in the code")',
            '  File "/home/li_wei/venv/lib/python3.11/site-packages/sqlalchemy/engine/base.py", line 5, in execute',
            "    cursor.execute(statement)",
            '  File "/home/li_wei/secret_script.py", line 1, in <module>',
            "psycopg.errors.UniqueViolation: duplicate key value violates unique constraint",
        )
    )
    said = plain(trace)
    assert 'File "ui\\tasks.py", line 88, in run' in said
    assert 'raise KeyError("shown in the code")' in said
    assert "site-packages/sqlalchemy/engine/base.py" in said
    assert "UniqueViolation: duplicate key value violates unique constraint" in said
    assert "Li" not in said
    assert "li_wei" not in said
    assert "secret_script" not in said


@pytest.mark.parametrize(
    "line",
    [
        "settings cannot be read; kept as it was",
        "no connection for announcements",
        "uncaught error in 3 of 12 rows, page 88",
        "PostgreSQL 18.6, Qt 6.11.0, Python 3.11.7",
        "finished at 08:47:12 after 1.5 s",
        "已停止，没有做任何更改。",
    ],
)
def test_what_names_nobody_stays(line: str) -> None:
    assert plain(line) == line
