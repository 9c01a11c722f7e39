"""A class that works on the section that needs no torch, and the command that grades it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from tests import classroom
from tests.grading.section import DOUBLE, NAME, SQUARE, released, source, to_bytes

ROOT = Path(__file__).resolve().parent.parent.parent
RIGHT = {"double": DOUBLE, "square": SQUARE}
ALL_POINTS = {"double-test": 2.0, "square-test": 3.0, "essay": 0.0}
WRONG = "def double(x):\n    return 0"


def new_course(folder: Path, *settings: str) -> Path:
    """A course folder whose worksheet was handed out."""
    shutil.copytree(_generated(), folder, dirs_exist_ok=True)
    configure(folder, *settings)
    return folder


def configure(folder: Path, *settings: str) -> None:
    """The course's own settings and these."""
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text("\n".join([config, *settings]), encoding="utf-8")


@cache
def _generated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ptl-course-"))
    atexit.register(shutil.rmtree, folder)
    save_source(folder)
    configure(folder)
    classroom.nbgrader(folder, "en", "generate_assignment", NAME)
    return folder


def save_source(folder: Path, hidden: str = "assert double(21) == 42") -> None:
    """What the author wrote, with this hidden test."""
    path = folder / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = source()
    for cell in notebook.cells:
        cell.source = cell.source.replace("assert double(21) == 42", hidden)
    nbformat.write(notebook, path)


def hand_in(course: Path, student: str, **answers: str) -> Path:
    """Put a worksheet with right answers to all but these where nbgrader collects it."""
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_bytes(released("en", **{**RIGHT, **answers})))
    return path


def command(*arguments: str) -> list[str]:
    """The command line."""
    return [sys.executable, "-m", "pytorch_learning.cli", "grade", *arguments]


def grade(
    course: Path, *arguments: str, code: int = 0, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    environment = {**classroom.environment(course), **(variables or {})}
    done = subprocess.run(
        command(*arguments), cwd=course, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """What the command says at last."""
    return done.stdout.splitlines()[-1]


def scores(course: Path, url: str = "") -> dict[str, dict[str, float]]:
    """Each student's score for each exercise.  Two rows for one exercise are no dictionary, and raise."""
    with Gradebook(url or f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        found: dict[str, dict[str, float]] = {}
        for submission in gradebook.assignment_submissions(NAME):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            names = [grade.name for grade in grades]
            assert len(set(names)) == len(names), names
            assert submission.student.id not in found
            found[submission.student.id] = {grade.name: grade.score for grade in grades}
        return found


def temporary(course: Path) -> dict[str, str]:
    """Environment variables by which all temporary files are in a folder of their own, which is short enough
    for sockets."""
    folder = course / "t"
    folder.mkdir(exist_ok=True)
    return {"TMPDIR": str(folder)}


def left_behind(course: Path) -> list[Path]:
    """Temporary files that nobody has removed; torch keeps a cache for whoever comes next."""
    return [path for path in (course / "t").iterdir() if not path.name.startswith("torchinductor_")]


def processes(course: Path) -> list[str]:
    """The command lines of the running processes that have to do with a course: by folder or environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            folder = os.readlink(process / "cwd")
        except OSError:
            continue
        if str(course).encode() in words or folder.startswith(str(course)):
            found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found
