"""What else can reach into a test: the interpreter's hooks, threads, timers, import path, torch's modes."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, FunctionType, MethodType
from typing import Any

import torch

from pytorch_learning.guard.audit import LIBRARIES, is_students

# A notebook may have put something else in their place.
_gettrace, _settrace, _getprofile, _setprofile = sys.gettrace, sys.settrace, sys.getprofile, sys.setprofile
_TIMERS = tuple(getattr(signal, name) for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF"))
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2", "SIGTRAP")
)


class Process:
    """The state of the process before there was any student code."""

    def __init__(self) -> None:
        self._handlers = {number: signal.getsignal(number) for number in _SIGNALS}
        self._lists: list[tuple[str, list[Any], list[Any]]] = [
            ("gc.callbacks", gc.callbacks, list(gc.callbacks)),
            ("sys.meta_path", sys.meta_path, list(sys.meta_path)),
            ("sys.path_hooks", sys.path_hooks, list(sys.path_hooks)),
        ]
        self._path = [entry for entry in sys.path if entry and os.path.abspath(entry) != os.getcwd()]
        self._dtype = torch.get_default_dtype()

    def restore(self) -> list[str]:
        """Put it back.  Returns what was there that should not have been."""
        found: list[str] = []
        for timer in _TIMERS:
            if signal.setitimer(timer, 0)[0]:
                found.append("signal.setitimer")
        for number, handler in self._handlers.items():
            if signal.getsignal(number) is not handler:
                found.append(f"signal.{signal.Signals(number).name}")
                signal.signal(number, handler)
        for name, hooks, saved in self._lists:
            if len(hooks) != len(saved) or any(a is not b for a, b in zip(hooks, saved, strict=False)):
                added = [hook for hook in hooks if all(hook is not other for other in saved)]
                if any(_is_made_by_student(hook) for hook in added) or len(hooks) < len(saved):
                    found.append(name)
                    hooks[:] = saved
        found += self._restore_torch()
        return found

    @contextmanager
    def libraries_first(self) -> Iterator[None]:
        """A file in the notebook's folder does not stand in for a module that a test imports."""
        path = list(sys.path)
        sys.path[:] = [*self._path, *(entry for entry in path if entry not in self._path)]
        try:
            yield
        finally:
            sys.path[:] = path

    def _restore_torch(self) -> list[str]:
        found: list[str] = []
        if torch.get_default_dtype() is not self._dtype:
            torch.set_default_dtype(self._dtype)
        if torch.get_default_device() != torch.device("cpu"):
            torch.set_default_device(None)
        if not torch.is_grad_enabled():
            torch.set_grad_enabled(True)
        while torch._C._len_torch_function_stack():
            found.append("TorchFunctionMode")
            torch._C._pop_torch_function_stack()
        while torch._C._len_torch_dispatch_stack():
            found.append("TorchDispatchMode")
            torch._C._pop_torch_dispatch_stack(None)
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
        _is_made_by_student(getattr(thread, name, None))
        for thread in threading.enumerate()
        if thread.ident != own
        for name in ("_target", "function", "run")
    )


def is_library(module: Any) -> bool:
    """Whether a module is one that was installed."""
    origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
    return origin in ("built-in", "frozen") or origin.startswith(LIBRARIES)


def _runs_students_code(frame: FrameType | None) -> bool:
    while frame is not None:
        if is_students(frame.f_code):
            return True
        frame = frame.f_back
    return False


def _is_made_by_student(value: Any) -> bool:
    if value is None:
        return False
    if isinstance(value, MethodType):
        value = value.__func__
    function = value if isinstance(value, FunctionType) else vars(type(value)).get("__call__")
    if isinstance(function, FunctionType):
        return is_students(function.__code__)
    name = (value if isinstance(value, type) else type(value)).__module__
    origin = getattr(getattr(sys.modules.get(name), "__spec__", None), "origin", None)
    return name == "__main__" or (isinstance(origin, str) and not is_library(sys.modules[name]))


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
