"""nbgrader's own commands work with the course's settings, and agree with the build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import TinyCourse

# nbgrader calls alembic by its name, wherever that is.
BIN = Path(sys.executable).parent


def nbgrader(course: TinyCourse, *arguments: str, language: str = "en") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course.root,
        env={**os.environ, "COURSE_LANGUAGE": language, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def submit(course: TinyCourse, student: str, answers: dict[str, str]) -> None:
    notebook = nbformat.read(course.root / "release" / "en" / "01_tensors" / "01_tensors.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id in answers:
            cell.source = answers[cell.id]
    if student == "crafty":
        for cell in notebook.cells:
            cell.metadata["tags"] = ["skip-execution"]
        notebook.cells.append(nbformat.v4.new_code_cell("### BEGIN HIDDEN TESTS\nmine = 1"))
    path = course.root / "submitted" / student / "01_tensors" / "01_tensors.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, executed_files: dict[str, bytes]) -> TinyCourse:
    """A course with submissions that nbgrader has graded and returned."""
    course = TinyCourse(tmp_path_factory.mktemp("graded"))
    for name, content in executed_files.items():
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).write_bytes(content)
    (course.root / "release" / "en" / "01_tensors" / "01_tensors.ipynb").unlink()
    nbgrader(course, "generate_assignment", "01_tensors", "--force")
    right = {
        "last_item": "def last_item(items):\n    return items[-1]",
        "add_up": "def add_up(items):\n    return sum(items)",
    }
    submit(course, "right", right)
    submit(course, "blank", {})
    submit(course, "crafty", {**right, "add_up": "def add_up(items):\n    return 3"})
    nbgrader(course, "autograde", "01_tensors")
    nbgrader(course, "generate_feedback", "01_tensors")
    return course


def test_generate_assignment_by_hand_gives_the_same(
    built: TinyCourse, graded: TinyCourse, executed_files: dict[str, bytes]
) -> None:
    nbgrader(built, "generate_assignment", "01_tensors", "--force", language="zh")
    for course, language in ((built, "zh"), (graded, "en")):
        name = f"release/{language}/01_tensors/01_tensors.ipynb"
        assert (course.root / name).read_bytes() == executed_files[name]


@pytest.mark.parametrize(("student", "points"), [("right", 5), ("blank", 0), ("crafty", 2)])
def test_grades(graded: TinyCourse, student: str, points: float) -> None:
    """A warning in a test cell costs nothing, and a skipped test cell gains nothing."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded.root}/gradebook.db", "pytorch_learning") as gradebook:
        assert gradebook.find_submission("01_tensors", student).score == points


@pytest.mark.parametrize("student", ["right", "blank", "crafty"])
def test_feedback_hides_hidden_tests(graded: TinyCourse, student: str) -> None:
    page = Path(graded.root / "feedback" / student / "01_tensors" / "01_tensors.html").read_text(
        encoding="utf-8"
    )
    body = page[page.index("<body") :]
    assert "secret" not in body
    assert "concealed" not in body
    assert "add_up" in body
    if student == "crafty":
        assert "AssertionError" in body
        assert "mine" in body
