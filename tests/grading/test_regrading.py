"""Grading again, with nbgrader's own commands: what a grader gave stays as long as the answer does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from tests import classroom
from tests.grading.bad_submissions import NONE, half_a_file, handed_in
from tests.grading.section import ANSWERS, DOUBLE, NAME, SQUARE, cell, place, released, source
from tests.grading.tiny_class import new_course

CODE = {"double": DOUBLE, "square": SQUARE}


def filled(**others: str) -> NotebookNode:
    """A worksheet with right answers to all but these, and no essay."""
    return released("en", **{**CODE, **others})


def own_code(code: str, before: str) -> NotebookNode:
    notebook = filled()
    notebook.cells.insert(place(notebook, before), new_code_cell(code))
    return notebook


DIES = "import os\nos._exit(1)"


def nbgrader(course: Path, *arguments: str, code: int = 0) -> str:
    """Run a command of nbgrader's.  Returns its log."""
    return classroom.nbgrader(course, "en", *arguments, code=code)


def hand_in(course: Path, student: str, submit: Callable[[Path], None]) -> None:
    folder = course / "submitted" / student / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    submit(folder)


def grades(course: Path, student: str) -> dict[str, Any]:
    """The grades of a submission by their names."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {g.name: g.to_dict() for g in gradebook.find_submission_notebook(NAME, NAME, student).grades}


def scores(course: Path, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {g.name: g.score for g in gradebook.find_submission_notebook(NAME, NAME, student).grades}


def test_without_running_nothing_passes(tmp_path: Path) -> None:
    folder = new_course(tmp_path / "course")
    hand_in(folder, "good", handed_in(filled))
    nbgrader(folder, "autograde", NAME, "--no-execute")
    assert scores(folder, "good") == NONE


def test_source_that_is_not_what_the_gradebook_knows(tmp_path: Path) -> None:
    folder = new_course(tmp_path / "course")
    hand_in(folder, "good", handed_in(filled))
    changed = source()
    cell(changed, "double-test").metadata.nbgrader.points = 5
    nbformat.write(changed, folder / "source" / NAME / f"{NAME}.ipynb")
    assert f"run `nbgrader generate_assignment {NAME} --force`" in nbgrader(folder, "autograde", NAME, code=1)
    assert not (folder / "autograded").exists()


REGRADED = ("same", "changed", "broken", "forgotten", "dies")


@pytest.fixture(scope="module")
def regraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grader gave scores by hand, students handed in something else, and all were graded again."""
    folder = new_course(tmp_path_factory.mktemp("regrading"))
    for student in REGRADED:
        hand_in(folder, student, handed_in(lambda: released("en", **ANSWERS)))
    nbgrader(folder, "autograde", NAME)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for student in REGRADED:
            for name, score in (("essay", 4), ("square-test", 1)):
                grade = gradebook.find_grade(name, NAME, NAME, student)
                grade.manual_score, grade.needs_manual_grade = score, False
            gradebook.find_comment("essay", NAME, NAME, student).manual_comment = "Well said"
        gradebook.db.commit()
    for student in REGRADED:
        assert scores(folder, student) == {"double-test": 2, "square-test": 1, "essay": 4}
    changed = {"square": SQUARE.replace("x * x", "x**2"), "essay": "Something else."}
    hand_in(folder, "changed", handed_in(lambda: released("en", **{**ANSWERS, **changed})))
    hand_in(folder, "broken", half_a_file)
    hand_in(folder, "forgotten", half_a_file)
    shutil.rmtree(folder / "autograded" / "forgotten")
    hand_in(folder, "dies", handed_in(lambda: own_code(DIES, "set-up")))
    nbgrader(folder, "autograde", NAME, "--force")
    return folder


@pytest.mark.parametrize(
    ("student", "expected", "to_read"),
    [
        ("same", {"double-test": 2, "square-test": 1, "essay": 4}, set()),
        ("changed", {"double-test": 2, "square-test": 3, "essay": 0}, {"essay"}),
        ("broken", NONE, set()),
        ("forgotten", NONE, set()),
        # Its answer to this exercise is as it was, so the grader's score stays, to be looked at.
        ("dies", {**NONE, "square-test": 1}, {"square-test"}),
    ],
)
def test_scores_after_regrading(
    regraded: Path, student: str, expected: dict[str, float], to_read: set[str]
) -> None:
    assert scores(regraded, student) == expected
    found = grades(regraded, student)
    assert {name for name, grade in found.items() if grade["needs_manual_grade"]} == to_read


@pytest.mark.parametrize(
    ("student", "expected"), [("same", "Well said"), ("changed", "(on an earlier answer) Well said")]
)
def test_comments_after_regrading(regraded: Path, student: str, expected: str) -> None:
    with Gradebook(f"sqlite:///{regraded / 'gradebook.db'}") as gradebook:
        assert gradebook.find_comment("essay", NAME, NAME, student).manual_comment == expected
