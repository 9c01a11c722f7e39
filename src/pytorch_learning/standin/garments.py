"""The ten classes: how each of them looks, as shares of styles and ranges of measures.

The shares and ranges are tuned so that networks do as well as on the real pictures. Where classes overlap,
they do so on purpose: T-shirts with a hint of an opening, shirts without one, coats as narrow as dresses,
sandals without gaps. These put a ceiling on what any network can reach.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from .fabrics import CASUAL, DRESSY, LEATHER, SOBER
from .others import Bag, Trouser, draw_bags, draw_trousers
from .shapes import Array
from .shoes import Shoe, draw_shoes
from .tops import Top, draw_tops

# Brightness at its quantiles 0, 5, 25, 50, 75, 95 and 100 %.
SOFT = (0.1, 0.28, 0.5, 0.73, 0.87, 0.96, 1)
BRIGHT = (0.18, 0.45, 0.68, 0.8, 0.88, 0.96, 1)
MIDDLE = (0.2, 0.42, 0.54, 0.64, 0.75, 0.9, 1)

SHORT = {
    "chest": (6.4, 8),
    "waist": (6.2, 8),
    "hem": (6.2, 8.2),
    "sleeve": (5, 9),
    "angle": (0.5, 0.85),
    "armhole": (2.6, 3.6),
    "cuff": (2.2, 3.2),
}
KNITTED = {"length": (24.4, 27.4), "waist": (5.9, 7.7), "hem": (5.9, 7.8), "cuff": (1.35, 2.1)}
SLIM = {
    "length": (25.2, 28),
    "waist": (5.5, 7.2),
    "hem": (5.7, 7.6),
    "armhole": (1.9, 2.7),
    "cuff": (1.2, 1.8),
}
ROOMY = {"length": (25.6, 28), "shoulder": (7.2, 8.8), "armhole": (2.1, 3), "neck_power": (0.7, 1.5)}
SLEEVELESS = {"sleeve": (-3, 1), "shoulder": (4.5, 7)}
HOODED = {"hood": (3, 4.5), "length": (23, 26), "sleeve": (17, 20)}
FRONT = {"opening": (-0.3, 0.12), "collar": (-0.25, 0.2), "buttons": (-0.3, 0.3), "neck_power": (0.8, 1.5)}
TUNIC = {
    "length": (27, 28),
    "shoulder": (4.5, 6),
    "chest": (4.5, 6),
    "waist": (4.5, 6),
    "hem": (5, 7),
    "sleeve": (-3, 6),
    "angle": (0.5, 0.8),
    "armhole": (1.6, 2.4),
    "cuff": (1.5, 2.2),
}
LONG_COAT = {
    "length": (27, 28),
    "shoulder": (5, 7),
    "chest": (4.5, 6.5),
    "waist": (4.5, 6.5),
    "hem": (5, 7.5),
    "sleeve": (14, 20),
    "opening": (-0.3, 0),
}
GOWN = {"length": (27, 28), "neck": (1.5, 2.8), "belt": (-0.2, 0.2)}
FITTED = {"shoulder": (4.4, 6), "chest": (4, 5.5), "waist": (3.5, 5.5), **GOWN}

T_SHIRTS = (
    Top(share=0.65, **SHORT),
    Top(share=0.12, opening=(-0.25, 0.1), collar=(-0.2, 0.1), **SHORT),
    Top(share=0.17, **SLEEVELESS),
    Top(share=0.03, length=(26, 28), sleeve=(12, 22)),
    Top(share=0.03, **TUNIC),
)
PULLOVERS = (
    Top(share=0.73, rib=(-0.15, 0.1), **KNITTED),
    Top(share=0.12, **HOODED),
    Top(share=0.09, opening=(-0.3, 0.1), rib=(-0.15, 0.1), collar=(-0.2, 0.2), **KNITTED),
    Top(share=0.06, **SLIM),
)
DRESSES = (
    Top(
        share=0.42,
        shoulder=(3.4, 5.5),
        chest=(3.5, 5.5),
        waist=(3, 5.5),
        hem=(4.5, 9.5),
        sleeve=(-3, 1),
        **GOWN,
    ),
    Top(
        share=0.33, hem=(4, 9), sleeve=(4, 7), angle=(0.4, 0.8), armhole=(1.6, 2.4), cuff=(1.5, 2.2), **FITTED
    ),
    Top(
        share=0.18, hem=(4, 8.5), sleeve=(12, 19), angle=(0.1, 0.3), armhole=(1.3, 2), cuff=(1, 1.5), **FITTED
    ),
    Top(share=0.04, **LONG_COAT),
    Top(share=0.03, **TUNIC),
)
COATS = (
    Top(
        share=0.71,
        opening=(-0.55, -0.08),
        opening_width=(0.6, 1.4),
        collar=(-0.3, 0.2),
        pockets=(-0.25, 0.1),
        **ROOMY,
    ),
    Top(share=0.17, opening=(-0.4, 0.3), **HOODED),
    Top(share=0.04, **LONG_COAT),
    Top(share=0.05, **FRONT, **SLIM),
    Top(share=0.03, rib=(-0.15, 0.1), **KNITTED),
)
SHIRTS = (
    Top(share=0.51, **FRONT, **SLIM),
    Top(share=0.07, rib=(-0.15, 0.1), **KNITTED),
    Top(share=0.04, opening=(-0.4, 0), collar=(-0.3, 0.2), **ROOMY),
    Top(share=0.28, **FRONT, **SHORT),
    Top(share=0.06, **SHORT),
    Top(share=0.04, **TUNIC),
)
TROUSERS = (
    Trouser(share=0.92),
    Trouser(
        share=0.05, length=(18, 24), waist=(6, 8), hip=(7, 9), knee=(8, 10), hem=(8, 11), crotch=(0.5, 0.6)
    ),
    Trouser(share=0.03, crotch=(0.8, 0.95), gap=(0, 0.5), fly=(0, 0), pocket=(0, 0)),
)
BAGS = (
    Bag(share=0.5),
    Bag(share=0.25, handle=(-1, 0)),
    Bag(share=0.25, height=(12, 17), top_width=(7, 11), bottom_width=(7, 12), handle=(9, 14)),
)
STRAPPY = {
    "toe": (2, 4),
    "instep": (3, 5.5),
    "open": (0.9, 1),
    "strap_period": (0.15, 0.35),
    "strap_width": (0.4, 0.65),
    "strap_from": (0.05, 0.2),
    "strap_to": (0.5, 0.9),
    "rim": (1, 2.5),
}
HIGH_HEELED = {
    "length": (22, 27),
    "shaft": (8, 14),
    "heel": (5, 13),
    "heel_width": (0.1, 0.3),
    "taper": (0, 0.08),
}
SANDALS = (
    Shoe(share=0.5, shaft=(4, 9), heel=(0, 2), **STRAPPY),
    Shoe(share=0.46, **HIGH_HEELED, **STRAPPY),
    Shoe(share=0.04, open=(0, 0.6)),
)
SNEAKERS = (
    Shoe(share=0.88),
    Shoe(share=0.12, instep=(6.5, 9), shaft=(9, 14)),
)
BOOTS = (
    Shoe(share=0.57, toe=(4, 6), instep=(7, 9), shaft=(14, 22), dip=(0, 1), sole=(1.5, 3), heel=(0, 1.5)),
    Shoe(
        share=0.38,
        length=(20, 26),
        toe=(3, 5),
        instep=(6, 9),
        shaft=(14, 20),
        dip=(0, 1),
        sole=(1, 2),
        heel=(3, 9),
    ),
    Shoe(share=0.05, instep=(6.5, 9), shaft=(11, 15)),
)

Drawing = Callable[[np.random.Generator, int], Array]
CLASSES: tuple[Drawing, ...] = (
    partial(draw_tops, T_SHIRTS, CASUAL, SOFT),
    partial(draw_trousers, TROUSERS, SOBER, BRIGHT),
    partial(draw_tops, PULLOVERS, CASUAL, SOFT),
    partial(draw_tops, DRESSES, DRESSY, BRIGHT),
    partial(draw_tops, COATS, SOBER, BRIGHT),
    partial(draw_shoes, SANDALS, LEATHER, MIDDLE),
    partial(draw_tops, SHIRTS, DRESSY, SOFT),
    partial(draw_shoes, SNEAKERS, LEATHER, MIDDLE),
    partial(draw_bags, BAGS, SOBER, BRIGHT),
    partial(draw_shoes, BOOTS, LEATHER, BRIGHT),
)
