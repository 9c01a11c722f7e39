"""The likely mistake behind a difference: what a teacher would guess from shapes, dtypes and values alone."""

from __future__ import annotations

import re

import numpy as np
import torch
from torch import Tensor

from pytorch_learning.language import Text, say

FIXED_GPU = Text(
    "代码里写死了一种 GPU，没有它的机器上运行不了：用传进来的设备，没有就用输入的，例如 `device=x.device`；"
    "都没有，先问 `torch.accelerator.is_available()`",
    "a kind of GPU is fixed in the code, which fails on machines without one: use the device that is given, "
    "else the input's, as in `device=x.device`; with neither, ask `torch.accelerator.is_available()` first",
)


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
                "变成一个张量：数的列表用 `torch.tensor(…)`，张量的列表用 `torch.stack(…)` 或 `torch.cat(…)`",
                "make it one tensor: `torch.tensor(…)` for numbers, `torch.stack(…)` or `torch.cat(…)` for tensors",
            )
    if isinstance(expected, np.ndarray) and isinstance(got, Tensor):
        return say("用 `.numpy()` 转成 NumPy 数组", "turn it into a NumPy array with `.numpy()`")
    if isinstance(expected, np.ndarray) and isinstance(got, (list, tuple)):
        return say(
            "列表不是数组：张量有 `.numpy()`，不必经过 `.tolist()`",
            "a list is not an array: a tensor has `.numpy()`, there is no need for `.tolist()`",
        )
    if isinstance(expected, tuple) and isinstance(got, list):
        return say("用 `tuple(…)` 把列表变成元组", "`tuple(…)` makes a tuple of a list")
    if isinstance(expected, (bool, int, float)) and isinstance(got, (Tensor, np.ndarray)) and _size(got) != 1:
        return say(
            "这里要一个数，得到了好几个：先归约（例如求和、取平均），再 `.item()`",
            "one number is wanted, several came: reduce them first (a sum or a mean, say), then `.item()`",
        )
    if isinstance(expected, (bool, int, float)) and isinstance(got, (Tensor, np.generic, np.ndarray)):
        return say(
            "用 `.item()` 把只有一个元素的张量变成 Python 数",
            "`.item()` turns a tensor with one element into a Python number",
        )
    if isinstance(expected, (bool, int, float)) and isinstance(got, str):
        return say(
            "这里要一个数，不是一段文字：单位和说明都不要",
            "a number is wanted, not a text: leave out units and explanations",
        )
    if isinstance(expected, int) and isinstance(got, float):
        return say("这里要整数：整除用 `//`", "a whole number is wanted: `//` divides without remainder")
    return ""


def _size(x: Tensor | np.ndarray) -> int:
    return x.numel() if isinstance(x, Tensor) else x.size


def wrong_length(expected: int, got: int) -> str:
    """Why a sequence has `got` items and not `expected`, or ""."""
    if got == expected - 1:
        return say(
            "少了一项：循环是不是少走了一步，或者第一个（最后一个）丢了？",
            "one is missing: does a loop stop one short, or did the first or the last get lost?",
        )
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
    differing = [dim for dim, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b]
    if len(differing) == 1:
        dim = differing[0]
        if got[dim] < expected[dim]:
            return say(
                f"dim={dim} 太短：是不是写死了大小，或者循环、切片停早了？",
                f"dim={dim} is too short: is a size fixed in the code, or does a loop or a slice stop early?",
            )
        return say(
            f"dim={dim} 太长：是不是写死了大小，或者循环、切片多走了？",
            f"dim={dim} is too long: is a size fixed in the code, or does a loop or a slice go too far?",
        )
    return ""


