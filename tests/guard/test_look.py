"""The look at sources: it finds nothing in right answers, and what it finds spreads with the names."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from pytorch_learning import syllabus
from pytorch_learning.guard.look import look
from tests import bank
from tests.guard.running import NUMBERS, graded

EXERCISES = syllabus.section("01_tensors").exercises
BANK = [answer for exercise in EXERCISES for answer in bank.answers("01_tensors", exercise.id)]
RIGHT = [answer for answer in BANK if answer.kind != "wrong"]


def flagged(*cells: str) -> list[list[str]]:
    """The reasons for each test; a cell "TEST" is one."""
    made = [graded(NUMBERS, n) if cell == "TEST" else new_code_cell(cell) for n, cell in enumerate(cells)]
    found = look(new_notebook(cells=made))
    return [[text.en for text in found.get(n, [])] for n, cell in enumerate(cells) if cell == "TEST"]


def test_nothing_in_right_answers_and_solutions() -> None:
    assert len(RIGHT) > 100
    assert {answer.id: found for answer in RIGHT if (found := flagged(answer.code, "TEST")[0])} == {}
    sections = {answer.section for answer in RIGHT}
    solutions = [cell.source for section in sections for cell in bank.source_cells(section).values()]
    assert flagged(*solutions, "TEST") == [[]]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys\nsys._getframe()", "`_getframe`"),
        ("from sys import _getframe as f", "`_getframe`"),
        ("from inspect import stack", "`currentframe`"),
        ("import inspect\ninspect.stack()", "`currentframe`"),
        ("import gc\ngc.get_referrers(1)", "`get_referrers`"),
        ("getattr(error, 'tb_frame')", "`tb_frame`"),
        ("exec('import sys; sys.settrace(None)')", "`settrace`"),
        ("import ctypes", "`ctypes`"),
        ("from pytorch_learning.guard import kernel", "`pytorch_learning.guard`"),
        ("type('A', (int,), {'__eq__': None})", "`__eq__`"),
        ("class A(int):\n    __eq__ = None", "`__eq__`"),
        ("%time sys._getframe()\nx = 1", "`_getframe`"),
    ],
)
def test_found(code: str, words: str) -> None:
    assert words in " ".join(flagged(code, "TEST")[0])


@pytest.mark.parametrize(
    "code",
    [
        "torch.stack([a, b])\nx.stack",
        "print('sys._getframe and f_locals')",
        "self.__class__.__name__",
        "a.__eq__(b)",
        "import inspect\ninspect.signature(f)",
        "def f(x: this is no Python",
    ],
)
def test_not_found(code: str) -> None:
    assert flagged(code, "TEST") == [[]]


def test_a_finding_counts_for_the_test_below_and_where_its_names_are_used() -> None:
    spy = "def spy():\n    return sys._getframe()"
    found = flagged(spy, "TEST", "def other():\n    pass", "TEST", "def third():\n    return spy()", "TEST")
    assert [bool(reasons) for reasons in found] == [True, False, True]
