"""The capstone: a student's own model, trained against the clock and measured on pictures it has never seen."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.modules.module import register_module_forward_pre_hook
from torch.optim.optimizer import register_optimizer_step_pre_hook

from pytorch_learning.checks import describe
from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.checks.modules import is_module
from pytorch_learning.checks.values import is_tensor
from pytorch_learning.language import say

CLASSES = 10
HELD_OUT = 10_000
SECONDS = 120.0
"""How long a training may take on two idle cores of the course's reference machine."""
REFERENCE_STEP = 0.0115
"""Seconds that `step_seconds` gives there."""
MOST_PATIENCE = 5.0
"""How many times slower than the reference a machine may be and still get all the time that it needs."""
_TRIED_ON = (2_000, 10_000)
"""On how many pictures a model is tried; the second time only if it has learnt next to nothing the first."""
_TRIED_FOR = 30.0
_LEARNT = 0.2  # chance is 0.1
_NEW = 500
"""On how many other pictures a model that was tried is asked for the classes that it was not given."""
_KNOWN = 0.5

Clock = Callable[[], float]


@dataclass(frozen=True)
class Garments:
    """What a model learns from, and other pictures to measure it on; images (n, 1, 28, 28) from 0 to 1."""

    images: Tensor
    labels: Tensor
    new_images: Tensor
    new_labels: Tensor


class _TimeIsUp(BaseException):
    """Ends a training.  No Exception, so that a student's own `except Exception` lets it pass."""


def accuracy(make: Callable[[], Any], split: int, *, name: str) -> float:
    """How well a model that `make` makes does on pictures held out by `split`, after it has learnt the others.

    The pictures are read in here, so that no variable of the notebook holds them while the model learns.
    """
    data = garments(split)
    check(make, data, name=name)
    return trained_accuracy(make, data, name=name)


def garments(split: int) -> Garments:
    """All 70,000 pictures of Fashion-MNIST, 10,000 of them held out at random; `split` is the seed."""
    from torchvision import datasets

    from pytorch_learning.data import data_root

    root = data_root()
    parts = [datasets.FashionMNIST(root=root, train=train, download=True) for train in (True, False)]
    pixels = torch.cat([part.data for part in parts])[:, None]
    labels = torch.cat([part.targets for part in parts])
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(split))
    new, given = order[:HELD_OUT], order[HELD_OUT:]
    return Garments(pixels[given] / 255, labels[given], pixels[new] / 255, labels[new])


def check(make: Callable[[], Any], data: Garments, *, name: str) -> None:
    """What `make` makes is a module that maps pictures to logits, and its `fit` learns what it is given.

    It is tried on a few of the pictures with their classes renumbered: a model that knows them from
    elsewhere, and not from what `fit` is given, names the old ones.
    """
    mark = say("：", ": ")
    if isinstance(make, nn.Module):
        raise CheckFailed(
            name
            + say(
                "：这里要类本身，得到的是一个实例：写 `class`，不要给这个名字赋值",
                ": the class itself is wanted, this is an instance: write a `class`, and assign nothing to its name",
            )
        )
    model = make()
    is_module(model, name=f"{name}()")
    if not list(model.parameters()):
        raise CheckFailed(
            f"{name}()"
            + say(
                "：找不到任何参数：层要在 `__init__` 里直接赋给 `self` 的属性，或放进 `nn.Sequential`",
                ": it has no parameters: in `__init__`, assign layers to attributes of `self` or put them into an "
                "`nn.Sequential`",
            )
        )
    _check_methods(model, name)
    _check_output(model, data.new_images[:3], name)
    learnt = _tried(model, data, _TRIED_ON[0], name)
    if learnt < _LEARNT:
        # A high decay of averaged weights, say, takes more steps than so few pictures give.
        learnt = _tried(make(), data, _TRIED_ON[1], name)
    if learnt < _LEARNT:
        raise CheckFailed(
            f"{name}.fit{mark}"
            + say(
                f"在 {_TRIED_ON[1]} 张图片上几乎什么也没有学会（在这些图片上的正确率是 {learnt:.0%}）：图片和标签还对得上吗？"
                "损失降了吗？学习率合适吗？",
                f"it has learnt next to nothing from {_TRIED_ON[1]} pictures ({learnt:.0%} right on these same pictures): "
                "do pictures and labels still belong together, does the loss go down, is the learning rate sensible?",
            )
        )


