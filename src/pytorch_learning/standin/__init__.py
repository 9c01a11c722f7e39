"""Draws a stand-in for Fashion-MNIST where there is neither a network nor the files.

The pictures come from formulas and chance alone: garments of the same ten classes, in the same format, about
as hard to tell apart as the real ones. It needs NumPy only. `benchmarks/standin.py` measures how hard.
"""

import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .garments import CLASSES
from .shapes import SIZE

VERSION = 1
"""Goes up with every change of the pictures: users' caches then draw them anew."""
SEED = 1729
SPLITS = {"train": 60_000, "t10k": 10_000}
CHUNK = 1_000
WORKERS = 2


def draw(labels: NDArray[np.integer], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw one garment per label, 0 to 9: shape (n, 28, 28), 0 is the black background."""
    images = np.empty((len(labels), SIZE, SIZE), np.uint8)
    for label, drawing in enumerate(CLASSES):
        here = np.flatnonzero(labels == label)
        images[here] = np.clip(drawing(rng, len(here)) * 255, 0, 255).astype(np.uint8)
    return images


def _shuffled_labels(n: int, seed: np.random.SeedSequence) -> NDArray[np.uint8]:
    """`n` labels, as many of each class, in random order."""
    return np.random.default_rng(seed).permutation(np.arange(n) % len(CLASSES)).astype(np.uint8)


def _chunks(
    labels: NDArray[np.uint8], seed: np.random.SeedSequence, workers: int
) -> Iterator[NDArray[np.uint8]]:
    """Draw the labels' pictures chunk by chunk, in order, each of shape (up to CHUNK, 28, 28)."""
    parts = [labels[i : i + CHUNK] for i in range(0, len(labels), CHUNK)]
    # A stream of random numbers per chunk, so that the number of workers changes nothing but the time.
    streams = [np.random.default_rng(child) for child in seed.spawn(len(parts))]
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(draw, parts, streams)


def write(raw: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Write the four IDX files, uncompressed, under their official names into the folder `raw`.

    `progress(done, total)` is called as pictures are drawn. The files are the same at every call.
    """
    total, done = sum(SPLITS.values()), 0
    seeds = np.random.SeedSequence(SEED).spawn(2 * len(SPLITS))
    for split, (name, n) in enumerate(SPLITS.items()):
        labels = _shuffled_labels(n, seeds[2 * split])
        # IDX: two zero bytes, 8 for unsigned bytes, the number of dimensions, then each of them.
        header = struct.pack(">4B1I", 0, 0, 8, 1, n)
        (raw / f"{name}-labels-idx1-ubyte").write_bytes(header + labels.tobytes())
        with (raw / f"{name}-images-idx3-ubyte").open("wb") as file:
            file.write(struct.pack(">4B3I", 0, 0, 8, 3, n, SIZE, SIZE))
            for images in _chunks(labels, seeds[2 * split + 1], WORKERS):
                file.write(images.tobytes())
                done += len(images)
                if progress is not None:
                    progress(done, total)
