"""What the CPU and the GPU do when: a lane for each, time from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pytorch_learning.paper_gpu import Event, PaperGPU
from pytorch_learning.plots.canvas import MEDIUM, SMALL, Canvas, text_width
from pytorch_learning.plots.palette import GRID, INK, ORANGE, PALE, PAPER, QUIET, SKY, mix
from pytorch_learning.plots.values import refuse

_WIDTH = 8.2  # of the time axis
_LABEL = 0.5  # to its left, for the names of the lanes
_LANE = 0.3
_GAP = 0.06
_TITLE = 0.24
_BETWEEN = 0.2
_AXIS = 0.3
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # ms between two ticks
_MAX_TICKS = 12
WAITING = "wait"


def timeline(*gpus: PaperGPU, titles: Sequence[str] = ()) -> None:
    """Draw what the CPU and the GPU of each paper GPU did, all to one scale of time.

    Blue is work, on the GPU orange; a hatched box is waiting.  Names are left out where there is no room.
    """
    if not gpus or not all(isinstance(gpu, PaperGPU) and gpu.events for gpu in gpus):
        refuse(
            "请给出已经做过事的 PaperGPU，例如 timeline(gpu)。",
            "Give paper GPUs that have done something, such as timeline(gpu).",
        )
    if titles and len(titles) != len(gpus):
        refuse(
            f"{len(gpus)} 个 GPU，却有 {len(titles)} 个标题：一个配一个。",
            f"There are {len(gpus)} GPUs and {len(titles)} titles: give one for each.",
        )
    end = max(event.end for gpu in gpus for event in gpu.events)
    inch = _WIDTH / end
    canvas = Canvas()
    y = 0.0
    for number, gpu in enumerate(gpus):
        if titles:
            canvas.text((0, y + 0.08), titles[number], bold=True, horizontal="left", role="title")
            y += _TITLE
        for lane in ("CPU", "GPU"):
            canvas.text((0, y + _LANE / 2), lane, horizontal="left", role="lane")
            canvas.rectangle((_LABEL, y), (_WIDTH, _LANE), face=PALE, edge=PALE, role="ground", order=0.5)
            for event in gpu.events:
                if event.lane == lane:
                    _bar(canvas, event, y, inch)
            y += _LANE + _GAP
        y += _BETWEEN
    y -= _BETWEEN
    _axis(canvas, y, end, inch)
    canvas.show(_LABEL + _WIDTH + 0.15, y + _AXIS)


def _bar(canvas: Canvas, event: Event, top: float, inch: float) -> None:
    left, width = _LABEL + event.start * inch, (event.end - event.start) * inch
    waiting = event.lane == "CPU" and event.name == WAITING
    face = PAPER if waiting else mix(ORANGE if event.lane == "GPU" else SKY, PAPER, 0.35)
    canvas.rectangle(
        (left, top),
        (width, _LANE),
        face=face,
        edge=INK,
        hatched=waiting,
        role="waiting" if waiting else f"{event.lane} work",
        order=2,
    )
    for size in (MEDIUM, SMALL):
        if text_width(event.name, size) + 0.06 <= width:
            middle = (left + width / 2, top + _LANE / 2)
            canvas.text(middle, event.name, size=size, halo=PAPER if waiting else "", role="name")
            return


def _axis(canvas: Canvas, top: float, end: float, inch: float) -> None:
    total = end * 1000
    step = next((step for step in _STEPS if total / step <= _MAX_TICKS), total / _MAX_TICKS)
    ticks = [step * number for number in range(int(total / step + 1e-6) + 1)]
    places = [_LABEL + tick / 1000 * inch for tick in ticks]
    canvas.line([(_LABEL, top), (_LABEL + _WIDTH, top)], colour=GRID)
    for place, tick in zip(places, ticks, strict=True):
        canvas.line([(place, top), (place, top + 0.05)], colour=GRID)
        canvas.text((place, top + 0.14), f"{tick:g}", size=SMALL, colour=QUIET, role="tick")
    room = min((b - a for a, b in pairwise(places)), default=_WIDTH)
    last = places[-1]
    if room > 0.5:
        canvas.text((last - room / 2, top + 0.14), "ms", size=SMALL, colour=QUIET, role="unit")
