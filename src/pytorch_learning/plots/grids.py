"""A tensor as a grid of cells with a title above and captions below; several of them on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from pytorch_learning.plots.canvas import LARGE, MEDIUM, SMALL, Canvas, Point, snapped, text_width
from pytorch_learning.plots.palette import GRID, INK, PAPER, QUIET, ink_on, mix, value_colours
from pytorch_learning.plots.values import MAX_WIDTH, captions_of, drawable, elements, refuse

CELL_HEIGHT = 0.32
_MIN_CELL_WIDTH = 0.36
_TITLE_HEIGHT = 0.25
_LINE_HEIGHT = 0.165
_SHEET_GAP = 0.16
_SHEET_RISE = 0.16
_SHEET_LABEL = 0.17
_EMPTY = 0.12  # how thick a side of length 0 is drawn
COLUMN_GAP = 0.42
ROW_GAP = 0.2


@dataclass(frozen=True)
class Cell:
    """How one element looks."""

    text: str
    face: str
    role: str = "cell"
    hatched: bool = False
    edge: str = GRID
    width: float = 0.8
    dashed: bool = False
    note: str = ""
    colour: str = ""

    def draw(self, canvas: Canvas, corner: Point, size: Point) -> None:
        """Draw it with its upper left corner at `corner`."""
        canvas.rectangle(
            corner,
            size,
            face=self.face,
            edge=self.edge,
            width=self.width,
            dashed=self.dashed,
            hatched=self.hatched,
            hatch_colour=mix(self.face, INK, 0.3),
            role=self.role,
            # A heavier outline lies over its neighbours' thin ones.
            order=1 + self.width / 10,
        )
        colour = self.colour or ink_on(self.face)
        middle = (corner[0] + size[0] / 2, corner[1] + size[1] / 2)
        if self.note:
            canvas.text(
                (corner[0] + size[0] - 0.03, corner[1] + size[1] - 0.075),
                self.note,
                size=SMALL,
                colour=colour,
                horizontal="right",
            )
            middle = (corner[0] + size[0] / 2 - 0.05, middle[1] - 0.03)
        canvas.text(middle, self.text, size=MEDIUM, colour=colour, halo=self.face if self.hatched else "")


class Grid:
    """Where the cells of a tensor of up to three dimensions lie: columns right, rows down, sheets behind."""

    def __init__(self, shape: Sequence[int], cell_width: float) -> None:
        self.shape = tuple(shape)
        self.cell = (cell_width, CELL_HEIGHT)
        sheets, rows, columns = (1,) * (3 - len(self.shape)) + self.shape
        self._sheets, self._rows, self._columns = sheets, rows, columns
        self._sheet = (max(columns * cell_width, _EMPTY), max(rows * CELL_HEIGHT, _EMPTY))
        self._labels = len(self.shape) == 3
        drawn = max(sheets, 1)
        self.width = drawn * self._sheet[0] + (drawn - 1) * _SHEET_GAP
        self.height = self._sheet[1] + (drawn - 1) * _SHEET_RISE + (_SHEET_LABEL if self._labels else 0)

    def sheet_corner(self, sheet: int) -> Point:
        """The upper left corner of a sheet.  Sheet 0 is in front: lowest, and leftmost."""
        lift = (max(self._sheets, 1) - 1 - sheet) * _SHEET_RISE + (_SHEET_LABEL if self._labels else 0)
        return sheet * (self._sheet[0] + _SHEET_GAP), lift

    def corners(self) -> Iterator[Point]:
        """The upper left corner of each cell, in reading order."""
        for sheet in range(self._sheets):
            left, top = self.sheet_corner(sheet)
            for row in range(self._rows):
                for column in range(self._columns):
                    yield left + column * self.cell[0], top + row * self.cell[1]

    def draw(self, canvas: Canvas, at: Point, cells: Sequence[Cell]) -> None:
        """Draw it with `cells`, one for each element in reading order."""
        if self._labels:
            for sheet in range(self._sheets):
                left, top = self.sheet_corner(sheet)
                canvas.text(
                    (at[0] + left, at[1] + top - 0.08),
                    f"[{sheet}]",
                    size=SMALL,
                    colour=QUIET,
                    horizontal="left",
                )
        if not cells:
            left, top = self.sheet_corner(0)
            canvas.rectangle((at[0] + left, at[1] + top), self._sheet, dashed=True, role="empty")
        for (left, top), cell in zip(self.corners(), cells, strict=True):
            cell.draw(canvas, (at[0] + left, at[1] + top), self.cell)


class Block:
    """A grid with its title above and its captions below, everything centred."""

    def __init__(
        self,
        shape: Sequence[int],
        cells: Sequence[Cell],
        *,
        title: str = "",
        captions: Sequence[str] = (),
        cell_width: float | None = None,
    ) -> None:
        self.title, self.captions, self._cells = title, tuple(captions), cells
        self.grid = Grid(shape, cell_width or cell_width_for([cell.text for cell in cells]))
        self.above = _TITLE_HEIGHT if title else 0.0
        self.below = 0.06 + _LINE_HEIGHT * len(self.captions) if self.captions else 0.0
        self.body = self.grid.height
        texts = [text_width(caption, MEDIUM) for caption in self.captions]
        self.width = max(self.grid.width, text_width(title, LARGE), *texts, 0)

    def draw(self, canvas: Canvas, at: Point) -> None:
        """Draw it with the upper left corner of title and grid at `at`."""
        middle = at[0] + self.width / 2
        if self.title:
            canvas.text((middle, at[1] + 0.1), self.title, size=LARGE, bold=True, role="title")
        self.grid.draw(
            canvas, (snapped(middle - self.grid.width / 2), snapped(at[1] + self.above)), self._cells
        )
        bottom = at[1] + self.above + self.body + 0.06
        for line, caption in enumerate(self.captions):
            canvas.text(
                (middle, bottom + (line + 0.5) * _LINE_HEIGHT),
                caption,
                size=MEDIUM,
                colour=QUIET,
                role="caption",
            )


class Sign:
    """An operator between two grids, at the height of their middle."""

    above = below = 0.0
    body = CELL_HEIGHT

    def __init__(self, text: str) -> None:
        self._text = text
        self.width = text_width(text, 14)

    def draw(self, canvas: Canvas, at: Point) -> None:
        """Draw it with its upper left corner at `at`."""
        middle = (at[0] + self.width / 2, at[1] + self.body / 2)
        canvas.text(middle, self._text, size=14, bold=True, role="sign")


class Column:
    """A block with another one below it, and an arrow from the first to the second."""

    _ARROW = 0.3

    def __init__(self, upper: Block, lower: Block) -> None:
        self._upper, self._lower = upper, lower
        self.above, self.body = upper.above, upper.body
        self.below = upper.below + self._ARROW + lower.above + lower.body + lower.below
        self.width = max(upper.width, lower.width)

    def draw(self, canvas: Canvas, at: Point) -> None:
        """Draw it with its upper left corner at `at`."""
        middle = at[0] + self.width / 2
        self._upper.draw(canvas, (middle - self._upper.width / 2, at[1]))
        end = at[1] + self.above + self.body + self._upper.below
        canvas.arrow([(middle, end + 0.05), (middle, end + self._ARROW - 0.05)], colour=QUIET, role="gives")
        self._lower.draw(canvas, (middle - self._lower.width / 2, end + self._ARROW))


Item = Block | Sign | Column
Row = list[Item]


def cell_width_for(texts: Sequence[str]) -> float:
    """A width in inches that the longest of the texts fits into."""
    width = max([_MIN_CELL_WIDTH, *(text_width(text, MEDIUM) + 0.1 for text in texts)])
    return 2 * snapped(width / 2)  # an even number of pixels has a middle


def row_size(row: Row, gap: float) -> tuple[float, float, float, float]:
    """Its width, and its height above, in and below the grids' band."""
    width = sum(item.width for item in row) + gap * (len(row) - 1)
    return width, max(i.above for i in row), max(i.body for i in row), max(i.below for i in row)


