"""A class graded by nbgrader's own commands: who is to be looked at, and what feedback keeps to itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook

from pytorch_learning.grading.worksheet import worksheets
from tests.bank import ROOT
from tests.classroom import nbgrader
from tests.grading.section import NAME, POINTS, answer, check, code, feedback

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need a safe fork")

INPUT, EXPECTED = 40817263, 81634526
VISIBLE = """
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.returns(double, 1, expected=2)
"""
HIDDEN = f"""
    with checks.hidden():
        checks.returns(double, {INPUT}, expected={EXPECTED}, mistakes=[(7, "seven")])
"""
SQUARED = 55353600
DOUBLE = "def double(x):\n    return 2 * x"
SQUARE = "def square(x):\n    return x * x"
LOOKS = """
import sys

def double(x):
    frame = sys._getframe()
    while frame is not None:
        if "expected" in frame.f_locals:
            return frame.f_locals["expected"]
        frame = frame.f_back
"""
SHOWS = """
from IPython.display import display

def double(x):
    print("given", x)
    display(x)
    return 2 if x == 1 else 5
"""
PATCHES = """
from pytorch_learning import checks

checks.returns = lambda *a, **k: None

def double(x):
    return 0
"""
STUDENTS: dict[str, dict[str, str]] = {
    "honest": {"double": DOUBLE, "square": SQUARE},
    "wrong": {"double": SHOWS, "square": "def square(x):\n    return 1"},
    "looks": {"double": LOOKS, "square": SQUARE},
    "patches": {"double": PATCHES, "square": SQUARE},
    # Every name of the notebook, and every cell that has been run, once the tests are done.
    "afterwards": {"double": DOUBLE, "square": f"{SQUARE}\nprint(dict(globals()), In, _ih, _i, _ii)"},
}


def source() -> NotebookNode:
    cells = [
        code("set-up", "import math"),
        answer("double", "return 2 * x"),
        check("double", VISIBLE.strip(), HIDDEN.strip("\n")),
        answer("square", "return x * x"),
        check("square", "assert square(1) == 1", f"assert square(7440) == {SQUARED}"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def submission(answers: dict[str, str]) -> NotebookNode:
    sheet = next(sheet for sheet in worksheets(source()) if sheet.language == "en")
    cells = [cell.node for cell in sheet.cells]
    for cell in cells:
        cell.source = answers.get(cell.id, cell.source.split("\n### BEGIN")[0].split("\n    ### BEGIN")[0])
    return new_notebook(cells=cells, metadata=sheet.metadata)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All graded and returned."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "source" / NAME).mkdir(parents=True)
    nbformat.write(source(), folder / "source" / NAME / f"{NAME}.ipynb")
    (folder / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    nbgrader(folder, "en", "generate_assignment", NAME)
    for student, answers in STUDENTS.items():
        path = folder / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(submission(answers), path)
    nbgrader(folder, "en", "autograde", NAME)
    nbgrader(folder, "en", "generate_feedback", NAME)
    return folder


def grades(course: Path, student: str) -> dict[str, Any]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission_notebook(NAME, NAME, student).grades
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in found}


DOUBLE_POINTS, SQUARE_POINTS = POINTS["double-test"], POINTS["square-test"]


@pytest.mark.parametrize(
    ("student", "double", "square"),
    [
        ("honest", (DOUBLE_POINTS, False), (SQUARE_POINTS, False)),
        ("wrong", (0, False), (0, False)),
        ("looks", (DOUBLE_POINTS, True), (SQUARE_POINTS, False)),
        ("patches", (0, True), (SQUARE_POINTS, False)),
        ("afterwards", (DOUBLE_POINTS, False), (SQUARE_POINTS, False)),
    ],
)
def test_scores_and_who_is_to_be_looked_at(
    course: Path, student: str, double: tuple[float, bool], square: tuple[float, bool]
) -> None:
    assert grades(course, student) == {"double-test": double, "square-test": square}


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("looks", "The code looks at frames"),
        ("patches", "The code changes `pytorch_learning.checks.returns`"),
    ],
)
def test_reason_is_in_the_graded_notebook_and_in_the_feedback(course: Path, student: str, words: str) -> None:
    graded = (course / "autograded" / student / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    assert words in graded
    assert words in feedback(course, student)
    assert "请老师人工查看" in feedback(course, student)


@pytest.mark.parametrize("student", STUDENTS)
def test_feedback_keeps_hidden_tests_to_itself(course: Path, student: str) -> None:
    graded = (course / "autograded" / student / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    # The message of a check names the call that went wrong, and nothing else does.
    seen = feedback(course, student).replace(f"`double({INPUT})`", "")
    for value in (INPUT, EXPECTED, SQUARED):
        # They are there to be found.
        assert str(value) in graded
        assert str(value) not in seen
    for words in ("HIDDEN TESTS", "checks.hidden", "7440", "seven"):
        assert words not in seen


def test_feedback_of_a_wrong_answer_says_what_is_wrong(course: Path) -> None:
    assert "in a test at grading" in feedback(course, "wrong")
    assert "AssertionError" in feedback(course, "wrong")
