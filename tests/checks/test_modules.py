"""Checks of modules, against models that are right and models with the commonest mistakes."""

import pytest
import torch
from torch import nn

from pytorch_learning import checks
from tests.checks.test_values import message

pytestmark = pytest.mark.usefixtures("english")
SHAPES = [(4, 3), (4,), (2, 4), (2,)]


class Listed(nn.Module):
    """Keeps its layer where modules don't look for it."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = [nn.Linear(3, 2)]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers[0](x)


class Stays(nn.Module):
    """Answers on the CPU, whatever it is asked."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.zeros(x.shape)


@pytest.fixture
def model() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))


def test_is_module(model: nn.Module) -> None:
    checks.is_module(model)
    checks.is_module(model[0], nn.Linear)
    assert "nn.Linear" in message(checks.is_module, model, nn.Linear)
    assert "parentheses" in message(checks.is_module, nn.Flatten)
    assert "return" in message(checks.is_module, None)
    assert "the layer itself" in message(checks.is_module, torch.zeros(1), nn.Linear)
    assert "list" in message(checks.is_module, [])


def test_parameter_shapes(model: nn.Module) -> None:
    checks.parameter_shapes(model, SHAPES)
    checks.parameter_shapes(model, reversed(SHAPES))
    assert "plain list" in message(checks.parameter_shapes, Listed(), SHAPES)
    assert "some are missing" in message(checks.parameter_shapes, model[0], SHAPES)
    assert "too many" in message(checks.parameter_shapes, model, SHAPES[:2])
    assert "a size fixed" in message(checks.parameter_shapes, model, [(5, 3), (5,), (2, 5), (2,)])
    bare = nn.Linear(3, 4, bias=False)
    assert "swapped" in message(checks.parameter_shapes, bare, [(3, 4)])
    assert "swapped" in message(checks.parameter_shapes, nn.Linear(3, 4), [(3, 4), (3,)])
    assert "(4, 3)" in message(checks.parameter_shapes, bare, [(3, 4)])
    with checks.hidden():
        assert "(3, 4)" not in message(checks.parameter_shapes, bare, [(3, 4)])


def test_output(model: nn.Module) -> None:
    x = torch.rand(5, 3)
    right = model(x)
    assert torch.equal(checks.output(model, x, right), right)
    told = message(checks.output, model, x, right + 1, mistakes=[(right, "add 1")])
    assert told.endswith("add 1")
    assert "tensor(5, 3)" in told
    torch.manual_seed(1)
    other = torch.rand(5, 2)
    assert message(checks.output, model, x, other, hint="look again").endswith("look again")
    assert "look again" not in message(checks.output, model, x, torch.rand(4, 2), hint="look again")
    assert "parentheses" not in message(checks.output, nn.LSTM(3, 2), x, other)


def test_own_parameters() -> None:
    shared = nn.Linear(2, 2)
    checks.own_parameters(lambda: nn.Linear(2, 2))
    assert "__init__" in message(checks.own_parameters, lambda: nn.Sequential(shared))


def test_moves(model: nn.Module) -> None:
    checks.moves(model, torch.rand(5, 3))
    assert next(model.parameters()).device.type == "cpu"
    assert "fails" in message(checks.moves, Listed(), torch.rand(5, 3))
    assert "elsewhere" in message(checks.moves, Stays(), torch.rand(5, 3))


def test_moves_lets_an_unwritten_forward_through() -> None:
    class Blank(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            raise NotImplementedError

    with pytest.raises(NotImplementedError):
        checks.moves(Blank(), torch.rand(1))
