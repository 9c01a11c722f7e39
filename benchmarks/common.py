"""What the benchmarks share: the data sets that they train on, and the page that a table goes into."""

import os
import platform
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from pytorch_learning.checks import learning
from pytorch_learning.data import STAND_IN, VARIABLE


def _processor() -> str:
    """Its name, or at least its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.machine())


REAL = os.environ.get(VARIABLE)
"""The real data's folder, unless an option names another."""
MACHINE = f"{os.cpu_count()} cores ({_processor()})"
VERSIONS = f"Python {platform.python_version()}, PyTorch {torch.__version__}, NumPy {np.__version__}"


class Data(NamedTuple):
    """Images of shape (n, 1, 28, 28) from 0 to 1, and their labels."""

    images: Tensor
    labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def load(source: str) -> Data:
    """Training and test set; `source` as `data_root` takes it."""
    return Data(*learning.garments("train", source=source), *learning.garments("test", source=source))


def sources(real: str | None) -> dict[str, str]:
    """What to measure on: the real data, if there are any, and the stand-in."""
    return ({"real": real} if real and real != STAND_IN else {}) | {"stand-in": STAND_IN}


def insert(path: Path, table: str, name: str = "measured") -> None:
    """Put the table between the page's markers of this name.  Raises ValueError where it has none."""
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    page = path.read_text("utf-8")
    before, after = page[: page.index(start)], page[page.index(end) :]
    path.write_text(f"{before}{start}\n{table}\n{after}", "utf-8")
