"""How many points a test gives: all, or as many as the steps that were reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.language import say


@dataclass
class Score:
    """What one exercise earns; a test cell that gives some of the points ends with the line `score.points`."""

    points: int
    next_step: str = ""
    """What to reach for more points, "" where there are no more."""

    def steps(self, accuracy: float, steps: Mapping[float, int]) -> None:
        """Give the points of the highest step that `accuracy` reaches, both from 0 to 1.

        Raises CheckFailed, which is 0 points, below the lowest step.
        """
        reached = [threshold for threshold in sorted(steps) if accuracy >= threshold]
        missed = [threshold for threshold in sorted(steps) if accuracy < threshold]
        got = _percent(accuracy)
        if not reached:
            first = _percent(missed[0])
            raise CheckFailed(
                say(
                    f"正确率 {got}：从 {first} 起才有分",
                    f"the accuracy is {got}: points begin at {first}",
                )
            )
        self.points = steps[reached[-1]]
        if missed:
            following, more = _percent(missed[0]), steps[missed[0]]
            self.next_step = say(
                f"正确率 {got}，到 {following} 就有 {more} 分",
                f"the accuracy is {got}, from {following} on it is {more} points",
            )


def _percent(fraction: float) -> str:
    # Rounded down, so that 0.8999 is not shown as the 90 % that it does not reach.
    return f"{int(fraction * 1000 + 1e-9) / 10:g} %"
