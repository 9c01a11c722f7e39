"""Checks of code that is to run on any device, tried without one."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from pytorch_learning import checks
from tests.checks.test_values import message

pytestmark = pytest.mark.usefixtures("english")
HERE = torch.ones(4, 3)
THERE = torch.ones(4, 3, device="meta")


def test_everywhere_begins_with_the_cpu() -> None:
    assert checks.everywhere()[0] == "cpu"
    assert len(checks.everywhere()) == 1 + torch.accelerator.is_available()


def train() -> Tensor:
    model = nn.Linear(3, 2, device="meta")
    optimizer = torch.optim.Adam(model.parameters())
    total = torch.zeros((), device="meta")
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(THERE), torch.zeros(4, dtype=torch.int64, device="meta"))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return total


def test_a_training_that_reads_nothing_runs_on_meta() -> None:
    assert checks.runs_on_meta(train, name="train()").is_meta


@pytest.mark.parametrize(
    "reads",
    [
        lambda: THERE.sum().item(),
        lambda: float(THERE.sum()),
        lambda: THERE.tolist(),
        lambda: THERE.cpu(),
        lambda: THERE.to("cpu"),
        lambda: THERE.numpy(),
        lambda: 1 if THERE.sum() > 0 else 2,
        lambda: f"{THERE.sum():.2f}",
        lambda: f"{THERE.sum()}",
        lambda: str(THERE),
        lambda: print(THERE),
    ],
)
def test_reading_is_found(reads: Callable[[], object]) -> None:
    assert message(checks.runs_on_meta, reads, name="f()").startswith("f(): a value is read here")
    assert "don't" in message(checks.runs_on_meta, reads, name="f()", reading="don't")


@pytest.mark.parametrize("stays", [lambda: HERE + THERE, lambda: nn.Linear(3, 2)(THERE)])
def test_what_stays_behind_is_found(stays: Callable[[], object]) -> None:
    assert "stayed on another device" in message(checks.runs_on_meta, stays, name="f()")
    assert "move it" in message(checks.runs_on_meta, stays, name="f()", staying="move it")


def test_other_errors_and_failed_checks_pass_through() -> None:
    with pytest.raises(RuntimeError, match="shape"):
        checks.runs_on_meta(lambda: THERE.reshape(5), name="f()")
    with pytest.raises(NotImplementedError):
        checks.runs_on_meta(lambda: (_ for _ in ()).throw(NotImplementedError()), name="f()")
    assert message(checks.runs_on_meta, lambda: checks.true(False, "so"), name="f()") == "so"


@pytest.mark.skipif(torch.accelerator.is_available(), reason="here the accelerator is there")
def test_a_gpu_that_is_not_there_is_named() -> None:
    assert "a kind of GPU is fixed" in message(checks.runs_on_meta, lambda: THERE.cuda(), name="f()")


BYTES = torch.zeros(4, 3, dtype=torch.uint8)


@pytest.mark.parametrize(
    ("move", "total"),
    [
        (lambda: BYTES.to("meta"), 12),
        (lambda: BYTES.to("meta").float(), 12),
        (lambda: torch.stack([row.to("meta") for row in BYTES]), 12),
        (lambda: torch.empty(4, 3, dtype=torch.uint8, device="meta").copy_(BYTES), 12),
        (lambda: BYTES.to("meta", torch.float32, non_blocking=True), 12),
        (lambda: BYTES.to("meta", torch.float32), 48),
        (lambda: BYTES.float().to("meta"), 48),
        (lambda: torch.empty(4, 3, device="meta").copy_(BYTES), 48),
        (lambda: torch.zeros(4, 3, device="meta"), 0),
        (lambda: BYTES.float(), 0),
    ],
)
def test_crossings_count_the_bytes_that_travel(move: Callable[[], Tensor], total: int) -> None:
    result, crossings = checks.crossings(move)
    assert isinstance(result, Tensor)
    assert sum(crossing.bytes for crossing in crossings) == total
    assert all((crossing.source, crossing.target) == ("cpu", "meta") for crossing in crossings)
