"""The demonstration of a class cycle, on a course small enough to grade in a test."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from pytorch_learning import cli, demo, syllabus
from pytorch_learning import course as course_folder
from pytorch_learning.demo import Demo, Result, table
from pytorch_learning.language import Text

EXERCISES = {
    "double": ("x * 2", "double(2) == 4"),
    "square": ("x * x", "square(3) == 9"),
    "negate": ("-x", "negate(5) == -5"),
}
POINTS = {"double": 2, "square": 3, "negate": 4}


def nbgrader_cell(source: str, grade_id: str, **metadata: object) -> nbformat.NotebookNode:
    """A cell that nbgrader knows."""
    known = {"grade_id": grade_id, "schema_version": 3, "locked": False, "task": False}
    return new_code_cell(
        source, metadata={"nbgrader": {**known, "grade": False, "solution": False, **metadata}}
    )


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three exercises that need no torch."""
    root = tmp_path / "course"
    (root / "source" / "01_tiny").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    (root / "nbgrader_config.py").write_text(
        (course_folder.find_root(Path(demo.__file__)) / "nbgrader_config.py").read_text()
    )
    cells = []
    for name, (expression, check) in EXERCISES.items():
        solution = f"    ### BEGIN SOLUTION\n    return {expression}\n    ### END SOLUTION"
        cells.append(nbgrader_cell(f"def {name}(x):\n{solution}", name, solution=True))
        hidden = f"### BEGIN HIDDEN TESTS\nassert {check}\n### END HIDDEN TESTS"
        test = nbgrader_cell(
            f"{name}(1)\n{hidden}", f"{name}-test", grade=True, locked=True, points=POINTS[name]
        )
        cells.append(test)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), root / "source" / "01_tiny" / "01_tiny.ipynb")
    exercises = tuple(
        syllabus.Exercise(name, name, Text(name, name), points) for name, points in POINTS.items()
    )
    section = syllabus.Section("01_tiny", Text("一", "One"), sum(POINTS.values()), exercises)
    monkeypatch.setattr(syllabus, "sections", lambda: (section,))
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    monkeypatch.chdir(root)
    return root


def test_whole_cycle(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # What an earlier run left, or what it began.
    (course / "demo").mkdir()
    (course / "demo" / demo.MADE_BY).touch()
    (course / "demo" / "gradebook.db").write_text("not a gradebook")
    code = cli.main(["demo"])
    captured = capsys.readouterr()
    log = course / "demo" / demo.LOG
    assert code == 0, captured.out + captured.err + (log.read_text() if log.exists() else "")
    lines = [line.split(maxsplit=4) for line in captured.out.splitlines() if " / 9" in line]
    assert [line[:2] for line in lines] == [
        ["all_right", "9"],
        ["half_right", "6"],
        ["blank", "0"],
        ["broken", "0"],
    ]
    pages = [(course / line[4]).read_text(encoding="utf-8") for line in lines]
    assert ["The file is damaged" in page for page in pages] == [False, False, False, True]
    assert "broken: The file is damaged: not a notebook, not JSON" in captured.out
    assert "[4/5] grade ... " in captured.out
    # The real gradebook and folders are untouched.
    assert sorted(path.name for path in course.iterdir()) == [
        "demo",
        "nbgrader_config.py",
        "pyproject.toml",
        "source",
    ]


def test_folder_that_is_not_the_demos(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "demo").mkdir()
    (course / "demo" / "mine.txt").write_text("mine")
    assert cli.main(["demo"]) == 2
    assert "move it elsewhere first" in capsys.readouterr().err
    assert (course / "demo" / "mine.txt").read_text() == "mine"


def test_unknown_section(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "--section", "99_none"]) == 2
    assert "choose from 01_tiny" in capsys.readouterr().err


def test_course_that_was_not_built(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "source" / "01_tiny" / "01_tiny.ipynb").unlink()
    assert cli.main(["demo"]) == 2
    assert "run `make build` first" in capsys.readouterr().err


def test_command_that_fails(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo.sys, "executable", "false")
    assert cli.main(["demo"]) == 2
    assert "`nbgrader generate_assignment` failed: see the end of demo/demo.log" in capsys.readouterr().err


def test_wrong_scores_are_named_and_fail(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in ("prepare", "generate", "collect", "grade", "give_feedback"):
        monkeypatch.setattr(Demo, step, lambda self: None)
    too_many = Result(
        "blank", {"double": 0.0, "square": 0.0}, {"double": 2.0, "square": 0.0}, feedback=Path("page.html")
    )
    right = Result("all_right", {"double": 2.0}, {"double": 2.0}, feedback=Path("page.html"))
    monkeypatch.setattr(Demo, "results", lambda self: [right, too_many])
    assert cli.main(["demo"]) == 1
    assert capsys.readouterr().err.splitlines() == ["wrong: blank: double: 2, not 0"]


def test_feedback_or_reason_that_is_missing_or_too_much() -> None:
    page = Path("page.html")
    assert not Result("all_right", {}, feedback=page).differences()
    assert not Result("broken", {}, reason="not JSON", feedback=page).differences()
    assert Result("all_right", {}).differences()
    assert Result("all_right", {}, reason="not JSON", feedback=page).differences()
    assert Result("broken", {}, feedback=page).differences()
    assert Result("broken", {}, reason="not JSON").differences()


def test_expected_scores(course: Path) -> None:
    totals = {
        student: sum(points.values())
        for student, points in Demo(course, syllabus.sections()[0]).expected.items()
    }
    assert totals == {"all_right": 9, "half_right": 6, "blank": 0, "broken": 0}


def test_table_lines_up_in_chinese(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    head, _, row = table(
        [Result("all_right", {}, {"double": 2.0}, feedback=Path("page.html"))], 9
    ).splitlines()
    assert demo._width(head[: head.index("反馈")]) == row.index("page.html")
