"""A sheet of paper measured in inches, y downwards, and cut to size when everything is on it.

Text is DejaVu Sans Mono, which comes with matplotlib: its width is known before it is drawn, so that nothing
overlaps and no renderer has to be asked.
"""

from __future__ import annotations

from typing import Literal

import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from pytorch_learning.plots.palette import GRID, INK, PAPER
from pytorch_learning.plots.values import MAX_HEIGHT, MAX_WIDTH, refuse_size

DPI = 100
FONT = "DejaVu Sans Mono"
_ADVANCE = 0.60205  # of the font's size: the width of every character of a monospaced font
_CAPITAL = 0.729  # of the font's size: the height of capitals and digits
# Sizes, in points, at which a character is 6, 7 and 8 pixels wide: equal words are then drawn equally.
SMALL, MEDIUM, LARGE = (pixels / DPI * 72 / _ADVANCE for pixels in (6, 7, 8))
_MARGIN = 0.08
_HATCH_STEP = 0.1

Point = tuple[float, float]


def snapped(length: float) -> float:
    """The length in whole pixels: edges stay crisp, equal cells are equal, and the PNG is smaller."""
    return round(length * DPI) / DPI


def text_width(text: str, size: float) -> float:
    """How wide a line of text is, in inches."""
    return len(text) * _ADVANCE * size / 72


class Canvas:
    """Collects shapes; `show` makes the figure.

    Until then no figure exists, so that an error leaves none behind.
    """

    def __init__(self) -> None:
        self._artists: list[Artist] = []

    def rectangle(
        self,
        corner: Point,
        size: Point,
        *,
        face: str = PAPER,
        edge: str = GRID,
        width: float = 0.8,
        dashed: bool = False,
        hatched: bool = False,
        hatch_colour: str = GRID,
        role: str = "",
        order: float = 1.0,
    ) -> None:
        """A rectangle.  `role` is its gid, by which tests find it."""
        style: Literal["--", "-"] = "--" if dashed else "-"
        self._artists.append(
            Rectangle(
                corner,
                *size,
                facecolor=face,
                edgecolor=edge,
                linewidth=width,
                linestyle=style,
                zorder=order,
                gid=role,
            )
        )
        if hatched:
            self._hatch(corner, size, hatch_colour, order + 0.1)

    def _hatch(self, corner: Point, size: Point, colour: str, order: float) -> None:
        """Diagonals over a rectangle.  Matplotlib's own hatching would look different in every cell."""
        (left, top), (width, height) = corner, size
        offsets = [_HATCH_STEP * (number + 0.5) for number in range(int((width + height) / _HATCH_STEP) + 1)]
        diagonals = [
            (
                (left + max(0, along - height), top + min(along, height)),
                (left + min(along, width), top + max(0, along - width)),
            )
            for along in offsets
            if along < width + height
        ]
        self._artists.append(
            LineCollection(diagonals, colors=colour, linewidths=0.8, zorder=order, gid="hatching")
        )

    def box(self, corner: Point, size: Point, *, face: str, role: str = "", dashed: bool = False) -> None:
        """A rectangle with round corners, for a name or an operation."""
        self._artists.append(
            FancyBboxPatch(
                corner,
                *size,
                boxstyle="round,pad=0,rounding_size=0.06",
                facecolor=face,
                edgecolor=INK,
                linewidth=1.2,
                linestyle="--" if dashed else "-",
                zorder=3,
                gid=role,
            )
        )

    def text(
        self,
        at: Point,
        text: str,
        *,
        size: float = MEDIUM,
        colour: str = INK,
        horizontal: Literal["left", "center", "right"] = "center",
        bold: bool = False,
        halo: str = "",
        role: str = "",
    ) -> None:
        """One line of text around the height `at[1]`; a `halo` in its ground's colour lifts it off lines."""
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[horizontal]
        artist = Text(
            snapped(at[0] - share * text_width(text, size)),
            snapped(at[1] + _CAPITAL * size / 72 / 2),
            text,
            fontsize=size,
            color=colour,
            fontfamily=FONT,
            fontweight="bold" if bold else "normal",
            horizontalalignment="left",
            verticalalignment="baseline",
            parse_math=False,
            zorder=5,
            gid=role,
        )
        if halo:
            artist.set_path_effects([withStroke(linewidth=2.5, foreground=halo)])
        self._artists.append(artist)

    def line(self, points: list[Point], *, colour: str = INK, width: float = 1.0, role: str = "") -> None:
        """A line through points."""
        xs, ys = zip(*points, strict=True)
        self._artists.append(
            Line2D(xs, ys, color=colour, linewidth=width, solid_capstyle="butt", zorder=2, gid=role)
        )

    def arrow(
        self,
        points: list[Point],
        *,
        colour: str = INK,
        width: float = 1.1,
        dashed: bool = False,
        head: float = 7,
        role: str = "",
    ) -> None:
        """An arrow: straight through two points, or a curve that four points steer.  No `head` at 0."""
        codes = [Path.MOVETO, Path.LINETO] if len(points) == 2 else [Path.MOVETO] + [Path.CURVE4] * 3
        self._artists.append(
            FancyArrowPatch(
                path=Path(points, codes),
                arrowstyle="-|>" if head else "-",
                mutation_scale=head or 1,
                color=colour,
                linewidth=width,
                linestyle=(0, (3, 1.5)) if dashed else "-",
                zorder=2.5,
                gid=role,
            )
        )

    def show(self, width: float, height: float) -> None:
        """Make the figure, `width` by `height` inches and a margin, and put everything on it."""
        if width > MAX_WIDTH or height > MAX_HEIGHT:
            refuse_size()
        width, height = snapped(width), snapped(height)
        figure = plt.figure(figsize=(width + 2 * _MARGIN, height + 2 * _MARGIN), dpi=DPI, facecolor=PAPER)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(-_MARGIN, width + _MARGIN)
        axes.set_ylim(height + _MARGIN, -_MARGIN)
        for artist in self._artists:
            axes.add_artist(artist)
            artist.set_clip_on(False)
