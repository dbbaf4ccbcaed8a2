"""The databases that this user works with: sample data, this PC's own, the office's servers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from logistics_desktop import settings
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_

if TYPE_CHECKING:
    from db.session import SignIn, Target, Tls

Kind = Literal["demo", "local", "server"]

DEMO_LOGINS = {
    "demo": N_("Administrator"),
    "demo_asset_manager": N_("Asset manager"),
    "demo_clerk": N_("Clerk"),
    "demo_department_head": N_("Department head"),
    "demo_finance": N_("Finance"),
    "demo_warehouse_manager": N_("Warehouse manager"),
    "demo_dispatcher": N_("Dispatcher"),
    "demo_venue_manager": N_("Venue manager"),
    "demo_maintenance": N_("Maintenance"),
    "demo_vice_president": N_("Vice president"),
    "demo_leader": N_("Leader"),
    "demo_auditor": N_("Auditor"),
}
"""Who the sample data can be seen as: a login for each post, the first being the one that a demo begins with."""

_FILE = "profiles"


@dataclass(frozen=True, slots=True)
class Profile:
    """A database under the name that the user gave it; the fields from `host` on are for the office's servers.

    `host` may be several names separated by commas, the servers of one fail-over group. For the demo `user` is one of
    `DEMO_LOGINS`, or empty.
    """

    name: str
    kind: Kind
    host: str = ""
    port: int = 5432
    database: str = ""
    tls: Tls = "require"
    root_certificate: str | None = None
    user: str = ""
    sign_in: SignIn = "login"

    @property
    def key(self) -> str:
        """A name fit for a folder, the same as long as the user does not rename the profile."""
        return f"{self.kind}-{hashlib.sha256(self.name.encode()).hexdigest()[:12]}"

    @property
    def asks_password(self) -> bool:
        """Whether the user has a password: not on this PC alone, nor where Windows or Kerberos vouches."""
        return self.kind == "server" and self.sign_in == "login"

    def target(self, password: str | None) -> Target:
        """Where a profile of kind `server` leads, for its user with `password`."""
        from db.session import Target  # late: the window shows the profiles before it needs a database

        return Target(
            self.host,
            self.port,
            self.database,
            self.user,
            None if self.sign_in == "domain" else password,
            self.tls,
            self.root_certificate,
            self.sign_in,
        )


LOCAL = Profile("local", "local")
"""The database of this PC."""


def profiles() -> list[Profile]:
    """All that were added, in that order."""
    return _read(settings.load(_FILE))


def find(name: str) -> Profile:
    """The profile called `name`; this PC's is always there. Raises `UserError` that lists the names there are."""
    known = profiles()
    if all(profile.name != LOCAL.name for profile in known):
        known.append(LOCAL)
    for profile in known:
        if profile.name == name:
            return profile
    raise UserError(
        N_("There is no profile {name}. The profiles are: {known}."),
        name=name,
        known=", ".join(profile.name for profile in known),
    )


def add(profile: Profile) -> None:
    """Keep `profile`, in place of the one of the same name if there is one. Raises `UserError` if it is incomplete."""
    _check(profile)
    known = profiles()
    names = [other.name for other in known]
    if profile.name in names:
        known[names.index(profile.name)] = profile
    else:
        known.append(profile)
    _write(known, last=profile.name)


def remove(name: str) -> None:
    """Forget the profile called `name`; its data stay where they are."""
    _write(profile for profile in profiles() if profile.name != name)


def last_used() -> Profile | None:
    """The one to offer first."""
    name = settings.load(_FILE).get("last")
    return next((profile for profile in profiles() if profile.name == name), None)


def use(name: str) -> None:
    """Remember that `name` was used last. Raises `UserError` if there is no such profile."""
    _write(profiles(), last=find(name).name)


def _check(profile: Profile) -> None:
    if not profile.name.strip():
        raise UserError(N_("Give the profile a name."))
    if profile.kind != "server":
        return
    for value, msgid in (
        (profile.host, N_("Give the name or address of the server.")),
        (profile.database, N_("Give the name of the database.")),
        (profile.user, N_("Give the name that you sign in with.")),
    ):
        if not value.strip():
            raise UserError(msgid)
    if not 0 < profile.port < 65536:
        raise UserError(N_("A port is a number from 1 to 65535, usually 5432."))


def _read(stored: dict[str, Any]) -> list[Profile]:
    known = Profile.__dataclass_fields__.keys()
    entries = [entry for entry in stored.get("profiles", []) if isinstance(entry, dict)]
    # Written perhaps by a newer or older program: what it has and we do not know is left out.
    return [
        Profile(**{name: value for name, value in entry.items() if name in known})
        for entry in entries
        if isinstance(entry.get("name"), str) and entry.get("kind") in get_args(Kind)
    ]


def _write(known: Iterable[Profile], last: str | None = None) -> None:
    stored = settings.load(_FILE)
    entries = [asdict(profile) for profile in known]
    settings.save(_FILE, {"profiles": entries, "last": last or stored.get("last")})
