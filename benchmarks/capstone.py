"""Do right answers to the capstone reach 92 % every time? Trains each from many seeds, on its own splits.

    python benchmarks/capstone.py [--real FOLDER] [--seeds N] [--other-seeds N] [--jobs N]
                                  [--only NAME ...] [--device cuda] [--write docs/thresholds.md]

`--real` is a folder with `FashionMNIST/raw/`; without it, the one that PYTORCH_LEARNING_DATA names; without
that, only the stand-in is measured. What is trained is the solution in `source/08_capstone.py`, `--seeds`
times, and the right answers of the bank, `--other-seeds` times. Each run is a process with one thread,
`--jobs` of them at a time, and takes one to two minutes of one free core. With `--device` it trains on a GPU,
in float32 as on a CPU: only how long it takes differs. `--write` puts the table into the page.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from statistics import mean, median, stdev

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import common
import torch
from tests import bank

from pytorch_learning.checks import learning, project
from pytorch_learning.data import VARIABLE

SECTION, EXERCISE = "08_capstone", "GarmentClassifier"
WANTED = 0.92
KEY = "the key"


def answers() -> dict[str, str]:
    """The key, and the right answers of the bank, by name."""
    right = {a.name: a.code for a in bank.answers(SECTION, EXERCISE) if a.kind == "right"}
    return {KEY: bank.source_cells(SECTION)[EXERCISE].source, **right}


def run(code: str, source: str, seed: int, device: str) -> tuple[float, float]:
    """Train an answer once.  Returns its accuracy on the pictures held out, and the seconds of one core."""
    os.environ[VARIABLE] = source
    torch.set_num_threads(1)
    torch.backends.cudnn.allow_tf32 = False
    torch.set_default_device("cpu")
    names = bank.answered(SECTION, EXERCISE, code)
    data = project.garments(split=1000 + seed)
    held = (data.images, data.labels, data.new_images, data.new_labels)
    images, labels, new_images, new_labels = (x.to(device) for x in held)
    # Answers are written for the CPU: what they draw has to be where the pictures are.
    torch.set_default_device(device)
    torch.manual_seed(seed)
    model = names[EXERCISE]().to(device)
    start = time.process_time()
    model.fit(images, labels)
    seconds = time.process_time() - start
    return learning.accuracy(model, new_images, new_labels), seconds


def report(results: dict[tuple[str, str], list[tuple[float, float]]], device: str) -> str:
    """A Markdown table, with what it was measured with."""
    lines = [
        "| answer | data | runs | lowest | median | mean | sd | below 92 % | seconds of one core |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for (answer, data), runs in results.items():
        found = [100 * accuracy for accuracy, _ in runs]
        spread = f"{stdev(found):.2f}" if len(found) > 1 else "-"
        below = sum(accuracy < WANTED for accuracy, _ in runs)
        lines.append(
            f"| {answer} | {data} | {len(found)} | {min(found):.2f} | {median(found):.2f} "
            f"| {mean(found):.2f} | {spread} | {below} | {mean(seconds for _, seconds in runs):.0f} |"
        )
    machine = common.MACHINE if device == "cpu" else torch.cuda.get_device_name(device)
    note = "Accuracy on 10,000 pictures held out, in percent."
    note = f"{note} Measured on {machine}, with {common.VERSIONS}."
    return "\n".join([*lines, "", note])


def main() -> None:
    """Measure, print the table and, where asked, write it between the page's markers."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--real", default=common.REAL)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--other-seeds", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=answers())
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    results: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        runs = {
            pool.submit(run, code, source, seed, arguments.device): (answer, data)
            for answer, code in answers().items()
            if not arguments.only or answer in arguments.only
            for data, source in common.sources(arguments.real).items()
            for seed in range(arguments.seeds if answer == KEY else arguments.other_seeds)
        }
        for key in runs.values():
            results[key] = []
        for number, done in enumerate(as_completed(runs), 1):
            results[runs[done]].append(done.result())
            print(
                f"{number}/{len(runs)}",
                *runs[done],
                f"{100 * done.result()[0]:.2f}",
                file=sys.stderr,
                flush=True,
            )
    table = report(results, arguments.device)
    print(table)
    if arguments.write:
        common.insert(arguments.write, table, "capstone")


if __name__ == "__main__":
    main()
