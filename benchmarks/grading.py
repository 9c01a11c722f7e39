"""How fast is a class graded? nbgrader's own autograde and `pytorch-learning grade`, on the same submissions.

    python benchmarks/grading.py [--sections 01_tensors ...] [--submissions 30] [--stock 30] [--jobs 1 2]
                                 [--write docs/grading.md]

A class is made of the answer bank: right and wrong answers and the key, in both languages. `--stock` is how
many of them nbgrader's autograde grades, with its own defaults: it takes long. The floor is the sum of what
the cells themselves need of the processor, over the cores. Memory is the peak over all processes, a page that
several share counted once.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import common
import nbformat
from nbclient import NotebookClient
from tests.classroom import Work, environment, hand_in, new_course

from pytorch_learning import sandbox
from pytorch_learning.warm.provisioner import NAME

KINDS = (
    Work("right", 0, "zh"),
    Work("right", -1, "en"),
    Work("wrong", 2, "en"),
    Work("key", 0, "zh"),
    Work("right", 1, "en"),
    Work("wrong", 0, "zh"),
)
# nbgrader as it comes; only what it must know of this course.
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "pytorch_learning"
c.Execute.timeout = 600
"""


class Measured(NamedTuple):
    """One way of grading, on one section."""

    section: str
    way: str
    submissions: int
    seconds: float
    cpu: float
    """Seconds of the processors, for all submissions."""
    memory: int
    """Bytes at the peak."""


@contextmanager
def course(section: str, submissions: int):
    """A class's course folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new_course(folder, [section])
        hand_in(folder, section, {f"s{i:03}": KINDS[i % len(KINDS)] for i in range(submissions)})
        yield folder


def measured(section: str, way: str, submissions: int, folder: Path, command: Sequence[str]) -> Measured:
    """Run a command that grades them all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL
    )
    peak = [0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], sandbox.resident(process.pid))
            time.sleep(0.5)

    watching = threading.Thread(target=watch)
    watching.start()
    if process.wait():
        raise SystemExit(f"{' '.join(command)} failed")
    seconds = time.monotonic() - start
    watching.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(section, way, f"{seconds:.1f} s", file=sys.stderr, flush=True)
    return Measured(section, way, submissions, seconds, cpu, peak[0])


def floor(section: str, submissions: int, folder: Path) -> Measured:
    """What the cells alone need: the processor's time, and that over the cores."""
    cpu = 0.0
    for path in sorted((folder / "submitted").glob("*/*/*.ipynb"))[: len(KINDS)]:
        notebook = nbformat.read(path, as_version=4)
        clock = "import time; print(time.process_time())"
        notebook.cells = [
            nbformat.v4.new_code_cell(clock),
            *(cell for cell in notebook.cells if cell.cell_type == "code"),
            nbformat.v4.new_code_cell(clock),
        ]
        NotebookClient(
            notebook,
            kernel_name=NAME,
            timeout=900,
            allow_errors=True,
            resources={"metadata": {"path": str(folder)}},
        ).execute(env={**os.environ, "OMP_NUM_THREADS": "1"})
        cpu += float(notebook.cells[-1].outputs[0].text) - float(notebook.cells[0].outputs[0].text)
    cpu *= submissions / min(submissions, len(KINDS))
    return Measured(section, "floor", submissions, cpu / (os.cpu_count() or 1), cpu, 0)


def report(results: list[Measured]) -> str:
    """A table in Markdown, with what it was measured with."""
    lines = [
        "| section | graded by | submissions | a minute | × stock | × floor | CPU s each | peak MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        same = {other.way: other for other in results if other.section == one.section}
        rate = one.submissions / one.seconds
        stock = same.get("nbgrader autograde")
        faster = f"{rate / (stock.submissions / stock.seconds):.1f}" if stock else "-"
        above = f"{(same['floor'].submissions / same['floor'].seconds) / rate:.2f}"
        memory = f"{one.memory / 2**20:.0f}" if one.memory else "-"
        lines.append(
            f"| {one.section} | {one.way} | {one.submissions} | {60 * rate:.1f} | {faster} | {above} "
            f"| {one.cpu / one.submissions:.1f} | {memory} |"
        )
    return "\n".join([*lines, "", f"Measured on {common.MACHINE}, with {common.VERSIONS}."])


def main() -> None:
    """Measure, print the table and, where asked, write it between the page's markers."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--sections", nargs="+", default=["01_tensors"])
    parser.add_argument("--submissions", type=int, default=30)
    parser.add_argument("--stock", type=int, default=30)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    results: list[Measured] = []
    for section in arguments.sections:
        with course(section, arguments.submissions) as folder:
            results.append(floor(section, arguments.submissions, folder))
            for jobs in arguments.jobs:
                command = ["pytorch_learning.cli", "grade", section, "--jobs", str(jobs), "--force"]
                way = f"grade, jobs: {jobs}"
                results.append(measured(section, way, arguments.submissions, folder, command))
        if arguments.stock:
            with course(section, arguments.stock) as folder:
                # The worksheet was made by the course's settings: only grading is compared.
                (folder / "nbgrader_config.py").write_text(STOCK)
                shutil.rmtree(folder / "autograded", ignore_errors=True)
                command = ["nbgrader", "autograde", section]
                results.append(measured(section, "nbgrader autograde", arguments.stock, folder, command))
    table = report(results)
    print(table)
    if arguments.write:
        common.insert(arguments.write, table)


if __name__ == "__main__":
    main()