def _tried(model: Any, data: Garments, n: int, name: str) -> float:
    """Let the model learn n pictures with renumbered classes.  Returns how many of them it gets right."""
    _check_output(model, data.new_images[:1], name)
    images, labels = data.images[:n].clone(), data.labels[:n]
    before = [parameter.detach().cpu().clone() for parameter in model.parameters()]
    train(model, images, (labels + 3) % CLASSES, seconds=_TRIED_FOR)
    after = [parameter.detach().cpu() for parameter in model.parameters()]
    if len(before) == len(after) and all(map(torch.equal, before, after)):
        raise CheckFailed(
            f"{name}.fit"
            + say(
                "：一个参数也没有变：训练的应是 `self` 自己，不是另一个模型或拷贝；优化器要拿到 `self.parameters()`，"
                "`backward()` 之后要 `step()`",
                ": no parameter changed: train `self` and no other model or copy; the optimiser gets "
                "`self.parameters()`, and after `backward()` comes `step()`",
            )
        )
    logits = _check_output(model, data.images[:n], name)
    _check_repeats(model, data.images[:50], name)
    learnt = _share(logits, (labels + 3) % CLASSES)
    instead = learnt < _LEARNT and _share(logits, labels) > 2 * _LEARNT
    # Or it goes by what it was given only for the pictures that it was given.
    new = _check_output(model, data.new_images[:_NEW], name)
    if instead or _share(new, data.new_labels[:_NEW]) > _KNOWN:
        raise CheckFailed(
            f"{name}.fit"
            + say(
                "：它认得的不是 `fit` 收到的标签：只用参数 `images` 和 `labels` 训练，不要用笔记本里别的数据",
                ": what it knows are not the labels that `fit` was given: train on the arguments `images` and `labels` "
                "alone, on no other data of the notebook",
            )
        )
    return learnt


def trained_accuracy(make: Callable[[], Any], data: Garments, *, name: str) -> float:
    """Make a model, let it `fit` within the time, and measure it on the held-out pictures."""
    model = make()
    is_module(model, name=f"{name}()")
    used = train(model, data.images, data.labels, seconds=SECONDS)
    if used >= 1:
        print(
            say(
                "时间到了，训练停在这里，模型就按现在的样子评分。",
                "Time is up: training stops here, and the model is graded as it is.",
            )
        )
    else:
        close = say("再慢一点就会被打断。", " A little slower, and it would be cut short.")
        print(
            say(f"训练用掉了 {used:.0%} 的时间。", f"Training took {used:.0%} of the time.")
            + (close if used > 0.75 else "")
        )
    logits = _check_output(model, data.new_images, name)
    right = _share(logits, data.new_labels)
    print(
        say(
            f"{len(data.new_labels)} 张没见过的图片，正确率 {right:.2%}",
            f"Accuracy on {len(data.new_labels)} new pictures: {right:.2%}",
        )
    )
    if (logits >= 0).all() and torch.allclose(logits.sum(1), torch.ones(len(logits)), atol=1e-3):
        print(
            say(
                "`forward` 给出的是概率，不是 logits。训练时要是也这样，就去掉最后的 softmax：`cross_entropy` 自己会做，"
                "做两次学得慢。",
                "What `forward` gives are probabilities and no logits. If it does so in training too, leave out the softmax "
                "at the end: `cross_entropy` does its own, and with two of them learning is slow.",
            )
        )
    return right


