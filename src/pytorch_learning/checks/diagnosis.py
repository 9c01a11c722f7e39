"""The likely mistake behind a difference: what a teacher would guess from shapes, dtypes and values alone."""

from __future__ import annotations

import re

import numpy as np
import torch
from torch import Tensor

from pytorch_learning.language import Text, say


def wrong_kind(got: object, expected: object) -> str:
    """Why a value of another Python type came, or ""."""
    if got is None:
        return say(
            "函数是不是忘了 `return`？`print` 只是显示，不会交出结果",
            "did you forget `return`? `print` only shows a value, it does not hand it back",
        )
    if callable(got) and not isinstance(got, type):
        return say(
            "方法名后面是不是漏了括号 `()`？", "are the parentheses `()` missing after a method's name?"
        )
    if isinstance(expected, Tensor):
        if isinstance(got, np.ndarray):
            return say(
                "用 `torch.from_numpy(…)` 转成张量", "turn it into a tensor with `torch.from_numpy(…)`"
            )
        if isinstance(got, (bool, int, float)):
            return say(
                "这里要张量：不要调用 `.item()`，或用 `torch.tensor(…)`",
                "a tensor is wanted here: leave out `.item()`, or use `torch.tensor(…)`",
            )
        if isinstance(got, (list, tuple)):
            return say(
                "用 `torch.tensor(…)`（数的列表）或 `torch.stack(…)`（张量的列表）变成一个张量",
                "make it one tensor: `torch.tensor(…)` for numbers, `torch.stack(…)` for tensors",
            )
    if isinstance(expected, np.ndarray) and isinstance(got, Tensor):
        return say("用 `.numpy()` 转成 NumPy 数组", "turn it into a NumPy array with `.numpy()`")
    if isinstance(expected, (bool, int, float)) and isinstance(got, (Tensor, np.generic, np.ndarray)):
        return say(
            "用 `.item()` 把只有一个元素的张量变成 Python 数",
            "`.item()` turns a tensor with one element into a Python number",
        )
    if isinstance(expected, int) and isinstance(got, float):
        return say("这里要整数：整除用 `//`", "a whole number is wanted: `//` divides without remainder")
    return ""


