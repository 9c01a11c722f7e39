"""Every line of the cheat sheet runs after the lines above it, without a warning."""

import warnings
from pathlib import Path

import pytest

from pytorch_learning import syllabus
from pytorch_learning.build import cheatsheet
from pytorch_learning.data import data_root
from tests.bank import ROOT

SET_UP = """
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, Subset, random_split
from torchvision import datasets
from torchvision.transforms import ToTensor, v2
"""


def test_every_line_runs(tmp_path: Path) -> None:
    names: dict[str, object] = {"root": data_root(), "path": tmp_path / "model 1.pt"}
    exec(SET_UP, names)
    boxes = cheatsheet.load(ROOT, syllabus.sections())
    assert boxes
    for box in boxes:
        for line in box.lines:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                try:
                    exec(line.code, names)
                except Exception as error:
                    pytest.fail(f"{box.section}: {line.code}: {error!r}")
