"""Whether a killed run loses or doubles anything: `python benchmarks/kills.py [SEED]` (Linux).

Grades 30 submissions with warm kernels, and kills the command (SIGKILL) ten times: at a random moment as it
starts, or half a second at most after it has recorded up to three more.  After each kill it looks for what is
left, processes and temporary files; at last, for scores that are missing, wrong or double, and for
submissions graded twice.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import classroom
from tests.grading import tiny_class
from tests.grading.section import NAME

STUDENTS = [f"s{number:02}" for number in range(30)]
KILLS = 10
PATIENCE = 60
"""Seconds for what a killed run has left to go."""


def finished(course: Path) -> dict[str, int]:
    """When each submission was recorded."""
    paths = (course / "autograded").glob(f"*/{NAME}/{NAME}.ipynb")
    return {path.parts[-3]: path.stat().st_mtime_ns for path in paths}


def kill_one(course: Path) -> None:
    """Go on grading, until a random moment."""
    more = random.randint(0, 3)
    number = len(finished(course)) + more
    seconds = random.uniform(0, 0.5 if more else 10)
    process = subprocess.Popen(
        tiny_class.command(NAME),
        cwd=course,
        env={**classroom.environment(course), **tiny_class.temporary(course)},
        stdout=subprocess.DEVNULL,
    )
    while len(finished(course)) < number and process.poll() is None:
        time.sleep(0.01)
    time.sleep(seconds)
    process.kill()
    if process.wait() >= 0:
        raise SystemExit("It was done before it could be killed: run this again.")


def left(course: Path) -> list[str]:
    """Processes and temporary files."""
    return [*tiny_class.processes(course), *map(str, tiny_class.left_behind(course))]


def main(seed: int) -> None:
    """Kill, check, and print what was found.  Exits with 1 if something is wrong."""
    random.seed(seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        course = tiny_class.new_course(Path(name))
        expected = {}
        for index, student in enumerate(STUDENTS):
            wrong = index % 3 == 0
            tiny_class.hand_in(course, student, **({"double": tiny_class.WRONG} if wrong else {}))
            expected[student] = {**tiny_class.ALL_POINTS, "double-test": 0.0 if wrong else 2.0}
        mistakes: list[str] = []
        recorded: dict[str, int] = {}
        for _ in range(KILLS):
            kill_one(course)
            end = time.monotonic() + PATIENCE
            while left(course) and time.monotonic() < end:
                time.sleep(0.1)
            mistakes += [f"left: {what}" for what in left(course)]
            now = finished(course)
            mistakes += [f"lost: {student}" for student in recorded.keys() - now.keys()]
            recorded |= {student: when for student, when in now.items() if student not in recorded}
            print(f"killed with {len(now)} recorded", flush=True)
        print(tiny_class.last_line(tiny_class.grade(course, NAME)))
        times = finished(course)
        mistakes += [
            f"graded twice: {student}" for student, when in recorded.items() if times[student] != when
        ]
        found = tiny_class.scores(course)
        mistakes += [f"wrong: {student}" for student in STUDENTS if found.get(student) != expected[student]]
    print("\n".join(mistakes) or f"{KILLS} kills, seed {seed}: nothing lost, doubled or left behind")
    raise SystemExit(bool(mistakes))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
