"""Sandals, sneakers and ankle boots: one drawing with different measures, from the side, toes left."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .fabrics import Fabric, cloth
from .shapes import CENTRE, COLS, ROWS, SIZE, Array, Measures, Range, Style, cover, line, measure, ramp


@dataclass(frozen=True, kw_only=True)
class Shoe(Style):
    """A shoe from the toe, 0, to the heel, 1.

    In pixels: `length`, the heights `toe`, `instep`, `shaft`, `dip`, `sole`, `heel`, and `rim`. In
    brightness: `*_tone` and `panel`. `open` is the share of the upper that is cut out between the straps,
    `strap_width` is in periods, `strap_slant` in lengths per pixel of height; all else is in lengths.
    """

    length: Range = (25, 27.5)
    toe: Range = (3, 4.6)
    toe_round: Range = (0.1, 0.3)
    instep: Range = (5.5, 8)
    vamp: Range = (0.1, 0.25)
    throat: Range = (0.42, 0.55)
    rise: Range = (0.08, 0.2)
    shaft: Range = (7, 10)
    dip: Range = (0.5, 2.5)
    back: Range = (-0.05, 0.08)
    sole: Range = (1.2, 2.6)
    sole_tone: Range = (-0.35, 0.5)
    heel: Range = (0, 0.6)
    heel_width: Range = (0.2, 0.3)
    taper: Range = (0, 0.2)
    arch: Range = (0.3, 0.5)
    open: Range = (0, 0)
    strap_period: Range = (0.12, 0.3)
    strap_width: Range = (0.3, 0.5)
    strap_slant: Range = (-0.05, 0.05)
    strap_tone: Range = (-0.4, 0.4)
    strap_from: Range = (0.25, 0.45)
    strap_to: Range = (0.5, 0.75)
    rim: Range = (0.5, 1.5)
    rim_tone: Range = (-0.3, 0.3)
    counter: Range = (0, 0.15)
    panel: Range = (-0.3, 0.3)
    panel_at: Range = (0.6, 0.85)


def profile(p: Measures, u: Array) -> tuple[Array, Array]:
    """Heights in pixels, at `u` lengths from the toe: of the sole off the ground, and of the upper."""
    lift = p["heel"] * ramp(u, p["arch"], 0.9)
    upper = p["toe"] + (p["instep"] - p["toe"]) * ramp(u, p["vamp"], p["throat"])
    upper = upper + (p["shaft"] - p["instep"]) * ramp(u, p["throat"], p["throat"] + p["rise"])
    upper = upper - p["dip"] * ramp(u, p["throat"] + 0.05, 0.75) * (1 - ramp(u, 0.8, 1))
    return lift, upper * np.sqrt(np.clip((u + 0.03) / p["toe_round"], 0.05, 1))


def straps(p: Measures, u: Array, height: Array) -> Array:
    """Cover of slanted straps, which are a sandal's upper and a sneaker's stripes and laces."""
    at = u - p["strap_slant"] * height
    phase = (at - p["strap_from"]) / p["strap_period"]
    away = np.abs(phase - np.floor(phase) - 0.5) * p["strap_period"] * p["length"]
    width = p["strap_width"] * p["strap_period"] * p["length"]
    return line(away, width) * ((at > p["strap_from"]) & (at < p["strap_to"]))


def draw_shoes(
    styles: Sequence[Shoe],
    fabrics: Sequence[Fabric],
    tones: Sequence[float],
    rng: np.random.Generator,
    n: int,
) -> Array:
    """Draw `n` shoes, brightness from 0 to 1, shape (n, 28, 28)."""
    p = measure(styles, rng, n)
    tall = p["heel"] + p["sole"] + np.maximum(p["shaft"], p["instep"])
    ground = CENTRE + np.minimum(tall, SIZE) / 2
    u = (COLS - CENTRE) / p["length"] + 0.5
    lift, top = profile(p, u)
    height = ground - ROWS - lift - p["sole"]
    # A shaft leans back or forward, so the heel's end moves with the height.
    ends = cover(u * p["length"]) * cover((1 - u - p["back"] * ramp(height, 3, 14)) * p["length"])
    upper = cover(top - height) * cover(height) * ends
    bands = straps(p, u, height)
    rim = cover(p["rim"] - (top - height)) * (u > p["throat"] - 0.1)
    counter = cover((u - 1 + p["counter"]) * p["length"])
    closed = np.maximum(np.maximum(bands, rim), counter)
    upper = upper * (1 - p["open"] * (1 - closed))
    sole = cover(-height) * cover(height + p["sole"]) * ends
    under = ground - ROWS
    block = p["heel_width"] - p["taper"] * (1 - np.clip(under / np.maximum(lift, 1), 0, 1))
    heel = cover(under) * cover(lift - under + 0.5) * cover((u - 1 + block) * p["length"]) * ends
    surface = cloth(rng, n, tones, fabrics)
    light = surface + (1 - p["open"]) * (p["strap_tone"] * bands + p["rim_tone"] * rim)
    light += p["panel"] * (1 - p["open"]) * cover((u - p["panel_at"]) * p["length"])
    ground_light = np.clip(surface + p["sole_tone"], 0.1, 1)
    bottom = np.maximum(sole, heel)
    return np.maximum(bottom * ground_light, (1 - bottom) * upper * np.clip(light, 0.05, 1))
