"""How hard is the stand-in, beside the real Fashion-MNIST? Trains the same networks on both.

    python benchmarks/standin.py [--real FOLDER] [--seeds N] [--write docs/standin.md]

`--real` is a folder with `FashionMNIST/raw/`, compressed or not; without it, the one that
PYTORCH_LEARNING_DATA names; without that, only the stand-in is measured. `--write` puts the table into the
page and draws the picture beside it. It takes about a minute per seed and data set on two free cores.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

import common
import matplotlib
import numpy as np
import torch
from common import Data, load
from torch import nn
from torch.nn import functional as F
from torchvision.datasets import FashionMNIST

from pytorch_learning import standin
from pytorch_learning.checks import learning
from pytorch_learning.data_files import raw_folder

BATCH = 128
RUNS = ("network, 1 epoch", "network, 3 epochs", "CNN, 3 epochs")


def cnn() -> nn.Module:
    """A small convolutional network, as a student may build one in the capstone."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.25), nn.Linear(32 * 7 * 7, 128), nn.ReLU(),
        nn.Dropout(0.25), nn.Linear(128, 10),
    )  # fmt: skip


def train(
    make: Callable[[], nn.Module], data: Data, seed: int, lr: float, epochs: int, one_cycle: bool = False
) -> Iterator[float]:
    """Train with Adam; yield the test accuracy in percent after each epoch."""
    torch.manual_seed(seed)
    model, n = make(), len(data.labels)
    optimizer = torch.optim.Adam(model.parameters(), lr)
    steps = epochs * -(-n // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, lr, total_steps=steps) if one_cycle else None
    for _ in range(epochs):
        for batch in torch.randperm(n).split(BATCH):
            loss = F.cross_entropy(model(data.images[batch]), data.labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if schedule:
                schedule.step()
        yield 100 * learning.accuracy(model, data.test_images, data.test_labels)


def measure(name: str, data: Data, seeds: int) -> list[list[float]]:
    """For each of RUNS, the accuracies by seed."""
    by_seed = []
    for seed in range(seeds):
        first, _, third = train(learning.network, data, seed, lr=1e-3, epochs=3)
        *_, convolutional = train(cnn, data, seed, lr=4e-3, epochs=3, one_cycle=True)
        by_seed.append([first, third, convolutional])
        print(f"{name}, seed {seed}:", *(f"{a:.1f}" for a in by_seed[-1]), flush=True)
    return [list(run) for run in zip(*by_seed, strict=True)]


def row(name: str, runs: list[list[float]]) -> str:
    """A line of the table: mean, minimum and maximum over the seeds, in percent."""
    return f"| {name} | " + " | ".join(f"{mean(r):.1f} ({min(r):.1f}–{max(r):.1f})" for r in runs) + " |"


def report(rows: list[str], seeds: int, seconds: float) -> str:
    """The table in Markdown, with what it was measured with."""
    head = ["| test accuracy, % | " + " | ".join(RUNS) + " |", "|---|" + "---|" * len(RUNS)]
    note = (
        f"Mean over {seeds} seeds (lowest–highest). Drawing all {sum(standin.SPLITS.values()):,} images took "
        f"{seconds:.1f} s. Measured on {common.MACHINE} with {common.VERSIONS}."
    )
    return "\n".join([*head, *rows, "", note])


def draw_sheet(path: Path, rows: int = 8) -> None:
    """Draw a picture of `rows` stand-in garments for each class, one class a column."""
    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    cell, head = 2 * standin.SIZE + 4, 20
    images = standin.draw(np.arange(10 * rows) % 10, np.random.default_rng(2))
    # Each pixel becomes two by two, exactly: anything in between blurs the picture and makes the file larger.
    large = np.pad(images.repeat(2, axis=1).repeat(2, axis=2), ((0, 0), (2, 2), (2, 2)))
    sheet = large.reshape(rows, 10, cell, cell).swapaxes(1, 2).reshape(rows * cell, 10 * cell)
    height = rows * cell + head
    figure = plt.figure(figsize=(10 * cell / 100, height / 100), dpi=100)
    figure.figimage(sheet, cmap="gray", vmin=0, vmax=255)
    for column, name in enumerate(FashionMNIST.classes):
        at = (column + 0.5) / 10, 1 - head / 2 / height
        figure.text(*at, name, fontsize=7, ha="center", va="center")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=100)


def main() -> None:
    """Measure, print the table and, where asked, write it between the page's markers."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--real", default=common.REAL)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(min(2, os.cpu_count() or 1))

    with tempfile.TemporaryDirectory() as folder:
        raw_folder(Path(folder)).mkdir(parents=True)
        start = time.perf_counter()
        standin.write(raw_folder(Path(folder)))
        seconds = time.perf_counter() - start
        found = {**common.sources(args.real), "stand-in": folder}
        rows = [row(name, measure(name, load(source), args.seeds)) for name, source in found.items()]

    table = report(rows, args.seeds, seconds)
    print(table)
    if args.write:
        common.insert(args.write, table)
        draw_sheet(args.write.parent / "images" / "standin.png")


if __name__ == "__main__":
    main()
