"""torch.cat and torch.stack: which cell of the result comes from which input."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from pytorch_learning.plots.canvas import Canvas
from pytorch_learning.plots.grids import Block, Cell, cell_width_for, place, wrap
from pytorch_learning.plots.palette import CATEGORIES, HATCHED
from pytorch_learning.plots.values import MAX_DIMENSIONS, drawable, elements, refuse, shape_of


def cat_and_stack(a: torch.Tensor, b: torch.Tensor, names: tuple[str, str] = ("a", "b")) -> None:
    """Draw `a` and `b` (of up to two dimensions), then each way to join them with torch.cat and torch.stack.

    Every cell keeps the colour and the hatching of the input that it comes from.  A way that the two shapes
    do not allow is left out.
    """
    drawable(a, b)
    pair = (a, b)
    blocks = [_block(tensor, [number] * tensor.numel(), names[number]) for number, tensor in enumerate(pair)]
    joined = _ways(pair, names)
    if not joined:
        refuse(
            f"形状 {shape_of(a)} 和 {shape_of(b)} 的张量不能连接：除连接的那一维外，其余各维必须相同。",
            f"Tensors of shapes {shape_of(a)} and {shape_of(b)} cannot be joined: all dimensions but the one "
            "that they are joined along must be equal.",
        )
    drawable(a, b, *(tensor for _, tensor, _ in joined))
    width = max(block.grid.cell[0] for block in blocks)
    items = {"inputs": blocks, "cat": [], "stack": []}
    for title, tensor, origins in joined:
        kind = "stack" if "stack" in title else "cat"
        items[kind].append(_block(tensor, origins.reshape(-1).tolist(), title, width))
    rows = wrap([*items["inputs"], *items["cat"]]) + wrap(items["stack"])
    canvas = Canvas()
    canvas.show(*place(canvas, [row for row in rows if row]))


# The code, the result, and from which input each of its elements comes.
Joined = tuple[str, torch.Tensor, torch.Tensor]


def _ways(pair: tuple[torch.Tensor, torch.Tensor], names: Sequence[str]) -> list[Joined]:
    """Every join that torch allows, along every dimension."""
    # Joining two tensors that hold only 0s and only 1s tells where each element came from.
    marks = [torch.full_like(tensor, number, dtype=torch.int64) for number, tensor in enumerate(pair)]
    ways: list[Joined] = []
    for function, dims in ((torch.cat, pair[0].ndim), (torch.stack, pair[0].ndim + 1)):
        for dim in range(dims):
            try:
                result, origins = function(pair, dim=dim), function(marks, dim=dim)
            except (RuntimeError, IndexError):
                continue
            if result.ndim <= MAX_DIMENSIONS:
                code = f"torch.{function.__name__}([{names[0]}, {names[1]}], dim={dim})"
                ways.append((code, result, origins))
    return ways


def _block(tensor: torch.Tensor, origins: Sequence[int], title: str, cell_width: float = 0) -> Block:
    texts = elements(tensor)
    cells = [
        Cell(text, CATEGORIES[origin], role=f"from {origin}", hatched=HATCHED[origin])
        for text, origin in zip(texts, origins, strict=True)
    ]
    width = max(cell_width, cell_width_for(texts))
    return Block(tensor.shape, cells, title=title, captions=[f"shape {shape_of(tensor)}"], cell_width=width)
