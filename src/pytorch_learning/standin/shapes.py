"""What every garment is drawn with: the pixel grid, soft shapes on it, and random measures.

A batch of `n` pictures is an array of shape (n, 28, 28). A measure of each picture, such as a width in
pixels, has shape (n, 1, 1), so that formulas read as if they were about one picture. Shapes are *covers*: the
share of each pixel, from 0 to 1, that the shape covers.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating]
Range: TypeAlias = tuple[float, float]
Measures: TypeAlias = dict[str, Array]

SIZE = 28
ROWS: Array = np.arange(SIZE, dtype=np.float32)[:, None]
COLS: Array = np.arange(SIZE, dtype=np.float32)[None, :]
CENTRE = (SIZE - 1) / 2


@dataclass(frozen=True, kw_only=True)
class Style:
    """One way a garment can look: its share of its class, and in every other field the range of a measure."""

    share: float


def measure(styles: Sequence[Style], rng: np.random.Generator, n: int) -> Measures:
    """Choose for `n` pictures a style each and, uniformly within its ranges, measures of shape (n, 1, 1)."""
    tables = [asdict(style) for style in styles]
    shares = np.array([table.pop("share") for table in tables])
    ranges = np.array([list(table.values()) for table in tables])
    style = rng.choice(len(styles), size=n, p=shares / shares.sum())
    low, high = ranges[style, :, 0], ranges[style, :, 1]
    values = (low + (high - low) * rng.random(low.shape)).astype(np.float32)
    return {name: values[:, i, None, None] for i, name in enumerate(tables[0])}


def cover(inside: Array) -> Array:
    """Share of each pixel that a shape covers, from the distance to its edge in pixels, positive inside."""
    return np.clip(inside + 0.5, 0, 1)


def ramp(x: Array, start: Array | float, stop: Array | float) -> Array:
    """Rise smoothly from 0 at `start` to 1 at `stop`."""
    t = np.clip((x - start) / np.maximum(stop - start, 1e-3), 0, 1)
    return t * t * (3 - 2 * t)


def line(distance: Array, width: Array | float) -> Array:
    """Cover of a line, from the distance to its middle and its width, in pixels and also below one."""
    return np.clip(width / 2 + 0.5 - np.abs(distance), 0, np.minimum(width, 1))


def rounded_box(x: Array, y: Array, half_width: Array, half_height: Array, radius: Array) -> Array:
    """Signed distance to a box around (0, 0) with rounded corners, positive inside."""
    qx = np.abs(x) - half_width + radius
    qy = np.abs(y) - half_height + radius
    return radius - np.hypot(np.maximum(qx, 0), np.maximum(qy, 0)) - np.minimum(np.maximum(qx, qy), 0)


def limb(x: Array, y: Array, angle: Array, length: Array, start: Array, end: Array) -> Array:
    """Signed distance to a limb that hangs from (0, 0), `angle` radians off the vertical, in pixels.

    `start` and `end` are its half-widths.
    """
    sin, cos = np.sin(angle), np.cos(angle)
    along = x * sin + y * cos
    across = np.abs(x * cos - y * sin)
    width = start + (end - start) * np.clip(along / np.maximum(length, 1), 0, 1)
    return np.minimum(np.minimum(width - across, length - along), along + start)


def wave(across: Array, down: Array, phase: Array) -> Array:
    """A plane wave from -1 to 1; `across` and `down`: cycles over the frame, `phase`: cycles."""
    a = 2 * np.pi * (across * COLS / SIZE + phase)
    b = 2 * np.pi * down * ROWS / SIZE
    # The sine of a sum, taken apart, needs sines of 28 + 28 numbers and not of 28 * 28.
    return np.sin(a) * np.cos(b) + np.cos(a) * np.sin(b)