def wrap(items: Sequence[Item], gap: float = COLUMN_GAP) -> list[Row]:
    """Rows of items, none wider than a notebook."""
    rows: list[Row] = []
    for item in items:
        if rows and row_size([*rows[-1], item], gap)[0] <= MAX_WIDTH:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def place(
    canvas: Canvas,
    rows: Sequence[Row],
    *,
    gap: float = COLUMN_GAP,
    centred: bool = False,
    at: Point = (0.0, 0.0),
    within: float = 0,
) -> Point:
    """Draw rows of items from `at` down.  Returns their width, and the height at which they end.

    In a row the grids' upper edges are level, or, if `centred`, their middles.  A row that is narrower than
    `within` stands in the middle of it.
    """
    width, top = 0.0, at[1]
    for number, row in enumerate(rows):
        row_width, above, body, below = row_size(row, gap)
        top += ROW_GAP if number else 0
        left = at[0] + snapped(max(within - row_width, 0) / 2)
        for item in row:
            drop = (body - item.body) / 2 if centred else 0.0
            item.draw(canvas, (left, top + above + drop - item.above))
            left = snapped(left + item.width + gap)
        width, top = max(width, row_width), top + above + body + below
    return width, top


def value_cells(tensors: Sequence[torch.Tensor]) -> list[list[Cell]]:
    """A cell for each element of each tensor, coloured by its value on a scale that all of them share."""
    return [
        [Cell(text, face) for text, face in zip(elements(tensor), faces, strict=True)]
        for tensor, faces in zip(tensors, value_colours(tensors), strict=True)
    ]


def plain_cells(tensor: torch.Tensor, face: str = PAPER) -> list[Cell]:
    """A cell for each element, all of one colour."""
    return [Cell(text, face) for text in elements(tensor)]


def tensor_grid(*tensors: torch.Tensor, titles: Sequence[str] | None = None) -> None:
    """Draw tensors of up to three dimensions side by side, each with its shape and dtype.

    The same colour is the same value in all of them.  A 3-d tensor is drawn as its sheets `[0]`, `[1]`, ...
    `titles` names the tensors, one each.
    """
    drawable(*tensors)
    if not tensors or (titles is not None and len(titles) != len(tensors)):
        refuse(
            "请给出至少一个张量，并且每个张量一个标题。",
            "Give at least one tensor, and one title for each tensor.",
        )
    names = titles or [""] * len(tensors)
    blocks: list[Item] = [
        Block(tensor.shape, cells, title=title, captions=captions_of(tensor))
        for tensor, cells, title in zip(tensors, value_cells(tensors), names, strict=True)
    ]
    canvas = Canvas()
    canvas.show(*place(canvas, wrap(blocks)))
