"""How hard is the stand-in, beside the real Fashion-MNIST? Trains the same networks on both.

    python benchmarks/standin.py [--real FOLDER] [--seeds N] [--write docs/standin.md]

`--real` is a folder with `FashionMNIST/raw/`, compressed or not; without it, the one that
PYTORCH_LEARNING_DATA names; without that, only the stand-in is measured. `--write` puts the table into the
page and draws the picture beside it. It takes about a minute per seed and data set on two free cores.
"""

import argparse
import gzip
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import matplotlib
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torchvision.datasets import FashionMNIST

from pytorch_learning import standin

BATCH = 128
START, END = "<!-- measured: start -->", "<!-- measured: end -->"
RUNS = ("network, 1 epoch", "network, 3 epochs", "CNN, 3 epochs")


class Data(NamedTuple):
    """Images of shape (n, 1, 28, 28) from 0 to 1, and their labels."""

    images: Tensor
    labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def idx(file: Path) -> Tensor:
    """What an IDX file holds, compressed or not, whichever is there."""
    packed = file.with_name(file.name + ".gz")
    raw = file.read_bytes() if file.exists() else gzip.decompress(packed.read_bytes())
    shape = np.frombuffer(raw, ">i4", count=raw[3], offset=4)
    return torch.tensor(np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape))


def load(raw: Path) -> Data:
    """Read the four files in the folder `raw`."""

    def images(split: str) -> Tensor:
        return idx(raw / f"{split}-images-idx3-ubyte").unsqueeze(1) / 255

    def labels(split: str) -> Tensor:
        return idx(raw / f"{split}-labels-idx1-ubyte").long()

    return Data(images("train"), labels("train"), images("t10k"), labels("t10k"))


def network() -> nn.Module:
    """The course's network of fully connected layers."""
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )


def cnn() -> nn.Module:
    """A small convolutional network, as a student may build one in the capstone."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.25), nn.Linear(32 * 7 * 7, 128), nn.ReLU(),
        nn.Dropout(0.25), nn.Linear(128, 10),
    )  # fmt: skip


def accuracy(model: nn.Module, data: Data) -> float:
    """Percentage of the test images that the model puts in the right class."""
    model.eval()
    with torch.no_grad():
        predicted = torch.cat([model(images).argmax(1) for images in data.test_images.split(1000)])
    model.train()
    return 100 * (predicted == data.test_labels).float().mean().item()


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
        yield accuracy(model, data)


def measure(name: str, data: Data, seeds: int) -> list[list[float]]:
    """For each of RUNS, the accuracies by seed."""
    by_seed = []
    for seed in range(seeds):
        first, _, third = train(network, data, seed, lr=1e-3, epochs=3)
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
    versions = f"Python {platform.python_version()}, PyTorch {torch.__version__}, NumPy {np.__version__}"
    note = (
        f"Mean over {seeds} seeds (lowest–highest). Drawing all {sum(standin.SPLITS.values()):,} images took "
        f"{seconds:.1f} s. Measured on {os.cpu_count()} cores ({platform.machine()}) with {versions}."
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
    parser.add_argument("--real", type=Path, default=os.environ.get("PYTORCH_LEARNING_DATA"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(min(2, os.cpu_count() or 1))

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        standin.write(Path(folder))
        seconds = time.perf_counter() - start
        rows = [row("stand-in", measure("stand-in", load(Path(folder)), args.seeds))]
    if args.real:
        real = load(Path(args.real) / "FashionMNIST" / "raw")
        rows.insert(0, row("real", measure("real", real, args.seeds)))

    table = report(rows, args.seeds, seconds)
    print(table)
    if args.write:
        before, _, rest = args.write.read_text("utf-8").partition(START)
        _, _, after = rest.partition(END)
        args.write.write_text(f"{before}{START}\n{table}\n{END}{after}", "utf-8")
        draw_sheet(args.write.parent / "images" / "standin.png")


if __name__ == "__main__":
    main()
