"""Checks of a training loop: what model and optimiser see while it runs, what it leaves and what it reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.checks.values import Mistake, equal
from pytorch_learning.language import say


@dataclass
class Seen:
    """What has happened to a model and its optimiser."""

    inputs: list[Tensor] = field(default_factory=list)
    """What each call of the model got."""
    modes: list[bool] = field(default_factory=list)
    """Whether the model was in train mode, for each call."""
    recording: list[bool] = field(default_factory=list)
    """Whether autograd was on, for each call."""
    steps_taken: int = 0
    """How many steps the optimiser has taken."""


@contextmanager
def watch(model: nn.Module, optimizer: torch.optim.Optimizer | None = None) -> Iterator[Seen]:
    """Note what happens to the model, and to the optimiser, inside the block."""
    seen = Seen()

    def called(module: nn.Module, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        given = [x for x in (*arguments, *named.values()) if isinstance(x, Tensor)]
        seen.inputs += [given[0].detach()] if given else []
        seen.modes.append(module.training)
        seen.recording.append(torch.is_grad_enabled())

    def stepped(*_: Any) -> None:
        seen.steps_taken += 1

    hooks = [model.register_forward_pre_hook(called, with_kwargs=True)]
    if optimizer is not None:
        hooks.append(optimizer.register_step_post_hook(stepped))
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def same_parameters(
    model: nn.Module,
    expected: nn.Module,
    *,
    name: str = "model",
    mistakes: Iterable[tuple[nn.Module, str]] = (),
    hint: str = "",
) -> None:
    """The model has the parameters of `expected`, up to rounding.

    If it has those of a model in `mistakes`, its sentence is the advice, else `hint`.
    """
    if _alike(model, expected):
        return
    told = [sentence for wrong, sentence in mistakes if _alike(model, wrong)]
    what = say("：训练以后参数不对", ": training leads to the wrong parameters")
    advice = told[0] if told else hint
    raise CheckFailed(name + what + (say("：", ": ") + advice if advice else ""))


def _alike(model: nn.Module, other: nn.Module) -> bool:
    pairs = zip(model.parameters(), other.parameters(), strict=True)
    return all(torch.allclose(a, b, rtol=1e-5, atol=1e-8, equal_nan=True) for a, b in pairs)


def sample_mean(
    result: object,
    losses: Sequence[float],
    sizes: Sequence[int],
    *,
    name: str = "loss",
    mistakes: Iterable[Mistake] = (),
) -> None:
    """`result` is the mean per sample, a Python float, of batches with these mean losses and sizes."""
    if isinstance(result, Tensor) and result.numel() == 1:
        advice = say(
            "：要 Python 数，不是张量：`.item()`", ": a Python number is wanted, no tensor: `.item()`"
        )
        raise CheckFailed(name + advice)
    batches, samples = len(losses), sum(sizes)
    total = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
    usual = [
        (
            sum(losses) / batches,
            say(
                "这是各批的平均：批有大有小，每批的损失要乘上它的样本数",
                "that is the mean of the batches: they differ in size, so multiply each loss by its number of samples",
            ),
        ),
        (losses[-1], say("这只是最后一批的损失", "that is the loss of the last batch only")),
        (losses[0], say("这只是第一批的损失", "that is the loss of the first batch only")),
        (sum(losses), say("这是总和，要平均", "that is the sum; the mean is wanted")),
        (total, say("还要除以样本数", "divide by the number of samples")),
        (
            total / batches,
            say(
                "除以了批数，应除以样本数",
                "that is divided by the number of batches: divide by that of samples",
            ),
        ),
        (
            sum(losses) / samples,
            say(
                "每批的损失已经是平均：要乘上这批的样本数再加",
                "the loss of a batch is a mean already: multiply by its number of samples before adding",
            ),
        ),
    ]
    equal(result, total / samples, name=name, mistakes=[*usual, *mistakes])
