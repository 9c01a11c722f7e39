"""Checks of code that has to run on any device, on machines that have only one.

The `meta` device stands in for the others: what is left on the CPU does not go together with it, and what
reads a value finds none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from pytorch_learning.checks import diagnosis
from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.checks.functions import META_REFUSALS
from pytorch_learning.language import say

_NEEDS_VALUES = (*META_REFUSALS, "unsupported format string passed to Tensor")
_WANTS_A_GPU = ("NVIDIA", "CUDA", "cuda", "MPS", "mps", "XPU", "xpu")
_PRINTS = ("__format__", "__repr__", "__str__")


def everywhere() -> list[str]:
    """The devices on which a test computes: the CPU, and this machine's accelerator if it has one."""
    accelerator = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
    return ["cpu"] if accelerator is None else ["cpu", accelerator.type]


def runs_on_meta(call: Callable[[], Any], *, name: str, reading: str = "", staying: str = "") -> Any:
    """`call()`, which is to work on `meta` tensors only, does so.  Returns what it returns.

    Code that reads a value fails with `reading`, code that leaves something on another device with `staying`
    (each a sentence; there is a general one for both).
    """
    try:
        with _Prints():
            return call()
    except _Printed:
        pass
    except (NotImplementedError, RuntimeError, TypeError, AssertionError) as error:
        if isinstance(error, CheckFailed):
            raise
        text = str(error)
        if not any(sign in text for sign in _NEEDS_VALUES):
            raise _misplaced(error, name, staying) from None
    advice = reading or say(
        "这里读了一个数值（`item()`、`float(…)`、`cpu()`、`if`、打印……）：在 GPU 上，这会让 CPU 停下来等",
        "a value is read here (`item()`, `float(…)`, `cpu()`, `if`, printing …): with a GPU, the CPU would stop and "
        "wait for it",
    )
    raise CheckFailed(name + say("：", ": ") + advice)


@dataclass(frozen=True)
class Crossing:
    """Elements that went from one device to another, and the dtype in which they travelled."""

    source: str
    target: str
    elements: int
    dtype: torch.dtype

    @property
    def bytes(self) -> int:
        """How many bytes that were."""
        return self.elements * self.dtype.itemsize


def crossings(call: Callable[[], Any]) -> tuple[Any, list[Crossing]]:
    """What `call()` returns, and what it moved from one device to another."""
    with _Customs() as customs:
        result = call()
    return result, customs.crossings


class _Customs(TorchDispatchMode):
    """Notes what crosses from device to device."""

    def __init__(self) -> None:
        super().__init__()
        self.crossings: list[Crossing] = []

    def __torch_dispatch__(
        self, function: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        del types
        kwargs = kwargs or {}
        result = function(*args, **kwargs)
        given = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
        if function in (torch.ops.aten._to_copy.default, torch.ops.aten.copy_.default) and given:
            source = given[-1]
            if isinstance(result, Tensor) and result.device != source.device:
                # A copy that changes the dtype as well does so before it travels, unless it may be late.
                late = kwargs.get("non_blocking") or (len(args) > 2 and args[2])
                dtype = source.dtype if late else result.dtype
                self.crossings.append(Crossing(source.device.type, result.device.type, source.numel(), dtype))
        return result


class _Printed(Exception):
    """A tensor was made into text."""


class _Prints(TorchFunctionMode):
    """Meta tensors can be printed, those of a GPU only after waiting."""

    def __torch_function__(
        self, function: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        del types
        if getattr(function, "__name__", "") in _PRINTS:
            raise _Printed
        return function(*args, **(kwargs or {}))


def _misplaced(error: Exception, name: str, staying: str) -> Exception:
    """What to raise for an error that has to do with devices, or the error itself."""
    text = str(error)
    mark = say("：", ": ")
    if any(sign in text for sign in _WANTS_A_GPU):
        return CheckFailed(f"{name}{mark}{diagnosis.FIXED_GPU}")
    if "device" not in text and "meta" not in text:
        return error
    advice = staying or say(
        "有东西留在了别的设备上：模型、输入、标签和新建的张量都要在同一个设备上",
        "something stayed on another device: the model, its input, the labels and every new tensor belong on the same one",
    )
    return CheckFailed(name + mark + advice)
