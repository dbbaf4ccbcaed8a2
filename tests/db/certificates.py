"""A certificate authority for one test run, and a TLS front for a server that has none of its own."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.db.ports import hand_on, serving

_SSL_REQUEST = bytes.fromhex("0000000804d2162f")


def make_certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """A certificate for `host` signed by itself, and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    try:
        other_name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        other_name = x509.DNSName(host)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([other_name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "server.crt", folder / "server.key"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    key_file.chmod(0o600)
    return certificate_file, key_file


@contextmanager
def tls_front(port: int, certificate: Path, key: Path) -> Iterator[int]:
    """A port that speaks TLS and hands everything on to the plain server on `port`.

    To a client it is the server with TLS; to channel binding it is somebody in the middle, which is what it is.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def serve(client: socket.socket) -> None:
        client.settimeout(10)
        if client.recv(8) != _SSL_REQUEST:  # a look whether the port is open
            return
        client.sendall(b"S")
        with (
            context.wrap_socket(client, server_side=True) as inside,
            socket.create_connection(("127.0.0.1", port)) as server,
        ):
            hand_on(inside, server)

    with serving(serve) as own:
        yield own
