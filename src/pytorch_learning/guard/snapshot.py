"""What tests rely on in the modules of this process, as it was before there was any student code."""

from __future__ import annotations

import builtins
import operator
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import torch

from pytorch_learning.guard.origin import is_made_by_student
from pytorch_learning.guard.versions import Version, dictionary

PACKAGE = "pytorch_learning"
WATCHED = (
    *(PACKAGE, "torch", "torch._C", "torch._tensor", "torch.functional", "torch.nn", "torch.optim"),
    *("torch.utils.data", "torch.autograd", "torch.testing", "torch.random", "torch.overrides", "torch.amp"),
    *("torch.serialization", "torch.linalg", "torch.special", "torch.accelerator", "torch.cuda"),
    *("torch.mps", "torchvision.transforms", "torchvision.datasets", "numpy", "numpy.random"),
    *("numpy.testing", "PIL.Image", "builtins", "math", "random", "itertools", "copy", "functools"),
    *("collections", "contextlib", "os", "posixpath", "pathlib", "tempfile", "io", "re", "time"),
    *("statistics", "unittest", "unittest.mock", "pickle", "logging", "zipfile", "uuid", "inspect", "types"),
    *("operator", "html", "zlib", "json", "dataclasses", "hashlib", "hmac", "gc", "threading", "traceback"),
    *("importlib", "importlib.machinery", "importlib.util", "_frozen_importlib", "contextvars", "ast"),
    *("_ast", "sys", "signal", "_thread"),
    *("_frozen_importlib_external", "json.encoder", "json.decoder", "copyreg", "torch.autograd.variable"),
)
"""Modules whose functions and classes must be what they were."""

WITH_PARTS = (
    *(PACKAGE, "torch._C", "torch.nn", "torch.optim", "torch.utils.data", "torch.autograd", "torch.testing"),
    *("torch.amp", "torchvision.transforms", "torchvision.datasets", "numpy.testing"),
)
"""Those that bring their submodules with them."""

# Set anew by IPython, by every cell, or by the course itself.
CHANGING = frozenset(
    {
        *("builtins._", "builtins.display", "builtins.get_ipython", "builtins.exit", "builtins.quit"),
        "torch.Storage",
        *("sys.displayhook", "sys.excepthook", "sys.unraisablehook"),
        *("builtins.input", "pytorch_learning.checks.session._session", "pytorch_learning.language._chosen"),
        "pytorch_learning.guard.kernel._prepared",
        *("pytorch_learning.warm.client._server", "pytorch_learning.warm.client._owner"),
    }
)

TABLES = (
    *(("copy", "_deepcopy_dispatch"), ("copyreg", "dispatch_table")),
    *(("torch.nn.modules.module", "_global_"), ("torch.optim.optimizer", "_global_")),
    ("torch.utils.data._utils.collate", "default_collate_fn_map"),
)
"""Modules, and what the names of those of their tables begin with that decide what tests do."""

QUIET = frozenset({"torch.Tensor.__repr__", "torch.Tensor.__str__"})
"""What is changed in all innocence, to see more of a tensor."""

_is = operator.is_
_MISSING = object()
_OWN = (f"{PACKAGE}.", "builtins.")
_BUILTINS = frozenset(vars(builtins))
_CONTAINERS = (dict, list, set)


@dataclass(slots=True)
class _Space:
    """The variables of a module or class."""

    name: str
    owner: Any
    kind: type
    """The owner's own class."""
    saved: dict[str, Any]
    """Those that must not change."""
    everything: dict[str, Any]
    now: dict[str, Any]
    version: Version


