"""The one exception of the checks, and whether its message may name expected values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pytorch_learning.language import say

_hidden: ContextVar[bool] = ContextVar("hidden", default=False)


class CheckFailed(AssertionError):
    """A check that did not pass.  Its message says what is wrong and how to go on."""

    def _render_traceback_(self) -> list[str]:
        # IPython shows this in place of a traceback, which would print the source of a hidden test.
        red, plain = "\x1b[31m", "\x1b[0m"
        return [f"{red}✗ {self}{plain}"]


def in_hidden_test() -> bool:
    """Whether a hidden test is running: then no message may name what was expected."""
    return _hidden.get()


@contextmanager
def no_expected_values() -> Iterator[None]:
    """While it is active, messages keep expected values to themselves."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)


def expected_and_got(what_zh: str, what_en: str, expected: object, got: object) -> str:
    """`shape: expected …, got …`; in a hidden test, only what came."""
    if in_hidden_test():
        return say(f"{what_zh}不对，得到 {got}", f"wrong {what_en.removeprefix('the ')}: got {got}")
    return say(f"{what_zh}应为 {expected}，得到 {got}", f"expected {what_en} {expected}, got {got}")
