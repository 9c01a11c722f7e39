"""Which elements an index selects, and what shape they come in."""

from __future__ import annotations

import torch

from pytorch_learning.plots.canvas import Canvas
from pytorch_learning.plots.expressions import selected_positions
from pytorch_learning.plots.grids import Block, Cell, Column, Item, cell_width_for, place, wrap
from pytorch_learning.plots.palette import INK, ORANGE, PALE
from pytorch_learning.plots.values import MAX_DIMENSIONS, drawable, elements, refuse, shape_of

_FADED = "#6b6b6b"  # ink on the cells that are left out: paler, and still 4.7 to 1 on them


def slices(tensor: torch.Tensor, *expressions: str) -> None:
    """Draw what each index expression, such as "x[:, 0]" or "x[x > 2]", selects of a 1-d or 2-d tensor.

    The selected cells are coloured and outlined; below each grid stands the result, in its own shape.
    """
    drawable(tensor)
    if tensor.ndim not in (1, 2) or not expressions:
        refuse(
            "slices 需要一个 1 维或 2 维张量，以及至少一个表达式，例如 'x[0]'。",
            "slices needs a tensor of one or two dimensions and at least one expression, such as 'x[0]'.",
        )
    results = [selected_positions(expression, tensor) for expression in expressions]
    drawable(*[tensor] * len(expressions), *(result for result in results if result.ndim <= MAX_DIMENSIONS))
    columns = [_column(tensor, *pair) for pair in zip(expressions, results, strict=True)]
    canvas = Canvas()
    canvas.show(*place(canvas, wrap(columns)))


def _column(tensor: torch.Tensor, expression: str, positions: torch.Tensor) -> Item:
    texts = elements(tensor)
    chosen = set(positions.reshape(-1).tolist())
    cells = [_picked(text) if at in chosen else _left_out(text) for at, text in enumerate(texts)]
    width = cell_width_for(texts)
    caption = f"shape {shape_of(positions)}"
    if positions.ndim > MAX_DIMENSIONS:
        return Block(tensor.shape, cells, title=expression, captions=[caption], cell_width=width)
    taken = [_picked(texts[at], role="result") for at in positions.reshape(-1).tolist()]
    return Column(
        Block(tensor.shape, cells, title=expression, cell_width=width),
        Block(positions.shape, taken, captions=[caption], cell_width=width),
    )


def _picked(text: str, role: str = "selected") -> Cell:
    return Cell(text, ORANGE, role=role, edge=INK, width=1.8)


def _left_out(text: str) -> Cell:
    return Cell(text, PALE, role="left out", edge="#c4c4c4", colour=_FADED)
