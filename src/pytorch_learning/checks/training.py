"""Checks of training: parameters move, old gradients don't count, evaluation leaves the model as it was."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.checks.loops import Seen, watch
from pytorch_learning.language import say


def parameters_change(model: nn.Module, train: Callable[[], Any], *, name: str = "model") -> None:
    """`train()` changes every parameter of the model that requires a gradient, and no other."""
    before = {key: parameter.detach().clone() for key, parameter in model.named_parameters()}
    train()
    moved = {key for key, parameter in model.named_parameters() if not torch.equal(parameter, before[key])}
    trainable = {key for key, parameter in model.named_parameters() if parameter.requires_grad}
    if trainable and not moved:
        raise CheckFailed(
            name
            + say(
                "：没有一个参数变了：`backward()` 之后调用 `optimizer.step()` 了吗？",
                ": no parameter changed: did you call `optimizer.step()` after `backward()`?",
            )
        )
    if still := sorted(trainable - moved):
        raise CheckFailed(
            name
            + say(
                f"：{'、'.join(still)} 没有变：优化器拿到全部参数了吗？中间有 `detach()` 吗？",
                f": {', '.join(still)} did not change: did the optimiser get all parameters, is there a `detach()`?",
            )
        )
    if frozen := sorted(moved - trainable):
        raise CheckFailed(
            name
            + say(
                f"：{'、'.join(frozen)} 被冻结了（`requires_grad=False`），却变了",
                f": {', '.join(frozen)} is frozen (`requires_grad=False`) and changed all the same",
            )
        )


def clears_gradients(model: nn.Module, train: Callable[[nn.Module], Any], *, name: str = "model") -> None:
    """`train(model)` ends the same whether or not gradients from earlier were left behind.

    It is run on two copies of the model with the same random numbers; `model` itself stays as it is.
    """
    clean, stale = copy.deepcopy(model), copy.deepcopy(model)
    for parameter in clean.parameters():
        parameter.grad = None
    for parameter in stale.parameters():
        parameter.grad = torch.full_like(parameter, 100.0)
    state = torch.get_rng_state()
    train(clean)
    torch.set_rng_state(state)
    train(stale)
    pairs = zip(clean.parameters(), stale.parameters(), strict=True)
    if not all(torch.allclose(a, b, rtol=1e-4, atol=1e-6) for a, b in pairs):
        raise CheckFailed(
            name
            + say(
                "：旧的梯度混进来了：每一步 `backward()` 之前先 `optimizer.zero_grad()`",
                ": old gradients got mixed in: call `optimizer.zero_grad()` before each `backward()`",
            )
        )


def evaluates(model: nn.Module, evaluate: Callable[[], Any], *, name: str = "model") -> Any:
    """`evaluate()` runs the model in `eval` mode and without gradients, and leaves parameters and mode alone.

    Returns what `evaluate()` returns.
    """
    before = copy.deepcopy(model.state_dict())
    mode = model.training
    with watch(model) as seen:
        result = evaluate()
    problem = _evaluation_problem(seen)
    if problem is None and any(
        not torch.equal(value, before[key]) for key, value in model.state_dict().items()
    ):
        problem = say(
            "评估改动了模型：评估时不要 `backward()` 或 `step()`",
            "evaluation changed the model: no `backward()` and no `step()` there",
        )
    if problem is None and model.training != mode:
        problem = say(
            "评估之后没有恢复原来的模式：先记下 `model.training`，最后用 `model.train(…)` 恢复",
            "the mode was not restored: note `model.training` first, and hand it to `model.train(…)` at the end",
        )
    if problem is not None:
        raise CheckFailed(name + say("：", ": ") + problem)
    return result


def _evaluation_problem(seen: Seen) -> str | None:
    if not seen.modes:
        return say("评估没有用到模型：调用 `model(x)`", "evaluation never used the model: call `model(x)`")
    if any(seen.modes):
        return say(
            "评估前要 `model.eval()`：dropout 和批归一化会不同",
            "call `model.eval()` first: dropout and batch norm differ",
        )
    if any(seen.recording):
        return say(
            "评估不需要梯度：放进 `with torch.no_grad():`",
            "evaluation needs no gradients: put it in `with torch.no_grad():`",
        )
    return None
