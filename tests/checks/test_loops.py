"""Checks of a training loop, against loops with the commonest mistakes."""

import pytest
import torch
from torch import nn

from pytorch_learning.checks import loops
from tests.checks.test_values import message

pytestmark = pytest.mark.usefixtures("english")
LOSSES, SIZES = [2.0, 1.0], [3, 1]


def test_watch() -> None:
    model = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with loops.watch(model, optimizer) as seen:
        model(torch.ones(3, 2)).sum().backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            model(torch.ones(1, 2))
    model(torch.ones(9, 2))
    optimizer.step()
    assert [len(x) for x in seen.inputs] == [3, 1]
    assert seen.modes == [True, False]
    assert seen.recording == [True, False]
    assert seen.steps_taken == 1


def test_watch_ends_with_an_error() -> None:
    model = nn.Linear(2, 1)
    with pytest.raises(ZeroDivisionError), loops.watch(model) as seen:
        raise ZeroDivisionError
    model(torch.ones(1, 2))
    assert not seen.inputs


def test_same_parameters() -> None:
    one, other, wrong = (nn.Linear(2, 1) for _ in range(3))
    loops.same_parameters(one, one)
    assert "wrong parameters" in message(loops.same_parameters, one, other)
    assert "look here" in message(loops.same_parameters, one, other, hint="look here")
    told = message(
        loops.same_parameters, one, other, mistakes=[(wrong, "no"), (one, "this one")], hint="look"
    )
    assert "this one" in told
    assert "look" not in told


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (1.5, "mean of the batches"),
        (1.0, "last batch"),
        (2.0, "first batch"),
        (3.0, "the sum"),
        (7.0, "divide by the number of samples"),
        (3.5, "number of batches"),
        (0.75, "a mean already"),
        (9.0, "my own"),
        (torch.tensor(1.75), ".item()"),
        (None, "return"),
    ],
)
def test_sample_mean_names_the_mistake(result: object, told: str) -> None:
    assert told in message(loops.sample_mean, result, LOSSES, SIZES, mistakes=[(9.0, "my own")])


def test_sample_mean() -> None:
    loops.sample_mean(1.75, LOSSES, SIZES)
