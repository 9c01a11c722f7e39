"""What garments are made of: brightness, stripes, checks, prints, folds and grain."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .shapes import CENTRE, COLS, ROWS, SIZE, Array, Range, Style, cover, measure, wave


@dataclass(frozen=True, kw_only=True)
class Fabric(Style):
    """Up to three sharpened waves (cycles over the frame), all over or in a window (pixels).

    The waves run along (`across`, `down`), (`warp`, `weft`) and, diagonally, `third`; a `warp` or `third`
    of 0 leaves its wave out. `speckle` is the contrast of spots on top of them.
    """

    contrast: Range = (0, 0)
    down: Range = (0, 0)
    across: Range = (0, 0)
    weft: Range = (0, 0)
    warp: Range = (0, 0)
    third: Range = (0, 0)
    sharp: Range = (1, 4)
    half_width: Range = (20, 20)
    half_height: Range = (20, 20)
    window: Range = (0, 0)
    speckle: Range = (0, 0)


PRINT = {"speckle": (0.15, 0.45), "down": (1, 4), "across": (1, 4), "contrast": (0, 0.15)}
BADGE = {
    "down": (3, 11),
    "across": (2, 5),
    "warp": (3, 11),
    "third": (3, 9),
    "half_width": (2, 5),
    "half_height": (1, 5),
    "window": (-5, 0),
}
CASUAL = (
    Fabric(share=0.56),
    Fabric(share=0.1, contrast=(0.1, 0.5), down=(3, 10)),
    Fabric(share=0.03, contrast=(0.1, 0.4), across=(4, 11)),
    Fabric(share=0.04, contrast=(0.1, 0.3), down=(4, 8), warp=(4, 8), sharp=(0.5, 2)),
    Fabric(share=0.08, **PRINT),
    Fabric(share=0.12, contrast=(0.2, 0.7), **BADGE),
    Fabric(share=0.07, contrast=(0.1, 0.5), down=(0.6, 1.6), sharp=(4, 9)),
)
SOBER = (
    Fabric(share=0.8),
    Fabric(share=0.07, **PRINT),
    Fabric(share=0.05, contrast=(0.1, 0.3), down=(4, 8), warp=(4, 8), sharp=(0.5, 2)),
    Fabric(share=0.04, contrast=(0.1, 0.4), down=(3, 10)),
    Fabric(share=0.04, contrast=(0.1, 0.4), down=(0.6, 1.6), sharp=(4, 9)),
)
DRESSY = (
    Fabric(share=0.62),
    Fabric(share=0.16, **PRINT),
    Fabric(share=0.08, contrast=(0.1, 0.4), down=(4, 8), warp=(4, 8), sharp=(0.5, 2)),
    Fabric(share=0.08, contrast=(0.1, 0.4), down=(3, 10)),
    Fabric(share=0.06, contrast=(0.1, 0.4), across=(4, 11)),
)
LEATHER = (
    Fabric(share=0.8),
    Fabric(share=0.12, **PRINT),
    Fabric(share=0.08, contrast=(0.1, 0.4), down=(3, 9), across=(0, 3)),
)


def pattern(rng: np.random.Generator, n: int, fabrics: Sequence[Fabric]) -> Array:
    """Relative change of brightness of `n` fabrics, shape (n, 28, 28)."""
    f = measure(fabrics, rng, n)
    phase = rng.random((3, n, 1, 1), dtype=np.float32)
    weave = wave(f["across"], f["down"], phase[0])
    weave += wave(f["warp"], f["weft"], phase[1]) * (f["warp"] > 0)
    weave += wave(-f["third"], f["third"], phase[2]) * (f["third"] > 0)
    window = cover(f["half_width"] - np.abs(COLS - CENTRE)) * cover(
        f["half_height"] - np.abs(ROWS - CENTRE - f["window"])
    )
    sign = np.where(rng.random((n, 1, 1)) < 0.5, -1, 1).astype(np.float32)
    change = sign * f["contrast"] * window * np.clip(f["sharp"] * weave, -1, 1)
    printed = np.flatnonzero(f["speckle"])
    change[printed] += f["speckle"][printed] * speckles(rng, len(printed))
    return change


def speckles(rng: np.random.Generator, n: int) -> Array:
    """Irregular spots a few pixels wide, like flowers seen from afar: from -1 to 1, shape (n, 28, 28)."""
    noise = rng.standard_normal((n, SIZE, SIZE), dtype=np.float32)
    noise += np.roll(noise, 1, axis=1)
    noise += np.roll(noise, 1, axis=2)
    return np.clip(noise, -1, 1)


def tone(rng: np.random.Generator, n: int, quantiles: Sequence[float]) -> Array:
    """Brightness of `n` garments, shape (n, 1, 1), by its quantiles 0, 5, 25, 50, 75, 95 and 100 %."""
    brightness = np.interp(rng.random(n), (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1), quantiles)
    return brightness.astype(np.float32)[:, None, None]


def cloth(rng: np.random.Generator, n: int, quantiles: Sequence[float], fabrics: Sequence[Fabric]) -> Array:
    """Brightness of `n` pieces of cloth, about 0 to 1, shape (n, 28, 28): tone, pattern, folds and grain."""
    uniform = rng.random((6, n, 1, 1), dtype=np.float32)
    folds = wave(4 * uniform[0] - 2, 3 * uniform[1] - 1.5, uniform[2])
    grain = rng.standard_normal((n, SIZE, SIZE), dtype=np.float32)
    surface = tone(rng, n, quantiles) * (1 + pattern(rng, n, fabrics))
    return surface + (0.02 + 0.08 * uniform[3]) * folds + (0.01 + 0.06 * uniform[4] ** 2) * grain
