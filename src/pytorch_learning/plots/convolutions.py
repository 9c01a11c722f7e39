"""A convolution at one place: the patch under the kernel, the kernel, and the number that comes of them."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from pytorch_learning.plots.canvas import Canvas
from pytorch_learning.plots.grids import Block, Cell, Item, Sign, cell_width_for, place
from pytorch_learning.plots.palette import INK, ORANGE, PALE, SKY
from pytorch_learning.plots.values import drawable, elements, refuse, shape_of

_FADED = "#6b6b6b"  # ink on the cells that have no part in it: paler, and still 4.7 to 1 on them


def convolution(x: torch.Tensor, kernel: torch.Tensor, row: int, column: int) -> None:
    """Draw what `F.conv2d` computes of a 2-d `x` and a 2-d `kernel`, without padding, for one number.

    `row` and `column` say which number of the result.  It and the patch of `x` that it comes from are
    marked.
    """
    drawable(x, kernel)
    if x.ndim != 2 or kernel.ndim != 2 or any(k > n for n, k in zip(x.shape, kernel.shape, strict=True)):
        refuse(
            f"需要一个 2 维张量和一个不比它大的 2 维卷积核，"
            f"得到的形状是 {shape_of(x)} 和 {shape_of(kernel)}。",
            f"A 2-d tensor and a 2-d kernel that is no larger are needed; their shapes are {shape_of(x)} and "
            f"{shape_of(kernel)}.",
        )
    result = F.conv2d(x[None, None].double(), kernel[None, None].double())[0, 0].to(x.dtype)
    if not (0 <= row < result.shape[0] and 0 <= column < result.shape[1]):
        refuse(
            f"结果的形状是 {shape_of(result)}，里面没有 [{row}, {column}]。",
            f"The result has shape {shape_of(result)}; there is no [{row}, {column}] in it.",
        )
    drawable(x, kernel, result)
    height, width = kernel.shape
    rows, columns = range(row, row + height), range(column, column + width)
    patch = {(r, c) for r in rows for c in columns}
    items: list[Item] = [
        _block(x, "x", patch, f"x[{row}:{row + height}, {column}:{column + width}]"),
        Sign("*"),
        Block(
            kernel.shape,
            [Cell(text, SKY, role="kernel", hatched=True) for text in elements(kernel)],
            title="kernel",
            captions=[f"shape {shape_of(kernel)}"],
        ),
        Sign("="),
        _block(result, "result", {(row, column)}, f"result[{row}, {column}]"),
    ]
    canvas = Canvas()
    canvas.show(*place(canvas, [items], gap=0.2, centred=True))


def _block(tensor: torch.Tensor, title: str, marked: set[tuple[int, int]], place_name: str) -> Block:
    texts = elements(tensor)
    positions = [(r, c) for r in range(tensor.shape[0]) for c in range(tensor.shape[1])]
    cells = [
        Cell(text, ORANGE, role="marked", edge=INK, width=1.8)
        if at in marked
        else Cell(text, PALE, role="unmarked", edge="#c4c4c4", colour=_FADED)
        for text, at in zip(texts, positions, strict=True)
    ]
    captions = [f"shape {shape_of(tensor)}", place_name]
    return Block(tensor.shape, cells, title=title, captions=captions, cell_width=cell_width_for(texts))
