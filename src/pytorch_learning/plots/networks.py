"""What happens to a tensor in a model: its layers in the order of their calls, and the shapes between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import torch
from torch import nn

from pytorch_learning.plots.canvas import MEDIUM, SMALL, Canvas, text_width
from pytorch_learning.plots.layers import (
    LEARNS,
    LEARNS_NOT,
    MAX_LAYERS,
    arguments_of,
    check_arguments,
    check_output,
    kind_of,
    looking_at,
    refuse_layers,
)
from pytorch_learning.plots.palette import GRID, INK, ORANGE, PAPER, QUIET, mix
from pytorch_learning.plots.values import MAX_WIDTH, shape_of

_LINE = 0.17  # height of a line of text
_PAD = 0.09  # around a group
_NAME = 0.18  # above a box, for its name
_TITLE = 0.2  # above a group
_ROW_GAP = 0.24
_SIDE = 0.16  # left and right of the rows, for the line from one row to the next
_CONTAINERS = (nn.Sequential, nn.ModuleList, nn.ModuleDict)


@dataclass
class _Box:
    """A layer, or one of the two ends."""

    lines: list[str]
    face: str
    shape: str = ""  # of the tensor that comes in
    direct: bool = True  # does what comes in come straight out of the layer before?
    group: str = ""
    name: str = ""

    @property
    def width(self) -> float:
        widest = max(text_width(line, SMALL if i else MEDIUM) for i, line in enumerate(self.lines))
        return max(widest + 0.18, text_width(self.name, SMALL))


def network(model: nn.Module, x: torch.Tensor) -> None:
    """Draw which layers `x` goes through in the model, and the shape of the tensor between them.

    A box is a layer (a module without modules of its own), with its arguments and its number of parameters;
    blue ones have some.  A frame holds the layers of one inner module.  A dashed arrow is a tensor
    that was computed between two layers.  The model is run once, in eval mode and without gradients, and
    stays as it is.
    """
    check_arguments(model, x)
    boxes = [_Box(["x"], PAPER), *_layers(model, x)]
    rows = _wrap(boxes)
    canvas = Canvas()
    width = max(_row_width(row) for row in rows) + 2 * _SIDE
    height = max(len(box.lines) for box in boxes) * _LINE + 0.1
    y = 0.0
    before: tuple[float, float] | None = None
    for row in rows:
        grouped = any(box.group for box in row)
        named = any(box.name for box in row)
        top = y + (_TITLE + _PAD if grouped else 0) + (_NAME if named else 0)
        before = _draw_row(canvas, row, (top, height), before, y, width)
        y = top + height + (_PAD if grouped else 0) + _ROW_GAP
    total = sum(parameter.numel() for parameter in model.parameters())
    caption = f"{kind_of(model)}: {_parameters(total)}"
    if not all(box.direct for box in boxes):
        caption += "   - - -> computed between two layers"
    canvas.text((_SIDE, y - _ROW_GAP + 0.18), caption, size=SMALL, horizontal="left", role="caption")
    canvas.show(max(width, text_width(caption, SMALL) + _SIDE), y - _ROW_GAP + 0.28)


def _layers(model: nn.Module, x: torch.Tensor) -> list[_Box]:
    """A box for each call of a layer, and one for the result."""
    names = {module: name for name, module in model.named_modules()}
    calls: list[tuple[nn.Module, Any, Any]] = []

    def note(module: nn.Module, arguments: tuple[Any, ...], output: Any) -> None:
        calls.append((module, next((a for a in arguments if isinstance(a, torch.Tensor)), None), output))
        check_output(module, output)
        if len(calls) > MAX_LAYERS:
            refuse_layers()

    leaves = [
        module
        for module in model.modules()
        if not any(True for _ in module.children()) and not isinstance(module, _CONTAINERS)
    ]
    hooks = [leaf.register_forward_hook(note) for leaf in leaves]
    try:
        with looking_at(model):
            result = check_output(model, model(x))
    finally:
        for hook in hooks:
            hook.remove()
    if not calls:
        refuse_layers()
    boxes = []
    for (module, given, _), previous in zip(calls, [x, *(output for *_, output in calls)], strict=False):
        group, _, name = names[module].rpartition(".")
        count = sum(parameter.numel() for parameter in module.parameters())
        lines = [kind_of(module), arguments_of(module), _parameters(count)]
        shape = "" if given is None else shape_of(given)
        face = LEARNS if count else LEARNS_NOT
        boxes.append(_Box([line for line in lines if line], face, shape, given is previous, group, name))
    end = _Box(["model(x)"], PAPER, shape_of(result), result is calls[-1][2])
    return [*boxes, end]


def _parameters(count: int) -> str:
    return f"{count:,} parameter" + ("" if count == 1 else "s")


def _wrap(boxes: list[_Box]) -> list[list[_Box]]:
    """As few rows as possible, about equally wide."""

    def rows_within(limit: float) -> list[list[_Box]]:
        rows: list[list[_Box]] = [[]]
        for box in boxes:
            if rows[-1] and _row_width([*rows[-1], box]) > limit:
                rows.append([])
            rows[-1].append(box)
        return rows

    widest = MAX_WIDTH - 2 * _SIDE - 0.1
    best = rows_within(widest)
    for step in range(1, 20):
        narrower = rows_within(widest * (1 - step / 40))
        if len(narrower) > len(best):
            break
        best = narrower
    return best


def _gap(box: _Box, before: _Box | None) -> float:
    """The room before a box, for the arrow with its shape."""
    gap = max(text_width(box.shape, SMALL) + 0.16, 0.3) if box.shape or before else 0.0
    if before is None or box.group != before.group:
        gap += _PAD * (bool(box.group) + bool(before and before.group))
    return gap


def _row_width(row: list[_Box]) -> float:
    gaps = [_gap(row[0], None), *(_gap(box, before) for before, box in pairwise(row))]
    return sum(gaps) + sum(box.width for box in row) + (_PAD if row[-1].group else 0)


def _draw_row(
    canvas: Canvas,
    row: list[_Box],
    span: tuple[float, float],
    before: tuple[float, float] | None,
    above: float,
    width: float,
) -> tuple[float, float]:
    """Draw a row, joined to where the one before it ended.  Returns where it ends itself."""
    top, height = span
    middle = top + height / 2
    x = _SIDE
    last: _Box | None = None
    lefts: list[float] = []
    for box in row:
        start = x
        x += _gap(box, last)
        if last is not None or before is not None:
            _draw_arrow(canvas, box, start, x, middle, last)
        if last is None and before is not None:
            _draw_return(canvas, before, (start, middle), above, width)
        _draw_box(canvas, box, (x, top), height)
        lefts.append(x)
        x += box.width
        last = box
    for group, members in groupby(zip(lefts, row, strict=True), key=lambda pair: pair[1].group):
        if group:
            _draw_group(canvas, group, list(members), top, height)
    return x, middle


def _draw_return(
    canvas: Canvas, before: tuple[float, float], start: tuple[float, float], above: float, width: float
) -> None:
    """The line from the end of a row to the beginning of the next."""
    turn = above - _ROW_GAP / 2
    x, y = before
    path = [(x, y), (width - 0.02, y), (width - 0.02, turn), (0.02, turn), (0.02, start[1]), start]
    canvas.line(path, width=1.1, role="return")


def _draw_arrow(
    canvas: Canvas, box: _Box, start: float, end: float, middle: float, before: _Box | None
) -> None:
    canvas.arrow([(start, middle), (end, middle)], dashed=not box.direct, role="tensor")
    # The text keeps clear of the frames on both sides.
    changes = before is None or before.group != box.group
    left = start + (_PAD if changes and before and before.group else 0)
    right = end - (_PAD if changes and box.group else 0)
    canvas.text(((left + right) / 2, middle - 0.1), box.shape, size=SMALL, role="shape")


def _draw_box(canvas: Canvas, box: _Box, corner: tuple[float, float], height: float) -> None:
    (x, top), centre = corner, corner[0] + box.width / 2
    is_end = box.face == PAPER
    tall = _LINE * len(box.lines) + 0.1
    canvas.box(
        (x, top + (height - tall) / 2), (box.width, tall), face=box.face, role="end" if is_end else "layer"
    )
    for number, line in enumerate(box.lines):
        at = (centre, top + height / 2 + (number - (len(box.lines) - 1) / 2) * _LINE)
        role = (
            "end"
            if is_end
            else ("kind", "arguments", "parameters")[number if len(box.lines) == 3 else 2 * number]
        )
        canvas.text(at, line, size=SMALL if number else MEDIUM, bold=not number, colour=INK, role=role)
    if box.name:
        y = top + (height - tall) / 2 - _NAME / 2
        canvas.text((centre, y), ascii(box.name)[1:-1], size=SMALL, colour=QUIET, role="name")


def _draw_group(
    canvas: Canvas, group: str, members: list[tuple[float, _Box]], top: float, height: float
) -> None:
    left = members[0][0] - _PAD
    right = members[-1][0] + members[-1][1].width + _PAD
    upper = top - _NAME - _PAD
    size = (right - left, top + height + _PAD - upper)
    canvas.rectangle((left, upper), size, face=mix(ORANGE, PAPER, 0.88), edge=GRID, role="group", order=0.5)
    text = ascii(group)[1:-1]
    canvas.text((left, upper - _TITLE / 2), text, size=SMALL, horizontal="left", bold=True, role="group")
