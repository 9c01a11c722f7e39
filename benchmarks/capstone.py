"""Does the key of the capstone reach 92 % every time? Trains it from many seeds, each on a split of its own.

    python benchmarks/capstone.py [--real FOLDER] [--seeds N] [--jobs N]

`--real` is a folder with `FashionMNIST/raw/`; without it, the one that PYTORCH_LEARNING_DATA names; without
that, only the stand-in is measured. What is trained is the solution in `source/08_capstone.py`. Each run is a
process with one thread, `--jobs` of them at a time, and takes about two minutes of one free core.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from statistics import mean, stdev

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import common
import torch
from tests import bank

from pytorch_learning.checks import learning, project
from pytorch_learning.data import VARIABLE

WANTED = 0.92


def run(source: str, seed: int) -> tuple[float, float]:
    """Train the key once.  Returns its accuracy on the pictures held out, and the seconds of one core."""
    os.environ[VARIABLE] = source
    torch.set_num_threads(1)
    key = bank.source_cells("08_capstone")["GarmentClassifier"].source
    names = bank.answered("08_capstone", "GarmentClassifier", key)
    data = project.garments(split=1000 + seed)
    torch.manual_seed(seed)
    model = names["GarmentClassifier"]()
    start = time.process_time()
    model.fit(data.images, data.labels)
    seconds = time.process_time() - start
    return learning.accuracy(model, data.new_images, data.new_labels), seconds


def main() -> None:
    """Measure, and print a row of a Markdown table for each data set."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--real", default=common.REAL)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    print(
        "| accuracy, % | mean | standard deviation | lowest | highest | runs below 92 | seconds of one core |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    for name, source in common.sources(arguments.real).items():
        with ProcessPoolExecutor(arguments.jobs) as pool:
            runs = [pool.submit(run, source, seed) for seed in range(arguments.seeds)]
            results = []
            for done in as_completed(runs):
                results.append(done.result())
                print(f"{name}: {100 * results[-1][0]:.2f}", file=sys.stderr, flush=True)
        found = [100 * accuracy for accuracy, _ in results]
        spread = f"{stdev(found):.2f}" if len(found) > 1 else "-"
        below = sum(accuracy < WANTED for accuracy, _ in results)
        print(
            f"| {name} | {mean(found):.2f} | {spread} | {min(found):.2f} | {max(found):.2f} "
            f"| {below} of {len(found)} | {mean(seconds for _, seconds in results):.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
