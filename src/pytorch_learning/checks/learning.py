"""Training on garments, as the tests of a training exercise do: the data, the document's network, accuracy."""

from __future__ import annotations

from functools import cache
from typing import Literal

import torch
from torch import Tensor, nn

from pytorch_learning.checks.failure import CheckFailed, in_hidden_test
from pytorch_learning.data import data_root
from pytorch_learning.language import say


def garments(
    split: Literal["train", "test"], n: int | None = None, *, source: str | None = None
) -> tuple[Tensor, Tensor]:
    """The first n (or all) images, (n, 1, 28, 28) from 0 to 1, and their labels, from where `data_root` finds them."""
    pixels, labels = _files(split, source)
    return pixels[:n, None] / 255, labels[:n].clone()


@cache
def _files(split: str, source: str | None) -> tuple[Tensor, Tensor]:
    # Torchvision is slow to import, and most checks do without.
    from torchvision.datasets import FashionMNIST

    data = FashionMNIST(root=data_root(source), train=split == "train", download=True)
    return data.data, data.targets


def network() -> nn.Module:
    """The document's network, 784-512-512-10, with new parameters."""
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )


def accuracy(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    """The share of images that the model, in eval mode, puts in the right class; its mode stays as it was."""
    mode = model.training
    model.eval()
    with torch.no_grad():
        right = sum(
            int((model(some).argmax(1) == wanted).sum())
            for some, wanted in zip(images.split(1000), labels.split(1000), strict=True)
        )
    model.train(mode)
    return right / len(labels)


def reaches(model: nn.Module, threshold: float, *, name: str = "model") -> float:
    """The model's accuracy on the test set is at least `threshold`.  Returns it."""
    reached = accuracy(model, *garments("test"))
    if reached < threshold:
        shown = (
            ""
            if in_hidden_test()
            else say(f"，应当至少 {threshold:.0%}", f", at least {threshold:.0%} is wanted")
        )
        raise CheckFailed(
            name
            + say(
                f"：测试集上的正确率只有 {reached:.0%}{shown}：每步都清零、反向、走一步吗？图片和标签还配对吗？损失用的是 logits 吗？",
                f": the accuracy on the test set is only {reached:.0%}{shown}: does every step clear, go backward and step? "
                "Do pictures and labels still match? Does the loss get logits?",
            )
        )
    return reached