class Snapshot:
    """The functions, classes and methods of the watched modules, and the tables of this package."""

    def __init__(self) -> None:
        self._table = sys.modules
        self._table_version = Version(sys.modules)
        self._modules = dict(sys.modules)
        self._spaces: list[_Space] = []
        self._functions: list[tuple[str, FunctionType, Any, Any, Any]] = []
        self._cells: list[tuple[str, Any, Any]] = []
        self._tables: list[tuple[str, Any, Any]] = []
        self._classes: list[tuple[str, type, Any, Any]] = []
        self._others: dict[int, frozenset[str]] = {}
        self._seen: set[int] = set()
        self._builtins = {
            key: value for key, value in vars(builtins).items() if f"builtins.{key}" not in CHANGING
        }
        self._take_modules(sys.modules)
        for name, start in TABLES:
            for key, table in list(vars(sys.modules[name]).items()):
                if key.startswith(start) and isinstance(table, _CONTAINERS):
                    self._tables.append((f"{name}.{key}", table, table.copy()))

    def renew(self) -> None:
        """Take things to be right as they are now."""
        new = {name: module for name, module in sys.modules.items() if self._modules.get(name) is not module}
        self._modules = dict(sys.modules)
        self._table_version.note()
        spaces, self._spaces = self._spaces, []
        for space in spaces:
            if space.version.in_order() or _is_as_it_was(space):
                self._spaces.append(space)
            else:
                self._take_space(space.name, space.owner)
        self._take_modules(new)

    def restore(self, *, functions: bool = True, during: bool = False) -> list[str]:
        """Put back what has changed.  Returns its names, without what libraries changed themselves.

        Without `functions`, their code and defaults are taken to be as they were, and the bases of classes.
        While a test runs (`during`), little is a library's own doing.
        """
        changed: list[str] = []
        # Before anything here calls one of them.
        for name, value in self._builtins.items():
            if builtins.__dict__.get(name, _MISSING) is not value:
                changed.append(f"builtins.{name}")
                builtins.__dict__[name] = value
        modules = self._table
        if sys.modules is not modules:
            changed.append("sys.modules")
            sys.modules = modules
        if not self._table_version.in_order():
            for name, module in self._modules.items():
                if modules.get(name) is not module:
                    changed.append(f"sys.modules[{name!r}]")
                    modules[name] = module
            self._table_version.note()
        for space in self._spaces:
            if space.owner.__class__ is not space.kind and isinstance(space.owner, ModuleType):
                changed.append(space.name)
                ModuleType.__setattr__(space.owner, "__class__", space.kind)
        for name, owner, key, value in list(self._differences()):
            now = vars(owner).get(key, _MISSING)
            if value is None and not is_made_by_student(now):
                # Set by a library when first used.
                continue
            if not _is_innocent(f"{name}.{key}", now, during):
                changed.append(f"{name}.{key}")
            _set(owner, key, value)
        for name, cls, kind, bases in self._classes if functions else ():
            if cls.__class__ is not kind or cls.__bases__ is not bases:
                changed.append(name)
                if cls.__class__ is not kind:
                    type.__setattr__(cls, "__class__", kind)
                if cls.__bases__ is not bases:
                    type.__setattr__(cls, "__bases__", bases)
        for name, function, code, defaults, keywords in self._functions if functions else ():
            if (
                function.__code__ is not code
                or function.__defaults__ is not defaults
                or function.__kwdefaults__ is not keywords
            ):
                changed.append(name)
                function.__code__, function.__defaults__, function.__kwdefaults__ = code, defaults, keywords
        for name, cell, value in self._cells:
            if cell.cell_contents is not value:
                changed.append(name)
                cell.cell_contents = value
        for name, table, content in self._tables:
            if not _is_same(table, content) and not _is_added_to_by_libraries(table, content):
                changed.append(name)
                table.clear()
                table.extend(content) if isinstance(table, list) else table.update(content)
        return changed

    def knows(self, module: str) -> bool:
        """Whether a module was there."""
        return module in self._modules

    def _differences(self) -> Iterator[tuple[str, Any, str, Any]]:
        for space in self._spaces:
            # Most are as they were, which is seen fastest so.
            if space.version.in_order():
                continue
            found = [] if _is_as_it_was(space) else self._differences_in(space)
            if not found:
                space.version.note()
            for key, value in found:
                yield space.name, space.owner, key, value

    def _differences_in(self, space: _Space) -> list[tuple[str, Any]]:
        now, saved = space.now, space.saved
        found = [(key, value) for key, value in saved.items() if now.get(key, _MISSING) is not value]
        new = [key for key in list(now) if key not in saved and self._hides(space.owner, key, now[key])]
        return found + [(key, _MISSING) for key in new]

    def _hides(self, owner: Any, key: str, value: Any) -> bool:
        """Whether something new stands in front of what was meant."""
        if not callable(value) and not hasattr(value, "__get__"):
            return False
        if isinstance(owner, ModuleType):
            return key in _BUILTINS and key not in self._others[id(owner)]
        inherited = any(key in vars(base) for base in owner.__mro__[1:])
        return (inherited or key.startswith("__")) and key not in self._others[id(owner)]

    def _take_modules(self, modules: Mapping[str, ModuleType]) -> None:
        for name, module in list(modules.items()):
            if isinstance(module, ModuleType) and _is_watched(name):
                self._take_module(name, module)

    def _take_module(self, name: str, module: ModuleType) -> None:
        self._take_space(name, module)
        for key, value in list(vars(module).items()):
            if isinstance(value, type):
                self._take_class(value)
            elif isinstance(value, FunctionType):
                self._take_function(f"{name}.{key}", value)
            elif isinstance(value, _CONTAINERS) and self._is_table(name, key):
                self._tables.append((f"{name}.{key}", value, value.copy()))

    def _is_table(self, name: str, key: str) -> bool:
        return name.startswith(PACKAGE) and not key.startswith("__") and f"{name}.{key}" not in CHANGING

    def _take_class(self, cls: type) -> None:
        if id(cls) in self._seen or not _is_watched(str(cls.__module__)):
            return
        self._seen.add(id(cls))
        # What is built in can't be changed.
        if not cls.__flags__ & _IMMUTABLE:
            name = f"{cls.__module__}.{cls.__qualname__}"
            self._take_space(name, cls)
            self._classes.append((name, cls, type(cls), cls.__bases__))
            for key, value in list(vars(cls).items()):
                for function in _functions_of(value):
                    self._take_function(f"{name}.{key}", function)
        for base in cls.__mro__[1:]:
            self._take_class(base)

    def _take_space(self, name: str, owner: Any) -> None:
        space = dictionary(owner)
        everything = isinstance(owner, ModuleType) and name.startswith(PACKAGE)
        saved = {
            key: value
            for key, value in space.items()
            if (everything or isinstance(value, _KINDS) or _is_kept(owner, value))
            and f"{name}.{key}" not in CHANGING
            and key not in _NEVER
        }
        self._others[id(owner)] = frozenset(space.keys() - saved.keys())
        version = Version(space)
        version.note()
        self._spaces.append(_Space(name, owner, type(owner), saved, dict(space), space, version))

    def _take_function(self, name: str, function: FunctionType) -> None:
        if id(function) in self._seen:
            return
        self._seen.add(id(function))
        keywords = function.__kwdefaults__
        self._functions.append((name, function, function.__code__, function.__defaults__, keywords))
        if keywords:
            self._tables.append((name, keywords, keywords.copy()))
        for cell in function.__closure__ or ():
            try:
                value = cell.cell_contents
            except ValueError:
                continue
            if isinstance(value, FunctionType):
                self._cells.append((name, cell, value))
                self._take_function(name, value)
        inner = getattr(function, "__wrapped__", None)
        if isinstance(inner, FunctionType):
            self._take_function(name, inner)


