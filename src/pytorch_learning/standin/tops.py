"""T-shirts, pullovers, dresses, coats and shirts: one drawing with different measures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .fabrics import Fabric, cloth
from .shapes import CENTRE, COLS, ROWS, Array, Measures, Range, Style, cover, limb, line, measure, ramp


@dataclass(frozen=True, kw_only=True)
class Top(Style):
    """Measures in pixels; `angle` in radians off the vertical; `waist_at` in lengths; the rest is brightness.

    A sleeve or hood shorter than a pixel is not there.
    """

    length: Range = (25, 28)
    lean: Range = (-0.04, 0.04)
    shift: Range = (-0.5, 0.5)
    shoulder: Range = (7, 8.6)
    chest: Range = (6, 7.6)
    waist: Range = (5.8, 7.6)
    hem: Range = (5.8, 7.8)
    waist_at: Range = (0.45, 0.65)
    slope: Range = (2, 4)
    neck: Range = (2.5, 4.2)
    neck_depth: Range = (1, 3.6)
    neck_power: Range = (1.2, 3)
    lining: Range = (0, 0.5)
    sleeve: Range = (19, 23)
    angle: Range = (0.14, 0.27)
    armhole: Range = (2, 2.9)
    cuff: Range = (1.3, 2)
    seam: Range = (0, 0.45)
    collar: Range = (0, 0)
    collar_size: Range = (1.5, 3)
    opening: Range = (0, 0)
    opening_width: Range = (0.5, 1)
    buttons: Range = (0, 0)
    rib: Range = (0, 0)
    pockets: Range = (0, 0)
    belt: Range = (0, 0)
    hood: Range = (0, 0)


def outline(p: Measures) -> tuple[Array, Array, Array, Array]:
    """Columns from the middle line, rows from the top, half-width at each row, upper edge at each column."""
    y = ROWS - (CENTRE + 0.5 - p["length"] / 2 + 0.6 * p["hood"])
    x = np.abs(COLS - CENTRE - p["shift"] - p["lean"] * (ROWS - CENTRE))
    waist_at = p["waist_at"] * p["length"]
    width = p["shoulder"] + (p["chest"] - p["shoulder"]) * ramp(y, p["slope"], 0.3 * p["length"])
    width = width + (p["waist"] - p["chest"]) * ramp(y, 0.3 * p["length"], waist_at)
    width = width + (p["hem"] - p["waist"]) * ramp(y, waist_at, p["length"])
    shoulder_line = p["slope"] * (x - p["neck"]) / np.maximum(p["shoulder"] - p["neck"], 1)
    neckline = p["neck_depth"] * (1 - np.minimum(x / p["neck"], 1) ** p["neck_power"])
    return x, y, width, np.where(x < p["neck"], neckline, shoulder_line)


def details(p: Measures, x: Array, y: Array, width: Array, top: Array) -> Array:
    """Change of brightness by what lies on the cloth: collar, opening, buttons, seams, rib, pockets, belt."""
    below_neck = y > p["neck_depth"]
    change = p["collar"] * cover(p["collar_size"] - (y - top)) * (x < p["neck"] + 1.5)
    change += p["opening"] * line(x, p["opening_width"]) * below_neck
    change += p["buttons"] * line(x, 1.4) * (np.abs(y % 4 - 2) < 0.8) * below_neck
    change -= p["seam"] * line(x - width, 1.2) * (p["sleeve"] > 2)
    change += p["rib"] * cover(y - p["length"] + 2)
    change += p["pockets"] * line(y - 0.68 * p["length"], 1) * line(x - 0.55 * p["hem"], 3)
    change += p["belt"] * line(y - p["waist_at"] * p["length"], 1.5)
    return change


def draw_tops(
    styles: Sequence[Top],
    fabrics: Sequence[Fabric],
    tones: Sequence[float],
    rng: np.random.Generator,
    n: int,
) -> Array:
    """Draw `n` garments, brightness from 0 to 1, shape (n, 28, 28)."""
    p = measure(styles, rng, n)
    x, y, width, top = outline(p)
    body = cover(width - x) * cover(y - top) * cover(p["length"] - 1 - y)
    from_shoulder = x - p["shoulder"] + p["armhole"], y - p["slope"] - p["armhole"] + 1
    arm = cover(limb(*from_shoulder, p["angle"], p["sleeve"], p["armhole"], p["cuff"]))
    arm = arm * cover(y - top) * (p["sleeve"] > 1)
    hood = cover(p["hood"] - np.hypot(x, 0.9 * y)) * (p["hood"] > 1)
    neck_hole = cover(p["neck"] - x) * cover(y) * cover(top - y)
    surface = cloth(rng, n, tones, fabrics)
    light = np.clip(surface + details(p, x, y, width, top), 0.03, 1)
    shape = np.maximum(np.maximum(body, arm), hood)
    return shape * light + (1 - shape) * neck_hole * p["lining"] * surface
