"""What client and server say to each other: one JSON object a line, over one Unix socket for each kernel."""

from __future__ import annotations

import hashlib
import json
import socket
from dataclasses import asdict, dataclass
from typing import Any

LONGEST = 4 * 1024 * 1024
"""Bytes in a line: an environment of any length fits."""


@dataclass(frozen=True)
class Launch:
    """A client asks for a kernel.  The server answers `{"pid": ...}`, and `{"exit": ...}` when it has ended.

    When the client closes the connection, the server kills the kernel.
    """

    token: str
    """Proof that the client may: kernels know only its hash."""
    arguments: list[str]
    """Of `python -m ipykernel_launcher`."""
    folder: str
    environment: dict[str, str]
    policy: str = ""
    """Of the sandbox, as `Policy.to_json` writes it; "" for no sandbox."""


def fingerprint(token: str) -> str:
    """What the server knows of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def send(connection: socket.socket, message: dict[str, Any] | Launch) -> None:
    """Send one line."""
    fields = asdict(message) if isinstance(message, Launch) else message
    connection.sendall(json.dumps(fields).encode() + b"\n")


class Lines:
    """The lines that have come in over a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._buffer = b""

    def next(self, flags: int = 0) -> dict[str, Any] | None:
        """The next message; None at the end.  `flags` as in `socket.recv`.

        Raises ValueError for what is no message; with MSG_DONTWAIT, BlockingIOError where none is complete.
        """
        while b"\n" not in self._buffer:
            received = self.connection.recv(65536, flags)
            if not received:
                return None
            self._buffer += received
            if len(self._buffer) > LONGEST:
                raise ValueError("the line is too long")
        line, _, self._buffer = self._buffer.partition(b"\n")
        message = json.loads(line)
        if not isinstance(message, dict):
            raise ValueError("not a JSON object")
        return message
