"""Answers of the bank through nbgrader itself: real notebooks, both languages, a real gradebook."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from pytorch_learning import syllabus
from pytorch_learning.build import marks
from pytorch_learning.language import VARIABLE
from tests import bank

# What each student hands in, and in which edition: an answer of the bank to every exercise by its place, the
# solutions of the source, or the worksheet as it was released.
STUDENTS = {
    "first_right": ("right", 0, "zh"),
    "last_right": ("right", -1, "en"),
    "wrong": ("wrong", 2, "en"),
    "key": ("key", 0, "zh"),
    "blank": ("blank", 0, "en"),
}


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


@pytest.fixture(scope="module", params=syllabus.sections(), ids=lambda section: section.id)
def section(request: pytest.FixtureRequest) -> syllabus.Section:
    """Each section of the course in turn."""
    return request.param


def hand_in(notebook: nbformat.NotebookNode, section_id: str, kind: str, position: int) -> None:
    """Fill in the answer cells."""
    for cell in notebook.cells:
        given = cell.metadata.get("nbgrader", {})
        if not given.get("solution") or kind == "blank":
            continue
        if given["grade"]:
            cell.source = "What I would say about it."
        elif kind == "key":
            cell.source = bank.source_cells(section_id)[given["grade_id"]].source
        else:
            answers = [a for a in bank.answers(section_id, given["grade_id"]) if a.kind == kind]
            cell.source = answers[position].code


@pytest.fixture(scope="module")
def course(section: syllabus.Section, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in a folder with a blank and Chinese characters, its submissions graded and returned."""
    folder = tmp_path_factory.mktemp("课程 a b")
    shutil.copytree(bank.ROOT / "source" / section.id, folder / "source" / section.id)
    shutil.copy(bank.ROOT / "nbgrader_config.py", folder)
    nbgrader(folder, "en", "generate_assignment", section.id)
    for student, (kind, position, language) in STUDENTS.items():
        name = f"{section.id}/{section.id}.ipynb"
        notebook = nbformat.read(bank.ROOT / "release" / language / name, as_version=4)
        hand_in(notebook, section.id, kind, position)
        path = folder / "submitted" / student / name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    nbgrader(folder, "en", "autograde", section.id)
    nbgrader(folder, "en", "generate_feedback", section.id)
    return folder


@pytest.mark.parametrize("student", STUDENTS)
def test_score(course: Path, section: syllabus.Section, student: str) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(section.id, section.id, student).grades
        scores = {grade.name.removesuffix("-test"): grade.score for grade in grades}
        to_read = {grade.name for grade in grades if grade.needs_manual_grade}
    passes = STUDENTS[student][0] in ("right", "key")
    assert scores == {e.id: e.points if passes and not e.by_hand else 0 for e in section.exercises}
    answered = STUDENTS[student][0] != "blank"
    assert to_read == {e.id for e in section.exercises if e.by_hand and answered}


@pytest.mark.parametrize("student", STUDENTS)
def test_feedback_shows_messages_but_no_hidden_test(
    course: Path, section: syllabus.Section, student: str
) -> None:
    page = (course / "feedback" / student / section.id / f"{section.id}.html").read_text(encoding="utf-8")
    kind, _, language = STUDENTS[student]
    assert "HIDDEN TESTS" not in page
    for line in hidden_definitions(section.id):
        assert line not in page
    if kind in ("right", "key"):
        assert ("全部通过" if language == "zh" else "all tests passed") in page
    else:
        assert "CheckFailed" in page or "✗" in page


def hidden_definitions(section_id: str) -> list[str]:
    """The names of the functions and classes that only hidden tests define."""
    cells = bank.source_cells(section_id).values()
    hidden = "\n".join(
        line for cell in cells for line in marks.regions(cell.source, marks.HIDDEN_TESTS).inside
    )
    names = re.findall(r"^ *(?:def|class) (\w{12,})", hidden, re.MULTILINE)
    assert names
    return names
