"""Hostile and broken submissions in a class with good ones: no harm is done, and each gets what is due."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from nbgrader.api import Gradebook

from pytorch_learning.grading.recorder import ASIDE
from pytorch_learning.sandbox import detect
from tests import classroom
from tests.grading import tiny_class
from tests.grading.bad_submissions import (
    BAD,
    CLASS,
    COURSE,
    FEW,
    FULL,
    GOOD,
    PAGE,
    SECRET,
    THEFTS,
    TOKEN,
    Submission,
    source,
    table,
)
from tests.grading.section import NAME, feedback
from tests.grading.tiny_class import last_line

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only limits work elsewhere"),
    pytest.mark.skipif(
        not detect().namespaces, reason=f"needs namespaces: {detect().problems.get('namespaces', '')}"
    ),
]
LIMITS = """
c.Execute.timeout = 6
c.Execute.iopub_timeout = 2
c.Sandbox.memory_bytes = 256 * 2**20
c.Sandbox.file_bytes = 8 * 2**20
c.Sandbox.processes = 64
c.Sandbox.output_bytes = 2**20
"""
UNPROTECTED = """
c.Execute.kernel_name = "pytorch-learning"
c.ExecuteSubmission.guard = False
"""
# Rows of these are what an instructor's own work is, or made for every submission from the source.
INSTRUCTORS = ("assignment", "notebook", "base_cell", "grade_cells", "solution_cells", "source_cell")


class Graded(NamedTuple):
    """A course once everybody is graded."""

    folder: Path
    tree: dict[str, str]
    """What was in it before."""
    tables: dict[str, list[Any]]
    left: list[str]
    """Processes and temporary files that were there at the end."""
    errors: str
    """What the command said on stderr."""


@contextmanager
def handed_in(folder: Path, students: dict[str, Any], settings: str) -> Iterator[Path]:
    """A course with these submissions, while something listens on this machine."""
    tiny_class.new_course(folder, settings)
    nbformat.write(source(), folder / "source" / NAME / f"{NAME}.ipynb")
    (folder / "secret.txt").write_text(SECRET)
    classroom.nbgrader(folder, "en", "generate_assignment", NAME, "--force")
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        (folder / "port").write_text(str(listening.getsockname()[1]))
        for student, given in students.items():
            work = folder / "submitted" / student / NAME
            work.mkdir(parents=True)
            given.submit(work)
        yield folder


def graded(folder: Path, command: str, students: dict[str, Submission]) -> Graded:
    """Have these students graded, by a command that succeeds, and give it back."""
    with handed_in(folder, students, LIMITS) as course:
        before, tables = tree(course), instructors(course)
        variables = {**dict([TOKEN]), **tiny_class.temporary(course)}
        if command == "grade":
            done = tiny_class.grade(course, NAME, "--jobs", "2", variables=variables)
            assert last_line(done) == f"{len(students)} graded, 0 unchanged, 0 failed."
            errors = done.stderr
        else:
            errors = classroom.nbgrader(course, "en", "autograde", NAME, variables=variables)
        left = [str(path) for path in tiny_class.left_behind(course)] + tiny_class.processes(course)
    shutil.rmtree(course / "t")
    classroom.nbgrader(course, "en", "generate_feedback", NAME)
    return Graded(course, before, tables, left, errors)


def tree(course: Path) -> dict[str, str]:
    """A hash of every file that grading has no business to change."""
    found = {}
    for directory, folders, names in os.walk(course):
        here = Path(directory)
        if here == course:
            made = {"autograded", "feedback", "t", ".jupyter", ASIDE}
            folders[:] = [name for name in folders if name not in made]
        for name in (*names, *folders):
            path = here / name
            if path.is_symlink():
                found[str(path.relative_to(course))] = f"-> {os.readlink(path)}"
            elif path.is_file() and path.name != "gradebook.db":
                found[str(path.relative_to(course))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def instructors(course: Path) -> dict[str, list[Any]]:
    """What the gradebook held before anybody was graded."""
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        tables = [
            name for (name,) in gradebook.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        assert set(INSTRUCTORS) <= set(tables), tables
        return {name: sorted(gradebook.execute(f"SELECT * FROM {name}"), key=str) for name in INSTRUCTORS}


@pytest.fixture(scope="class")
def course(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Graded:
    """A suite's students, graded by the command that it is about."""
    return graded(tmp_path_factory.mktemp("k") / COURSE, request.cls.command, request.cls.students)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each student of a suite in turn."""
    if metafunc.cls is not None and "student" in metafunc.fixturenames:
        metafunc.parametrize("student", metafunc.cls.students)


class Suite:
    """Whatever it was graded by."""

    command: str
    students: dict[str, Submission]

    def test_score(self, course: Graded, student: str) -> None:
        with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
            grades = gradebook.find_submission_notebook(NAME, NAME, student).grades
            scores = {grade.name: grade.score for grade in grades}
            flagged = {grade.name for grade in grades if grade.needs_manual_grade} - {"essay"}
            assert all(grade.auto_score is not None for grade in grades if grade.name != "essay")
        wanted = CLASS[student]
        assert flagged == set(wanted.flagged)
        # What is looked at may have its points until then.
        assert scores == {**wanted.scores, **{test: scores[test] for test in flagged}}

    def test_feedback_gives_the_reason(self, course: Graded, student: str) -> None:
        page = feedback(course.folder, student)
        for words in CLASS[student].words:
            assert words in page
        for secret in (SECRET, TOKEN[1], "HIDDEN TESTS", "checks.hidden"):
            assert secret not in page
        # What JupyterLab's own style sheet takes is most of it.
        assert len(page) < 3_000_000

    def test_nobody_else_is_in_the_gradebook(self, course: Graded) -> None:
        assert tiny_class.scores(course.folder).keys() == self.students.keys()

    def test_sources_and_what_was_handed_in_are_as_they_were(self, course: Graded) -> None:
        assert tree(course.folder) == course.tree

    def test_instructors_part_of_the_gradebook_is_as_it_was(self, course: Graded) -> None:
        assert instructors(course.folder) == course.tables

    def test_nothing_is_left(self, course: Graded) -> None:
        assert course.left == []
        assert not list(course.folder.parent.glob("left-behind"))
        assert not Path("/tmp/left-behind").exists()

    def test_no_submission_writes_to_the_terminal(self, course: Graded) -> None:
        assert "owned" not in course.errors

    def test_no_secret_is_in_what_was_graded(self, course: Graded) -> None:
        graded = [path for path in (course.folder / "autograded").rglob("*") if path.is_file()]
        assert len(graded) > len(self.students)
        for path in graded:
            text = path.read_text(errors="replace")
            assert SECRET not in text
            assert TOKEN[1] not in text
            assert len(text) < 2**22
        copied = course.folder / "autograded" / "links-and-pipes" / NAME
        names = [f"{NAME}.ipynb", "data.csv", "timestamp.txt"]
        assert sorted(path.name for path in copied.iterdir()) == names


class TestGrade(Suite):
    """`pytorch-learning grade`, two at a time."""

    command = "grade"
    students = CLASS

    def test_there_is_nothing_to_say(self, course: Graded) -> None:
        assert course.errors == ""

    def test_again_there_is_nothing_to_do(self, course: Graded) -> None:
        gradebook = course.folder / "gradebook.db"
        before = gradebook.read_bytes()
        done = tiny_class.grade(course.folder, NAME)
        assert last_line(done) == f"0 graded, {len(CLASS)} unchanged, 0 failed."
        assert gradebook.read_bytes() == before


class TestAutograde(Suite):
    """nbgrader's own command, which runs the same code for each submission as the other does."""

    command = "autograde"
    students = FEW


STEALING = {name: given for name, given in THEFTS.items() if given.steals}


@pytest.fixture(scope="module")
def unprotected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """Scores where there is neither sandbox nor guard."""
    students = {"good-1": GOOD["good-1"], **STEALING}
    with handed_in(tmp_path_factory.mktemp("k") / COURSE, students, UNPROTECTED) as course:
        tiny_class.grade(course, NAME, variables={**dict([TOKEN]), **tiny_class.temporary(course)})
        return tiny_class.scores(course)


@pytest.mark.parametrize("student", STEALING)
def test_theft_pays_without_protection(unprotected: dict[str, dict[str, float]], student: str) -> None:
    assert unprotected[student] == FULL


def test_there_are_as_many_as_there_should_be() -> None:
    assert len(BAD) >= 40
    assert len(GOOD) == 10
    assert all(given.scores == FULL and not given.flagged for given in GOOD.values())


def test_the_page_has_them_all() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), "run `python -m tests.grading.bad_submissions`"
