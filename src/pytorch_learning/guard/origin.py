"""Whose a function or an object is: a library's, a test's, or the student's."""

from __future__ import annotations

import functools
import os
import sys
import sysconfig
from pathlib import Path
from types import CodeType, FunctionType, MethodType
from typing import Any

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

_DEPTH = 4


def is_students(code: CodeType) -> bool:
    """Whether code is neither a library's nor a test's."""
    name = code.co_filename
    return name != TEST and not name.startswith(LIBRARIES)


def is_library(module: Any) -> bool:
    """Whether a module is one that was installed."""
    origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
    return origin in ("built-in", "frozen") or origin.startswith(LIBRARIES)


def is_made_by_student(value: Any, depth: int = _DEPTH) -> bool:
    """Whether there is code of the student's in something that can be called, or in what it calls."""
    if value is None or not depth:
        return False
    return any(is_made_by_student(part, depth - 1) for part in _parts(value)) or _is_students_own(value)


def _is_students_own(value: Any) -> bool:
    if isinstance(value, FunctionType):
        code = value.__code__
        if code.co_filename == TEST:
            return False
        # The name of a file can be any.
        module = sys.modules.get(value.__globals__.get("__name__", ""))
        return is_students(code) or getattr(module, "__dict__", None) is not value.__globals__
    name = (value if isinstance(value, type) else type(value)).__module__
    module = sys.modules.get(name)
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    return name == "__main__" or (isinstance(origin, str) and not is_library(module))


def _parts(value: Any) -> list[Any]:
    """What else is called when this is."""
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, MethodType):
        return [value.__func__, value.__self__]
    if isinstance(value, (staticmethod, classmethod)):
        return [value.__func__]
    if isinstance(value, property):
        return [value.fget, value.fset]
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or () if _is_filled(cell)]
        return [part for part in cells if callable(part)]
    if isinstance(value, type):
        return [part for part in vars(value).values() if isinstance(part, _FUNCTIONS)]
    inside = getattr(value, "__dict__", None)
    own = [part for part in inside.values() if isinstance(part, _FUNCTIONS)] if type(inside) is dict else []
    return [type(value), *own]


_FUNCTIONS = (FunctionType, MethodType, functools.partial, staticmethod, classmethod, property)


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True
