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

import torch
from tests import bank

from pytorch_learning.checks import project
from pytorch_learning.data import STAND_IN, VARIABLE

STEPS = (0.86, 0.88, 0.90, 0.92)


def run(source: str, seed: int) -> tuple[float, float]:
    """Train the key once.  Returns its accuracy on the pictures held out, and the seconds of one core."""
    os.environ[VARIABLE] = source
    torch.set_num_threads(1)
    names = dict(bank._set_up("08_capstone"))
    exec(bank.source_cells("08_capstone")["GarmentClassifier"].source, names)
    data = project.garments(split=1000 + seed)
    torch.manual_seed(seed)
    model = names["GarmentClassifier"]()
    start = time.process_time()
    model.fit(data.images, data.labels)
    seconds = time.process_time() - start
    model.eval()
    with torch.no_grad():
        predicted = torch.cat([model(images).argmax(1) for images in data.new_images.split(500)])
    return (predicted == data.new_labels).double().mean().item(), seconds


def main() -> None:
    """Measure, and print a row of a Markdown table for each data set."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--real", default=os.environ.get(VARIABLE))
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    sources = {"real": arguments.real, "stand-in": STAND_IN}
    print(
        "| accuracy, % | mean | standard deviation | lowest | highest | runs below 92 | seconds of one core |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    for name, source in sources.items():
        if not source or (name == "real" and source == STAND_IN):
            continue
        with ProcessPoolExecutor(arguments.jobs) as pool:
            runs = [pool.submit(run, source, seed) for seed in range(arguments.seeds)]
            results = []
            for done in as_completed(runs):
                results.append(done.result())
                print(f"{name}: {100 * results[-1][0]:.2f}", file=sys.stderr, flush=True)
        found = [100 * accuracy for accuracy, _ in results]
        spread = f"{stdev(found):.2f}" if len(found) > 1 else "-"
        below = sum(accuracy < STEPS[-1] for accuracy, _ in results)
        print(
            f"| {name} | {mean(found):.2f} | {spread} | {min(found):.2f} | {max(found):.2f} "
            f"| {below} of {len(found)} | {mean(seconds for _, seconds in results):.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
