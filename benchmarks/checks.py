"""How long the test cells take: `python benchmarks/checks.py [SECTION]`.

Runs each test cell of a section, with hidden tests, on the solution of the source.  Prints the median and the
longest of five runs for each exercise, in milliseconds, after one that is not counted.
"""

from __future__ import annotations

import contextlib
import io
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import bank

from pytorch_learning import syllabus

RUNS = 5


def milliseconds(section: str, exercise: str) -> list[float]:
    """The times of the counted runs."""
    code = bank.source_cells(section)[exercise].source
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            message = bank.run_test_cell(section, exercise, code, "en").message
        times.append(1000 * (time.perf_counter() - start))
        if message is not None:
            raise SystemExit(f"{exercise}: {message}")
    return times[1:]


def main() -> None:
    """Print a line for each exercise."""
    section = syllabus.section(sys.argv[1]) if len(sys.argv) > 1 else syllabus.sections()[0]
    for exercise in section.exercises:
        times = milliseconds(section.id, exercise.id)
        print(f"{exercise.number:8} {exercise.id:22} {statistics.median(times):7.1f} {max(times):7.1f}")


if __name__ == "__main__":
    main()
