"""How long something takes on this machine, on whatever device it runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch

_BLOCKS = 5


def seconds(function: Callable[[], object], *, at_least: float = 0.05) -> float:
    """The median time of one `function()`, in seconds.

    It is run once for nothing, then in blocks of so many calls that a block can be timed well; all blocks
    together take about `at_least` seconds, or five calls if these take longer.
    """
    function()
    calls = max(1, int(at_least / _BLOCKS / max(_block(function, 1), 1e-7)))
    return statistics.median(_block(function, calls) for _ in range(_BLOCKS))


def _block(function: Callable[[], object], calls: int) -> float:
    _wait()
    start = time.perf_counter()
    for _ in range(calls):
        function()
    _wait()
    return (time.perf_counter() - start) / calls


def _wait() -> None:
    if torch.accelerator.is_available():
        torch.accelerator.synchronize()
