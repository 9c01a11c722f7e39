"""Tensors that are pictures, shown as pictures."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import torch

from pytorch_learning.plots.canvas import DPI, FONT, LARGE, text_width
from pytorch_learning.plots.palette import INK, PAPER
from pytorch_learning.plots.values import MAX_HEIGHT, MAX_WIDTH, refuse, refuse_size

MAX_PICTURES = 100
_SIDE = 0.9  # inches
_TITLE = 0.24
_GAP = 0.12


def images(
    pictures: torch.Tensor | Sequence[torch.Tensor],
    titles: Sequence[str] | None = None,
    *,
    columns: int | None = None,
    side: float = _SIDE,
) -> None:
    """Draw grey (h, w), (1, h, w) or colour (3, h, w) pictures in rows, each with its title above.

    Grey pictures share one scale: black is the least value of all of them, white the greatest.  `side` is a
    picture's width in inches; `columns` says how many go in a row, as many as fit if it is not given.
    """
    shown = [_picture(picture) for picture in pictures]
    if not shown or len(shown) > MAX_PICTURES or (titles is not None and len(titles) != len(shown)):
        refuse(
            f"请给出 1 到 {MAX_PICTURES} 张图片，并且每张一个标题。",
            f"Give 1 to {MAX_PICTURES} pictures, and one title for each.",
        )
    width = max([side, *(text_width(title, LARGE) for title in titles or ())])
    fitting = max(int((MAX_WIDTH + _GAP) / (width + _GAP)), 1)
    columns = min(columns or fitting, len(shown))
    rows = -(-len(shown) // columns)
    above = _TITLE if titles else 0.0
    size = (columns * (width + _GAP) + _GAP, rows * (side + above + _GAP) + _GAP)
    if size[0] > MAX_WIDTH + 2 * _GAP or size[1] > MAX_HEIGHT:
        refuse_size()
    low, high = _range(shown)
    figure = plt.figure(figsize=size, dpi=DPI, facecolor=PAPER)
    for number, picture in enumerate(shown):
        row, column = divmod(number, columns)
        left = _GAP + column * (width + _GAP) + (width - side) / 2
        top = _GAP + row * (side + above + _GAP) + above
        axes = figure.add_axes((left / size[0], 1 - (top + side) / size[1], side / size[0], side / size[1]))
        axes.imshow(picture.numpy(), cmap="gray", vmin=low, vmax=high, interpolation="nearest")
        axes.set_axis_off()
        if titles:
            axes.set_title(titles[number], fontsize=LARGE, fontfamily=FONT, color=INK, pad=4)


def _picture(tensor: torch.Tensor) -> torch.Tensor:
    """What `imshow` takes: (h, w), or (h, w, 3) with values from 0 to 1."""
    if not isinstance(tensor, torch.Tensor):
        found = type(tensor).__name__
        refuse(
            f"只能画 torch.Tensor，得到的是 {found}：请先转换成张量。",
            f"Only a torch.Tensor can be drawn, not a {found}: convert it to a tensor.",
        )
    picture = tensor.detach().cpu()
    if picture.ndim == 3 and picture.shape[0] == 1:
        picture = picture[0]
    if picture.ndim == 3 and picture.shape[0] == 3:
        scaled = picture / 255 if picture.dtype == torch.uint8 else picture.float()
        return scaled.permute(1, 2, 0).clamp(0, 1)
    if picture.ndim != 2:
        refuse(
            f"图片的形状应为 (h, w)、(1, h, w) 或 (3, h, w)，得到 {tuple(tensor.shape)}。",
            f"A picture's shape is (h, w), (1, h, w) or (3, h, w), not {tuple(tensor.shape)}.",
        )
    return picture.float()


def _range(pictures: Sequence[torch.Tensor]) -> tuple[float, float]:
    """The least and the greatest value of the grey ones; 0 and 1 if there is nothing between."""
    grey = [picture for picture in pictures if picture.ndim == 2 and picture.numel()]
    if not grey:
        return 0.0, 1.0
    low = min(picture.min().item() for picture in grey)
    high = max(picture.max().item() for picture in grey)
    return (low, high) if low < high else (low, low + 1)
