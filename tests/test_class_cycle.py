"""Answers of the bank through nbgrader itself: real notebooks, both languages, a real gradebook."""

import re
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from pytorch_learning import syllabus
from pytorch_learning.build import marks
from tests import bank
from tests.classroom import Work, hand_in, leaves_blank, nbgrader, new_course
from tests.test_answers import SLOW

STUDENTS = {
    "right": Work("right", -1, "en"),
    "wrong": Work("wrong", 2, "zh"),
    "key": Work("key", 0, "zh"),
    "blank": Work("blank", 0, "en"),
}
WITHIN_MINUTES = ("key", "blank")
"""Who hands in a section in which everybody trains for long."""


@pytest.fixture(scope="module", params=syllabus.sections(), ids=lambda section: section.id)
def section(request: pytest.FixtureRequest) -> syllabus.Section:
    """Each section of the course in turn."""
    return request.param


def students(section: syllabus.Section) -> list[str]:
    """Who hands in a section."""
    return list(WITHIN_MINUTES if any(name == section.id for name, _ in SLOW) else STUDENTS)


@pytest.fixture
def student(section: syllabus.Section, request: pytest.FixtureRequest) -> str:
    """Each student in turn."""
    if request.param not in students(section):
        pytest.skip("the bank's other tests run these answers, and training takes long")
    return request.param


@pytest.fixture(scope="module")
def course(section: syllabus.Section, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in a folder with a blank and Chinese characters, its submissions graded and returned."""
    folder = tmp_path_factory.mktemp("课程 a b")
    new_course(folder, [section.id])
    hand_in(folder, section.id, {student: STUDENTS[student] for student in students(section)})
    nbgrader(folder, "en", "autograde", section.id)
    nbgrader(folder, "en", "generate_feedback", section.id)
    return folder


@pytest.mark.parametrize("student", STUDENTS, indirect=True)
def test_score(course: Path, section: syllabus.Section, student: str) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(section.id, section.id, student).grades
        scores = {grade.name.removesuffix("-test"): grade.score for grade in grades}
        to_read = {grade.name for grade in grades if grade.needs_manual_grade}
    work = STUDENTS[student]
    expected = {exercise.id: 0.0 for exercise in section.exercises}
    for exercise in section.exercises if work.kind in ("right", "key") else []:
        if not exercise.by_hand and not leaves_blank(work, section.id, exercise.id):
            expected[exercise.id] = exercise.points
    assert scores == expected
    answered = work.kind != "blank"
    by_hand = {e.id for e in section.exercises if e.by_hand and answered}
    if work.kind == "wrong":
        # Some of what is wrong looks where it should not, and is flagged.
        assert by_hand <= to_read
    else:
        assert to_read == by_hand


@pytest.mark.parametrize("student", STUDENTS, indirect=True)
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
