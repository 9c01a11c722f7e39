"""What the interpreter's audit events tell: who looks at frames in a test, and whose code was changed.

A test's variables are in frames, and with them what it expects.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import threading
from types import FrameType
from typing import Any

from pytorch_learning.guard.origin import is_students

LOOKING = frozenset({"sys._getframe", "sys._current_frames", "sys._current_exceptions"}) | frozenset(
    {"gc.get_objects", "gc.get_referrers", "gc.get_referents"}
)
FRAMES_OF = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame"})


class Audit:
    """An audit hook, which stays for as long as the process does."""

    def __init__(self) -> None:
        self.functions_changed = False
        """Whether the code or the defaults of any function were set."""
        self._seen: set[str] | None = None
        self._noted: set[str] = set()
        self._inspect = os.path.realpath(sysconfig.get_path("stdlib")) + os.sep + "inspect.py"
        sys.addaudithook(self._hook())

    def start(self) -> None:
        """From now on, note in which ways student code looks at frames."""
        self._seen = set()

    def stop(self) -> list[str]:
        """The ways since then."""
        seen, self._seen = self._seen, None
        return sorted(seen or ())

    def noted(self) -> list[str]:
        """What else student code did since this was last asked, in a test or not."""
        noted, self._noted = self._noted, set()
        return sorted(noted)

    def _hook(self) -> Any:
        own_frame, own_code = sys._getframe, Audit.__init__.__code__
        busy = threading.local()
        busy.now = False

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "object.__setattr__":
                self.functions_changed = True
                return
            if event == "sys.addaudithook":
                if own_frame(1).f_code is not own_code:
                    self._noted.add(event)
                    # Then Python does without the new hook, and says nothing.
                    raise RuntimeError(event)
                return
            at_any_time = event[:7] == "gc.get_" or event[:7] == "ctypes."
            if self._seen is None and not at_any_time:
                return
            if event in LOOKING or at_any_time:
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
                if frame is not None and is_students(frame.f_code):
                    if self._seen is None or event[:7] == "ctypes.":
                        self._noted.add(name)
                    else:
                        self._seen.add(name)
            finally:
                busy.now = False

        return hook
