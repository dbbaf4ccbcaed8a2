"""The routes that documents go out of the box."""

from __future__ import annotations

from dataclasses import replace

import pytest

from logistics_desktop import preset_routes
from logistics_desktop.context import Office
from logistics_desktop.features.approvals import routes
from logistics_desktop.features.documents import drafts
from tests.db.documents.conftest import Desk, to_finance


@pytest.mark.parametrize(
    ("price", "steps"), [(500, ["head", "assets"]), (500.01, ["head", "assets", "vice_president"])]
)
def test_above_500_a_unit_goes_up_to_the_vice_president(desk: Desk, price: float, steps: list[str]) -> None:
    desk.run("UPDATE app.asset SET original_value = :whole, quantity = 3 WHERE code = 'ZC001'", whole=price * 3)
    document = desk.draft("apr_wang", "asset_issue", "ZC001", purpose="使用")
    with desk.signed_in("apr_wang") as session:
        path = routes.preview(session, "asset_issue", drafts.preview(session, document))
    assert [step.key for step in path if step.people] == steps


@pytest.mark.parametrize(
    ("kind", "people"),
    [
        ("asset_scrapping", ["李主任", "郑管理", "孙会计", "总经理"]),
        ("asset_transfer", ["李主任", "钱处长", "郑管理", "孙会计"]),
    ],
)
def test_who_signs(desk: Desk, kind: str, people: list[str]) -> None:
    form = to_finance(desk) if kind == "asset_transfer" else {}
    document = desk.draft("apr_wang", kind, "ZC007", **form)
    with desk.signed_in("apr_wang") as session:
        path = routes.preview(session, kind, drafts.preview(session, document))
    assert [step.people[0].name for step in path] == people


def test_an_office_without_people_gets_drafts_that_say_what_they_lack(office: Office) -> None:
    with office.session() as session:
        installed = preset_routes.install(session)
        assert len(installed) == 9
        assert all(one.problems for one in installed)
        assert {version.state for version in routes.versions(session)} == {"draft"}
    scrapping = next(one for one in installed if one.kind == "asset_scrapping")
    assert "Nobody holds the post Leader. Give it to somebody, or choose other approvers." in map(
        str, scrapping.problems
    )


def test_what_the_office_changed_stays(office: Office) -> None:
    with office.session() as session:
        preset_routes.install(session)
        own = replace(preset_routes.definition("asset_return"), urge_minutes=5)
        routes.save(session, "asset_return", "归还", own)
        again = {one.kind for one in preset_routes.install(session)}
        assert "asset_return" not in again
        (kept,) = routes.versions(session, "asset_return")
    assert kept.definition == own
