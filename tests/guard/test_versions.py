"""Dictionaries that tell whether they were changed, and the guard where they don't."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
import torch

from pytorch_learning.guard import versions
from pytorch_learning.guard.snapshot import Snapshot
from pytorch_learning.guard.versions import Version, dictionary

numbered = pytest.mark.skipif(sys.version_info >= (3, 14), reason="dictionaries have no numbers any more")


class Thing:
    """A class with a method."""

    def method(self) -> int:
        return 1


def change_back(space: dict[str, Any]) -> None:
    value = space["a"]
    space["a"] = None
    space["a"] = value


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "new key": lambda space: space.update(c=1),
    "new value": lambda space: space.update(a=3),
    "key gone": lambda space: space.pop("a"),
    "emptied": lambda space: space.clear(),
    "changed back": change_back,
}


@numbered
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_told(change: Callable[[dict[str, Any]], object]) -> None:
    space = {"a": 1, "b": 2}
    version = Version(space)
    assert not version.in_order()
    version.note()
    assert space.get("a") == 1
    assert space.copy() == space
    assert version.in_order()
    change(space)
    assert not version.in_order()


@numbered
def test_a_class_and_a_module_tell_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((Thing, "method"), (versions, "Version")):
        version = Version(dictionary(owner))
        version.note()
        assert getattr(owner, name) is vars(owner)[name]
        assert version.in_order()
        monkeypatch.setattr(owner, name, None)
        assert not version.in_order()


def test_without_numbers_nothing_is_taken_to_be_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "NUMBERED", False)
    version = Version({})
    version.note()
    assert not version.in_order()


@pytest.mark.parametrize("with_numbers", [True, False])
def test_what_was_changed_is_put_back(monkeypatch: pytest.MonkeyPatch, with_numbers: bool) -> None:
    monkeypatch.setattr(versions, "NUMBERED", with_numbers and versions.NUMBERED)
    snapshot = Snapshot()
    assert snapshot.restore() == []
    equal, module = torch.equal, sys.modules["json"]
    monkeypatch.setattr(torch, "equal", lambda *_: True)
    monkeypatch.setattr(torch.Tensor, "backward", lambda self: None)
    monkeypatch.setitem(sys.modules, "json", object())
    assert set(snapshot.restore()) == {"torch.equal", "torch.Tensor.backward", "sys.modules['json']"}
    assert torch.equal is equal
    assert sys.modules["json"] is module
    assert snapshot.restore() == []
    monkeypatch.setattr(torch, "equal", lambda *_: True)
    assert snapshot.restore() == ["torch.equal"]