def train(model: Any, images: Tensor, labels: Tensor, *, seconds: float) -> float:
    """Run `model.fit(images, labels)` until it ends or time is up.  Returns the share of the time it took.

    Seconds are those of two idle cores of the reference machine: a slower or busier one gets more.
    """
    limit = TimeLimit(seconds)
    model.train()
    with only_what_is_given(), limit.stops_training():
        model.fit(images, labels)
    return limit.used()


class TimeLimit:
    """Some seconds of the reference machine, counted on this one.

    How slow this machine is gets measured at the beginning and, since others may work on it too, again
    whenever time seems to be up.
    """

    def __init__(
        self, seconds: float, *, clock: Clock = time.perf_counter, measure: Clock | None = None
    ) -> None:
        self._seconds, self._clock, self._measure = seconds, clock, measure or step_seconds
        self._slowness: list[float] = []
        self._note_slowness()
        self._start = clock()
        self._stopped = False

    def used(self) -> float:
        """The share of the time that has gone by; 1 if training was stopped."""
        return 1.0 if self._stopped else min(self._elapsed() / self._allowed(), 1.0)

    def is_up(self) -> bool:
        """Whether the time has gone by."""
        if not self._stopped and self._elapsed() > self._allowed():
            paused = self._clock()
            self._note_slowness()
            self._start += self._clock() - paused
            self._stopped = self._elapsed() > self._allowed()
        return self._stopped

    @contextmanager
    def stops_training(self) -> Iterator[None]:
        """In here, the first call of a module or of an optimiser after time is up ends the block."""

        def look(*_: Any) -> None:
            if self.is_up():
                raise _TimeIsUp

        with ExitStack() as stack:
            for register in (
                register_module_forward_pre_hook,
                register_optimizer_step_pre_hook,
            ):
                stack.callback(register(look).remove)
            with suppress(_TimeIsUp):
                yield
            self.is_up()

    def _elapsed(self) -> float:
        return self._clock() - self._start

    def _allowed(self) -> float:
        return self._seconds * statistics.mean(self._slowness)

    def _note_slowness(self) -> None:
        self._slowness.append(min(max(self._measure() / REFERENCE_STEP, 1.0), MOST_PATIENCE))


def step_seconds(steps: int = 7) -> float:
    """How long one step of training a small convolutional network takes here: the median of some."""
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(0)
        shapes = ((16, 1, 3, 3), (32, 16, 3, 3), (CLASSES, 32 * 7 * 7))
        weights = [(0.05 * torch.randn(shape)).requires_grad_() for shape in shapes]
        x, y = torch.rand(128, 1, 28, 28), torch.randint(CLASSES, (128,))
        times = []
        for _ in range(steps + 1):
            start = time.perf_counter()
            h = x
            for weight in weights[:2]:
                h = F.max_pool2d(F.conv2d(h, weight, padding=1), 2).relu()
            torch.autograd.grad(F.cross_entropy(h.flatten(1) @ weights[2].T, y), weights)
            times.append(time.perf_counter() - start)
    return statistics.median(times[1:])  # the first one also sets up what the others use


@contextmanager
def only_what_is_given() -> Iterator[None]:
    """In here, reading Fashion-MNIST again is an error."""
    from torchvision import datasets

    from pytorch_learning import data

    def refuse(*_: Any, **__: Any) -> None:
        raise CheckFailed(
            say(
                "训练时不要再去读 FashionMNIST：`fit` 只用交给它的 `images` 和 `labels`，评分用的图片就在其余的里面",
                "don't read FashionMNIST again while training: `fit` gets by on the `images` and `labels` it is given, "
                "since the pictures for grading are among the others",
            )
        )

    with patch.object(datasets.FashionMNIST, "__init__", refuse), patch.object(data, "prepared", refuse):
        yield