def wrong_dtype(got: object, expected: object) -> str:
    """Why the dtype is `got` and not `expected`, or ""."""
    names = {str(got).removeprefix("torch."), str(expected).removeprefix("torch.")}
    got_float = "float" in str(got)
    expected_float = "float" in str(expected)
    if "float16" in names or "bfloat16" in names:
        return say(
            "浮点数有好几种精度：用 `dtype=` 或 `.to(…)` 指明要的那种",
            "floats come in several precisions: name the right one with `dtype=` or `.to(…)`",
        )
    if names == {"float32", "float64"} and "float32" in str(got):
        return say(
            "新建的浮点张量总是 float32，除非另外指明：要沿用输入的 dtype，例如 `dtype=x.dtype`",
            "a new float tensor is float32 unless you say otherwise: keep the input's dtype, as in `dtype=x.dtype`",
        )
    if names == {"float32", "float64"}:
        return say(
            "NumPy 的默认浮点数是 float64，PyTorch 的是 float32：用 `dtype=` 或 `.to(…)` 指明",
            "NumPy's default is float64, PyTorch's is float32: name the one you want with `dtype=` or `.to(…)`",
        )
    if "bool" in str(got):
        return say(
            "比较得到的是 True 和 False，不是数：用它去挑选、修改或计数",
            "a comparison gives True and False, not numbers: use it to pick, change or count some",
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
    if "bool" in str(expected) and "int" in str(got):
        return say(
            "布尔值参加算术就变成了整数：不要算，或用 `dtype=` 指明",
            "arithmetic turns booleans into whole numbers: leave it out, or name the `dtype=`",
        )
    if "int" in str(got) and "int" in str(expected):
        return say(
            "整数也有好几种 dtype：用 `dtype=` 或 `.to(…)` 指明要的那种，或跟输入的一样",
            "whole numbers come in several dtypes: name the right one with `dtype=` or `.to(…)`, or follow the input",
        )
    return ""


def wrong_device(got: torch.device, expected: torch.device) -> str:
    """Why a result may be on the device `got`."""
    if expected.type == "cpu" and got.type != "meta":
        return str(FIXED_GPU)
    return say(
        "用 `.to(device)` 移过去，或创建时写 `device=`",
        "move it with `.to(device)`, or create it with `device=`",
    )


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
    close = torch.isclose(a, b, rtol=1e-5, atol=1e-6, equal_nan=True)
    for dim in range(a.ndim):
        right = close.movedim(dim, 0).flatten(1).all(1) if a.ndim > 1 else close
        if len(right) > 2 and right[:-1].all():
            return say(
                f"只有 dim={dim} 的最后一个位置不对：循环或切片是不是少了一步？",
                f"only the last position along dim={dim} is wrong: does a loop or a slice stop one short?",
            )
        if len(right) > 2 and right[1:].all():
            return say(
                f"只有 dim={dim} 的第一个位置不对：循环或切片是不是从 1 开始了？",
                f"only the first position along dim={dim} is wrong: does a loop or a slice start at 1?",
            )
    if got.is_floating_point() and not close.all() and difference.abs().max() <= 0.01 * b.abs().max():
        return say(
            "很接近，但差得比舍入误差多：是不是用了近似的算法，或者中途丢了精度？",
            "close, but further off than rounding: is the method an approximation, or was precision lost on the way?",
        )
    return ""


_ERRORS: tuple[tuple[str, Text], ...] = (
    (
        r"NVIDIA driver|not compiled with (?:CUDA|XPU)|support for mps|from the '(?:CUDA|MPS|XPU)' backend",
        FIXED_GPU,
    ),
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
            "`@` 要求左边最后一维等于右边倒数第二维：把两个形状写在纸上，看看哪个要转置"
            "（层的话：输入的最后一维要等于 `in_features`，图片要先展平）",
            "`@` wants the left one's last dimension to equal the right one's last but one: "
            "write both shapes down and see which to transpose "
            "(for a layer: the input's last dimension has to be `in_features`, so flatten pictures first)",
        ),
    ),
    (
        r"size of tensor a .* must match the size of tensor b",
        Text(
            "两个形状不能广播：从最后一维往前比，每一维要么相等，要么有一个是 1"
            "（`x[:, None]` 和 `keepdim=True` 能造出大小为 1 的维度）",
            "these shapes don't broadcast: compare from the last dimension; each pair is equal or one is 1 "
            "(`x[:, None]` and `keepdim=True` make a dimension of size 1)",
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
        r"shape '.*' is invalid for input of size",
        Text(
            "元素个数和新形状对不上：大小不要写死，从输入的 `.shape` 里取，或用 `-1` 让 PyTorch 去算",
            "the elements don't fill that shape: don't fix its sizes, take them from the input's `.shape` "
            "or use `-1`",
        ),
    ),
    (
        r"index -?\d+ is out of bounds|(?:tuple|list) index out of range",
        Text(
            "索引越界了：是不是写死了大小，两个索引对调了，或者两边长度不同？位置从 0 数起",
            "the index goes past the end: is a size fixed in the code, are two indices swapped, "
            "or is one side shorter than the other? Positions count from 0",
        ),
    ),
    (
        r"step must be greater than zero",
        Text(
            "张量的切片不能倒着走：要反过来，用 `flip(维度)`",
            "a tensor's slice can't go backwards: `flip(dimension)` turns it round",
        ),
    ),
    (
        r"number of sizes provided \(0\) must be greater or equal",
        Text(
            "等号左边只放得下一个数，右边有好几个：是不是忘了求和？",
            "the place on the left holds a single number and several came: was a sum forgotten?",
        ),
    ),
    (
        r"must be tuple of ints, ?but got float",
        Text(
            "大小要是整数：`/` 总是得到浮点数，整除用 `//`",
            "sizes are whole numbers: `/` always gives a float, `//` divides without remainder",
        ),
    ),
    (
        r"to have \d+ channels, but got \d+ channels",
        Text(
            "卷积层的输入通道数和图片的通道数不一致：是不是写死了，或者漏了一层？",
            "the convolution's number of input channels is not the input's: is it fixed in the code, "
            "or is a layer left out?",
        ),
    ),
    (
        r"1D tensors expected",
        Text(
            "`dot` 只用于两个一维张量，矩阵乘法用 `@`",
            "`dot` is for two one-dimensional tensors; matrix multiplication is `@`",
        ),
    ),
    (
        r"bitwise_xor|unsupported operand type\(s\) for \^",
        Text("Python 里 `^` 不是乘方，乘方是 `**`", "`^` is not a power in Python: write `**`"),
    ),
    (
        r"Boolean value of Tensor with more than one value",
        Text(
            "`if` 只能判断一个真假，张量的比较有很多个：用布尔掩码，例如 `x[x < 0]`",
            "`if` wants one True or False, comparing a tensor gives many: use them as a mask, as in `x[x < 0]`",
        ),
    ),
    (
        r"only one element tensors can be converted",
        Text(
            "`torch.tensor` 要的是数的列表；张量的列表用 `torch.stack` 或 `torch.cat`",
            "`torch.tensor` wants a list of numbers; for a list of tensors take `torch.stack` or `torch.cat`",
        ),
    ),
    (
        r"a Tensor with \d+ elements cannot be converted to Scalar",
        Text(
            "只有一个元素的张量才能变成一个数：先归约（例如求和、取平均）",
            "only a tensor with one element becomes a number: reduce it first (a sum or a mean, say)",
        ),
    ),
    (
        r"'Tensor' object has no attribute 'copy'",
        Text(
            "张量的拷贝叫 `clone()`，`copy()` 是 NumPy 数组的",
            "a tensor is copied with `clone()`; `copy()` belongs to NumPy arrays",
        ),
    ),
    (
        r"'Tensor' object has no attribute 'astype'",
        Text(
            "张量用 `.to(…)` 换 dtype，`astype` 是 NumPy 数组的",
            "a tensor changes its dtype with `.to(…)`; `astype` belongs to NumPy arrays",
        ),
    ),
    (
        r"'Tensor' object has no attribute 'fill'",
        Text("就地操作的名字以 `_` 结尾：`fill_`", "in-place operations end in `_`: `fill_`"),
    ),
    (
        r"'numpy\.ndarray' object has no attribute",
        Text(
            "这是 NumPy 数组，没有张量的方法：先用张量的方法，再转成数组；或先用 `torch.from_numpy` 转成张量",
            "this is a NumPy array without a tensor's methods: call them before `.numpy()`, "
            "or make it a tensor with `torch.from_numpy` first",
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
        r"'(?:list_iterator|generator)' (?:has no len|object is not subscriptable)",
        Text(
            "它只能从头走一遍，没有长度，也不能用索引：直接在它上面写 `for` 循环；一定要索引，就先 `list(…)`",
            "it can only be gone through once and has neither a length nor an index: write a `for` loop over it, "
            "or make a `list(…)` of it for an index",
        ),
    ),
    (
        r"before Module\.__init__\(\) call",
        Text(
            "`__init__` 的第一行要写 `super().__init__()`",
            "the first line of `__init__` has to be `super().__init__()`",
        ),
    ),
    (
        r"as parameter '\w+' \(torch\.nn\.Parameter or None expected\)",
        Text(
            "参数只能换成 `nn.Parameter`：把张量包起来，或在 `no_grad` 里把值复制进去",
            "a parameter can only become another `nn.Parameter`: wrap the tensor, or copy its values under `no_grad`",
        ),
    ),
    (
        r"Module \[Module(?:List|Dict)\] is missing",
        Text(
            "`nn.ModuleList` 只存放各层，不能直接调用：在 `forward` 里循环，或改用 `nn.Sequential`",
            "an `nn.ModuleList` only keeps layers and can't be called: loop over it in `forward`, or use `nn.Sequential`",
        ),
    ),
    (
        r"ModuleList\.__init__\(\) takes",
        Text(
            "`nn.ModuleList` 要的是一个列表：不要写 `*`",
            "an `nn.ModuleList` takes one list: leave out the `*`",
        ),
    ),
    (
        r"missing the required \"forward\" function",
        Text(
            "类里没有 `forward`：名字拼对了吗？它和 `__init__` 缩进一样深吗？",
            "the class has no `forward`: is it spelt so, and indented as far as `__init__`?",
        ),
    ),
    (
        r"torch\.nn\.\S+ is not a Module subclass",
        Text(
            "这是类，还不是层：加上括号，例如 `nn.ReLU()`",
            "this is a class and not yet a layer: add the parentheses, as in `nn.ReLU()`",
        ),
    ),
    (
        r"'(?:Linear|ReLU|Flatten|Conv2d|Embedding)' object is not iterable",
        Text(
            "只有 `nn.Sequential` 这样的容器能循环：一般的模块用 `modules()` 或 `parameters()`",
            "only containers such as `nn.Sequential` can be looped over; for any module there are `modules()` and "
            "`parameters()`",
        ),
    ),
    (
        r"'Parameter' object has no attribute 'copy'",
        Text(
            "要把别的张量的值抄进来，用 `copy_`（名字带 `_`）",
            "to take over another tensor's values, it is `copy_` (with `_` at the end)",
        ),
    ),
    (
        r"is not a Module subclass",
        Text(
            "`nn.Sequential` 要的是一个个层，不是列表：去掉方括号，或写 `*layers`",
            "`nn.Sequential` takes layers, not a list of them: leave out the brackets, or write `*layers`",
        ),
    ),
    (
        r"(?:must be Tensor, not |(?:unsupported operand|not supported between) .*')"
        r"(?:Linear|ReLU|LeakyReLU|Sigmoid|Tanh|Softmax|Flatten|Sequential)\b|"
        r"dim must be an int or None, got <class 'torch\.|Flatten\.__init__\(\) got multiple values",
        Text(
            "先造出层，再把张量交给它：`nn.ReLU()(x)`、`nn.Softmax(dim=1)(x)`；要张量的地方不能放层",
            "make the layer first, then give it the tensor: `nn.ReLU()(x)`, `nn.Softmax(dim=1)(x)`; "
            "a layer can't stand where a tensor is wanted",
        ),
    ),
    (
        r"argument 'size' .* found element of type Tensor",
        Text(
            "大小是整数，不是张量：从张量的 `.shape` 里取",
            "a size is a whole number, not a tensor: take it from the tensor's `.shape`",
        ),
    ),
    (
        r"'(?!NoneType|Tensor)\w+' object has no attribute '(?:weight|bias)'",
        Text(
            "不是每个模块都有 `weight` 和 `bias`：`parameters()` 有几个给几个，没有也行",
            "not every module has a `weight` and a `bias`: `parameters()` gives those there are, even if there is none",
        ),
    ),
    (
        r"torch\.return_types\.",
        Text(
            "带 `dim` 的 `max`、`min`、`sort` 给出两样东西：值在 `.values`，位置在 `.indices`",
            "`max`, `min` and `sort` with a `dim` give two things: the numbers are `.values`, their positions `.indices`",
        ),
    ),
    (
        r"Index put requires",
        Text(
            "新建的张量和放进去的数 dtype 不同：用 `zeros_like(x)`，或写明 `dtype=x.dtype`",
            "the new tensor and what you put into it differ in dtype: use `zeros_like(x)` or name `dtype=x.dtype`",
        ),
    ),
    (
        r"name '\w+' is not defined",
        Text(
            "没有这个名字：拼对了吗，定义它的单元格运行了吗？`__init__` 收到的东西要先存成属性（`self.p = p`），别的方法才能用",
            "there is no such name: is it spelt right, was its cell run? What `__init__` is given has to be kept "
            "(`self.p = p`) for other methods to use it",
        ),
    ),
    (
        r"object has no attribute 'device'",
        Text(
            "模块没有 `device` 属性：它的每个参数有",
            "a module has no attribute `device`; each of its parameters has one",
        ),
    ),
    (
        r"mat1 and mat2 must have the same dtype|Input type \((?!torch\.)[^)]*\) and (?:bias|weight) type \(",
        Text(
            "输入和参数的 dtype 不一样：让它们一致",
            "the input and the parameters differ in dtype: make them the same",
        ),
    ),
    (
        r"tensor of 0 elements into shape .*ambiguous",
        Text(
            "没有元素时推不出 -1 是几：明确算出大小，或用 `flatten`",
            "with 0 elements -1 cannot be worked out: compute the size, or use `flatten`",
        ),
    ),
    (
        r"Tried to step \d+ times",
        Text(
            "调度器的总步数少了：轮次数 × 每轮的批数，批数要向上取整（最后不满的一批也是一批），张数用 `len(…)`，不要写死",
            "the scheduler has too few steps in all: epochs × batches in each, where an incomplete last batch counts too "
            "(round up) and the number of pictures is a `len(…)`, not fixed in the code",
        ),
    ),
    (
        r"selected index k out of range",
        Text(
            "没有 k 个那么多：`topk` 里写 `min(k, …)`，或者排序以后用切片",
            "there are not as many as k: give `topk` a `min(k, …)`, or sort and take a slice",
        ),
    ),
    (
        r"expected 4D input \(got 3D",
        Text(
            "要一批图片，形状 `(n, c, h, w)`：单独一张也要有第一维，例如 `images[i : i + 1]`",
            "a batch of shape `(n, c, h, w)` is wanted: a single picture needs the first dimension too, as in "
            "`images[i : i + 1]`",
        ),
    ),
    (
        r"grad can be implicitly created only for scalar outputs",
        Text(
            "`backward()` 要从一个数出发：先 `sum()`",
            "`backward()` starts from one number: call `sum()` first",
        ),
    ),
    (
        r"non-empty (?:TensorList|list of Tensors)",
        Text(
            "列表里一个张量也没有：循环是不是一次也没有执行？",
            "there is no tensor in the list: did the loop never run?",
        ),
    ),
    (
        r"Dimension out of range",
        Text(
            "没有这个轴：轴从 0 数起，最后一个也可以写 -1",
            "there is no such axis: axes count from 0, and -1 is the last one",
        ),
    ),
    (
        r"argument 'tensors' .* must be tuple of Tensors",
        Text(
            "要把这些张量放进一个列表，例如 `[a, b]`",
            "put the tensors into one list, such as `[a, b]`",
        ),
    ),
    (
        r"float\(\) argument must be",
        Text(
            "`float(…)` 只能转换一个数；整个张量用 `.float()` 或 `dtype=`",
            "`float(…)` converts one number; for a whole tensor it is `.float()` or `dtype=`",
        ),
    ),
    (
        r"'list' object has no attribute(?! 'to')",
        Text(
            "列表没有张量的方法：先用 `torch.tensor(…)` 变成张量",
            "a list has no tensor's methods: make it a tensor with `torch.tensor(…)` first",
        ),
    ),
    (
        r"torch\.finfo\(\) requires",
        Text(
            "`finfo` 只认浮点数，整数和布尔值也要能用",
            "`finfo` knows floats only; it should work for whole numbers and booleans too",
        ),
    ),
    (
        r"'NoneType' object",
        Text(
            "前一步得到的是 None，里面没有东西可用：是没有找到，还是那个函数不返回结果？",
            "the step before gave None, which has nothing to offer: was nothing found, or does that function return none?",
        ),
    ),
    (
        r"slice indices must be integers",
        Text(
            "切片的起点和终点要整数：`/` 总是得到小数，整除用 `//`",
            "a slice starts and stops at whole numbers: `/` always makes a float, `//` does not",
        ),
    ),
    (
        r"(?:not enough|too many) values to unpack",
        Text(
            "等号左边的名字和右边的个数不一样：代码是不是只适合某一种形状？（用 `for` 走过字典只得到键，两样都要用 `.items()`）",
            "the names left of `=` don't match what comes from the right: does the code suit one kind of shape only? "
            "(A `for` over a dict gives its keys; `.items()` gives both)",
        ),
    ),
    (
        r"object is not iterable|iteration over a 0-d|len\(\) of a 0-d",
        Text(
            "对一个数做不了循环，也取不了长度：要列表的地方写 `[x]`，或者数据没有你想的那么多层",
            "a single number has no length and can't be looped over: write `[x]` where a list is wanted, "
            "or the data is less deep than the code assumes",
        ),
    ),
    (
        r"builtin_function_or_method|'method' object",
        Text("方法名后面是不是漏了括号 `()`？", "are the parentheses `()` missing after a method's name?"),
    ),
    (
        r"only integer tensors of a single element can be converted to an index",
        Text(
            "列表不能直接和张量相乘、也不能用浮点张量作索引：列表先用 `torch.tensor(…)` 变成张量",
            "a list can't be multiplied by a tensor, nor can floats be an index: make a tensor of the list by `torch.tensor(…)`",
        ),
    ),
    (
        r"Index tensor must have the same number of dimensions",
        Text(
            "`scatter_` 和 `gather` 的 `index` 要和张量有同样多的轴：标签用 `unsqueeze(1)` 变成 (n, 1)",
            "`index` for `scatter_` and `gather` needs as many axes as the tensor: labels become (n, 1) by `unsqueeze(1)`",
        ),
    ),
    (
        r"expects 'from' to be less than 'to'",
        Text(
            "`randint` 的上限不包括在内，所以上限要比下限大",
            "the upper bound of `randint` is not included, so it has to be greater than the lower one",
        ),
    ),
    (
        r"^(reshape|view)\(\) takes 1 positional argument",
        Text(
            "各个大小要是整数，一个一个地写：用 `//` 而不是 `/`；一段形状用 `*` 拆开，例如 `*x.shape[:2]`",
            "sizes have to be whole numbers, one by one: use `//` instead of `/`, and unpack a part of a shape with `*`, "
            "as in `*x.shape[:2]`",
        ),
    ),
    (
        r"^permute\(\) takes 1 positional argument|must be int, not float|got \(float, |'float' object cannot be interpreted",
        Text(
            "大小和个数要是整数：用 `//` 而不是 `/`，或者 `round(…)`",
            "sizes and counts have to be whole numbers: use `//` instead of `/`, or `round(…)`",
        ),
    ),
    (
        r"\(\) missing 1 required positional arguments: \"size\"|invalid combination of arguments - got \(\)",
        Text(
            "形状是 `()` 时拆开来什么也不剩：把整个形状交给它，不要写 `*`",
            "unpacking the shape `()` leaves nothing: hand over the shape as it is, without `*`",
        ),
    ),
    (
        r"received an invalid combination of arguments",
        Text(
            "参数的个数或类型不对：形状写成一个元组，几个张量放进一个列表",
            "the number or kind of arguments is wrong: a shape is one tuple, several tensors go into one list",
        ),
    ),
    (
        r"could only infer dtype|Input dtype must be either a floating|only Tensors of floating point|"
        r"not implemented for '(?:Long|Int|Short|Char|Byte|Bool)'",
        Text(
            "这个运算要浮点数：写明 `dtype=torch.float32`，或先 `.float()`",
            "this operation wants floats: name `dtype=torch.float32`, or call `.float()` first",
        ),
    ),
    (
        r"a leaf Variable that requires grad",
        Text(
            "不能就地修改需要梯度的叶子张量：先 `.detach().clone()`；要改层的参数，放进 `with torch.no_grad():`",
            "a leaf that requires a gradient can't be changed in place: work on `.detach().clone()`, "
            "or, to change a layer's parameter, do it under `with torch.no_grad():`",
        ),
    ),
    (
        r"(?:ToTensor|ToImage|PILToTensor|Random\w+Flip|\bTransform)\.__init__\(\) takes",
        Text(
            "类要先造出对象，再调用对象：例如 `ToTensor()(picture)`，不是 `ToTensor(picture)`；串起来时写 `v2.ToImage()`，不是 `v2.ToImage`",
            "make an object of the class, then call that: `ToTensor()(picture)`, say, and not `ToTensor(picture)`; "
            "in a list, `v2.ToImage()` and not `v2.ToImage`",
        ),
    ),
    (
        r"Compose\.__init__\(\) takes|should be a sequence of callables",
        Text(
            "`v2.Compose` 收一个列表：`v2.Compose([a, b])`",
            "`v2.Compose` takes one list: `v2.Compose([a, b])`",
        ),
    ),
    (
        r"pic should be PIL Image or ndarray\. Got <class 'torch\.Tensor'>",
        Text(
            "这已经是张量了，`ToTensor` 不收：自己换 dtype 和范围，或者把原来的图片（数组）交给它",
            "this is a tensor already, which `ToTensor` refuses: change dtype and range yourself, "
            "or give it the picture or the array",
        ),
    ),
    (
        r"does not support PIL images",
        Text(
            "这个变换要张量：先用 `v2.ToImage()` 和 `v2.ToDtype(torch.float32, scale=True)`",
            "this transform wants a tensor: put `v2.ToImage()` and `v2.ToDtype(torch.float32, scale=True)` before it",
        ),
    ),
    (
        r"should be a float tensor",
        Text(
            "这一步要浮点张量：换 dtype（连同缩放）要放在它之前",
            "this step wants floats: change the dtype (and the range) before it",
        ),
    ),
    (
        r"'list' object is not callable",
        Text(
            "列表不能像函数那样调用：取其中一项用方括号 `x[i]`；几个步骤放进另一个列表时写 `*steps`，或者交给 `v2.Compose`",
            "a list can't be called: square brackets, `x[i]`, take an item; if they are steps, write `*steps` to put them "
            "into a list, or give them to `v2.Compose`",
        ),
    ),
    (
        r"can't be cast to the desired output type|Cannot cast ufunc",
        Text(
            "整数里放不下小数：先变成浮点数（`.float()`），不要就地计算（`/=`、`*=`、带 `_` 的）",
            "fractions don't fit into whole numbers: make floats first (`.float()`), and don't compute in place "
            "(`/=`, `*=`, names with `_`)",
        ),
    ),
    (
        r"number of dimensions in the tensor input does not match",
        Text(
            "`permute` 要列出所有的轴，一个不多，一个不少：输入的轴是不是有时多、有时少？",
            "`permute` names every axis exactly once: does the input have more axes at some times than at others?",
        ),
    ),
    (
        r"math domain error",
        Text(
            "对负数开方了：方差不会是负的，是不是整数溢出了，或者丢了精度？",
            "the square root of a negative number: a variance is never negative, so did integers overflow, "
            "or did precision get lost?",
        ),
    ),
    (
        r"Cannot handle this data type",
        Text(
            "Pillow 不认识这样的数组（例如只有 1 或 2 个通道的）：绕开 Pillow，直接处理数组",
            "Pillow does not know such arrays (with 1 or 2 channels, say): work on the array itself",
        ),
    ),
    (
        r"missing \d+ required positional argument(?!s: \")|takes \d+ positional argument",
        Text(
            "函数的参数和题目给的不一样：保留题目里的 `def` 那一行",
            "the function's parameters differ from the task's: keep its `def` line",
        ),
    ),
    (
        r"element \d+ of tensors does not require grad",
        Text(
            "求导之前要有需要梯度的张量：`requires_grad_()`；`no_grad` 里面、`detach()` 以后都没有图",
            "there is nothing to differentiate: call `requires_grad_()` on the input's copy first; "
            "and there is no graph under `no_grad` or after `detach()`",
        ),
    ),
    (
        r"backward through the graph a second time",
        Text(
            "一张图只能反向一次：每次 `backward()` 之前重新前向，重新算损失",
            "a graph can be walked back once only: go forward and compute the loss anew before each `backward()`",
        ),
    ),
    (
        r"'float' object has no attribute '(?:backward|detach|item)'",
        Text(
            "`.item()` 得到的是普通的数，图已经丢了：先 `backward()`，再取 `.item()`，而且只取一次",
            "what `.item()` gives is a plain number without a graph: call `backward()` first, `.item()` after it, and only once",
        ),
    ),
    (
        r"target with class probabilities|target dtype to be Long|multi-target not supported",
        Text(
            "交叉熵要 `(n, classes)` 的浮点 logits，和 `(n,)` 的 int64 标签，先 logits，后标签",
            "cross-entropy takes float logits of shape `(n, classes)` and int64 labels of shape `(n,)`, in this order",
        ),
    ),
    (
        r"must be Tensor, not (?:list|tuple)",
        Text(
            "这里要张量：先用 `torch.tensor(…)` 把列表变成张量",
            "a tensor is wanted here: make one of the list with `torch.tensor(…)` first",
        ),
    ),
    (
        r"zero-dimensional tensor .*cannot be concatenated",
        Text(
            "单个的数没有轴可以接：用 `torch.stack`",
            "single numbers have no axis to be joined along: use `torch.stack`",
        ),
    ),
    (
        r"'(?:int|float)' object has no attribute 'item'",
        Text(
            "这已经是 Python 的数，不用 `.item()`",
            "that is a Python number already: leave out `.item()`",
        ),
    ),
    (
        r"division by zero",
        Text(
            "除数是 0：一个也没有的时候，要另外处理",
            "the divisor is 0: where there are none, don't divide",
        ),
    ),
    (
        r"maximum recursion depth",
        Text(
            "函数没完没了地调用自己：`__len__` 里的 `len(self)`、`__getitem__` 里的 `self[…]` 都会这样；"
            "把字符串拆开，每一项还是字符串",
            "the function calls itself without end, as `len(self)` does in `__len__` and `self[…]` in `__getitem__`; "
            "and what is in a string is strings again",
        ),
    ),
    (
        r"descriptor 'manual_seed'",
        Text(
            "`torch.Generator` 是类，加上括号才造出一个生成器：`torch.Generator().manual_seed(…)`",
            "`torch.Generator` is a class, and brackets make a generator of it: `torch.Generator().manual_seed(…)`",
        ),
    ),
    (
        r"CUDA (?!out of memory)|accelerator device when none|device type for generator",
        Text(
            "这里用到了这台电脑的 GPU，或者没有的 GPU：是 `device` 写错了，还是把种子当成了设备？"
            "设种子写 `torch.Generator().manual_seed(…)`",
            "this goes to a GPU, there or not: is it a wrong `device`, or a seed where a device belongs? "
            "A generator is seeded by `torch.Generator().manual_seed(…)`",
        ),
    ),
    (
        r"'_IncompatibleKeys' object",
        Text(
            "`load_state_dict` 改的是模型自己，返回的只是两张单子：`missing_keys` 和 `unexpected_keys`",
            "`load_state_dict` changes the model itself; what it returns are two lists, `missing_keys` and "
            "`unexpected_keys`",
        ),
    ),
    (
        r"'str' object has no attribute '(?:untyped_storage|clone|detach|numel|element_size|nbytes|shape|dtype|device)'",
        Text(
            "这是名字，不是张量：用 `for` 走过字典得到的是键，要张量用 `.values()`，都要用 `.items()`",
            "that is a name and not a tensor: a `for` over a dict gives its keys; `.values()` gives the tensors, "
            "`.items()` both",
        ),
    ),
    (
        r"'(?:Best|Checkpoint)' object has no attribute",
        Text(
            "对象没有这个属性：在 `__init__` 里存成 `self.…`，别的方法才能用",
            "the object has no such attribute: keep it as `self.…` in `__init__` for other methods to use it",
        ),
    ),
    (
        r"missing \d+ required positional arguments: \"",
        Text(
            "调用这个函数时少给了东西：补上引号里的参数",
            "the call of this function lacks something: give it the argument in quotes",
        ),
    ),
    (
        r"Expected input batch_size",
        Text(
            "logits 和标签的个数不同：图片取了哪些，标签也要取哪些",
            "there are not as many labels as logits: take the labels of these very pictures",
        ),
    ),
    (
        r"for divmod\(\): '(?:Tensor|int)' and '(?:Tensor|int)'",
        Text(
            "`divmod` 要 Python 数：先 `.item()`",
            "`divmod` takes Python numbers: call `.item()` first",
        ),
    ),
    (
        r"'function' object has no attribute",
        Text(
            "这是函数本身，要调用才有结果：名字后面加括号 `()`",
            "that is the function itself: call it to get its result, with brackets `()` after the name",
        ),
    ),
    (
        r"bitwise_(?:and|or)\w*\W* not implemented for|unsupported operand type\(s\) for [&|]:",
        Text(
            "`&` 和 `|` 比 `==`、`!=`、`<` 先算：每个比较都放进括号，例如 `(x != 0) & (y == 0)`",
            "`&` and `|` come before `==`, `!=` and `<`: put each comparison into brackets, as in `(x != 0) & (y == 0)`",
        ),
    ),
    (
        r"'(?:list_iterator|generator)' object has no attribute",
        Text(
            "它只能从头走一遍，没有别的：直接写 `for` 循环，个数在循环里累加",
            "it can be gone through once and has nothing else: write a `for` loop, and count inside it",
        ),
    ),
    (
        r"Expected `device_type` of type `str`",
        Text(
            "`autocast` 先要设备的类型，一个字符串：写 `x.device.type`，不是 `x.device`",
            "`autocast` first takes the device's type, a string: `x.device.type`, not `x.device`",
        ),
    ),
    (
        r"unsupported operand type\(s\) for .*'NoneType'",
        Text(
            "拿 None 去算了：没有求过导的参数，`grad` 就是 None，先问 `is not None`；也可能是忘了 `return`",
            "this computes with None: the `grad` of a parameter without a gradient is None, so ask `is not None` first; "
            "or a `return` is missing",
        ),
    ),
    (
        r"'(?:str|dict|list)' object has no attribute '(?:grad|data)'|"
        r"'(?:SGD|Adam\w*)' object has no attribute 'parameters'",
        Text(
            '优化器的参数在 `optimizer.param_groups` 里：它是字典的列表，每个字典的 `"params"` 是参数的列表',
            'an optimiser\'s parameters are in `optimizer.param_groups`, a list of dictionaries; in each, `"params"` is a '
            "list of parameters",
        ),
    ),
    (
        r"'(?:list|tuple|dict|str|int|float)' object has no attribute 'to'",
        Text(
            "只有张量和模块有 `.to`：先问 `isinstance(…, torch.Tensor)`，或者把里面的张量一个个取出来搬",
            "only tensors and modules have `.to`: ask `isinstance(…, torch.Tensor)` first, "
            "or take the tensors out and move each of them",
        ),
    ),
    (
        r"dictionary update sequence",
        Text(
            "字典要成对的键和值：`{key: … for key, value in d.items()}`",
            "a dictionary is made from keys with values: `{key: … for key, value in d.items()}`",
        ),
    ),
    (
        r"unsupported operand .*'(?:method|function)'",
        Text("函数名后面是不是漏了括号 `()`？", "are the parentheses `()` missing after a function's name?"),
    ),
    (
        r"list indices must be integers or slices, not float",
        Text(
            "索引要整数：`/` 总是得到小数，整除用 `//`",
            "an index is a whole number: `/` always makes a float, `//` does not",
        ),
    ),
)


def error(message: str) -> str:
    """What to do about an error that torch or Python raised, or ""."""
    for pattern, advice in _ERRORS:
        if re.search(pattern, message):
            return str(advice)
    return ""
