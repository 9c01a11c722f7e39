"""Which NumPy arrays and tensors lie in the same memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from pytorch_learning.plots.canvas import LARGE, MEDIUM, SMALL, Canvas, snapped, text_width
from pytorch_learning.plots.grids import CELL_HEIGHT, ROW_GAP, cell_width_for
from pytorch_learning.plots.palette import BLUE, CATEGORIES, INK, PALE, PAPER, VERMILLION, mix
from pytorch_learning.plots.values import (
    MAX_CELLS,
    MAX_WIDTH,
    drawable,
    dtype_of,
    elements,
    refuse,
    refuse_size,
    written,
)

_BOX_HEIGHT = 0.56
_BOX_GAP = 0.2
_ARROW = 0.34
_STRIP_GAP = 0.5
# Of bars and arrows, when several names stand on one side.
_LINE_COLOURS = (INK, VERMILLION, BLUE)


@dataclass(frozen=True)
class _Named:
    """An array or a tensor, and the bytes that it lies in."""

    name: str
    lines: tuple[str, str]  # what it is, and its shape and dtype
    is_tensor: bool
    addresses: tuple[int, ...]  # of each element, in reading order
    values: tuple[str, ...]
    item_size: int

    @property
    def first(self) -> int:
        return min(self.addresses)

    @property
    def end(self) -> int:
        return max(self.addresses) + self.item_size


def shared_memory(**objects: np.ndarray | torch.Tensor) -> None:
    """Draw where arrays and CPU tensors keep their elements: `shared_memory(n=n, t=t, copy=t.clone())`.

    Those that share memory point to the same strip of cells, arrays from above and tensors from below.
    Nothing is taken on trust: the strips follow from the addresses of the elements.
    """
    named = [_describe(name, thing) for name, thing in objects.items()]
    if not named:
        refuse(
            "请给出要画的对象，例如 shared_memory(n=n, t=t)。",
            "Name what to draw, such as shared_memory(n=n, t=t).",
        )
    rows: list[list[_Strip]] = [[]]
    for strip in [_Strip(group) for group in _by_memory(named)]:
        if strip.width > MAX_WIDTH:
            refuse_size()
        used = sum(other.width + _STRIP_GAP for other in rows[-1])
        if rows[-1] and used + strip.width > MAX_WIDTH:
            rows.append([])
        rows[-1].append(strip)
    canvas = Canvas()
    width = top = 0.0
    for number, row in enumerate(rows):
        top += ROW_GAP if number else 0
        above, left = max(strip.above for strip in row), 0.0
        for strip in row:
            strip.draw(canvas, left, top + above)
            left = snapped(left + strip.width + _STRIP_GAP)
        width = max(width, left - _STRIP_GAP)
        top += above + CELL_HEIGHT + max(strip.below for strip in row)
    canvas.show(width, top)


def _describe(name: str, thing: np.ndarray | torch.Tensor) -> _Named:
    shape: tuple[int, ...]
    if isinstance(thing, np.ndarray):
        start, strides = thing.__array_interface__["data"][0], thing.strides
        kind, item_size = "numpy.ndarray", thing.itemsize
        dtype, shape = str(thing.dtype), thing.shape
        values = written(thing.reshape(-1).tolist())
    else:
        drawable(thing)
        if thing.device.type != "cpu":
            refuse(
                f"{name} 在 {thing.device} 上：NumPy 只能与 CPU 上的张量共享内存。",
                f"{name} is on {thing.device}: NumPy can share memory with tensors on the CPU only.",
            )
        item_size = thing.element_size()
        start, strides = thing.data_ptr(), tuple(step * item_size for step in thing.stride())
        kind, dtype, shape, values = "torch.Tensor", dtype_of(thing), tuple(thing.shape), elements(thing)
    count = int(np.prod(shape))
    if not 0 < count <= MAX_CELLS:
        refuse(
            f"{name} 有 {count} 个元素，能画 1 到 {MAX_CELLS} 个。",
            f"{name} has {count} elements, and from 1 to {MAX_CELLS} can be drawn.",
        )
    addresses = [
        start + sum(i * step for i, step in zip(index, strides, strict=True)) for index in np.ndindex(shape)
    ]
    lines = (kind, f"{shape} {dtype}")
    return _Named(name, lines, isinstance(thing, torch.Tensor), tuple(addresses), tuple(values), item_size)


def _by_memory(named: list[_Named]) -> list[list[_Named]]:
    """Groups of those whose bytes overlap, in the order in which they were named."""
    groups: list[list[_Named]] = []
    for one in named:
        touching = [group for group in groups if any(one.first < o.end and o.first < one.end for o in group)]
        merged = [other for group in touching for other in group] + [one]
        groups = [group for group in groups if group not in touching]
        groups.append(merged)
    return sorted(groups, key=lambda group: min(named.index(one) for one in group))


class _Strip:
    """One piece of memory, and the boxes of those who use it."""

    def __init__(self, users: list[_Named]) -> None:
        self._start = min(user.first for user in users)
        self._item_size = min(user.item_size for user in users)
        self._values: dict[int, str] = {}
        for user in users:
            self._values.update(zip(map(self._position, user.addresses), user.values, strict=True))
        self._count = self._position(max(user.end for user in users) - 1) + 1
        self._cell = cell_width_for(list(self._values.values()))
        self._sides = [[u for u in users if not u.is_tensor], [u for u in users if u.is_tensor]]
        self._cells_width = self._count * self._cell
        self.width = max(self._cells_width, *(self._boxes_width(side) for side in self._sides))
        self.above, self.below = (_BOX_HEIGHT + _ARROW if side else 0.0 for side in self._sides)

    def _position(self, address: int) -> int:
        return (address - self._start) // self._item_size

    @staticmethod
    def _boxes_width(side: list[_Named]) -> float:
        return sum(_box_width(user) + _BOX_GAP for user in side) - (_BOX_GAP if side else 0)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw the cells with their upper edge at `top`, and the boxes above and below."""
        cells_left = snapped(left + (self.width - self._cells_width) / 2)
        for position in range(self._count):
            corner = (cells_left + position * self._cell, top)
            size = (self._cell, CELL_HEIGHT)
            canvas.rectangle(corner, size, face=PALE, edge=INK, width=1.2, role="memory")
            # Between the elements of a slice with a step lies memory that nobody here has named.
            text = self._values.get(position, "")
            canvas.text((corner[0] + self._cell / 2, top + CELL_HEIGHT / 2), text, size=MEDIUM)
        for side in self._sides:
            box_left = left + (self.width - self._boxes_width(side)) / 2
            for rank, user in enumerate(side):
                self._draw_user(canvas, user, box_left, cells_left, top, rank)
                box_left += _box_width(user) + _BOX_GAP

    def _draw_user(
        self, canvas: Canvas, user: _Named, box_left: float, cells_left: float, top: float, rank: int
    ) -> None:
        """Its box, an arrow to the strip, and bars along the cells that it uses."""
        width = _box_width(user)
        edge, away = (top + CELL_HEIGHT, 1) if user.is_tensor else (top, -1)
        box_top = edge + _ARROW if user.is_tensor else edge - _ARROW - _BOX_HEIGHT
        fill = CATEGORIES[1] if user.is_tensor else CATEGORIES[0]
        canvas.box((box_left, box_top), (width, _BOX_HEIGHT), face=mix(fill, PAPER, 0.35), role="name")
        middle = box_left + width / 2
        canvas.text((middle, box_top + 0.12), user.name, size=LARGE, bold=True, role="title")
        for number, line in enumerate(user.lines):
            canvas.text((middle, box_top + 0.3 + 0.15 * number), line, size=SMALL, role="caption")
        positions = sorted({self._position(address) for address in user.addresses})
        bar = snapped(edge + away * (0.06 + 0.075 * rank))
        centres = [cells_left + (position + 0.5) * self._cell for position in positions]
        colour = _LINE_COLOURS[rank % len(_LINE_COLOURS)]
        canvas.line([(centres[0], bar), (centres[-1], bar)], colour=colour, width=0.8)
        # Bars that touch say "all of these"; a slice with a step leaves gaps between them.
        for position, centre in zip(positions, centres, strict=True):
            start = centre - self._cell / 2 + (0 if position - 1 in positions else 0.05)
            end = centre + self._cell / 2 - (0 if position + 1 in positions else 0.05)
            canvas.line([(start, bar), (end, bar)], colour=colour, width=2, role=f"{user.name} uses")
        near = (middle, box_top if user.is_tensor else box_top + _BOX_HEIGHT)
        target = min(max(middle, centres[0]), centres[-1])
        canvas.arrow([near, (target, bar + 0.01 * away)], colour=colour, role="points to")


def _box_width(user: _Named) -> float:
    lines = [text_width(line, SMALL) for line in user.lines]
    return 2 * snapped(max(text_width(user.name, LARGE), *lines) / 2 + 0.1)
