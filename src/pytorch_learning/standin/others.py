"""Trousers and bags."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .fabrics import Fabric, cloth
from .shapes import CENTRE, COLS, ROWS, Array, Range, Style, cover, line, measure, ramp, rounded_box


@dataclass(frozen=True, kw_only=True)
class Trouser(Style):
    """Measures in pixels; `crotch` and `knee_at` in lengths; the rest is brightness."""

    length: Range = (26, 28)
    lean: Range = (-0.05, 0.05)
    shift: Range = (-0.5, 0.5)
    waist: Range = (3.2, 4.8)
    hip: Range = (4.2, 6)
    hip_at: Range = (0.15, 0.3)
    knee: Range = (3.6, 6)
    hem: Range = (3.6, 6.5)
    crotch: Range = (0.27, 0.42)
    gap: Range = (0.5, 2.5)
    band: Range = (-0.3, 0.2)
    fly: Range = (-0.35, 0)
    crease: Range = (-0.15, 0.2)
    pocket: Range = (-0.3, 0.2)
    worn: Range = (0, 0.3)


def draw_trousers(
    styles: Sequence[Trouser],
    fabrics: Sequence[Fabric],
    tones: Sequence[float],
    rng: np.random.Generator,
    n: int,
) -> Array:
    """Draw `n` pairs of trousers, brightness from 0 to 1, shape (n, 28, 28)."""
    p = measure(styles, rng, n)
    y = (ROWS - CENTRE + p["length"] / 2) / p["length"]
    x = np.abs(COLS - CENTRE - p["shift"] - p["lean"] * (ROWS - CENTRE))
    width = p["waist"] + (p["hip"] - p["waist"]) * ramp(y, 0, p["hip_at"])
    width = width + (p["knee"] - p["hip"]) * ramp(y, p["hip_at"], 0.6)
    width = width + (p["hem"] - p["knee"]) * ramp(y, 0.6, 1)
    gap = p["gap"] * ramp(y, p["crotch"] - 0.02, 1) + 0.5 * (y > p["crotch"])
    shape = cover(width - x) * cover(y * p["length"]) * cover((1 - y) * p["length"] - 0.5)
    shape = shape * np.where(y > p["crotch"], cover(x - gap), 1)
    leg = (width + gap) / 2
    change = p["band"] * cover(2 - y * p["length"]) + p["fly"] * line(x, 1) * (y < p["crotch"])
    change += p["crease"] * line(x - leg, 1) * (y > p["crotch"])
    change += p["pocket"] * line(y - 0.12 - 0.02 * x, 0.06) * (x > 0.4 * width)
    change += p["worn"] * ramp(y, 0.3, 0.5) * (1 - ramp(y, 0.5, 0.75)) * cover(1.2 - np.abs(x - leg))
    return shape * np.clip(cloth(rng, n, tones, fabrics) + change, 0.03, 1)


@dataclass(frozen=True, kw_only=True)
class Bag(Style):
    """Measures in pixels; `flap` in heights of the body; the rest is brightness."""

    height: Range = (14, 20)
    top_width: Range = (10, 13)
    bottom_width: Range = (11, 13.5)
    corner: Range = (1, 4)
    shift: Range = (-0.5, 0.5)
    handle: Range = (4, 9)
    handle_width: Range = (4, 8)
    handle_line: Range = (0.8, 1.8)
    handle_tone: Range = (0.4, 1)
    flap: Range = (0.25, 0.7)
    flap_bow: Range = (0, 5)
    flap_line: Range = (-0.4, 0.2)
    flap_tone: Range = (-0.15, 0.15)
    clasp: Range = (-0.5, 0.5)
    clasp_size: Range = (0, 1.6)
    piping: Range = (-0.3, 0.2)


def draw_bags(
    styles: Sequence[Bag],
    fabrics: Sequence[Fabric],
    tones: Sequence[float],
    rng: np.random.Generator,
    n: int,
) -> Array:
    """Draw `n` bags, brightness from 0 to 1, shape (n, 28, 28)."""
    p = measure(styles, rng, n)
    handle = np.maximum(p["handle"], 0)
    top = CENTRE - (p["height"] + handle) / 2 + handle
    x = np.abs(COLS - CENTRE - p["shift"])
    y = ROWS - top
    width = p["top_width"] + (p["bottom_width"] - p["top_width"]) * np.clip(y / p["height"], 0, 1)
    inside = rounded_box(x, y - p["height"] / 2, width, p["height"] / 2, p["corner"])
    body = cover(inside)
    arch = np.hypot(x / p["handle_width"], np.minimum(y, 0) / np.maximum(handle, 1)) - 1
    strap = line(arch * np.minimum(p["handle_width"], np.maximum(handle, 1)), p["handle_line"])
    strap = strap * (y < 1) * (p["handle"] > 0)
    edge = y - p["flap"] * p["height"] + p["flap_bow"] * (x / width) ** 2
    change = p["flap_tone"] * cover(-edge) + p["flap_line"] * line(edge, 1)
    change += p["piping"] * line(inside - 1, 1)
    change += p["clasp"] * cover(p["clasp_size"] - np.maximum(x, np.abs(edge))) * (p["clasp_size"] > 0.4)
    surface = cloth(rng, n, tones, fabrics)
    light = np.clip(surface + change, 0.03, 1)
    return body * light + (1 - body) * strap * p["handle_tone"] * np.clip(surface, 0.1, 1)
