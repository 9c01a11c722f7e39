"""Checks of a function."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from pytorch_learning import checks
from tests.checks.test_values import message

pytestmark = pytest.mark.usefixtures("english")
X = torch.tensor([1.0, 2.0, 3.0])


def double(x: torch.Tensor) -> torch.Tensor:
    return 2 * x


def test_returns_hands_on_the_result() -> None:
    assert torch.equal(checks.returns(double, X, expected=2 * X), 2 * X)


def test_the_call_is_named() -> None:
    assert message(checks.returns, double, X, expected=X).startswith("`double(tensor(3,) float32)`")


def test_a_mistake_may_be_a_function() -> None:
    told = message(
        checks.returns, double, X, expected=3 * X, mistakes=[(lambda x: x + x, "doubled, not tripled")]
    )
    assert told.endswith("doubled, not tripled")


def test_a_mistake_that_fails_for_these_arguments_is_passed_over() -> None:
    told = message(
        checks.returns, double, X, expected=3 * X, mistakes=[(lambda x: x @ torch.ones(2, 2), "no")]
    )
    assert "same factor" in told


@pytest.mark.parametrize("argument", [X.clone(), np.ones(3), [torch.ones(2)]])
def test_changed_argument_is_noticed(argument: object) -> None:
    def careless(x: object) -> int:
        (x[0] if isinstance(x, list) else x).__setitem__(0, 99)
        return 1

    assert "changed its argument" in message(checks.returns, careless, argument, expected=1)


def change_weight(model: nn.Linear) -> int:
    with torch.no_grad():
        model.weight += 1
    return 1


def freeze(model: nn.Linear) -> int:
    model.weight.requires_grad_(False)
    return 1


def evaluate(model: nn.Linear) -> int:
    model.eval()
    return 1


@pytest.mark.parametrize("careless", [change_weight, freeze, evaluate])
def test_changed_module_is_noticed(careless: Callable[[nn.Linear], int]) -> None:
    told = message(checks.returns, careless, nn.Linear(2, 2), expected=1)
    assert "changed its argument" in told
    assert "train/eval" in told


def test_what_is_not_copied_may_be_given() -> None:
    dataset = TensorDataset(X)
    arguments = (dataset, DataLoader(dataset), torch.Generator(), nn.Linear(2, 2), {"a": X}, len)
    told = message(checks.returns, lambda *items: len(items), *arguments, expected=5)
    assert "(TensorDataset, DataLoader, Generator, Linear, {'a': " in told
    assert ", len)`" in told
    checks.returns(lambda *items: len(items), *arguments, expected=6)


def test_in_place_functions_may_change_their_argument() -> None:
    checks.returns(lambda x: x.mul_(2), X.clone(), expected=2 * X, changes_arguments=True)


def test_requiring_a_gradient_of_the_argument_is_a_change() -> None:
    assert "changed its argument" in message(
        checks.returns, lambda x: x.requires_grad_().detach() * 1, X.clone(), expected=X
    )


def test_non_contiguous_arguments_stay_so() -> None:
    seen = []
    checks.agrees(lambda x: seen.append(x.is_contiguous()) or x.sum(), torch.sum, [torch.rand(2, 3).T])
    assert seen == [False]


def test_agrees_tries_every_case() -> None:
    told = message(
        checks.agrees, lambda x: 2 * x if len(x) else x.sum(), double, [X, X.long(), torch.empty(0)]
    )
    assert told.startswith("`<lambda>(tensor(0,) float32)`")


def test_not_a_function() -> None:
    assert "Run the answer cell again" in message(checks.returns, 3, X, expected=X)


def test_raises() -> None:
    def refuse(kind: Callable[..., Exception]) -> None:
        raise kind("no")

    checks.raises(ValueError, refuse, ValueError)
    assert "raised TypeError" in message(checks.raises, ValueError, refuse, TypeError)
    assert "returned 4" in message(checks.raises, ValueError, lambda: 4, hint="mind the rule")


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x.new_zeros(2),
        lambda x: torch.zeros(2, device=x.device),
        lambda x: torch.tensor(x.tolist(), device=x.device),
        lambda x: x + x.sum().item(),
        lambda x: torch.from_numpy(x.numpy()).to(x.device),
        lambda x: x[x > 0],
    ],
)
def test_follows_device(function: Callable[[torch.Tensor], torch.Tensor]) -> None:
    checks.follows_device(function, X)


@pytest.mark.parametrize("function", [lambda x: torch.zeros(2), lambda x: x + torch.zeros(3)])
def test_staying_on_the_cpu_is_noticed(function: Callable[[torch.Tensor], torch.Tensor]) -> None:
    assert "device=x.device" in message(checks.follows_device, function, X)
