"""Saved files for lessons and tests: from another machine, with code inside, cut off in the middle.

Test cells import this module by itself; `checks` does not, since most sections save nothing.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.language import say


@contextmanager
def folder() -> Iterator[Path]:
    """A new empty folder with blanks and Chinese characters in its name, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="模型 a b ") as name:
        yield Path(name)


def save_as_on(device: str, value: object, path: str | Path) -> None:
    """`torch.save(value, path)`, as a machine writes it where all tensors are on `device`.

    The tensors are on the CPU here; the file says that they were on the other device.
    """
    written = io.BytesIO()
    torch.save(value, written)
    # The pickle names each storage's device, once in full and from then on by reference.
    name = device.encode()
    here = b"X\x03\x00\x00\x00cpu"
    there = b"X" + len(name).to_bytes(4, "little") + name
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("/data.pkl"):
                content = content.replace(here, there)
            new.writestr(entry.filename, content)


_sprung: list[str] = []


def _spring() -> None:
    _sprung.append("sprung")


class Trap:
    """Unpickling it runs code, here a harmless note that `no_code_runs` finds."""

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return _spring, ()


@contextmanager
def no_code_runs(name: str) -> Iterator[None]:
    """Fail if a `Trap` in a file goes off in here, whatever else happens."""
    _sprung.clear()
    try:
        yield
    finally:
        if _sprung:
            _sprung.clear()
            raise CheckFailed(
                name
                + say(
                    "：文件里藏着代码，你的函数把它执行了：不要写 `weights_only=False`",
                    ": there was code in the file, and your function ran it: leave out `weights_only=False`",
                )
            ) from None


class PowerCut(RuntimeError):
    """What a `Fuse` raises."""


class Fuse:
    """Pickling it calls `look` and then fails, in the middle of the file."""

    def __init__(self, look: Callable[[], object] = bool) -> None:
        self.look = look

    def __reduce__(self) -> tuple[Any, ...]:
        self.look()
        raise PowerCut("power cut")


def first_difference(got: object, expected: object, place: str = "") -> str | None:
    """Where two nested states differ, such as `state[0]['exp_avg']`; None if they are the same bit by bit."""
    if isinstance(expected, Tensor):
        same = (
            isinstance(got, Tensor)
            and got.dtype == expected.dtype
            and got.shape == expected.shape
            and torch.equal(got, expected)
        )
        return None if same else place
    if isinstance(expected, dict):
        if not isinstance(got, dict) or set(got) != set(expected):
            return place
        pairs = [(got[key], value, f"{place}[{key!r}]") for key, value in expected.items()]
    elif isinstance(expected, (list, tuple)):
        if not isinstance(got, (list, tuple)) or len(got) != len(expected):
            return place
        pairs = [(a, b, f"{place}[{i}]") for i, (a, b) in enumerate(zip(got, expected, strict=True))]
    else:
        return None if got == expected else place
    for a, b, where in pairs:
        if (found := first_difference(a, b, where)) is not None:
            return found
    return None
