"""The data and the network of training exercises, and the accuracy they have to reach."""

import pytest
import torch
from torch import nn

from pytorch_learning import checks
from pytorch_learning.checks import learning
from tests.checks.test_values import message


class Knows(nn.Module):
    """Puts the first `right` of the images it sees into class 1, all others into class 0; notes its mode."""

    def __init__(self, right: int) -> None:
        super().__init__()
        self.left, self.modes = right, []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.modes.append((self.training, torch.is_grad_enabled()))
        ones = torch.arange(len(x)) < self.left
        self.left -= int(ones.sum())
        return torch.stack([~ones, ones], dim=1).float()


@pytest.mark.parametrize("training", [True, False])
def test_accuracy_counts_samples_not_batches(training: bool) -> None:
    model = Knows(right=1001).train(training)
    labels = torch.ones(1004, dtype=torch.int64)
    assert learning.accuracy(model, torch.zeros(1004, 1), labels) == pytest.approx(1001 / 1004)
    assert model.modes == [(False, False)] * 2
    assert model.training == training


def test_garments() -> None:
    images, labels = learning.garments("train", 100)
    assert images.shape == (100, 1, 28, 28)
    assert images.dtype == torch.float32
    assert 0 <= images.min() < 0.1 < 0.9 < images.max() <= 1
    assert labels.dtype == torch.int64
    labels.zero_()
    assert learning.garments("train", 100)[1].any(), "a test that changes its labels changes those of others"
    assert len(learning.garments("test")[1]) == 10_000


def test_network_is_the_documents() -> None:
    shapes = [tuple(parameter.shape) for parameter in learning.network().parameters()]
    assert shapes == [(512, 784), (512,), (512, 512), (512,), (10, 512), (10,)]


def test_reaches(monkeypatch: pytest.MonkeyPatch, course_language: str) -> None:
    test_set = torch.zeros(10, 1), torch.ones(10, dtype=torch.int64)
    monkeypatch.setattr(learning, "garments", lambda split: test_set)
    assert learning.reaches(Knows(8), 0.8) == pytest.approx(0.8)
    told = message(learning.reaches, Knows(7), 0.8, name="fit")
    assert told.startswith("fit")
    assert "70%" in told
    assert "80%" in told
    with checks.hidden():
        told = message(learning.reaches, Knows(7), 0.8, name="fit")
    assert "70%" in told
    assert "80%" not in told