def _check_methods(model: Any, name: str) -> None:
    """It has a `fit`, and its `train` and `eval` are still those of a module."""
    if not callable(getattr(model, "fit", None)):
        raise CheckFailed(
            name
            + say(
                "：没有 `fit` 方法：名字拼对了吗？它和 `forward` 缩进一样深吗？",
                ": it has no method `fit`: is it spelt so, and indented as far as `forward`?",
            )
        )
    try:
        model.eval()
    except TypeError as error:
        raise CheckFailed(
            name
            + say(
                "：`train` 和 `eval` 是每个模块都有的方法，用来切换模式：你自己的方法换个名字，训练的那个叫 `fit`",
                ": every module has the methods `train` and `eval`, which switch its mode: give methods of your own "
                "other names, and `fit` to the one that trains",
            )
        ) from error


def _check_output(model: nn.Module, images: Tensor, name: str) -> Tensor:
    """The logits of all images, float32 on the CPU, in eval mode; they have the right shape and are numbers."""
    model.eval()
    parameter = next(iter(model.parameters()), None)
    device = images.device if parameter is None else parameter.device
    found = []
    with torch.no_grad():
        for batch in images.split(500):
            called = f"{name}()(x), x = {describe.argument(batch)}"
            try:
                logits = model(batch.to(device))
            except Exception as error:
                error.add_note(called)
                raise
            is_tensor(logits, name=called)
            if tuple(logits.shape) != (len(batch), CLASSES):
                raise CheckFailed(
                    called
                    + say(
                        f"：形状应为 {(len(batch), CLASSES)}，得到 {describe.shape_of(logits.shape)}：每张图片 {CLASSES} 个分数，"
                        "批次多大都行，一张也行",
                        f": expected shape {(len(batch), CLASSES)}, got {describe.shape_of(logits.shape)}: {CLASSES} scores "
                        "for each picture, whatever the size of the batch, one picture included",
                    )
                )
            if not logits.is_floating_point():
                raise CheckFailed(
                    called
                    + say(
                        f"：应是浮点数的分数，得到 {describe.dtype_of(logits.dtype)}：不要在 `forward` 里取 `argmax`",
                        f": scores should be floats, got {describe.dtype_of(logits.dtype)}: take no `argmax` in `forward`",
                    )
                )
            found.append(logits.float().cpu())
    result = torch.cat(found)
    if not result.isfinite().all():
        raise CheckFailed(
            f"{name}()(x)"
            + say(
                "：分数里有 nan 或无穷大：学习率是不是太大？有没有除以 0，或者对 0 取了对数？",
                ": there is nan or infinity among the scores: is the learning rate too high, or is there a division by 0 "
                "or a logarithm of 0?",
            )
        )
    return result


def _check_repeats(model: nn.Module, images: Tensor, name: str) -> None:
    """In eval mode a picture gets the same scores every time, in whatever company."""
    together = _check_output(model, images, name)
    if not torch.allclose(together, _check_output(model, images, name), rtol=1e-2, atol=1e-2):
        raise CheckFailed(
            f"{name}()(x)"
            + say(
                "：评估模式下，同样的图片两次得到不同的分数：随机的步骤（例如 `F.dropout`）只在 `self.training` 时做",
                ": in eval mode the same pictures get other scores the second time: do what is random (`F.dropout`, "
                "say) only if `self.training`",
            )
        )
    alone = torch.cat([_check_output(model, image, name) for image in images[:8].split(1)])
    if not torch.allclose(together[:8], alone, rtol=1e-2, atol=1e-2):
        raise CheckFailed(
            f"{name}()(x)"
            + say(
                "：评估模式下，一张图片的分数取决于同一批里还有谁：`forward` 里不要对整批取均值或标准差，"
                "归一化层自己会用记下来的平均",
                ": in eval mode a picture's scores depend on what else is in its batch: take no mean or standard deviation "
                "over the batch in `forward`; layers that normalise use what they noted",
            )
        )


def _share(logits: Tensor, labels: Tensor) -> float:
    """How many of the labels the logits get right, from 0 to 1."""
    return (logits.argmax(1) == labels).double().mean().item()
