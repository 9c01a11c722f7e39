"""Colours that colour-blind people can tell apart, and ink that can be read on each of them."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib
import torch
from matplotlib.colors import to_hex, to_rgb

# Okabe and Ito's palette.  Only the members that black ink can be read on fill cells.
SKY = "#56b4e9"
ORANGE = "#e69f00"
GREEN = "#009e73"
VERMILLION = "#d55e00"
BLUE = "#0072b2"
RUST = "#b34f00"  # vermillion that can be read as text on white

# The first input and the second, and their hatching: meaning never hangs on a colour alone.
CATEGORIES = (SKY, ORANGE)
HATCHED = (False, True)

INK = "#1a1a1a"
PAPER = "#ffffff"
PALE = "#f1f1f1"
GRID = "#8a8a8a"
QUIET = "#5c5c5c"  # for secondary text: 6.6 to 1 on white

# Viridis without its darkest third, and with some white: numbers have to be read on it.
_VIRIDIS_FROM, _VIRIDIS_TO, _WHITE = 0.35, 1.0, 0.25


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    red, green, blue = (
        a * (1 - share) + b * share for a, b in zip(to_rgb(colour), to_rgb(other), strict=True)
    )
    return to_hex((red, green, blue))


def luminance(colour: str) -> float:
    """The relative luminance that WCAG defines: 0 is black, 1 is white."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(face: str) -> str:
    """The ink, dark or white, that is easier to read on `face`."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, face))


def scale(share: float) -> str:
    """The colour of a value that lies at `share` (0 to 1) of the way from the least to the greatest."""
    position = _VIRIDIS_FROM + (_VIRIDIS_TO - _VIRIDIS_FROM) * min(max(share, 0.0), 1.0)
    return mix(to_hex(matplotlib.colormaps["viridis"](position)), PAPER, _WHITE)


def value_colours(tensors: Sequence[torch.Tensor]) -> list[list[str]]:
    """A colour for each element of each tensor, in reading order.

    One scale serves all tensors of a figure, so that the same colour is the same value; inf and nan are grey.
    """
    numbers = [magnitudes(tensor) for tensor in tensors]
    finite = torch.cat([flat[flat.isfinite()] for flat in numbers])
    low, high = (finite.min().item(), finite.max().item()) if finite.numel() else (0.0, 0.0)
    return [[_colour(value, low, high) for value in flat.tolist()] for flat in numbers]


def magnitudes(tensor: torch.Tensor) -> torch.Tensor:
    """The elements as float64, shape (numel,); of complex ones the absolute value."""
    flat = tensor.detach().cpu().reshape(-1)
    return flat.abs().double() if flat.is_complex() else flat.double()


def _colour(value: float, low: float, high: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return "#d0d0d0"
    # Halves first: the distance between two float64 may overflow where half of it does not.
    distance = high / 2 - low / 2
    return scale(0.6 if distance == 0 else (value / 2 - low / 2) / distance)
