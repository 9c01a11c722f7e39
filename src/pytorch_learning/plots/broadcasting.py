"""Broadcasting: two tensors stretched to one shape, then combined cell by cell."""

from __future__ import annotations

import operator
from collections.abc import Callable

import torch

from pytorch_learning.plots.canvas import Canvas
from pytorch_learning.plots.grids import Block, Cell, Item, Sign, cell_width_for, place, plain_cells, row_size
from pytorch_learning.plots.palette import CATEGORIES, GREEN, INK, PAPER, QUIET, mix
from pytorch_learning.plots.values import MAX_WIDTH, drawable, elements, refuse, shape_of

OPERATORS: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_GAP = 0.16


def broadcast(a: torch.Tensor, b: torch.Tensor, op: str = "+", names: tuple[str, str] = ("a", "b")) -> None:
    """Draw `a op b`: the elements of each input, the copies that broadcasting makes of them, and the result.

    The elements that exist have a solid outline; the copies, which take no memory, are pale and dashed.
    """
    drawable(a, b)
    if op not in OPERATORS:
        refuse(f"op 应是 {', '.join(OPERATORS)} 之一。", f"op must be one of {', '.join(OPERATORS)}.")
    try:
        shape = torch.broadcast_shapes(a.shape, b.shape)
    except RuntimeError:
        refuse(
            f"形状 {shape_of(a)} 和 {shape_of(b)} 不能广播：从最后一维往前比较，"
            "每一维要么相等，要么有一个是 1，要么缺失。",
            f"Shapes {shape_of(a)} and {shape_of(b)} cannot be broadcast: counted from the last dimension, "
            "sizes must be equal, or one of them 1 or missing.",
        )
    drawable(a.expand(shape), b.expand(shape))
    result = OPERATORS[op](a.detach(), b.detach())
    row: list[Item] = [
        _stretched(a, shape, names[0], CATEGORIES[0]),
        Sign(op),
        _stretched(b, shape, names[1], CATEGORIES[1]),
        Sign("="),
        Block(
            shape,
            plain_cells(result, mix(GREEN, PAPER, 0.65)),
            title=f"{names[0]} {op} {names[1]}",
            captions=[f"shape {shape_of(result)}"],
        ),
    ]
    # What does not fit side by side goes below one another, each sign before its operand.
    rows = [row] if row_size(row, _GAP)[0] <= MAX_WIDTH else [row[:1], row[1:3], row[3:]]
    canvas = Canvas()
    canvas.show(*place(canvas, rows, gap=_GAP, centred=True))


def _stretched(tensor: torch.Tensor, shape: torch.Size, name: str, colour: str) -> Block:
    stretched = tensor.expand(shape)
    texts = elements(stretched)
    cells = [
        _original(text, colour) if original else _copy(text, colour)
        for text, original in zip(texts, _originals(tensor, shape), strict=True)
    ]
    caption = f"shape {shape_of(tensor)}"
    if tensor.shape != shape:
        caption += f" -> {tuple(shape)}"
    return Block(shape, cells, title=name, captions=[caption], cell_width=cell_width_for(texts))


def _originals(tensor: torch.Tensor, shape: torch.Size) -> list[bool]:
    """For each cell of `shape` in reading order: is it its own, the first along each stretched dim?"""
    own = torch.ones(shape, dtype=torch.bool)
    sizes = (1,) * (len(shape) - tensor.ndim) + tuple(tensor.shape)
    for dim, (size, wanted) in enumerate(zip(sizes, shape, strict=True)):
        if size != wanted and wanted:
            own.narrow(dim, 1, wanted - 1).fill_(False)
    return own.reshape(-1).tolist()


def _original(text: str, colour: str) -> Cell:
    return Cell(text, colour, role="original", edge=INK, width=1.6)


def _copy(text: str, colour: str) -> Cell:
    return Cell(text, mix(colour, PAPER, 0.8), role="copy", dashed=True, colour=QUIET)
