"""What the interpreter's audit events tell: who looks at frames in a test, and whose code was changed.

A test's variables are in frames, and with them what it expects.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import threading
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

LOOKING = frozenset({"sys._getframe", "sys._current_frames", "sys._current_exceptions"}) | frozenset(
    {"gc.get_objects", "gc.get_referrers", "gc.get_referents"}
)
FRAMES_OF = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame"})
LIBRARIES = tuple(
    {
        *(os.path.realpath(sysconfig.get_path(name)) + os.sep for name in ("stdlib", "purelib", "platlib")),
        *(sysconfig.get_path(name) + os.sep for name in ("stdlib", "purelib", "platlib")),
        str(Path(__file__).resolve().parent.parent) + os.sep,
        "<frozen ",
    }
)
TEST = "<test>"
"""The file name of a test's code."""


def is_students(code: CodeType) -> bool:
    """Whether code is neither a library's nor a test's."""
    name = code.co_filename
    return name != TEST and not name.startswith(LIBRARIES)


class Audit:
    """An audit hook, which stays for as long as the process does."""

    def __init__(self) -> None:
        self.functions_changed = False
        """Whether the code or the defaults of any function were set."""
        self._seen: set[str] | None = None
        self._inspect = os.path.realpath(sysconfig.get_path("stdlib")) + os.sep + "inspect.py"
        sys.addaudithook(self._hook())

    def start(self) -> None:
        """From now on, note in which ways student code looks at frames."""
        self._seen = set()

    def stop(self) -> list[str]:
        """The ways since then."""
        seen, self._seen = self._seen, None
        return sorted(seen or ())

    def _hook(self) -> Any:
        own_frame = sys._getframe
        busy = threading.local()
        busy.now = False

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "object.__setattr__":
                self.functions_changed = True
                return
            if self._seen is None:
                return
            if event in LOOKING:
                name = event
            elif event == "object.__getattr__" and len(arguments) > 1 and arguments[1] in FRAMES_OF:
                name = str(arguments[1])
            else:
                return
            if getattr(busy, "now", False):
                return
            busy.now = True
            try:
                frame: FrameType | None = own_frame(1)
                while frame is not None and frame.f_code.co_filename.endswith("inspect.py"):
                    if os.path.realpath(frame.f_code.co_filename) != self._inspect:
                        break
                    frame = frame.f_back
                if frame is not None and is_students(frame.f_code) and self._seen is not None:
                    self._seen.add(name)
            finally:
                busy.now = False

        return hook
