"""Small submissions, run as grading runs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import IgnorePattern
from nbgrader.utils import determine_grade, is_grade

from pytorch_learning.grading.execute import ExecuteSubmission, SettleTests
from pytorch_learning.grading.flags import flags_of
from pytorch_learning.warm.provisioner import NAME

POINTS = 4.0
NUMBERS = """
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.equal(answer(2), 6)
    with checks.hidden():
        checks.equal(answer(7), 21)
"""
"""A test of a function that multiplies by three."""
TENSORS = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.equal(answer(torch.tensor([1.0, 2.0])), torch.tensor([3.0, 6.0]))
    assert torch.equal(answer(torch.tensor([7.0])), torch.tensor([21.0])), "not three times as much"
"""
"""The same for tensors, with torch's own comparison."""
RIGHT = "def answer(x):\n    return 3 * x"
WRONG = "def answer(x):\n    return x"


@dataclass
class Outcome:
    """What became of the tests of a submission."""

    points: list[float]
    flags: list[list[str]]
    cells: list[NotebookNode]


def graded(source: str, number: int) -> NotebookNode:
    """A cell that nbgrader takes a score from."""
    known = {"grade": True, "solution": False, "locked": True, "task": False, "points": POINTS}
    known |= {"grade_id": f"test-{number}", "schema_version": 3}
    return new_code_cell(source, metadata={"nbgrader": known})


def run(cells: list[str], tests: list[str], *, guard: bool = True, **settings: Any) -> Outcome:
    """Run a student's cells, then the tests."""
    made = [new_code_cell(cell) for cell in cells]
    return run_cells([*made, *(graded(source, n) for n, source in enumerate(tests))], guard=guard, **settings)


def run_cells(cells: list[NotebookNode], *, guard: bool = True, **settings: Any) -> Outcome:
    """Run a notebook of these cells."""
    notebook = new_notebook(cells=cells)
    resources: dict[str, Any] = {"metadata": {}, "nbgrader": {}}
    settings = {"kernel_name": NAME, "timeout": 60, **settings}
    preprocessor = ExecuteSubmission(guard=guard, skip_cells_with_tag="", **settings)
    notebook, resources = preprocessor(notebook, resources)
    # As `nbgrader_settings` has it.
    notebook, _ = IgnorePattern(enabled=True, pattern="(?s).")(notebook, resources)
    notebook, _ = SettleTests()(notebook, resources)
    tested = [cell for cell in notebook.cells if is_grade(cell)]
    return Outcome(
        [determine_grade(cell)[0] for cell in tested],
        [[flag.en for flag in flags_of(cell)] for cell in tested],
        notebook.cells,
    )
