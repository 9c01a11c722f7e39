"""Checks of modules: their parameters, what they compute, and whether they can be moved."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from torch import Tensor, nn

from pytorch_learning.checks import describe, diagnosis
from pytorch_learning.checks.failure import CheckFailed, expected_and_got
from pytorch_learning.checks.values import Mistake, equal, is_tensor
from pytorch_learning.language import say


def is_module(x: object, kind: type[nn.Module] = nn.Module, *, name: str = "model") -> None:
    """x is a module of this kind."""
    if isinstance(x, kind):
        return
    wanted = "nn." + kind.__name__ if kind.__module__.startswith("torch.nn") else kind.__name__
    if isinstance(x, type):
        advice = say("类名后面要加括号，才得到一个实例", "a class needs parentheses to make an instance")
    elif x is None:
        advice = diagnosis.wrong_kind(None, nn.Module)
    elif isinstance(x, (list, tuple)):
        advice = say(
            "把这些层放进一个模块：`nn.Sequential(*layers)`",
            "make one module of them: `nn.Sequential(*layers)`",
        )
    elif isinstance(x, Tensor):
        advice = say("这里要层本身，不是它的输出", "the layer itself is wanted, not what it gives")
    else:
        advice = ""
    got = x.__name__ if isinstance(x, type) else type(x).__name__
    mark = say("：", ": ")
    what = expected_and_got("类型", "type", wanted, got)
    raise CheckFailed(name + mark + what + (mark + advice if advice else ""))


def parameter_shapes(
    model: nn.Module, expected: Iterable[Sequence[int]], *, name: str = "model", hint: str = ""
) -> None:
    """The model's parameters have these shapes, in any order and under any names."""
    wanted = [tuple(shape) for shape in expected]
    got = [tuple(parameter.shape) for parameter in model.parameters()]
    if Counter(got) == Counter(wanted):
        return
    if not got:
        advice = say(
            "模型找不到任何参数：层要直接赋给 `self` 的属性，或放进 `nn.Sequential`；放在普通的列表里，`nn.Module` 看不见",
            "the model finds no parameter: assign layers to attributes of `self` or put them into an "
            "`nn.Sequential`; in a plain list `nn.Module` does not see them",
        )
    elif len(got) < len(wanted):
        advice = say(
            "少了几个参数：是不是少了一层、同一层用了两次、去掉了偏置，或把层放进了普通的列表？",
            "some are missing: is there a layer too few, is one used twice, was a bias left out, or are layers "
            "in a plain list?",
        )
    elif len(got) > len(wanted):
        advice = say("参数多了：是不是多了一层？", "there are too many: is there a layer too many?")
    elif Counter(s[::-1] for s in got if len(s) > 1) == Counter(s for s in wanted if len(s) > 1):
        advice = say(
            "输入和输出的大小对调了：`nn.Linear(输入, 输出)` 的 `weight` 形状是 (输出, 输入)",
            "sizes of input and output are swapped: `nn.Linear(in, out)` has a `weight` of shape (out, in)",
        )
    else:
        advice = say(
            "个数对，大小不对：是不是把大小写死了，或者用错了某个参数？",
            "their number is right, their sizes are not: is a size fixed in the code, or the wrong one used?",
        )
    mark = say("：", ": ")
    what = expected_and_got("各参数的形状", "the parameters' shapes", _shapes(wanted), _shapes(got))
    raise CheckFailed(name + mark + what + mark + (hint or advice))


def output(
    model: nn.Module,
    x: Tensor,
    expected: Tensor,
    *,
    name: str = "model(x)",
    mistakes: Iterable[Mistake] = (),
    hint: str = "",
) -> Tensor:
    """`model(x)` equals `expected`.  Returns it.  The `hint` is for wrong values, not for a wrong shape."""
    name = f"{name}, x = {describe.argument(x)}"
    try:
        result = model(x)
    except Exception as error:
        error.add_note(name)
        raise
    is_tensor(result, name=name)
    fits = result.shape == expected.shape and result.dtype == expected.dtype
    equal(result, expected, name=name, mistakes=mistakes, hint=hint if fits else "")
    return result


def own_parameters(make: Callable[[], nn.Module], *, name: str = "model") -> None:
    """Two models that `make` makes have no parameter in common."""
    one, other = make(), make()
    if {id(p) for p in one.parameters()} & {id(p) for p in other.parameters()}:
        raise CheckFailed(
            name
            + say(
                "：两个实例用着同一批参数：层要在 `__init__` 里创建，不要写在类里或类外面",
                ": two instances share their parameters: create the layers in `__init__`, not in the class or outside",
            )
        )


def moves(model: nn.Module, x: Tensor, *, name: str = "model") -> None:
    """A copy of the model that was moved to the `meta` device takes x from there and answers there.

    `meta` has shapes but no values and is there on every machine.
    """
    moved = copy.deepcopy(model).to("meta")
    advice = say(
        "有东西没有跟着模型走：层要登记在 `self` 上，`forward` 里新建的张量要写 `device=x.device`，不要写死设备",
        "something did not move with the model: layers belong to `self`, a tensor made in `forward` needs "
        "`device=x.device`, and no device may be fixed",
    )
    mark = say("：", ": ")
    try:
        result = moved(x.to("meta"))
    except (NotImplementedError, RuntimeError) as error:
        if not str(error):
            raise
        what = say("移到别的设备上之后会出错", "fails after it was moved to another device")
        raise CheckFailed(f"{name}{mark}{what}{mark}{advice}") from error
    if isinstance(result, Tensor) and result.device.type != "meta":
        what = say(
            "移到别的设备上之后，输出没有跟过去",
            "after it was moved to another device, its output is elsewhere",
        )
        raise CheckFailed(f"{name}{mark}{what}{mark}{advice}")


def _shapes(shapes: list[tuple[int, ...]]) -> str:
    return "[" + ", ".join(map(describe.shape_of, shapes)) + "]"
