"""Checks of training, against loops that are right and loops with the commonest mistakes."""

from collections.abc import Callable

import pytest
import torch
from torch import nn

from pytorch_learning import checks
from tests.checks.test_values import message

pytestmark = pytest.mark.usefixtures("english")
X, Y = torch.randn(8, 3), torch.randint(2, (8,))


@pytest.fixture
def model() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4, 2))


def step(model: nn.Module, *, zero: bool = True, go: bool = True, parameters: slice = slice(None)) -> None:
    optimizer = torch.optim.SGD(list(model.parameters())[parameters], lr=0.1)
    if zero:
        optimizer.zero_grad()
    nn.functional.cross_entropy(model(X), Y).backward()
    if go:
        optimizer.step()


def test_parameters_change(model: nn.Module) -> None:
    checks.parameters_change(model, lambda: step(model))
    assert "optimizer.step()" in message(checks.parameters_change, model, lambda: step(model, go=False))
    told = message(checks.parameters_change, model, lambda: step(model, parameters=slice(2)))
    assert "3.weight" in told
    assert "0.weight" not in told


def test_frozen_parameters_stay(model: nn.Module) -> None:
    model[0].requires_grad_(False)
    checks.parameters_change(model, lambda: step(model))

    def train() -> None:
        step(model)
        with torch.no_grad():
            model[0].bias += 1

    assert "0.bias" in message(checks.parameters_change, model, train)


def test_clears_gradients(model: nn.Module) -> None:
    before = [p.detach().clone() for p in model.parameters()]
    checks.clears_gradients(model, step)
    assert "zero_grad()" in message(checks.clears_gradients, model, lambda m: step(m, zero=False))
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


def right(model: nn.Module) -> float:
    model.eval()
    with torch.no_grad():
        accuracy = (model(X).argmax(1) == Y).float().mean().item()
    model.train()
    return accuracy


def without_eval(model: nn.Module) -> None:
    with torch.no_grad():
        model(X)


def with_gradients(model: nn.Module) -> None:
    model.eval()
    model(X)
    model.train()


def not_restored(model: nn.Module) -> None:
    model.eval()
    with torch.no_grad():
        model(X)


def training(model: nn.Module) -> None:
    right(model)
    with torch.no_grad():
        model[0].bias += 1


@pytest.mark.parametrize(
    ("evaluate", "told"),
    [
        (without_eval, "model.eval()"),
        (with_gradients, "torch.no_grad()"),
        (not_restored, "restored"),
        (training, "changed the model"),
        (lambda model: 0.5, "never used"),
    ],
)
def test_evaluates(model: nn.Module, evaluate: Callable[[nn.Module], None], told: str) -> None:
    assert 0 <= checks.evaluates(model, lambda: right(model)) <= 1
    assert told in message(checks.evaluates, model, lambda: evaluate(model))
