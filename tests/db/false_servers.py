"""Servers that want passwords which are not theirs: they ask in every way there is, and keep what they hear."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.db.ports import hand_on, serving

_SSL_REQUEST = 80877103
_GSS_REQUEST = 80877104

# https://www.postgresql.org/docs/current/protocol-message-formats.html
ASKING = {
    "clear": struct.pack("!ci", b"R", 8) + struct.pack("!i", 3),
    "md5": struct.pack("!ci", b"R", 12) + struct.pack("!i", 5) + b"salt",
    "scram": struct.pack("!ci", b"R", 8 + 15) + struct.pack("!i", 10) + b"SCRAM-SHA-256\0\0",
    "scram-plus": struct.pack("!ci", b"R", 8 + 20) + struct.pack("!i", 10) + b"SCRAM-SHA-256-PLUS\0\0",
    "nothing": struct.pack("!ci", b"R", 8) + struct.pack("!i", 0) + struct.pack("!cic", b"Z", 5, b"I"),
}
_SCRAM_CHALLENGE = b"r=%s,s=c2FsdHNhbHRzYWx0c2FsdA==,i=4096"


class Heard:
    """Everything that anybody said to a false server, after decryption."""

    def __init__(self) -> None:
        self.data = b""

    def __call__(self, data: bytes) -> bytes:
        self.data += data
        return data


@contextmanager
def false_server(asking: bytes, certificate: tuple[Path, Path] | None) -> Iterator[tuple[int, Heard]]:
    """A port that says hello like PostgreSQL, with TLS if it has a certificate, and then asks for a password."""
    heard = Heard()

    def serve(client: socket.socket) -> None:
        with _dressed(client, certificate) as inside:
            heard(inside.recv(65536))  # who it is that wants in
            inside.sendall(asking)
            first = heard(inside.recv(65536))
            if b"r=" in first:  # SCRAM: lead it on to its proof
                nonce = first.rpartition(b"r=")[2] + b"more"
                challenge = _SCRAM_CHALLENGE % nonce
                inside.sendall(struct.pack("!ci", b"R", 8 + len(challenge)) + struct.pack("!i", 11) + challenge)
                heard(inside.recv(65536))

    with serving(serve) as port:
        yield port, heard


@contextmanager
def in_the_middle(port: int, certificate: tuple[Path, Path], *, server_has_tls: bool) -> Iterator[tuple[int, Heard]]:
    """A port that hands everything on to the true server and back, reading along."""
    heard = Heard()

    def serve(client: socket.socket) -> None:
        with _dressed(client, certificate) as inside, socket.create_connection(("127.0.0.1", port), 10) as plain:
            server: socket.socket = plain
            if server_has_tls:
                plain.sendall(struct.pack("!ii", 8, _SSL_REQUEST))
                assert plain.recv(1) == b"S"
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
                server = context.wrap_socket(plain)
            with server:
                hand_on(inside, server, heard)

    with serving(serve) as own:
        yield own, heard


@contextmanager
def _dressed(client: socket.socket, certificate: tuple[Path, Path] | None) -> Iterator[socket.socket]:
    """The connection after the question whether it shall be encrypted."""
    client.settimeout(10)
    while len(question := client.recv(8, socket.MSG_PEEK)) == 8:
        length, code = struct.unpack("!ii", question)
        if length != 8 or code not in (_SSL_REQUEST, _GSS_REQUEST):
            break
        client.recv(8)
        if code == _SSL_REQUEST and certificate is not None:
            client.sendall(b"S")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            with context.wrap_socket(client, server_side=True) as inside:
                yield inside
            return
        client.sendall(b"N")
    yield client
