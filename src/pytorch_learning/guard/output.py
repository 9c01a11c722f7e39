"""How much a notebook may print: what is beyond it is not sent, which would take longer than to print it."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from ipykernel.iostream import OutStream


class OutputLimit:
    """Lets the messages of this process's streams through until they hold so many characters.

    The one that goes beyond is sent, so that the grader sees that there was more.
    """

    def __init__(self, characters: int) -> None:
        self._left = characters

    def set(self) -> None:
        """From now on."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, OutStream):
                # A stream asks the hooks of the thread that sends.
                stream.pub_thread.schedule(partial(stream.register_hook, self))

    def __call__(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """The message, unless it is too much."""
        if self._left < 0:
            return None
        self._left -= len(message["content"]["text"])
        return message
