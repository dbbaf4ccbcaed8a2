"""The databases that the user works with are remembered, and incomplete ones refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db.session import Target
from logistics_desktop import profiles, settings
from logistics_desktop.errors import UserError
from logistics_desktop.profiles import Profile

OFFICE = Profile("总务处", "server", "db1.office, db2.office", 5433, "office", "verify-full", "/etc/ca.pem", "li")

pytestmark = pytest.mark.usefixtures("own_home")


def test_none_at_first() -> None:
    assert profiles.profiles() == []
    assert profiles.last_used() is None


def test_added_profiles_come_back_in_order_and_the_newest_is_offered_first() -> None:
    local = Profile("本机", "local")
    profiles.add(OFFICE)
    profiles.add(local)
    assert profiles.profiles() == [OFFICE, local]
    assert profiles.last_used() == local
    profiles.use(OFFICE.name)
    assert profiles.last_used() == OFFICE


def test_the_same_name_replaces() -> None:
    profiles.add(OFFICE)
    profiles.add(replace(OFFICE, port=5434))
    assert profiles.profiles() == [replace(OFFICE, port=5434)]


def test_a_removed_profile_is_gone_and_not_offered() -> None:
    profiles.add(OFFICE)
    profiles.remove(OFFICE.name)
    assert profiles.profiles() == []
    assert profiles.last_used() is None


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    profiles.add(OFFICE)
    with pytest.raises(UserError, match=r"nowhere.*总务处"):
        profiles.use("nowhere")


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"host": ""}, {"database": " "}, {"user": ""}, {"port": 0}, {"port": 65536}, {"port": -5}],
)
def test_an_incomplete_profile_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        profiles.add(replace(OFFICE, **wrong))  # type: ignore[arg-type]  # wrong on purpose
    assert profiles.profiles() == []


def test_a_profile_leads_to_its_database() -> None:
    assert OFFICE.target("secret") == Target(
        "db1.office, db2.office", 5433, "office", "li", "secret", "verify-full", "/etc/ca.pem"
    )
    assert OFFICE.target(None).hosts == ("db1.office", "db2.office")


def test_no_password_is_ever_written(own_home: Path) -> None:
    profiles.add(OFFICE)
    assert "secret" not in (own_home / "settings" / "profiles.json").read_text("utf-8")
    assert "password" not in (own_home / "settings" / "profiles.json").read_text("utf-8")


def test_what_another_version_wrote_is_read_as_far_as_it_is_known() -> None:
    known = {"name": "a", "kind": "local", "colour": "red"}
    settings.save("profiles", {"profiles": [known, {"kind": "local"}, {"name": "b", "kind": "cloud"}, 7]})
    assert profiles.profiles() == [Profile("a", "local")]


def test_this_pc_needs_no_profile_to_be_made_first() -> None:
    assert profiles.find("local") == profiles.LOCAL
    with pytest.raises(UserError, match="The profiles are: local"):
        profiles.find("headquarters")
    own = Profile("local", "server", host="db.example", database="office", user="u_li")
    profiles.add(own)
    assert profiles.find("local") == own
