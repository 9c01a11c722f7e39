"""Answers of the bank through nbgrader itself: real notebooks, both languages, a real gradebook."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from pytorch_learning import syllabus
from pytorch_learning.language import VARIABLE
from tests import bank

SECTION = syllabus.sections()[0]
# Which answer of the bank each student gives to every exercise, and in which edition.
STUDENTS = {"first_right": ("right", 0, "zh"), "last_right": ("right", -1, "en"), "wrong": ("wrong", 2, "en")}


def nbgrader(course: Path, language: str, *arguments: str) -> None:
    # nbgrader calls alembic by its bare name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **os.environ,
        VARIABLE: language,
        "PATH": path,
        "JUPYTER_CONFIG_DIR": str(course / ".jupyter"),
    }
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with three submissions, graded and returned."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(bank.ROOT / "source" / SECTION.id, folder / "source" / SECTION.id)
    shutil.copy(bank.ROOT / "nbgrader_config.py", folder)
    nbgrader(folder, "en", "generate_assignment", SECTION.id)
    for student, (kind, position, language) in STUDENTS.items():
        name = f"{SECTION.id}/{SECTION.id}.ipynb"
        notebook = nbformat.read(bank.ROOT / "release" / language / name, as_version=4)
        for cell in notebook.cells:
            given = cell.metadata.get("nbgrader", {})
            if given.get("solution"):
                answers = [a for a in bank.answers(SECTION.id, given["grade_id"]) if a.kind == kind]
                cell.source = answers[position].code
        path = folder / "submitted" / student / name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    nbgrader(folder, "en", "autograde", SECTION.id)
    nbgrader(folder, "en", "generate_feedback", SECTION.id)
    return folder


@pytest.mark.parametrize("student", STUDENTS)
def test_score(course: Path, student: str) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(SECTION.id, SECTION.id, student).grades
        scores = {grade.name.removesuffix("-test"): grade.score for grade in grades}
    right = STUDENTS[student][0] == "right"
    assert scores == {e.id: e.points if right else 0 for e in SECTION.exercises}


@pytest.mark.parametrize("student", STUDENTS)
def test_feedback_shows_messages_but_no_hidden_test(course: Path, student: str) -> None:
    page = (course / "feedback" / student / SECTION.id / f"{SECTION.id}.html").read_text(encoding="utf-8")
    kind, _, language = STUDENTS[student]
    assert "HIDDEN TESTS" not in page
    assert "row_by_row" not in page
    if kind == "wrong":
        assert "CheckFailed" in page or "✗" in page
    else:
        assert ("全部通过" if language == "zh" else "all tests passed") in page
