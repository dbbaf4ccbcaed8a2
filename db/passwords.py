"""What the server keeps of a password: a verifier, made on this PC, so that the password itself never travels."""

from __future__ import annotations

import psycopg


def verifier(connection: psycopg.Connection[object], login: str, password: str) -> str:
    """The SCRAM verifier of `password` for `login`, as the server of `connection` wants it.

    In clear a new password might stand in the server's log.
    """
    made = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode("ascii")
