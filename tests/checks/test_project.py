"""The capstone's frame: what it says of models that don't fit in, and training against a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import datasets

from pytorch_learning import data, patience
from pytorch_learning.checks import CheckFailed, project
from tests import bank
from tests.checks.test_values import message

pytestmark = pytest.mark.usefixtures("english")


class Model(nn.Module):
    """A small network that learns the classes of `DATA` in no time."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
        self.steps = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)

    def fit(self, images: torch.Tensor, labels: torch.Tensor, epochs: int = 3) -> None:
        optimizer = torch.optim.Adam(self.parameters(), lr=0.01)
        for _ in range(epochs):
            for batch in torch.randperm(len(images)).split(50):
                optimizer.zero_grad()
                F.cross_entropy(self(images[batch]), labels[batch]).backward()
                optimizer.step()
                self.steps += 1


def pictures(n: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Noise with a bright bar whose height is the class."""
    labels = torch.arange(n) % 10
    images = torch.rand(n, 1, 28, 28) / 2
    images[torch.arange(n), 0, 2 * labels] += 0.5
    return images, labels


@pytest.fixture(scope="module")
def garments() -> project.Garments:
    torch.manual_seed(0)
    return project.Garments(*pictures(1000), *pictures(200))


@pytest.fixture(autouse=True)
def quick_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "step_seconds", lambda: project.REFERENCE_STEP)
    torch.manual_seed(0)


def test_a_sound_model_passes_and_is_measured(
    garments: project.Garments, capsys: pytest.CaptureFixture[str]
) -> None:
    project.check(Model, garments, name="Model")
    assert project.trained_accuracy(Model, garments, name="Model") > 0.9
    assert "200 new pictures" in capsys.readouterr().out


def variant(**methods: Callable[..., Any]) -> type[Model]:
    return type("Variant", (Model,), methods)


def fit_nothing(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
    pass


def fit_noise(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
    Model.fit(self, torch.rand(images.shape), labels)


def train_with_data(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
    """A method of a student's own, by the name of one that every module has."""


FAULTS = {
    "instance": (Model(), "the class itself is wanted"),
    "no module": (lambda: 3, "expected type nn.Module"),
    "nothing to train": (variant(__init__=lambda self: nn.Module.__init__(self)), "no parameters"),
    "too few scores": (variant(forward=lambda self, x: self.net(x)[:, :9]), "10 scores for each"),
    "no batch": (variant(forward=lambda self, x: self.net(x).squeeze()), "one picture included"),
    "classes": (variant(forward=lambda self, x: self.net(x).round().long()), "take no `argmax`"),
    "nan": (variant(forward=lambda self, x: self.net(x) / 0), "nan or infinity"),
    "no fit": (variant(fit=None), "it has no method `fit`"),
    "train taken": (variant(train=train_with_data), "give methods of your own other names"),
    "does nothing": (variant(fit=fit_nothing), "no parameter changed"),
    "learns noise": (variant(fit=fit_noise), "learnt next to nothing"),
    "random": (variant(forward=lambda self, x: self.net(x + torch.rand_like(x))), "second time"),
    "by the batch": (variant(forward=lambda self, x: self.net(x - x.mean())), "what else is in its batch"),
}


@pytest.mark.parametrize(("model", "told"), FAULTS.values(), ids=FAULTS)
def test_what_does_not_fit_in(garments: project.Garments, model: Any, told: str) -> None:
    assert told in message(project.check, model, garments, name="Model")


def test_a_slow_learner_is_tried_again_on_more_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def fit(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
        Model.fit(self, images, labels if len(images) > 200 else labels.roll(1))

    monkeypatch.setattr(project, "_TRIED_ON", (200, 1000))
    data = project.Garments(*pictures(1000), *pictures(200))
    project.check(variant(fit=fit), data, name="Model")


def test_probabilities_are_measured_with_a_word_of_advice(
    garments: project.Garments, capsys: pytest.CaptureFixture[str]
) -> None:
    def forward(self: Model, x: torch.Tensor) -> torch.Tensor:
        return self.net(x).softmax(1)

    project.trained_accuracy(Model, garments, name="Model")
    assert "softmax" not in capsys.readouterr().out
    project.trained_accuracy(variant(forward=forward), garments, name="Model")
    assert "leave out the softmax" in capsys.readouterr().out


def test_knowledge_from_elsewhere_is_found(garments: project.Garments) -> None:
    def fit(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
        Model.fit(self, garments.images, garments.labels)

    assert "not the labels that `fit` was given" in message(
        project.check, variant(fit=fit), garments, name="Model"
    )


def test_pictures_known_by_heart_are_found(garments: project.Garments) -> None:
    known = {
        image.sum().item(): label
        for image, label in zip(garments.new_images, garments.new_labels, strict=True)
    }

    def forward(self: Model, x: torch.Tensor) -> torch.Tensor:
        looked_up = torch.zeros(len(x), 10)
        for image, scores in zip(x, looked_up, strict=True):
            if (label := known.get(image.sum().item())) is not None:
                scores[label] = 100
        return self.net(x) + looked_up

    assert "not the labels that `fit` was given" in message(
        project.check, variant(forward=forward), garments, name="Model"
    )


def test_the_data_is_closed_while_training_and_open_again_afterwards(garments: project.Garments) -> None:
    def fit(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
        data.data_root()

    assert "FashionMNIST" in message(project.check, variant(fit=fit), garments, name="Model")
    with project.only_what_is_given(), pytest.raises(CheckFailed):
        datasets.FashionMNIST("anywhere")
    assert "refuse" not in repr(data.prepared)


class Hands:
    """A clock that goes on by `step` whenever it is read."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def stopped_after(seconds: float, slowness: list[float]) -> tuple[int, float]:
    """The steps of a training that reads the clock five times in each, every second, and its share."""
    measured = iter(slowness)
    limit = project.TimeLimit(
        seconds, clock=Hands(1.0), measure=lambda: next(measured) * project.REFERENCE_STEP
    )
    model = Model()
    with limit.stops_training():
        model.fit(*pictures(100), epochs=500)
    return model.steps, limit.used()


def test_time_ends_a_training_that_goes_on() -> None:
    steps, used = stopped_after(100, [1, 1])
    assert 15 < steps < 25
    assert used == 1


def test_a_slow_machine_gets_more_time() -> None:
    assert 55 < stopped_after(100, [3, 3])[0] < 65


def test_a_machine_that_gets_busy_gets_more_time_too() -> None:
    # 100 seconds at first, then 200 (the mean of 1 and 3), then 233 (of 1, 3 and 3), and so on.
    assert 40 < stopped_after(100, [1, 3, 3, 3, 3, 3, 3, 3, 3])[0] < 65


def test_a_fast_machine_gets_no_less_and_patience_ends() -> None:
    assert stopped_after(100, [0.1, 0.1])[0] == stopped_after(100, [1, 1])[0]
    assert stopped_after(100, [50, 50])[0] == stopped_after(100, [project.MOST_PATIENCE] * 2)[0]


def test_grading_waits_until_patience_ends() -> None:
    given = patience.own_seconds(bank.source_cells("08_capstone")["GarmentClassifier-test"])
    trials = len(project._TRIED_ON) * project._TRIED_FOR
    assert given > (project.SECONDS + trials) * project.MOST_PATIENCE


def test_hooks_are_gone_afterwards() -> None:
    limit = project.TimeLimit(0, clock=Hands(1.0), measure=lambda: 0.0)
    model = Model()
    with limit.stops_training():
        model(torch.rand(1, 1, 28, 28))
    model(torch.rand(1, 1, 28, 28))
    assert limit.used() == 1


def test_a_student_who_catches_exceptions_is_stopped_all_the_same(garments: project.Garments) -> None:
    def fit(self: Model, images: torch.Tensor, labels: torch.Tensor) -> None:
        try:
            Model.fit(self, images, labels, epochs=10_000)
        except Exception:
            self.fit(images, labels)

    model = variant(fit=fit)()
    assert project.train(model, *pictures(100), seconds=0.2) == 1
    assert model.steps > 0


def test_measuring_the_machine_leaves_random_numbers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    state = torch.get_rng_state()
    with torch.no_grad():
        assert 0 < project.step_seconds(steps=1) < 60
    assert torch.equal(torch.get_rng_state(), state)
