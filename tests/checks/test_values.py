"""Checks of one value: what passes, what fails, and what the message says."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from pytorch_learning import checks
from pytorch_learning.checks import diagnosis
from pytorch_learning.checks.values import TOLERANCES, difference

A = torch.arange(6.0).reshape(2, 3)


def message(check: Callable[..., object], *arguments: object, **options: object) -> str:
    with pytest.raises(checks.CheckFailed) as caught:
        check(*arguments, **options)
    return str(caught.value)


def test_tolerances_are_those_of_torch_testing() -> None:
    from torch.testing._comparison import default_tolerances

    for dtype, (rtol, atol) in TOLERANCES.items():
        assert default_tolerances(dtype) == (rtol, atol)
    assert default_tolerances(torch.int64) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("check", "arguments"),
    [
        (checks.is_tensor, (A,)),
        (checks.shape, (A, (2, 3))),
        (checks.shape, (A, torch.Size([2, 3]))),
        (checks.dtype, (A, torch.float32)),
        (checks.device, (A, "cpu")),
        (checks.equal, (A, A.clone())),
        (checks.equal, (A + 1e-6, A)),
        (checks.equal, (torch.tensor([float("nan")]), torch.tensor([float("nan")]))),
        (checks.equal, (torch.empty(0, 3), torch.empty(0, 3))),
        (checks.equal, (A.T.contiguous().T, A)),
        (checks.equal, (A.clone().requires_grad_(), A)),
        (checks.equal, (torch.tensor([True]), torch.tensor([True]))),
        (checks.equal, (np.ones(3), np.ones(3))),
        (checks.equal, (0.1 + 0.2, 0.3)),
        (checks.equal, (torch.Size([2, 3]), (2, 3))),
        (checks.shared_memory, (A, A[0])),
        (checks.own_memory, (A.clone(), A)),
        (checks.own_memory, (np.ones(3), torch.ones(3))),
        (checks.true, (True, "")),
    ],
)
def test_passes(check: Callable[..., object], arguments: tuple[object, ...]) -> None:
    check(*arguments)


@pytest.mark.parametrize(
    ("got", "expected", "zh", "en"),
    [
        (None, A, "return", "return"),
        ([1.0], torch.tensor([1.0]), "torch.tensor", "torch.tensor"),
        (np.ones(1), torch.ones(1), "from_numpy", "from_numpy"),
        (torch.tensor(2.0), 2.0, "item()", "item()"),
        (A.T, A, "(3, 2)", "swapped"),
        (A[None], A, "大小为 1", "size 1 too many"),
        (torch.ones(3), torch.ones(3, 1), "少了", "missing"),
        (A.reshape(6), A, "排列", "arrangement"),
        (A.long(), A, "整数", "float()"),
        (A, A.long(), "整数", "whole numbers"),
        (A.double(), A, "float64", "float64"),
        (A.to("meta"), A, "设备应为 cpu", "expected device cpu"),
        (A.flip(1), A, "顺序反了", "reversed"),
        (A + 1, A, "差同样多", "same amount"),
        (2 * A + 2, A + 1, "同样的倍数", "same factor"),
        (A * float("nan"), A, "nan", "nan"),
        (7, 8, "8，得到 7", "expected the value 8, got 7"),
        (
            torch.arange(20),
            torch.arange(20).index_fill(0, torch.tensor([3]), 9),
            "第一个在 [3]",
            "first at [3]",
        ),
        (1.0, 1, "//", "//"),
        (True, 1, "bool", "bool"),
        ((1, 2), (1, 3), "(1, 3)，得到 (1, 2)", "expected the value (1, 3), got (1, 2)"),
        ([1, 2], (1, 2), "tuple(…)", "tuple(…)"),
        ((1,), (1, 2), "少了一项", "one is missing"),
        ((1, 2, 3), (1,), "应为 1，得到 3", "number of items 1, got 3"),
        ((A, 1.0), (A, 1), "第 1 项", "item 1 (counting from 0): expected type int"),
        ((A.T, 1), (A, 1), "第 0 项", "swapped"),
        ([np.int64(1)], [1], "item()", "item()"),
        ({"a": 1}, {"b": 1}, "键应为 'b'", "the keys 'b', got 'a'"),
        ({"a": A + 1}, {"a": A}, "['a']", "['a'] "),
        ([1], {"a": 1}, "dict", "dict"),
    ],
)
def test_difference_is_explained(
    got: object, expected: object, zh: str, en: str, course_language: str
) -> None:
    told = message(checks.equal, got, expected, name="f(x)")
    assert told.startswith("f(x)")
    assert (zh if course_language == "zh" else en) in told


@pytest.mark.parametrize("device", ["cuda:0", "mps", "xpu"])
def test_a_gpu_fixed_in_the_code_is_named(device: str, course_language: str) -> None:
    told = "写死" if course_language == "zh" else "fixed in the code"
    assert told in diagnosis.wrong_device(torch.device(device), torch.device("cpu"))
    assert told not in diagnosis.wrong_device(torch.device("cpu"), torch.device(device))
    if not torch.accelerator.is_available():
        with pytest.raises((RuntimeError, AssertionError)) as caught:
            torch.zeros(2, device=device)
        assert told in diagnosis.error(str(caught.value))


@pytest.mark.usefixtures("english")
def test_named_mistake_replaces_the_guess() -> None:
    told = message(checks.equal, A.T, A, mistakes=[(A + 1, "not this"), (A.T, "you joined along dim=1")])
    assert told.endswith("you joined along dim=1")
    assert "swapped" not in told


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("got", "expected", "secret"),
    [
        (A + 1, 41 * A, "41"),
        (A.reshape(6), A, "(2, 3)"),
        (7, 8123, "8123"),
        ("x", "y", "y'"),
        ((1, 2), (1, 8123), "8123"),
        ((A, 1), (A, 8123), "8123"),
        ({"a": 1}, {"secret": 1}, "secret"),
    ],
)
def test_hidden_test_keeps_what_it_expects(got: object, expected: object, secret: str) -> None:
    with checks.hidden():
        told = message(checks.equal, got, expected)
    assert secret not in told
    assert "at grading" in told


@pytest.mark.usefixtures("english")
def test_memory() -> None:
    array = np.ones(3)
    checks.shared_memory(torch.from_numpy(array), array)
    assert "copy" in message(checks.shared_memory, torch.tensor(array), array)
    assert "clone()" in message(checks.own_memory, torch.from_numpy(array), array)


@pytest.mark.usefixtures("english")
def test_gradient() -> None:
    leaf = torch.tensor([1.0, 2.0])
    assert "requires_grad_()" in message(checks.gradient, leaf, leaf)
    leaf.requires_grad_()
    assert "backward()" in message(checks.gradient, leaf, 2 * leaf.detach())
    (leaf**2).sum().backward()
    checks.gradient(leaf, 2 * leaf.detach())
    (leaf**2).sum().backward()
    assert "accumulates" in message(checks.gradient, leaf, 2 * leaf.detach())


@pytest.mark.parametrize(
    "value", [None, True, 3, 2.5, "s", (1, 2), [1], A, np.ones(2), (A, [1, "a"]), {"a": A}, (), {}]
)
def test_a_value_does_not_differ_from_itself(value: object) -> None:
    assert difference(value, value) is None
