"""How a tensor's elements are reached in memory, and why some views cannot be flattened without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch

from pytorch_learning.plots.canvas import LARGE, MEDIUM, SMALL, Canvas, Point, snapped, text_width
from pytorch_learning.plots.expressions import view_of
from pytorch_learning.plots.grids import (
    CELL_HEIGHT,
    COLUMN_GAP,
    ROW_GAP,
    Block,
    Cell,
    Row,
    cell_width_for,
    place,
    row_size,
    wrap,
)
from pytorch_learning.plots.palette import BLUE, INK, QUIET, RUST, VERMILLION, scale
from pytorch_learning.plots.values import MAX_WIDTH, drawable, elements, refuse, shape_of

MAX_STORED = 26  # cells of memory in one line
_ARC = 0.34  # how far the longest jump rises over the strip
_MINI = 0.17  # height of the small strip
_LINE = 0.17
_GROUP_GAP = 0.6


def strides(tensor: torch.Tensor, *views: str) -> None:
    """Draw the memory of `tensor`, then the tensor and views of it, such as "x.T", with strides.

    The small number and the colour of a cell say where in memory it lies.  Under each grid, arrows follow the
    order of reading through memory: `.view(-1)` works where all their steps are equal.
    """
    drawable(tensor)
    shown = [(expression, view_of(expression, tensor)) for expression in views or ("x",)]
    drawable(tensor, *(view for _, view in shown))
    memories: dict[tuple[int, int], list[tuple[str, torch.Tensor]]] = {}
    for expression, view in shown:
        if not view.numel():
            refuse(f"{expression} 是空的。", f"{expression} is empty.")
        memory = (view.untyped_storage().data_ptr(), view.element_size())
        memories.setdefault(memory, []).append((expression, view))
    groups = [_Group(group) for group in memories.values()]
    canvas = Canvas()
    width = bottom = left = top = 0.0
    for group in groups:
        if left and left + group.width > MAX_WIDTH:
            left, top = 0.0, bottom + 1.5 * ROW_GAP
        bottom = max(bottom, group.draw(canvas, (left, top)))
        width = max(width, left + group.width)
        left = snapped(left + group.width + _GROUP_GAP)
    canvas.show(width, bottom)


class _Group:
    """One memory, and the views of it."""

    def __init__(self, views: Sequence[tuple[str, torch.Tensor]]) -> None:
        self._memory = _Memory(*views[0])
        self._rows = wrap([_Reading(expression, view, self._memory) for expression, view in views])
        for row in self._rows:
            _level(row)
        self.width = max(self._memory.width, *(row_size(row, COLUMN_GAP)[0] for row in self._rows))

    def draw(self, canvas: Canvas, at: Point) -> float:
        """Draw it with its upper left corner at `at`.  Returns the height where it ends."""
        top = self._memory.draw(canvas, at[0] + (self.width - self._memory.width) / 2, at[1])
        return place(canvas, self._rows, at=(at[0], top + ROW_GAP), within=self.width)[1]


class _Memory:
    """A storage: its values in order, and a colour for each position."""

    def __init__(self, expression: str, view: torch.Tensor) -> None:
        self._title = f"{expression}.untyped_storage()"
        self.count = view.untyped_storage().nbytes() // view.element_size()
        if self.count > MAX_STORED:
            refuse(
                f"内存里有 {self.count} 个元素，一行最多能画 {MAX_STORED} 个：请换小一点的张量。",
                f"There are {self.count} elements in memory, and at most {MAX_STORED} fit in a line: "
                "use a smaller tensor.",
            )
        self._values = elements(torch.as_strided(view.detach(), (self.count,), (1,), 0))
        self.colours = [scale(position / max(self.count - 1, 1)) for position in range(self.count)]
        self._cell = min(cell_width_for(self._values), MAX_WIDTH / self.count)
        self._strip = self.count * self._cell
        self.width = max(self._strip, text_width(self._title, LARGE))

    def draw(self, canvas: Canvas, left: float, top: float) -> float:
        """Draw the strip, positions above the cells.  Returns the height where it ends."""
        canvas.text((left + self.width / 2, top + 0.1), self._title, size=LARGE, bold=True, role="title")
        left, top = snapped(left + (self.width - self._strip) / 2), top + 0.27
        for position, value in enumerate(self._values):
            corner = (left + position * self._cell, top + 0.16)
            canvas.text(
                (corner[0] + self._cell / 2, top + 0.07),
                str(position),
                size=SMALL,
                colour=QUIET,
                role="position",
            )
            cell = Cell(value, self.colours[position], role="memory", edge=INK, width=1.0)
            cell.draw(canvas, corner, (self._cell, CELL_HEIGHT))
        return top + 0.16 + CELL_HEIGHT


class _Reading(Block):
    """A view's grid, and below it the path through memory that reading it in order takes."""

    def __init__(self, expression: str, view: torch.Tensor, memory: _Memory) -> None:
        self.positions = _positions(view)
        self._memory = memory
        cells = [
            Cell(text, memory.colours[at], note=str(at), role=f"at {at}")
            for text, at in zip(elements(view), self.positions, strict=True)
        ]
        width = cell_width_for([text + "00" for text in elements(view)])
        contiguous = f"is_contiguous() = {view.is_contiguous()}"
        captions = [f"shape {shape_of(view)}", f"stride {view.stride()}", contiguous]
        super().__init__(view.shape, cells, title=expression, captions=captions, cell_width=width)
        self._verdict, self._works = _flattened(expression, view)
        self._small = snapped(max(0.13, min(0.2, 2.7 / memory.count)))
        self._captions_below = self.below
        self.slack = 0.0  # what this grid is lower than its neighbours', so that the small strips are level
        self._backwards = any(hop < 0 for hop in _hops(self.positions))
        self.below += 0.1 + _ARC + _MINI + (_ARC if self._backwards else 0.06) + 2 * _LINE
        self.width = max(self.width, memory.count * self._small, text_width(self._verdict, MEDIUM))

    def draw(self, canvas: Canvas, at: Point) -> None:
        """Draw the grid, then the strip with the arrows, then what `.view(-1)` says."""
        super().draw(canvas, at)
        left = snapped(at[0] + (self.width - self._memory.count * self._small) / 2)
        top = snapped(at[1] + self.above + self.body + self._captions_below + self.slack + 0.1 + _ARC)
        used = set(self.positions)
        for position, colour in enumerate(self._memory.colours):
            face = colour if position in used else "#ffffff"
            size = (self._small, _MINI)
            canvas.rectangle((left + position * self._small, top), size, face=face, width=0.6, role="mini")
        self._draw_path(canvas, left, top)
        bottom = top + _MINI + (_ARC if self._backwards else 0.06)
        colour = INK if self._works else RUST
        middle = at[0] + self.width / 2
        at_verdict = (middle, bottom + 0.5 * _LINE)
        canvas.text(at_verdict, self._verdict, size=MEDIUM, colour=colour, bold=True, role="verdict")

    def _draw_path(self, canvas: Canvas, left: float, top: float) -> None:
        longest = max([abs(hop) for hop in _hops(self.positions)] + [1])
        for start, hop in zip(self.positions, _hops(self.positions), strict=False):
            if hop == 0:
                continue
            ends = [left + (position + 0.5) * self._small for position in (start, start + hop)]
            rise = _ARC * (0.45 + 0.55 * abs(hop) / longest) * 1.2
            edge, control = (top, top - rise) if hop > 0 else (top + _MINI, top + _MINI + rise)
            canvas.arrow(
                [(ends[0], edge), (ends[0], control), (ends[1], control), (ends[1], edge)],
                colour=BLUE if hop > 0 else VERMILLION,
                dashed=hop < 0,
                head=5,
                width=0.9,
                role="forward" if hop > 0 else "backward",
            )


def _level(row: Row) -> None:
    """Put the small strips of a row at one height, however high the grids are."""
    readings = [item for item in row if isinstance(item, _Reading)]
    heights = [reading.body for reading in readings]
    for reading, height in zip(readings, heights, strict=True):
        reading.slack = max(heights) - height
        reading.below += reading.slack


def _positions(view: torch.Tensor) -> list[int]:
    """Where in its storage each element of `view` lies, in reading order."""
    places = torch.zeros(view.shape, dtype=torch.int64) + view.storage_offset()
    for dim, (size, step) in enumerate(zip(view.shape, view.stride(), strict=True)):
        places += (torch.arange(size) * step).reshape([-1 if d == dim else 1 for d in range(view.ndim)])
    return places.reshape(-1).tolist()


def _hops(positions: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise(positions)]


def _flattened(expression: str, view: torch.Tensor) -> tuple[str, bool]:
    """What `.view(-1)` gives, tried: a shape, or an error's name."""
    try:
        return f"{expression}.view(-1)  shape {shape_of(view.view(-1))}", True
    except RuntimeError as error:
        return f"{expression}.view(-1)  {type(error).__name__}", False
