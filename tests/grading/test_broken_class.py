"""A class of three good submissions and many broken ones, through nbgrader's own commands."""

from __future__ import annotations

import copy
import json
import os
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
from tests.grading.section import ANSWERS, DOUBLE, ESSAY, NAME, POINTS, SQUARE, cell, place, released, source

ROOT = Path(__file__).resolve().parent.parent.parent
FULL = {"double-test": 2.0, "square-test": 3.0, "essay": 0.0}
NONE = dict.fromkeys(POINTS, 0.0)
CODE = {"double": DOUBLE, "square": SQUARE}
SECRET = "nobody must see this"


def filled(**others: str) -> NotebookNode:
    """A worksheet with right answers to all but these, and no essay."""
    return released("en", **{**CODE, **others})


def save(folder: Path, notebook: Any, name: str = f"{NAME}.ipynb") -> None:
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def handed_in(notebook: Callable[[], Any]) -> Callable[[Path], None]:
    """A submission of one notebook file."""
    return lambda folder: save(folder, notebook())


def half_a_file(folder: Path) -> None:
    text = json.dumps(filled())
    (folder / f"{NAME}.ipynb").write_text(text[: len(text) // 2])


def no_notebook(folder: Path) -> None:
    (folder / "notes.txt").write_text("I have finished")


def renamed(folder: Path) -> None:
    save(folder, filled(), "my homework (1).ipynb")


def two_candidates(folder: Path) -> None:
    save(folder, filled(), "a.ipynb")
    save(folder, filled(double="def double(x): return 1"), "b.ipynb")


def link_out(folder: Path) -> None:
    other = folder.parent.parent.parent / "source" / NAME / f"{NAME}.ipynb"
    (folder / f"{NAME}.ipynb").symlink_to(other)


def folder_as_notebook(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").mkdir()


def pipe_as_notebook(folder: Path) -> None:
    os.mkfifo(folder / f"{NAME}.ipynb")


def strange_files(folder: Path) -> None:
    save(folder, filled())
    os.mkfifo(folder / "pipe")
    (folder / "secret.txt").symlink_to(folder.parent.parent.parent / "secret.txt")
    (folder / "round").symlink_to("round")
    (folder / "data.csv").write_text("1,2")
    (folder / "timestamp.txt").write_bytes(b"\xffyesterday")


def duplicated() -> NotebookNode:
    notebook = filled()
    notebook.cells += copy.deepcopy(notebook.cells)
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.schema_version = 2
    return notebook


def without_tests() -> NotebookNode:
    notebook = filled()
    notebook.cells = [each for each in notebook.cells if not each.id.endswith("-test")]
    return notebook


def skipping_tests() -> NotebookNode:
    notebook = filled(double="def double(x):\n    return 0")
    cell(notebook, "double-test").metadata.tags = ["skip-execution"]
    return notebook


def own_code(code: str, before: str) -> NotebookNode:
    notebook = filled()
    notebook.cells.insert(place(notebook, before), new_code_cell(code))
    return notebook


def another_section() -> NotebookNode:
    notebook = filled()
    for number, each in enumerate(notebook.cells):
        each.id = f"cell-{number}"
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.grade_id = "dice"
    return notebook


DIES = "import os\nos._exit(1)"
STUBBORN = """
def double(x):
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass
"""
UNREADABLE = 'display({"text/plain": 5}, raw=True)'
UNWRITABLE = """
import json
get_ipython().kernel.session.pack = lambda message: json.dumps(message, default=str).encode()
print("\\udc80")
"""
MALFORMED = """
kernel = get_ipython().kernel
forged = {"execution_count": "many", "code": ""}
_ = kernel.session.send(kernel.iopub_socket, "execute_input", forged, parent=kernel.get_parent())
"""

# What is handed in, the scores, and words that the feedback must contain.
STUDENTS: dict[str, tuple[Callable[[Path], None], dict[str, float], tuple[str, ...]]] = {
    "good_en": (handed_in(lambda: filled(essay=ESSAY)), FULL, (ESSAY,)),
    "good_zh": (handed_in(lambda: released("zh", **CODE)), FULL, ("两倍",)),
    "good_half": (
        handed_in(lambda: filled(square="def square(x):\n    return x")),
        {**FULL, "square-test": 0},
        ("AssertionError",),
    ),
    "half_a_file": (half_a_file, NONE, ("The file is damaged", "文件已损坏")),
    "no_notebook": (no_notebook, NONE, ("There is no 01_tiny.ipynb", "没有收到 01_tiny.ipynb")),
    "renamed": (renamed, FULL, ("my homework (1).ipynb", "文件名应为")),
    "two_candidates": (two_candidates, NONE, ("is not clear", "看不出是哪一个")),
    "link_out": (link_out, NONE, ("is a link to somewhere else", "链接")),
    "folder": (folder_as_notebook, NONE, ("is a folder", "是一个文件夹")),
    "pipe": (pipe_as_notebook, NONE, ("no permission, or not a file", "读不了")),
    "strange_files": (strange_files, FULL, ("Files left out", "没有用的文件")),
    "duplicated": (handed_in(duplicated), FULL, ("several times", "有几份")),
    "without_tests": (handed_in(without_tests), FULL, ("put back", "已放回")),
    "skips_tests": (handed_in(skipping_tests), {**FULL, "double-test": 0}, ("AssertionError",)),
    "another_section": (handed_in(another_section), NONE, ("worksheet of 01_tensors", "交错了笔记本")),
    "dies": (
        handed_in(lambda: own_code(DIES, "square-task-en")),
        {**FULL, "square-test": 0},
        ("The program ended in this cell", "没有运行这个检查"),
    ),
    "loops": (
        handed_in(lambda: filled(double="def double(x):\n    while True:\n        pass")),
        {**FULL, "double-test": 0},
        ("CellTimeoutError",),
    ),
    "stubborn": (handed_in(lambda: filled(double=STUBBORN)), NONE, ("could not be interrupted", "停不下来")),
    "unwritable": (
        handed_in(lambda: own_code(UNWRITABLE, "double-task-en")),
        FULL,
        ("\ufffd",),
    ),
    "unreadable": (
        handed_in(lambda: own_code(UNREADABLE, "double-task-en")),
        FULL,
        ("could not be taken in", "无法读取"),
    ),
    "malformed": (handed_in(lambda: own_code(MALFORMED, "double-task-en")), FULL, ("malformed", "不合格式")),
}


def nbgrader(course: Path, *arguments: str, code: int = 0) -> str:
    """Run a command of nbgrader's.  Returns its log."""
    return classroom.nbgrader(course, "en", *arguments, code=code)


def hand_in(course: Path, student: str, submit: Callable[[Path], None]) -> None:
    folder = course / "submitted" / student / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    submit(folder)


def new_course(folder: Path) -> Path:
    (folder / "source" / NAME).mkdir(parents=True)
    nbformat.write(source(), folder / "source" / NAME / f"{NAME}.ipynb")
    config = (ROOT / "nbgrader_config.py").read_text()
    (folder / "nbgrader_config.py").write_text(
        f"{config}\nc.Execute.timeout = 2\nc.Execute.iopub_timeout = 2\n"
    )
    (folder / "secret.txt").write_text(SECRET)
    nbgrader(folder, "generate_assignment", NAME)
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All submissions graded and returned, by commands that both succeed."""
    folder = new_course(tmp_path_factory.mktemp("course"))
    for student, (submit, _, _) in STUDENTS.items():
        hand_in(folder, student, submit)
    nbgrader(folder, "autograde", NAME)
    nbgrader(folder, "generate_feedback", NAME)
    return folder


def grades(course: Path, student: str) -> dict[str, Any]:
    """The grades of a submission by their names."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {g.name: g.to_dict() for g in gradebook.find_submission_notebook(NAME, NAME, student).grades}


def scores(course: Path, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {g.name: g.score for g in gradebook.find_submission_notebook(NAME, NAME, student).grades}


@pytest.mark.parametrize("student", STUDENTS)
def test_scores(course: Path, student: str) -> None:
    assert scores(course, student) == STUDENTS[student][1]
    found = grades(course, student)
    assert {name for name, grade in found.items() if grade["needs_manual_grade"]} == (
        {"essay"} if student == "good_en" else set()
    )
    assert all(grade["auto_score"] is not None for name, grade in found.items() if name != "essay")


@pytest.mark.parametrize("student", STUDENTS)
def test_reasons_are_in_what_students_and_instructors_see(course: Path, student: str) -> None:
    page = (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    for words in STUDENTS[student][2]:
        assert words in page
    graded = nbformat.read(course / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4)
    ids = [c.metadata.nbgrader.grade_id for c in graded.cells if "nbgrader" in c.metadata]
    assert ids == ["double", "double-test", "square", "square-test", "essay"]


def test_students_files(course: Path) -> None:
    copied = course / "autograded" / "strange_files" / NAME
    assert sorted(path.name for path in copied.iterdir()) == [f"{NAME}.ipynb", "data.csv", "timestamp.txt"]
    for path in (course / "autograded").rglob("*.*"):
        assert path.is_dir() or SECRET not in path.read_text(errors="replace")
    # What was handed in is as it was.
    assert (course / "submitted" / "strange_files" / NAME / "secret.txt").is_symlink()
    assert (course / "submitted" / "renamed" / NAME / "my homework (1).ipynb").exists()


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
