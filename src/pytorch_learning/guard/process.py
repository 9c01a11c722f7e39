"""What else can reach into a test: the interpreter's hooks, threads, timers, import path, torch's modes."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType
from typing import Any

import torch

from pytorch_learning.guard.origin import is_made_by_student, is_students

# A notebook may have put something else in their place.
_gettrace, _settrace, _getprofile, _setprofile = sys.gettrace, sys.settrace, sys.getprofile, sys.setprofile
_TIMERS = tuple(getattr(signal, name) for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF"))
_SIGNALS = frozenset(
    getattr(signal, name) for name in ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2", "SIGTRAP")
)
"""Those that no library has a use for."""


_DEVICES = ("cpu", "cuda", "mps", "xpu")


class Process:
    """The state of the process before there was any student code."""

    def __init__(self) -> None:
        self._handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
        self._lists: list[tuple[str, list[Any], list[Any]]] = [
            ("gc.callbacks", gc.callbacks, list(gc.callbacks)),
            ("sys.meta_path", sys.meta_path, list(sys.meta_path)),
            ("sys.path_hooks", sys.path_hooks, list(sys.path_hooks)),
        ]
        self._path = [entry for entry in sys.path if entry and os.path.abspath(entry) != os.getcwd()]
        self._dtype = torch.get_default_dtype()
        self.without_values = False
        """Whether tensors had come to have no values by default."""

    def restore(self) -> list[str]:
        """Put it back.  Returns what was there that should not have been."""
        found: list[str] = []
        for timer in _TIMERS:
            if signal.setitimer(timer, 0)[0]:
                found.append("signal.setitimer")
        for number, handler in self._handlers.items():
            now = signal.getsignal(number)
            if now is not handler and (number in _SIGNALS or is_made_by_student(now)):
                found.append(f"signal.{signal.Signals(number).name}")
                signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for name, hooks, saved in self._lists:
            module, _, attribute = name.partition(".")
            if getattr(sys.modules[module], attribute) is not hooks:
                found.append(name)
                setattr(sys.modules[module], attribute, hooks)
            if len(hooks) != len(saved) or any(a is not b for a, b in zip(hooks, saved, strict=False)):
                added = [hook for hook in hooks if all(hook is not other for other in saved)]
                if any(is_made_by_student(hook) for hook in added) or len(hooks) < len(saved):
                    found.append(name)
                    hooks[:] = saved
        # What it keeps for a folder may be a finder of the notebook's.
        sys.path_importer_cache.clear()
        found += self._restore_torch()
        return found

    @contextmanager
    def libraries_first(self) -> Iterator[None]:
        """A file in the notebook's folder does not stand in for a module that a test imports."""
        path = list(sys.path)
        sys.path[:] = [*self._path, *(entry for entry in path if entry not in self._path)]
        try:
            with torch.inference_mode(False) if torch.is_inference_mode_enabled() else nullcontext():
                yield
        finally:
            sys.path[:] = path

    def _restore_torch(self) -> list[str]:
        found: list[str] = []
        if torch.get_default_dtype() is not self._dtype:
            torch.set_default_dtype(self._dtype)
        device = torch.get_default_device()
        if device.type != "cpu":
            torch.set_default_device(None)
            if device.type == "meta":
                # There values can't be compared.
                self.without_values = True
        if not torch.is_grad_enabled():
            torch.set_grad_enabled(True)
        while torch._C._len_torch_function_stack():
            found.append("TorchFunctionMode")
            torch._C._pop_torch_function_stack()
        while torch._C._len_torch_dispatch_stack():
            found.append("TorchDispatchMode")
            torch._C._pop_torch_dispatch_stack(None)
        for kind in _DEVICES:
            if torch.is_autocast_enabled(kind):
                torch.set_autocast_enabled(kind, False)
        while torch._C._autograd._top_saved_tensors_default_hooks(False) is not None:
            found.append("saved_tensors_hooks")
            torch._C._autograd._pop_saved_tensors_default_hooks()
        return found


def stop_tracing() -> list[str]:
    """End what is called at each step of the interpreter.  Returns what there was."""
    found: list[str] = []
    if _gettrace() is not None:
        _settrace(None)
        found.append("sys.settrace")
    if _getprofile() is not None:
        _setprofile(None)
        found.append("sys.setprofile")
    if threading.gettrace() is not None or threading.getprofile() is not None:
        threading.settrace(None)  # type: ignore[arg-type]
        threading.setprofile(None)
        found.append("threading.settrace")
    return found + _end_monitoring()


def students_threads() -> bool:
    """Whether code of the student's runs, or is about to, beside the one that asks."""
    own = threading.get_ident()
    for ident, frame in sys._current_frames().items():
        if ident != own and _runs_students_code(frame):
            return True
    return any(
        is_made_by_student(getattr(thread, name, None))
        for thread in threading.enumerate()
        if thread.ident != own
        for name in ("_target", "function", "run")
    )


def _runs_students_code(frame: FrameType | None) -> bool:
    while frame is not None:
        if is_students(frame.f_code):
            return True
        frame = frame.f_back
    return False


def _end_monitoring() -> list[str]:
    # From Python 3.12 on.
    monitoring: Any = getattr(sys, "monitoring", None)
    if monitoring is None:
        return []
    used = [tool for tool in range(6) if monitoring.get_tool(tool) is not None]
    for tool in used:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
    return ["sys.monitoring"] if used else []
