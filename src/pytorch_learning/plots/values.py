"""What can be drawn, and how its numbers and shapes are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

import torch

from pytorch_learning.errors import CourseError
from pytorch_learning.language import Text

MAX_DIMENSIONS = 3
MAX_CELLS = 300  # in one figure: more cannot be read
MAX_WIDTH = 9.6  # inches: a notebook's column
MAX_HEIGHT = 9.0


def refuse(zh: str, en: str) -> NoReturn:
    """Raise CourseError, in the notebook's language."""
    raise CourseError(str(Text(zh, en)))


def refuse_size() -> NoReturn:
    """Raise CourseError because a picture would not fit into a notebook."""
    refuse(
        "这幅图太大，放不进笔记本：请换小一点的张量。",
        "This picture is too big for a notebook: draw a smaller tensor.",
    )


def drawable(*tensors: torch.Tensor) -> None:
    """Raise CourseError unless each of the tensors, and all of them together, can be drawn."""
    for tensor in tensors:
        if not isinstance(tensor, torch.Tensor):
            found = type(tensor).__name__
            refuse(
                f"只能画 torch.Tensor，得到的是 {found}：请先用 torch.tensor(...) 转换。",
                f"Only a torch.Tensor can be drawn, not a {found}: convert it with torch.tensor(...).",
            )
        if tensor.layout != torch.strided or tensor.is_meta:
            refuse(
                "这个张量没有可画的值（meta 或稀疏张量）：请画一个普通的 CPU 张量。",
                "This tensor has no plain values to draw (it is on meta, or sparse): draw an ordinary one.",
            )
        if tensor.ndim > MAX_DIMENSIONS:
            refuse(
                f"最多能画 {MAX_DIMENSIONS} 维的张量，这个张量的形状是 {shape_of(tensor)}："
                "请先取出一部分，例如 x[0]。",
                f"A tensor of at most {MAX_DIMENSIONS} dimensions can be drawn, and this one's shape is "
                f"{shape_of(tensor)}: take a part of it first, such as x[0].",
            )
    count = sum(tensor.numel() for tensor in tensors)
    if count > MAX_CELLS:
        refuse(
            f"一共有 {count} 个元素，最多能画 {MAX_CELLS} 个：请先取出一部分，例如 x[:4, :4]。",
            f"There are {count} elements and at most {MAX_CELLS} can be drawn: take a part first, "
            "such as x[:4, :4].",
        )


def shape_of(tensor: torch.Tensor) -> str:
    """The shape as Python writes a tuple: "(2, 3)"."""
    return str(tuple(tensor.shape))


def dtype_of(tensor: torch.Tensor) -> str:
    """The dtype without its module: "float32"."""
    return str(tensor.dtype).removeprefix("torch.")


def captions_of(tensor: torch.Tensor) -> tuple[str, str]:
    """What stands under a tensor: its shape and its dtype."""
    return f"shape {shape_of(tensor)}", dtype_of(tensor)


def written(values: Iterable[object]) -> list[str]:
    """Each number in a few characters, as near to what `print` shows as a cell has room for."""
    return [_number(value) for value in values]


def elements(tensor: torch.Tensor) -> list[str]:
    """The elements in reading order, each as text."""
    flat = tensor.detach().reshape(-1)
    # float8 and its kin have no tolist; in float32 they keep their values.
    return written((flat.float() if flat.is_floating_point() and flat.element_size() == 1 else flat).tolist())


def _number(value: object) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return str(value) if len(str(value)) <= 6 else _short(f"{value:.1e}")
    if isinstance(value, complex):
        return f"{value.real:.3g}{value.imag:+.3g}j"
    if isinstance(value, float):
        return _decimal(value)
    return str(value)


def _decimal(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value) and abs(value) < 1e5:
        return f"{value:.0f}."  # as torch prints it: the point says that it is a floating-point number
    if 0.005 <= abs(value) < 1000:
        return f"{value:.2f}"
    return f"{value:.1f}" if 1000 <= abs(value) < 1e5 else _short(f"{value:.0e}")


def _short(scientific: str) -> str:
    """ "1.0e+05" as "1e5"."""
    mantissa, exponent = scientific.split("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}"
