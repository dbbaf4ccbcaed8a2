"""Ports of one's own: somebody behind each connection, and what is said handed on."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def serving(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this machine; `serve` has each connection, in a thread of its own, until either side breaks off."""
    threads: list[threading.Thread] = []

    def until_broken_off(client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            serve(client)

    def accept() -> None:
        with contextlib.suppress(OSError):  # the port is closed
            while True:
                client, _address = listener.accept()
                threads.append(threading.Thread(target=until_broken_off, args=(client,)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread in threads:
                thread.join()


def hand_on(client: socket.socket, server: socket.socket, hear: Callable[[bytes], object] | None = None) -> None:
    """Hand on what client and server say to each other until both are silent; `hear` gets what the client says."""
    back = threading.Thread(target=_pump, args=(server, client, None))
    back.start()
    _pump(client, server, hear)
    back.join()


def _pump(source: socket.socket, sink: socket.socket, hear: Callable[[bytes], object] | None) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if hear is not None:
                hear(data)
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)