def wrong_shape(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    """Why the shape is `got` and not `expected`, or ""."""
    if len(got) == len(expected) and sorted(got) == sorted(expected):
        return say(
            "两个维度对调了：检查 `dim` 是 0 还是 1，或者是否需要转置",
            "two dimensions are swapped: check whether `dim` should be 0 or 1, or transpose",
        )
    if tuple(n for n in got if n != 1) == tuple(n for n in expected if n != 1):
        if len(got) > len(expected):
            return say(
                "多了一个大小为 1 的维度：用整数（而不是切片）索引，或 `squeeze`，或去掉 `keepdim=True`",
                "a dimension of size 1 too many: index with an integer instead of a slice, `squeeze`, "
                "or leave out `keepdim=True`",
            )
        return say(
            "少了一个大小为 1 的维度：`unsqueeze` 或 `keepdim=True` 可以保留它",
            "a dimension of size 1 is missing: `unsqueeze` or `keepdim=True` keeps it",
        )
    if int(np.prod(got)) == int(np.prod(expected)):
        return say(
            "元素个数对，排列的形状不对：想想每个维度代表什么",
            "the number of elements is right, their arrangement is not: what does each dimension stand for?",
        )
    if len(got) > len(expected):
        return say(
            "维度多了：`cat` 不增加维度，`stack` 会；对某一维求和或取平均会去掉它",
            "too many dimensions: `cat` adds none, `stack` adds one; a sum or mean over a `dim` removes it",
        )
    if len(got) < len(expected):
        return say(
            "维度少了：是不是对所有维度求和了，或者用整数索引掉了一维？",
            "too few dimensions: did you reduce over all of them, or index one away with an integer?",
        )
    return ""


def wrong_dtype(got: object, expected: object) -> str:
    """Why the dtype is `got` and not `expected`, or ""."""
    names = {str(got).removeprefix("torch."), str(expected).removeprefix("torch.")}
    got_float = "float" in str(got)
    expected_float = "float" in str(expected)
    if names == {"float32", "float64"}:
        return say(
            "NumPy 的默认浮点数是 float64，PyTorch 的是 float32：用 `dtype=` 或 `.to(…)` 指明",
            "NumPy's default is float64, PyTorch's is float32: name the one you want with `dtype=` or `.to(…)`",
        )
    if expected_float and not got_float:
        return say(
            "整数数据得到整数张量：加上 `dtype=torch.float32`，或调用 `.float()`",
            "integers make an integer tensor: add `dtype=torch.float32`, or call `.float()`",
        )
    if got_float and not expected_float:
        return say(
            "这里要整数（或布尔值）：不要让小数混进来，或指明 `dtype=`",
            "whole numbers (or booleans) are wanted: keep floats out of it, or name the `dtype=`",
        )
    return ""


def wrong_values(got: Tensor, expected: Tensor) -> str:
    """What the values look like instead, or ""; both tensors have the same shape and dtype."""
    a, b = got.detach().to(torch.float64).cpu(), expected.detach().to(torch.float64).cpu()
    if a.isnan().any() and not b.isnan().any():
        return say(
            "结果里有 nan：是不是除以了 0，或对空张量取了平均？",
            "there is nan in the result: a division by 0, or the mean of nothing?",
        )
    if a.numel() < 2:
        return ""
    if a.ndim == 2 and a.shape[0] == a.shape[1] and torch.allclose(a.T, b):
        return say("行和列对调了", "rows and columns are swapped")
    for dim in range(a.ndim):
        if torch.allclose(a.flip(dim), b):
            return say(f"沿 dim={dim} 的顺序反了", f"the order along dim={dim} is reversed")
    if torch.allclose(a.flatten().sort().values, b.flatten().sort().values):
        return say("数都对，位置不对", "the right numbers in the wrong places")
    difference = a - b
    if torch.allclose(difference, difference.flatten()[0].expand_as(difference)):
        return say("每个值都差同样多", "every value is off by the same amount")
    nonzero = b.abs() > 1e-9
    if nonzero.all() and torch.allclose(a / b, (a / b).flatten()[0].expand_as(a)):
        return say("每个值都差同样的倍数", "every value is off by the same factor")
    return ""


_ERRORS: tuple[tuple[str, Text], ...] = (
    (
        r"view size is not compatible",
        Text(
            "`view` 要求内存连续；转置、切片之后请用 `reshape`",
            "`view` wants contiguous memory; after a transpose or a slice use `reshape`",
        ),
    ),
    (
        r"mat1 and mat2 shapes|size mismatch, got input|inconsistent tensor size|must have same reduction",
        Text(
            "`@` 要求左边最后一维等于右边倒数第二维：把两个形状写在纸上，看看哪个要转置",
            "`@` wants the left one's last dimension to equal the right one's last but one: "
            "write both shapes down and see which to transpose",
        ),
    ),
    (
        r"size of tensor a .* must match the size of tensor b",
        Text(
            "两个形状不能广播：从最后一维往前比，每一维要么相等，要么有一个是 1",
            "these shapes don't broadcast: compare from the last dimension; each pair is equal or one is 1",
        ),
    ),
    (
        r"Sizes of tensors must match except in dimension|stack expects each tensor to be equal size",
        Text(
            "`cat` 要求除了 `dim` 之外各维相等，`stack` 要求形状完全相同",
            "`cat` wants all dimensions but `dim` equal, `stack` wants equal shapes",
        ),
    ),
    (
        r"Can't call numpy\(\) on Tensor that requires grad",
        Text("先 `.detach()`，再 `.numpy()`", "call `.detach()` before `.numpy()`"),
    ),
    (
        r"same device|unhandled device meta|on meta|Cannot copy out of meta",
        Text(
            "新建的张量要和输入在同一个设备上：`device=x.device`",
            "a tensor you create must be on its input's device: `device=x.device`",
        ),
    ),
    (
        r"could only infer dtype|Input dtype must be either a floating|only Tensors of floating point",
        Text("这个运算要浮点数：先 `.float()`", "this operation wants floats: call `.float()` first"),
    ),
    (
        r"a leaf Variable that requires grad",
        Text(
            "不能就地修改需要梯度的叶子张量：先 `.detach().clone()`",
            "a leaf that requires a gradient can't be changed in place: work on `.detach().clone()`",
        ),
    ),
    (
        r"missing \d+ required positional argument|takes \d+ positional argument",
        Text(
            "函数的参数和题目给的不一样：保留题目里的 `def` 那一行",
            "the function's parameters differ from the task's: keep its `def` line",
        ),
    ),
    (
        r"element \d+ of tensors does not require grad",
        Text(
            "求导之前要有需要梯度的张量：`requires_grad_()`",
            "there is nothing to differentiate: call `requires_grad_()` on the input's copy first",
        ),
    ),
)


def error(message: str) -> str:
    """What to do about an error that torch or Python raised, or ""."""
    for pattern, advice in _ERRORS:
        if re.search(pattern, message):
            return str(advice)
    return ""
