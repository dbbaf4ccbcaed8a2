"""Who runs the embedded server, and where its files lie.

PostgreSQL refuses to run as root, and build machines and containers are root. There the server runs as an account
without rights, which often cannot reach root's own folders; then its data, and where needed a copy of its programs,
lie under a system-wide folder. For everybody else the account is the user's own and the folder is the one asked for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SYSTEM_WIDE = ("/var/lib", "/var/tmp")  # noqa: S108 - the first that is there; our folder in it belongs to root
_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """The account that the server's processes run as; `uid` is None for the user's own."""

    uid: int | None = None
    gid: int | None = None

    def run(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path,
        environment: Mapping[str, str],
        output: int,
        timeout: float,
    ) -> int:
        """Run `command` in `folder` as this account and give its exit status; `output` is an open file."""
        return subprocess.run(
            [os.fspath(part) for part in command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        ).returncode

    def reaches(self, path: Path) -> bool:
        """Whether the account may enter folder `path`, asked of the system itself (modes, lists, mounts)."""
        if self.uid is None:
            return True
        return (
            self.run(
                ["test", "-x", path], folder=Path("/"), environment=os.environ, output=subprocess.DEVNULL, timeout=10
            )
            == 0
        )

    def give(self, path: Path) -> None:
        """Make `path` the account's own."""
        if sys.platform != "win32" and self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def server_account(cluster_owner: Path) -> Account:
    """The account for the server whose files are in `cluster_owner`: who owns them, or for a new one whom we choose."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return Account()
    import pwd  # not there on Windows

    if cluster_owner.exists() and (found := cluster_owner.stat()).st_uid != 0:
        return Account(found.st_uid, found.st_gid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in _ACCOUNTS if name in known)
    return Account(entry.pw_uid, entry.pw_gid)


def place_for(data_dir: Path, cluster: str) -> Path:
    """The folder that really holds what was asked to be in `data_dir`: that folder itself wherever it can be.

    `cluster` is the path inside it by which an existing one is known: data never seem lost because somebody
    changed the rights of a folder.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return data_dir
    elsewhere = system_wide() / hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
    for place in (data_dir, elsewhere):
        if (place / cluster).exists():
            return place
    data_dir.mkdir(parents=True, exist_ok=True)
    if server_account(data_dir / cluster).reaches(data_dir):
        return data_dir
    elsewhere.mkdir(exist_ok=True)
    elsewhere.chmod(0o711)
    return elsewhere


def system_wide() -> Path:
    """The folder for embedded servers that root starts; only root may write in it, all may pass."""
    base = next(Path(name) for name in _SYSTEM_WIDE if Path(name).is_dir()) / "logistics-desktop"
    base.mkdir(mode=0o755, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != 0:
        raise PermissionError(f"{base} does not belong to root")
    base.chmod(0o755)  # whatever the umask was
    return base


def within_reach(account: Account, bin_dir: Path, version: str) -> Path:
    """`bin_dir`, or where the account cannot reach it a copy of its whole installation that it can."""
    if account.reaches(bin_dir / "postgres"):
        return bin_dir
    copy = system_wide() / f"postgresql-{version}"
    package = bin_dir.parents[1]
    if not copy.exists():
        half = copy.with_suffix(f".{os.getpid()}")
        # A wheel keeps the libraries that its programs need beside the package, and they look for them there.
        for folder in (bin_dir.parent, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(
                    folder, half / folder.relative_to(package.parent), ignore=shutil.ignore_patterns("include", "doc")
                )
        for folder in (half, half / package.name):
            folder.chmod(0o755)
        half.rename(copy)
    return copy / bin_dir.relative_to(package.parent)
