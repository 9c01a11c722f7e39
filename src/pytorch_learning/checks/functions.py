"""Checks of a function: what it returns, what it does to its arguments, and on which device it works."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_learning.checks import describe
from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.checks.values import Mistake, difference, equal
from pytorch_learning.language import say

Case = tuple[Any, ...] | Tensor | np.ndarray
"""The arguments of one call; a single tensor or array stands for itself."""

META_REFUSALS = (
    "Cannot copy out of meta tensor",
    "cannot be called on meta tensors",
    "can't convert meta device",
)
"""What torch says where code reads values on the `meta` device, which has none."""


def returns(
    function: Callable[..., Any],
    *arguments: Any,
    expected: Any,
    mistakes: Iterable[Mistake] = (),
    hint: str = "",
    changes_arguments: bool = False,
) -> Any:
    """`function(*arguments)` equals `expected` and leaves its arguments as they were.  Returns the result.

    `mistakes` are wrong results, or functions that make them from the same arguments, each with a sentence
    for those who got it.  Functions that work in place are called with `changes_arguments=True`.
    """
    name = describe.call(_name(function), arguments)
    before = _copies(arguments)
    try:
        result = function(*arguments)
    except Exception as error:
        # A student sees the error in their own code; which call led there stands in no traceback of theirs.
        error.add_note(name)
        raise
    wrong_results = []
    if difference(result, expected) is not None:
        for wrong, message in mistakes:
            if callable(wrong):
                try:
                    wrong = wrong(*_copies(before))
                except (RuntimeError, IndexError, ValueError, TypeError):
                    # What this mistake leads to is an error for these arguments: not what happened here.
                    continue
            wrong_results.append((wrong, message))
    equal(result, expected, name=name, mistakes=wrong_results, hint=hint)
    if not changes_arguments:
        _unchanged(arguments, before, name)
    return result


def agrees(
    function: Callable[..., Any],
    specification: Callable[..., Any],
    cases: Iterable[Case],
    *,
    mistakes: Iterable[tuple[Callable[..., Any], str]] = (),
    hint: str = "",
    changes_arguments: bool = False,
) -> None:
    """`function` returns what `specification` returns, for all `cases`, as `returns` checks it."""
    mistakes = tuple(mistakes)
    for case in cases:
        arguments = case if isinstance(case, tuple) else (case,)
        returns(
            function,
            *arguments,
            expected=specification(*_copies(arguments)),
            mistakes=mistakes,
            hint=hint,
            changes_arguments=changes_arguments,
        )


def raises(kind: type[Exception], function: Callable[..., Any], *arguments: Any, hint: str = "") -> None:
    """`function(*arguments)` raises an exception of this kind."""
    name = describe.call(_name(function), arguments)
    mark = say("：", ": ")
    try:
        result = function(*arguments)
    except kind:
        return
    except NotImplementedError:
        raise
    except Exception as error:
        what = say(
            f"应抛出 {kind.__name__}，抛出的是 {type(error).__name__}",
            f"should raise {kind.__name__}, raised {type(error).__name__}",
        )
        raise CheckFailed(name + mark + what + (mark + hint if hint else "")) from error
    what = say(
        f"应抛出 {kind.__name__}，却返回了 {describe.value(result)}",
        f"should raise {kind.__name__}, but returned {describe.value(result)}",
    )
    raise CheckFailed(name + mark + what + (mark + hint if hint else ""))


def follows_device(function: Callable[..., Any], *arguments: Any) -> None:
    """The result of `function` is on the device of its arguments.

    It is tried on torch's `meta` device, which has shapes but no values and is there on every machine.  Code
    that has to read values cannot be tried that way and passes.
    """
    name = describe.call(_name(function), arguments)
    moved = tuple(a.to("meta") if isinstance(a, Tensor) else a for a in arguments)
    advice = say(
        "新建的张量要和输入在同一个设备上，例如 `torch.zeros(n, device=x.device)` 或 `x.new_zeros(n)`",
        "create new tensors on the input's device: `torch.zeros(n, device=x.device)` or `x.new_zeros(n)`",
    )
    mark = say("：", ": ")
    try:
        result = function(*moved)
    except (NotImplementedError, RuntimeError, TypeError) as error:
        if _needs_values(error):
            return
        if "device" not in str(error) and "meta" not in str(error):
            raise
        what = say("输入在别的设备上时会出错", "fails when its input is on another device")
        raise CheckFailed(f"{name}{mark}{what}{mark}{advice}") from error
    if isinstance(result, Tensor) and result.device.type != "meta":
        what = say(
            f"结果应当和输入在同一个设备上，现在总在 {result.device.type} 上",
            f"the result should be on its input's device, but is always on {result.device.type}",
        )
        raise CheckFailed(f"{name}{mark}{what}{mark}{advice}")


def _needs_values(error: Exception) -> bool:
    return any(refusal in str(error) for refusal in (*META_REFUSALS, "torch.nonzero()"))


def _name(function: Callable[..., Any]) -> str:
    if not callable(function):
        raise CheckFailed(
            say(
                f"这里要一个函数，得到的是 {type(function).__name__}：是不是给函数名赋了别的值？重新运行答案单元格",
                f"a function is wanted, this is a {type(function).__name__}: "
                "was its name given another value? Run the answer cell again",
            )
        )
    return getattr(function, "__name__", "function")


def _copies(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_copy(a) for a in arguments)


def _copy(x: Any) -> Any:
    if isinstance(x, Tensor):
        return x.detach().clone().requires_grad_(x.requires_grad)
    if isinstance(x, (list, tuple)) and not isinstance(x, torch.Size):
        return type(x)(_copy(item) for item in x)
    if isinstance(x, dict):
        return {key: _copy(item) for key, item in x.items()}
    if isinstance(x, (np.ndarray, nn.Module, set, bytearray)):
        return copy.deepcopy(x)
    # Datasets, loaders, generators, functions, files: too big to copy, or impossible to compare.
    return x


def _unchanged(arguments: tuple[Any, ...], before: tuple[Any, ...], name: str) -> None:
    for now, then in zip(arguments, before, strict=True):
        if not _same(now, then):
            mark = say("：", ": ")
            what = say("函数改动了传进来的参数", "the function changed its argument")
            if isinstance(now, nn.Module):
                advice = say(
                    "参数、`requires_grad` 和 train/eval 模式都要和原来一样，除非题目要你改它们",
                    "parameters, `requires_grad` and train/eval mode stay as they were unless the task says otherwise",
                )
            elif isinstance(now, Tensor) and now.requires_grad != then.requires_grad:
                what += say("（`requires_grad` 变了）", " (its `requires_grad`)")
                advice = say(
                    "`detach()` 给你一个不参与求导的张量，原来的不变",
                    "`detach()` gives you a tensor outside the graph and leaves the original alone",
                )
            else:
                advice = say(
                    "先 `clone()`（切片不复制，换个名字也不复制），或用不改动它的运算（带 `_` 的、`+=`、`-=` 和给索引赋值都会改）",
                    "work on a `clone()` (a slice copies nothing, nor does another name), "
                    "or leave out what changes it: names with `_`, `+=`, `-=`, `x[…] = …`",
                )
            raise CheckFailed(f"{name}{mark}{what}{mark}{advice}")


def _same(now: Any, then: Any) -> bool:
    if isinstance(now, Tensor):
        return (
            now.shape == then.shape
            and now.dtype == then.dtype
            and now.requires_grad == then.requires_grad
            and now.grad is None
            and (now.device.type == "meta" or torch.allclose(now, then, rtol=0, atol=0, equal_nan=True))
        )
    if isinstance(now, np.ndarray):
        return now.shape == then.shape and now.dtype == then.dtype and bool(np.array_equal(now, then))
    if isinstance(now, nn.Module):
        return _same_module(now, then)
    if isinstance(now, (list, tuple)):
        return len(now) == len(then) and all(_same(a, b) for a, b in zip(now, then, strict=True))
    if isinstance(now, dict):
        return now.keys() == then.keys() and all(_same(now[key], then[key]) for key in now)
    return now is then or bool(now == then)


def _same_module(now: nn.Module, then: nn.Module) -> bool:
    modes = [[module.training for module in model.modules()] for model in (now, then)]
    wanted = [{name: p.requires_grad for name, p in model.named_parameters()} for model in (now, then)]
    states = [dict(model.state_dict()) for model in (now, then)]
    return modes[0] == modes[1] and wanted[0] == wanted[1] and _same(*states)
