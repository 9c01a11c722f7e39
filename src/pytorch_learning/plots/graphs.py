"""The computational graph that autograd recorded, from its leaves on the left to the output on the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot
from typing import Any

import torch

from pytorch_learning.plots.canvas import MEDIUM, SMALL, Canvas, text_width
from pytorch_learning.plots.palette import ORANGE, PALE, PAPER, QUIET, RUST, SKY, VERMILLION, mix
from pytorch_learning.plots.values import MAX_WIDTH, refuse, refuse_size, shape_of

MAX_BOXES = 30
_HEIGHT = 0.34
_ROW = 0.74
_GAPS = (0.8, 0.62, 0.5)  # between columns: the widest that fits
_LANE = 0.055  # how far the arrows of the two directions lie from the middle of their edge


@dataclass(eq=False)  # a box is itself, however alike another is
class _Box:
    """A leaf, an operation or the output, and where it lies."""

    label: str
    kind: str
    shape: str  # of the tensor that goes out of it
    note: str = ""  # below a leaf: where its gradient can be read, or that it has none
    inputs: list[_Box] = field(default_factory=list)
    column: int = 0
    row: float = 0.0
    x: float = 0.0  # of the left edge, in inches
    y: float = 0.0  # of the middle

    @property
    def width(self) -> float:
        return 0.0 if self.is_bend else text_width(self.label, MEDIUM) + 0.2

    @property
    def is_bend(self) -> bool:
        """Is it no box at all, but a point that an edge goes through?"""
        return self.kind.startswith("bend")

    @property
    def span(self) -> float:
        """How much room it takes, with its note."""
        return max(self.width, text_width(self.note, SMALL))

    @property
    def learns(self) -> bool:
        """Does a gradient flow back to it?"""
        return self.kind not in ("constant", "bend of constant")


def autograd_graph(output: torch.Tensor, **names: torch.Tensor) -> None:
    """Draw the graph behind `output`, with names, as in `autograd_graph(loss, loss=loss, w=w, b=b, x=x)`.

    Solid arrows go forward and carry the shapes of the tensors; dashed ones go back, with the gradients, to
    the leaves that require one.  A named tensor that requires none is drawn where an operation kept it.
    """
    if output.grad_fn is None:
        refuse(
            "这个张量没有计算图（grad_fn 是 None）：请从 requires_grad=True 的张量算出它。",
            "This tensor has no graph (its grad_fn is None): compute it from one with requires_grad=True.",
        )
    boxes = _boxes(output, names)
    boxes = _arrange(boxes)
    gap = next((gap for gap in _GAPS if _width(boxes, gap) <= MAX_WIDTH), None)
    if gap is None:
        refuse_size()
    _measure(boxes, gap)
    canvas = Canvas()
    for box in boxes:
        if not box.is_bend:
            _draw_box(canvas, box)
        for source in box.inputs:
            _draw_edge(canvas, source, box, [user for user in boxes if source in user.inputs])
    height = max(box.y for box in boxes) + _HEIGHT / 2 + 0.2
    name = boxes[0].label
    width = _width(boxes, gap)
    call = f"{name}.backward()" if output.numel() == 1 else f"{name}.backward(gradient=...)"
    half = text_width(call, MEDIUM) / 2 + 0.08
    canvas.text((width / 2, height + 0.08), call, size=MEDIUM, colour=RUST, bold=True)
    for ends in ((width, width / 2 + half), (width / 2 - half, 0)):
        canvas.arrow([(x, height + 0.08) for x in ends], colour=VERMILLION, dashed=True, role="direction")
    canvas.show(width, height + 0.18)


def _boxes(output: torch.Tensor, names: dict[str, torch.Tensor]) -> list[_Box]:
    """All boxes, the output first."""
    made: dict[Any, _Box] = {}
    constants: dict[int, _Box] = {}

    def visit(node: Any) -> _Box:
        if node in made:
            return made[node]
        if len(made) + len(constants) >= MAX_BOXES:
            refuse_size()
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            name = next((name for name, tensor in names.items() if tensor is leaf), "")
            label = name or "requires_grad=True"
            made[node] = _Box(label, "leaf", shape_of(leaf), f"{name}.grad" if name else ".grad")
            return made[node]
        box = made[node] = _Box(node.name().split("::")[-1], "operation", _shape_out(node))
        box.inputs = [visit(source) for source, _ in node.next_functions if source is not None]
        for name, tensor in _constants(node, names):
            constant = constants.setdefault(
                id(tensor), _Box(name, "constant", shape_of(tensor), "requires_grad=False")
            )
            box.inputs.append(constant)
        # Several slots may hold the same input, as in x * x: one arrow says it.
        box.inputs = [source for i, source in enumerate(box.inputs) if source not in box.inputs[:i]]
        return box

    last = visit(output.grad_fn)
    name = next((name for name, tensor in names.items() if tensor is output), "output")
    return [_Box(name, "output", shape_of(output), inputs=[last]), *made.values(), *constants.values()]


def _shape_out(node: Any) -> str:
    """The shape that an operation made in the forward pass, if this version of torch tells it."""
    try:
        return str(tuple(int(size) for size in node._input_metadata[0].shape))
    except (AttributeError, IndexError, TypeError, ValueError):
        return ""


def _constants(node: Any, names: dict[str, torch.Tensor]) -> list[tuple[str, torch.Tensor]]:
    """The named tensors without gradient that an operation keeps for its backward pass."""
    kept = []
    for attribute in dir(node):
        if attribute.startswith("_saved_"):
            try:
                kept.append(getattr(node, attribute))
            except RuntimeError:  # after backward(), what was kept is gone
                continue
    return [
        (name, tensor)
        for name, tensor in names.items()
        if not tensor.requires_grad and any(tensor is value for value in kept)
    ]


def _arrange(boxes: list[_Box]) -> list[_Box]:
    """Give each box a column and a row.  Returns all of them, with the bends of the long edges."""
    _give_columns(boxes)
    boxes = boxes + [bend for box in boxes for bend in _bends(box)]
    _give_rows(boxes)
    return boxes


def _give_columns(boxes: list[_Box]) -> None:
    """The longest way to a box is its column; a leaf stands right before the operation that first uses it."""
    order = _sorted(boxes[0])
    for box in order:
        box.column = max((source.column + 1 for source in box.inputs), default=0)
    for box in order:
        if not box.inputs:
            box.column = min(user.column for user in boxes if box in user.inputs) - 1


def _bends(box: _Box) -> list[_Box]:
    """Lead each edge that skips columns through an empty place in each, so that it meets no other box."""
    bends = []
    for slot, source in enumerate(box.inputs):
        for column in range(source.column + 1, box.column):
            kind = "bend" if source.learns else "bend of constant"
            bend = _Box("", kind, "", inputs=[source], column=column)
            bends.append(bend)
            source = bend
        box.inputs[slot] = source
    return bends


def _give_rows(boxes: list[_Box]) -> None:
    """As near to the middle of its inputs as there is room in its column."""
    taken: dict[int, list[float]] = {}
    for box in _sorted(boxes[0]):
        wanted = sum(source.row for source in box.inputs) / len(box.inputs) if box.inputs else 0.0
        rows = taken.setdefault(box.column, [])
        while any(abs(row - wanted) < 0.99 for row in rows):
            wanted += 0.5
        box.row = wanted
        rows.append(wanted)
    top = min(box.row for box in boxes)
    for box in boxes:
        box.row -= top


def _sorted(last: _Box) -> list[_Box]:
    """All boxes that lead to `last`, each after its inputs."""
    order: list[_Box] = []

    def visit(box: _Box) -> None:
        if box not in order:
            for source in box.inputs:
                visit(source)
            order.append(box)

    visit(last)
    return order


def _column_widths(boxes: list[_Box]) -> list[float]:
    columns = max(box.column for box in boxes) + 1
    return [max(box.span for box in boxes if box.column == column) for column in range(columns)]


def _width(boxes: list[_Box], gap: float) -> float:
    widths = _column_widths(boxes)
    return sum(widths) + gap * (len(widths) - 1)


def _measure(boxes: list[_Box], gap: float) -> None:
    """Turn columns and rows into inches."""
    widths = _column_widths(boxes)
    for box in boxes:
        left = sum(widths[: box.column]) + gap * box.column
        box.x = left + (widths[box.column] - box.width) / 2
        box.y = _HEIGHT / 2 + box.row * _ROW


_FACES = {
    "leaf": mix(SKY, PAPER, 0.35),
    "operation": PALE,
    "output": mix(ORANGE, PAPER, 0.35),
    "constant": PAPER,
}


def _draw_box(canvas: Canvas, box: _Box) -> None:
    corner = (box.x, box.y - _HEIGHT / 2)
    size = (box.width, _HEIGHT)
    canvas.box(corner, size, face=_FACES[box.kind], role=box.kind, dashed=not box.learns)
    middle = box.x + box.width / 2
    canvas.text((middle, box.y), box.label, size=MEDIUM, bold=box.kind != "operation", role="label")
    below = (middle, box.y + _HEIGHT / 2 + 0.1)
    if box.note:
        canvas.text(below, box.note, size=SMALL, colour=RUST if box.learns else QUIET, role="note")


def _port(ends: list[_Box], end: _Box) -> float:
    """How far below the middle of a box the edge to `end` meets it, so that several edges meet it apart."""
    rank = sorted(ends, key=lambda box: box.row).index(end)
    return (rank - (len(ends) - 1) / 2) * min(0.15, 0.28 / len(ends))


def _draw_edge(canvas: Canvas, source: _Box, target: _Box, users: list[_Box]) -> None:
    """The way forward, with the shape of what goes along it; under it the way back, if there is one."""
    start = (source.x + source.width, source.y + _port(users, target))
    end = (target.x, target.y + _port(target.inputs, source))
    # An edge touches no box, but is whole where it bends.
    start = start if source.is_bend else (start[0] + 0.03, start[1])
    end = end if target.is_bend else (end[0] - 0.03, end[1])
    lane = _LANE if source.learns else 0.0
    forward = [(x, y - lane) for x, y in (start, end)]
    canvas.arrow(forward, head=0 if target.is_bend else 7, role="forward")
    if source.learns:
        back = [(x, y + lane) for x, y in (end, start)]
        head = 0 if source.is_bend else 7
        canvas.arrow(back, colour=VERMILLION, dashed=True, head=head, role="backward")
    if source.shape and target is min(users, key=lambda box: box.row):
        # Every edge from a box carries the same tensor: its shape stands by the uppermost of them, near the
        # box, where no other edge crosses.
        across, down = end[0] - start[0], end[1] - start[1]
        slope = down / hypot(across, down)
        away = lane + 0.08 + text_width(source.shape, SMALL) / 2 * abs(slope)
        middle = (start[0] + 0.45 * across + away * slope, start[1] + 0.45 * down - away)
        canvas.text(middle, source.shape, size=SMALL, colour=QUIET, halo=PAPER, role="shape")
