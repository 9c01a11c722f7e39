"""What the bits of a floating-point number are for: one is the sign, some are exponent, some fraction."""

from __future__ import annotations

from math import log2

import torch

from pytorch_learning.plots.canvas import LARGE, MEDIUM, SMALL, Canvas, text_width
from pytorch_learning.plots.palette import INK, ORANGE, PAPER, SKY, mix
from pytorch_learning.plots.values import refuse

_BIT = 0.17
_HEIGHT = 0.26
_ROW = 0.74
_NAME = 1.0
_PARTS = ("sign", "exponent", "fraction")
_FACES = (PAPER, mix(ORANGE, PAPER, 0.35), mix(SKY, PAPER, 0.35))


def parts(dtype: torch.dtype) -> tuple[int, int, int]:
    """How many bits of a float dtype are its sign, its exponent and its fraction."""
    info = torch.finfo(dtype)
    fraction = round(-log2(info.eps))
    return 1, info.bits - 1 - fraction, fraction


def float_formats(*dtypes: torch.dtype) -> None:
    """Draw the bits of each float dtype, with the range and the precision that follow from them."""
    if not dtypes or not all(isinstance(d, torch.dtype) and d.is_floating_point for d in dtypes):
        refuse(
            "只能画浮点 dtype，例如 float_formats(torch.float32, torch.bfloat16)。",
            "Only float dtypes can be drawn, as in float_formats(torch.float32, torch.bfloat16).",
        )
    if any(torch.finfo(dtype).bits not in (16, 32) for dtype in dtypes):
        refuse("只能画 16 位和 32 位的。", "Only dtypes of 16 and 32 bits can be drawn.")
    canvas = Canvas()
    width = 0.0
    for row, dtype in enumerate(dtypes):
        top = 0.2 + row * _ROW
        name = str(dtype).removeprefix("torch.")
        canvas.text((0, top + _HEIGHT / 2), name, size=LARGE, bold=True, horizontal="left", role="title")
        left = _NAME
        for part, face, bits in zip(_PARTS, _FACES, parts(dtype), strict=True):
            for bit in range(bits):
                corner = (left + bit * _BIT, top)
                canvas.rectangle(corner, (_BIT, _HEIGHT), face=face, edge=INK, role=part, width=0.9)
            label = f"{part} {bits}" if text_width(f"{part} {bits}", SMALL) < bits * _BIT else str(bits)
            label = "sign" if part == "sign" else label
            middle = left + bits * _BIT / 2
            canvas.text((middle, top - 0.1), label, size=SMALL, role="label")
            left += bits * _BIT
        info = torch.finfo(dtype)
        largest = f"{info.max:.0f}" if info.max < 1e6 else f"{info.max:.2g}"
        caption = f"max {largest}   tiny {info.tiny:.2g}   eps {info.eps:.2g}"
        canvas.text((_NAME, top + _HEIGHT + 0.11), caption, size=MEDIUM, horizontal="left", role="caption")
        width = max(width, left, _NAME + text_width(caption, MEDIUM))
    canvas.show(width, 0.2 + len(dtypes) * _ROW - 0.26)
