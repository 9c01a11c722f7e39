"""A GPU made of paper: it computes nothing and keeps time as a real one does, on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Event:
    """A stretch of time on one of the two lanes, in seconds."""

    lane: Literal["CPU", "GPU"]
    name: str
    start: float
    end: float


class PaperGPU:
    """Its CPU hands out work and goes on; its GPU does that work piece by piece, in order.

    No time passes but what its methods say: `launch` takes the CPU `launch_cost` seconds and the GPU the
    seconds that are asked for, `compute` keeps the CPU alone busy, `synchronize` lets the CPU wait until the
    GPU has nothing left to do.  `clock` is what `time.perf_counter` is for a real one.
    """

    def __init__(self, launch_cost: float = 0.001) -> None:
        self.launch_cost = launch_cost
        self.events: list[Event] = []
        self._now = 0.0
        self._free_at = 0.0

    def clock(self) -> float:
        """The time now, in seconds."""
        return self._now

    @property
    def busy(self) -> bool:
        """Whether the GPU still has something to do."""
        return self._free_at > self._now

    def launch(self, name: str, seconds: float) -> None:
        """Give the GPU work that takes it so many seconds.  Returns as soon as the work is in the queue."""
        self.compute(name, self.launch_cost)
        start = max(self._now, self._free_at)
        self._free_at = start + seconds
        self.events.append(Event("GPU", name, start, self._free_at))

    def compute(self, name: str, seconds: float) -> None:
        """Let the CPU itself work for so many seconds."""
        self.events.append(Event("CPU", name, self._now, self._now + seconds))
        self._now += seconds

    def synchronize(self, name: str = "wait") -> None:
        """Wait until the GPU has done everything that is in its queue."""
        if self.busy:
            self.events.append(Event("CPU", name, self._now, self._free_at))
            self._now = self._free_at
