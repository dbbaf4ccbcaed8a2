"""The settings of the organisation, the same on every PC, each declared once with its default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.settings import Setting

Value = TypeVar("Value", bool, int, str)


@dataclass(frozen=True, slots=True)
class OrganisationSetting(Generic[Value]):
    """A setting: its name in the database, and what holds until somebody changes it."""

    name: str
    default: Value


ATTACHMENT_BYTES = OrganisationSetting("attachment_bytes", 20 * 1024 * 1024)
"""The largest file that may be attached."""

ASSET_NUMBERING = OrganisationSetting("asset_numbering", "{class}-{year}-{serial:4}")
"""How numbers of assets are made; `logistics_desktop.features.assets.numbering` says what may stand in it."""

PASSWORD_POLICY = OrganisationSetting("password_policy", "asvs")
"""Which of `logistics_desktop.features.users.policy.POLICIES` holds for passwords."""

LOCK_AFTER_MINUTES = OrganisationSetting("lock_after_minutes", 15)
"""How long a window may be left alone until it asks for the password again; 0 is for ever."""

FAILED_SIGN_INS = OrganisationSetting("failed_sign_ins", 10)
"""After how many wrong passwords within a quarter of an hour an account is locked; 0 is never."""

ORGANISATION_NAME = OrganisationSetting("organisation_name", "")
"""What the organisation is called on documents; empty where nobody said so."""

VOUCHER_LAYOUT = OrganisationSetting("voucher_layout", "")
"""How vouchers are laid out for the accounting program: JSON that `features.depreciation.voucher` reads."""

SAMPLE_DATA = OrganisationSetting("sample_data", "")
"""The version of the sample data that the database was filled with; empty where the data are the office's own."""


def read(session: Session, setting: OrganisationSetting[Value]) -> Value:
    """The value in force; one of another type, left by another version of the program, counts as none."""
    stored = session.get(Setting, setting.name)
    found = stored.value.get("value") if stored else None
    return found if isinstance(found, type(setting.default)) else setting.default


def write(session: Session, setting: OrganisationSetting[Value], value: Value) -> None:
    """Change a setting for everybody."""
    row = {"name": setting.name, "value": {"value": value}}
    session.execute(
        insert(Setting).values(row).on_conflict_do_update(index_elements=["name"], set_={"value": row["value"]})
    )