_KINDS = (FunctionType, BuiltinFunctionType, type, ModuleType, staticmethod, classmethod, property)
_VARYING = (*_CONTAINERS, int, str)
_CONSTANTS = (float, torch.dtype, torch.layout, torch.memory_format, torch.Generator)
_NEVER = frozenset({"__dict__", "__weakref__", "__doc__", "__warningregistry__", "__annotations__"})
_IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE


def _is_as_it_was(space: _Space) -> bool:
    now, everything = space.now, space.everything
    return (
        len(now) == len(everything)
        and all(map(_is, now, everything))
        and all(map(_is, now.values(), everything.values()))
    )


def _is_watched(name: str) -> bool:
    return name in WATCHED or any(name.startswith(f"{part}.") for part in WITH_PARTS)


def _is_kept(owner: Any, value: Any) -> bool:
    if isinstance(owner, type):
        return hasattr(type(value), "__get__") or not isinstance(value, _VARYING)
    return isinstance(value, _CONSTANTS)


def _is_innocent(name: str, now: Any, during: bool) -> bool:
    """Whether something new is a library's own, as what dynamo puts in the place of optimisers' methods."""
    if now is _MISSING or name.startswith(_OWN) or (is_made_by_student(now) and name not in QUIET):
        return False
    function = now.__func__ if isinstance(now, (staticmethod, classmethod)) else now
    if not isinstance(function, FunctionType):
        return False
    return not during or f"{os.sep}torch{os.sep}_dynamo{os.sep}" in function.__code__.co_filename


def _is_same(table: Any, content: Any) -> bool:
    # Values that are equal need not be the same.
    if len(table) != len(content):
        return False
    if isinstance(table, set):
        return set(map(id, table)) == set(map(id, content))
    return all(map(_is, table, content)) and (
        isinstance(table, list) or all(map(_is, table.values(), content.values()))
    )


def _is_added_to_by_libraries(table: Any, content: Any) -> bool:
    if not isinstance(table, dict) or any(table.get(key, _MISSING) is not content[key] for key in content):
        return False
    return not any(is_made_by_student(value) for key, value in table.items() if key not in content)


def _functions_of(value: Any) -> Iterable[FunctionType]:
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    parts = (value.fget, value.fset) if isinstance(value, property) else (value,)
    return [part for part in parts if isinstance(part, FunctionType)]


def _set(owner: Any, key: str, value: Any) -> None:
    if isinstance(owner, type):
        if value is _MISSING:
            type.__delattr__(owner, key)
        else:
            type.__setattr__(owner, key, value)
    elif value is _MISSING:
        del vars(owner)[key]
    else:
        vars(owner)[key] = value
