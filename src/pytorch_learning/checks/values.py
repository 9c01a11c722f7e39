"""Checks of one value: its type, shape, dtype, device, values, memory and gradient."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import torch
from torch import Tensor

from pytorch_learning.checks import describe, diagnosis
from pytorch_learning.checks.failure import CheckFailed, expected_and_got, in_hidden_test
from pytorch_learning.language import say

Mistake = tuple[object, str]
"""A wrong value that students get, and what to tell those who do."""

# Importing torch.testing for its `assert_close` would add three seconds to a notebook's first check.
TOLERANCES: dict[torch.dtype, tuple[float, float]] = {
    torch.float16: (1e-3, 1e-5),
    torch.bfloat16: (1.6e-2, 1e-5),
    torch.float32: (1.3e-6, 1e-5),
    torch.float64: (1e-7, 1e-7),
    torch.complex64: (1.3e-6, 1e-5),
    torch.complex128: (1e-7, 1e-7),
}
"""(rtol, atol) of `torch.testing.assert_close` for each dtype; the dtypes that are not here compare exactly."""


def true(condition: bool, message: str) -> None:
    """Fail with `message` unless `condition` holds.  For what no other check can say."""
    if not condition:
        raise CheckFailed(message)


def is_tensor(x: object, *, name: str = "x") -> None:
    """x is a tensor."""
    if not isinstance(x, Tensor):
        _fail(_wrong_kind(x, torch.empty(0)), name)


def shape(x: Tensor, expected: Iterable[int], *, name: str = "x", hint: str = "") -> None:
    """x has the shape `expected`."""
    is_tensor(x, name=name)
    _fail(_wrong_shape(tuple(x.shape), tuple(expected), hint), name)


def dtype(x: Tensor, expected: torch.dtype, *, name: str = "x", hint: str = "") -> None:
    """x has the dtype `expected`."""
    is_tensor(x, name=name)
    _fail(_wrong_dtype(x.dtype, expected, hint), name)


def device(x: Tensor, expected: torch.device | str, *, name: str = "x", hint: str = "") -> None:
    """x is on the device `expected`; "cuda" stands for whichever GPU is the current one."""
    is_tensor(x, name=name)
    _fail(_wrong_device(x.device, torch.device(expected), hint), name)


def equal(
    x: object, expected: object, *, name: str = "x", mistakes: Iterable[Mistake] = (), hint: str = ""
) -> None:
    """x has the type, shape, dtype, device and values of `expected`.

    Tensors and arrays are compared with the tolerance of `torch.testing.assert_close`.  If x is one of the
    wrong values in `mistakes`, its sentence is the advice; else what the difference itself suggests.
    """
    problem = difference(x, expected)
    if problem is None:
        return
    named = [message for wrong, message in mistakes if difference(x, wrong) is None]
    if named:
        problem = (problem[0], named[0])
    elif hint:
        problem = (problem[0], hint)
    _fail(problem, name)


def shared_memory(a: Tensor | np.ndarray, b: Tensor | np.ndarray, *, name: str = "x", hint: str = "") -> None:
    """a and b are two views of the same memory, so that changing one changes the other."""
    if not _share_memory(a, b):
        _fail(
            (
                say("应当共用同一块内存，现在是一份拷贝", "should share memory, but is a copy"),
                hint
                or say(
                    "`torch.from_numpy`、`.numpy()`、`view` 和切片共用内存；`torch.tensor`、`clone`、`copy` 会复制",
                    "`torch.from_numpy`, `.numpy()`, `view` and slices share; "
                    "`torch.tensor`, `clone` and `copy` copy",
                ),
            ),
            name,
        )


def own_memory(a: Tensor | np.ndarray, b: Tensor | np.ndarray, *, name: str = "x", hint: str = "") -> None:
    """a has its own memory, so that changing it leaves b as it is."""
    if _share_memory(a, b):
        _fail(
            (
                say(
                    "和原来的数据共用内存：改一个，另一个也会变",
                    "shares memory with the original: changing one changes the other",
                ),
                hint or say("用 `clone()` 或 `copy()` 复制一份", "make a copy with `clone()` or `copy()`"),
            ),
            name,
        )


def gradient(leaf: Tensor, expected: Tensor, *, name: str = "x", hint: str = "") -> None:
    """`leaf.grad` is there and equals `expected`."""
    is_tensor(leaf, name=name)
    if leaf.grad is None:
        if not leaf.requires_grad:
            advice = say("先对它调用 `requires_grad_()`", "call `requires_grad_()` on it first")
        else:
            advice = say(
                "对最后的标量调用 `.backward()` 了吗？", "did you call `.backward()` on the final scalar?"
            )
        _fail(
            (say("还没有梯度（`grad` 是 None）", "has no gradient yet (`grad` is None)"), hint or advice),
            name,
        )
        return
    twice = (
        2 * expected,
        say(
            "梯度是两次累加的结果：再次 `backward()` 之前要清零",
            "the gradient is there twice: it accumulates, so clear it before the next `backward()`",
        ),
    )
    equal(leaf.grad, expected, name=f"{name}.grad", mistakes=[twice], hint=hint)


def difference(x: object, expected: object) -> tuple[str, str] | None:
    """How x differs from `expected`, with the likely reason ("" if unknown); None if it does not."""
    if isinstance(expected, Tensor):
        if not isinstance(x, Tensor):
            return _wrong_kind(x, expected)
        return (
            _wrong_shape(tuple(x.shape), tuple(expected.shape))
            or _wrong_dtype(x.dtype, expected.dtype)
            or _wrong_device(x.device, expected.device)
            or _wrong_values(x, expected)
        )
    if isinstance(expected, np.ndarray):
        if not isinstance(x, np.ndarray):
            return _wrong_kind(x, expected)
        if x.dtype != expected.dtype:
            return _wrong_dtype(x.dtype, expected.dtype)
        return _wrong_shape(x.shape, expected.shape) or _wrong_values(
            torch.from_numpy(x.copy()), torch.from_numpy(expected.copy()), show=np.asarray
        )
    if isinstance(expected, (list, tuple)) and not isinstance(expected, torch.Size):
        return _wrong_sequence(x, expected)
    if isinstance(expected, dict):
        return _wrong_dict(x, expected)
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        same_kind = isinstance(x, type(expected))
    elif isinstance(expected, float):
        same_kind = isinstance(x, float)
    elif isinstance(expected, int):
        same_kind = isinstance(x, int) and not isinstance(x, bool)
    else:
        same_kind = isinstance(x, type(expected))
    if not same_kind:
        return _wrong_kind(x, expected)
    if isinstance(expected, float):
        agree = bool(np.isclose(float(x), expected, rtol=1e-5, atol=1e-6, equal_nan=True))  # type: ignore[arg-type]
    else:
        agree = bool(x == expected)
    if agree:
        return None
    return expected_and_got("结果", "the value", describe.value(expected), describe.value(x)), ""


def _wrong_sequence(x: object, expected: list | tuple) -> tuple[str, str] | None:
    # A torch.Size is as good as a tuple, a named tuple as good as a plain one.
    kind = tuple if isinstance(expected, tuple) else list
    if not isinstance(x, kind):
        return _wrong_kind(x, expected)
    if len(x) != len(expected):
        counts = (len(expected), len(x))
        return expected_and_got("元素个数", "the number of items", *counts), diagnosis.wrong_length(*counts)
    plain = (bool, int, float, str, type(None))
    if all(isinstance(item, plain) for pair in (x, expected) for item in pair):
        if all(difference(a, b) is None for a, b in zip(x, expected, strict=True)):
            return None
        # Short enough to be seen as a whole, which says more than the first that differs.
        return expected_and_got("结果", "the value", describe.value(expected), describe.value(x)), ""
    for position, (got, wanted) in enumerate(zip(x, expected, strict=True)):
        if problem := difference(got, wanted):
            where = say(f"第 {position} 项（从 0 数起）：", f"item {position} (counting from 0): ")
            return where + problem[0], problem[1]
    return None


def _wrong_dict(x: object, expected: dict) -> tuple[str, str] | None:
    if not isinstance(x, dict):
        return _wrong_kind(x, expected)
    if set(x) != set(expected):
        keys = [", ".join(sorted(map(repr, found))) for found in (expected, x)]
        return expected_and_got("键", "the keys", *keys), ""
    for key, wanted in expected.items():
        if problem := difference(x[key], wanted):
            return f"[{key!r}] " + problem[0], problem[1]
    return None


def _fail(problem: tuple[str, str] | None, name: str) -> None:
    if problem is None:
        return
    what, advice = problem
    mark = say("：", ": ")
    if in_hidden_test():
        name = say("批改时的测试，", "in a test at grading, ") + name
    message = name + mark + what + (mark + advice if advice else "")
    raise CheckFailed(message)


def _wrong_kind(x: object, expected: object) -> tuple[str, str]:
    kinds = [_kind(expected), _kind(x)]
    return expected_and_got("类型", "type", *kinds), diagnosis.wrong_kind(x, expected)


def _kind(x: object) -> str:
    if x is None:
        return "None"
    if isinstance(x, Tensor):
        return "torch.Tensor"
    if isinstance(x, np.ndarray):
        return "numpy.ndarray"
    return type(x).__name__


def _wrong_shape(got: tuple[int, ...], expected: tuple[int, ...], hint: str = "") -> tuple[str, str] | None:
    if got == expected:
        return None
    what = expected_and_got("形状", "shape", describe.shape_of(expected), describe.shape_of(got))
    return what, hint or diagnosis.wrong_shape(got, expected)


def _wrong_dtype(got: object, expected: object, hint: str = "") -> tuple[str, str] | None:
    if got == expected:
        return None
    what = expected_and_got("dtype ", "dtype", describe.dtype_of(expected), describe.dtype_of(got))
    return what, hint or diagnosis.wrong_dtype(got, expected)


def _wrong_device(got: torch.device, expected: torch.device, hint: str = "") -> tuple[str, str] | None:
    if got.type == expected.type and expected.index in (None, got.index):
        return None
    return expected_and_got("设备", "device", expected, got), hint or diagnosis.wrong_device(got, expected)


def _wrong_values(
    got: Tensor, expected: Tensor, show: Callable[[Tensor], Tensor | np.ndarray] = Tensor.detach
) -> tuple[str, str] | None:
    if got.device.type == "meta":
        return None
    got, expected = got.detach(), expected.detach()
    close = _isclose(got, expected)
    if close.all():
        return None
    advice = diagnosis.wrong_values(got, expected)
    if in_hidden_test():
        return say("值不对", "the values are wrong"), advice
    if got.numel() <= 12:
        shown = [describe.value(show(x)) for x in (expected, got)]
        return expected_and_got("值", "the values", *shown), advice
    wrong = ~close
    first = tuple(int(i) for i in wrong.nonzero()[0])
    place = "[" + ", ".join(map(str, first)) + "]"
    what = say(
        f"{got.numel()} 个值里有 {int(wrong.sum())} 个不对，第一个在 {place}：应为 {expected[first].item():.6g}，"
        f"得到 {got[first].item():.6g}",
        f"{int(wrong.sum())} of {got.numel()} values are wrong, the first at {place}: "
        f"expected {expected[first].item():.6g}, got {got[first].item():.6g}",
    )
    return what, advice


def _isclose(got: Tensor, expected: Tensor) -> Tensor:
    rtol, atol = TOLERANCES.get(expected.dtype, (0.0, 0.0))
    return torch.isclose(got, expected, rtol=rtol, atol=atol, equal_nan=expected.dtype in TOLERANCES)


def _share_memory(a: Tensor | np.ndarray, b: Tensor | np.ndarray) -> bool:
    return np.shares_memory(_as_array(a), _as_array(b))


def _as_array(x: Tensor | np.ndarray) -> np.ndarray:
    return x.detach().cpu().numpy() if isinstance(x, Tensor) else x
