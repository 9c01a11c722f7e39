"""How fast is a class graded? nbgrader's own autograde and `pytorch-learning grade`, on the same submissions.

    python benchmarks/grading.py [--sections 01_tensors ...] [--submissions 30] [--stock 30] [--jobs 1 2]
                                 [--keep FILE] [--write docs/grading.md]
    python benchmarks/grading.py --kept FILE ... [--write docs/grading.md]

A class is made of the answer bank: right and wrong answers and the key, in both languages. `--stock` is how
many of them nbgrader's autograde grades, with its own defaults: it takes long. The floor is the sum of what
the cells themselves, and processes that they start, need of the processor, over the cores. The processor's
time is that of the cores which this process may use, whoever used them; so a larger machine can measure
several sections at once, each with two cores of its own (`taskset`), and `--kept` puts together what they
have kept. Memory is the peak over all processes, a page that several share counted once.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import common
import nbformat
import psutil
from nbclient import NotebookClient
from tests.classroom import Work, environment, hand_in, new_course

from pytorch_learning import sandbox
from pytorch_learning.grading.pools import cores
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


STOCK_WAY = "nbgrader autograde"
FLOOR = "floor"
LOOKING = 50
"""How much longer it is between two looks at the memory than such a look takes."""
WHOLE = "these together"


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

    @property
    def each(self) -> float:
        """Seconds for one submission."""
        return self.seconds / self.submissions


@contextmanager
def course(section: str, submissions: int) -> Iterator[Path]:
    """A class's course folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new_course(folder, [section])
        hand_in(folder, section, {f"s{i:03}": KINDS[i % len(KINDS)] for i in range(submissions)})
        yield folder


def measured(section: str, way: str, submissions: int, folder: Path, command: Sequence[str]) -> Measured:
    """Run a command that grades them all."""
    before = busy()
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL
    )
    peak = [0]

    def watch() -> None:
        while process.poll() is None:
            began = time.monotonic()
            peak[0] = max(peak[0], sandbox.resident(process.pid))
            # A look takes some 20 ms for each process, and stops those that want memory meanwhile.
            time.sleep(max(0.5, LOOKING * (time.monotonic() - began)))

    watching = threading.Thread(target=watch)
    watching.start()
    if process.wait():
        raise SystemExit(f"{' '.join(command)} failed")
    seconds = time.monotonic() - start
    watching.join()
    return Measured(section, way, submissions, seconds, busy() - before, peak[0])


def busy() -> float:
    """Seconds that the cores which this process may use have worked.

    Not its children's: kernels that end with their namespace are counted for nobody.
    """
    times = psutil.cpu_times(percpu=True)
    mine = psutil.Process().cpu_affinity() if hasattr(psutil.Process, "cpu_affinity") else range(len(times))
    return sum(times[core].user + times[core].system + getattr(times[core], "nice", 0) for core in mine)


def floor(section: str, submissions: int, folder: Path) -> Measured:
    """What the cells alone need: the processor's time, and that over the cores.

    As many notebooks run at a time as there are cores: where two of a virtual machine's cores are one, or
    share their memory, each is slower when both work.
    """
    paths = sorted((folder / "submitted").glob("*/*/*.ipynb"))[: len(KINDS)]
    with ThreadPoolExecutor(cores()) as pool:
        cpu = sum(pool.map(partial(own_time, folder), paths)) * submissions / len(paths)
    return Measured(section, FLOOR, submissions, cpu / cores(), cpu, 0)


def own_time(folder: Path, path: Path) -> float:
    """Seconds of the processor that a notebook's cells need, and the processes that they start."""
    notebook = nbformat.read(path, as_version=4)
    clock = "import os; print(sum(os.times()[:4]))"
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
    return float(notebook.cells[-1].outputs[0].text) - float(notebook.cells[0].outputs[0].text)


def together(results: list[Measured]) -> list[Measured]:
    """For each way that all sections were graded in: a submission of every section counts as one."""
    sections = {one.section for one in results}
    totals = []
    for way in dict.fromkeys(one.way for one in results):
        same = [one for one in results if one.way == way]
        if len(sections) > 1 and {one.section for one in same} == sections:
            most = max(one.submissions for one in same)
            seconds = most * sum(one.each for one in same)
            cpu = most * sum(one.cpu / one.submissions for one in same)
            memory = max(one.memory for one in same)
            totals.append(Measured(WHOLE, way, most, seconds, cpu, memory))
    return totals


def report(results: list[Measured], machine: str) -> str:
    """A table in Markdown, with what it was measured with."""
    lines = [
        "| section | graded by | submissions | a minute | × stock | × floor | CPU s each | peak MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    results = sorted(results, key=lambda one: one.section)
    results += together(results)
    for one in results:
        same = {other.way: other for other in results if other.section == one.section}
        stock, floor = same.get(STOCK_WAY), same.get(FLOOR)
        faster = f"{stock.each / one.each:.1f}" if stock else "-"
        above = f"{one.each / floor.each:.2f}" if floor else "-"
        memory = f"{one.memory / 2**20:.0f}" if one.memory else "-"
        lines.append(
            f"| {one.section} | {one.way} | {one.submissions} | {60 / one.each:.1f} | {faster} | {above} "
            f"| {one.cpu / one.submissions:.1f} | {memory} |"
        )
    return "\n".join([*lines, "", machine])


def measure(arguments: argparse.Namespace) -> Iterator[Measured]:
    """Each way on each section, in turn."""
    for section in arguments.sections:
        with course(section, arguments.submissions) as folder:
            yield floor(section, arguments.submissions, folder)
            for jobs in arguments.jobs:
                command = ["pytorch_learning.cli", "grade", section, "--jobs", str(jobs), "--force"]
                way = f"grade, jobs: {jobs}"
                yield measured(section, way, arguments.submissions, folder, command)
        if arguments.stock:
            with course(section, arguments.stock) as folder:
                # The worksheet was made by the course's settings: only grading is compared.
                (folder / "nbgrader_config.py").write_text(STOCK)
                shutil.rmtree(folder / "autograded", ignore_errors=True)
                command = ["nbgrader", "autograde", section]
                yield measured(section, STOCK_WAY, arguments.stock, folder, command)


def main() -> None:
    """Measure, print the table and, where asked, write it between the page's markers."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--sections", nargs="+", default=["01_tensors"])
    parser.add_argument("--submissions", type=int, default=30)
    parser.add_argument("--stock", type=int, default=30)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--keep", type=Path, help="a file to add each result to, as soon as it is there")
    parser.add_argument("--kept", type=Path, nargs="+", help="such files, to report on instead of measuring")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    machine = f"Measured on {cores()} of {common.MACHINE}, with {common.VERSIONS}."
    results: list[Measured] = []
    if arguments.kept:
        lines = [json.loads(line) for path in arguments.kept for line in path.read_text("utf-8").splitlines()]
        machines = dict.fromkeys(line.pop("machine") for line in lines)
        if len(machines) != 1:
            raise SystemExit(f"These are of different machines: {', '.join(machines)}")
        results, machine = [Measured(**line) for line in lines], next(iter(machines))
    else:
        for one in measure(arguments):
            print(one, file=sys.stderr, flush=True)
            results.append(one)
            if arguments.keep:
                with arguments.keep.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({**one._asdict(), "machine": machine}) + "\n")
    table = report(results, machine)
    print(table)
    if arguments.write:
        common.insert(arguments.write, table)


if __name__ == "__main__":
    main()
