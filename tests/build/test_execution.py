"""Notebooks are run when they must be, and say where they fail."""

from __future__ import annotations

import sys

import nbformat
import pytest
from conftest import TinyCourse

from pytorch_learning.build import execution

LESSON = 'print("lesson", numbers)'


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notebooks that a build runs; instead of a kernel, a stand-in gives each cell an output."""
    names: list[str] = []

    def run(notebook, section, language, root):
        kind = "lecture" if all("add_up" not in cell.source for cell in notebook.cells) else "key"
        names.append(f"{kind} {language}")
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count = 7

    monkeypatch.setattr(execution, "run", run)
    return names


def counts(course: TinyCourse, name: str) -> list[int | None]:
    cells = nbformat.read(course.root / name, as_version=4).cells
    return [cell.execution_count for cell in cells if cell.cell_type == "code"]


def test_what_is_fresh_is_not_run(built: TinyCourse, ran: list[str]) -> None:
    built.replace("# ## 1.1 Lists", "# ## 1.1 More lists")
    assert built.build() == 0
    assert ran == []
    assert counts(built, "notebooks/en/01_tensors.ipynb") == [1, 2, 3]


def test_only_what_changed_is_run(built: TinyCourse, ran: list[str]) -> None:
    built.replace("len(items) - 1", "len(items) + -1")
    assert built.build() == 0
    assert ran == ["key zh", "key en"]


def test_what_was_never_run_is_run(built: TinyCourse, ran: list[str]) -> None:
    path = built.root / "notebooks" / "zh" / "01_tensors.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"execution_count": 2', '"execution_count": null')
    )
    assert built.build() == 0
    assert ran == ["lecture zh"]


def test_execute_runs_all(built: TinyCourse, ran: list[str]) -> None:
    assert built.build("--execute") == 0
    assert sorted(ran) == ["key en", "key zh", "lecture en", "lecture zh"]


def test_no_execute_keeps_outputs_up_to_the_change(built: TinyCourse, ran: list[str]) -> None:
    built.replace("numbers = [1, 2, 3]", "numbers = [1, 2]")
    assert built.build("--no-execute") == 0
    assert ran == []
    assert counts(built, "notebooks/en/01_tensors.ipynb") == [1, 2, None]
    assert counts(built, "solutions/en/01_tensors.ipynb") == [1, 2, *[None] * 8]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import os; os._exit(1)", "DeadKernelError"),
        ("import time; time.sleep(60)", "CellTimeoutError"),
    ],
)
def test_a_failing_cell(
    built: TinyCourse,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    message: str,
) -> None:
    monkeypatch.setattr(execution, "TIMEOUT", 2)
    line = built.replace(LESSON, code) - 1
    before = (built.root / "notebooks" / "en" / "01_tensors.ipynb").read_bytes()
    solutions = "solutions/zh/01_tensors.ipynb"
    real = execution.run
    # One of the four is enough, and kernels take a second each.
    monkeypatch.setattr(
        execution,
        "run",
        lambda notebook, section, language, root: (
            real(notebook, section, language, root)
            if language == "en" and "add_up" not in str(notebook.cells)
            else None
        ),
    )
    assert built.build() == 2
    errors = capsys.readouterr().err
    assert f"source/01_tensors.py:{line - 1}: this cell fails (en) with {message}" in errors
    assert "mend it" in errors
    assert (built.root / "notebooks" / "en" / "01_tensors.ipynb").read_bytes() == before
    assert code in (built.root / solutions).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "code", ["import sys; print(sys.prefix + '/lib')", "import os; print(os.getcwd() + '/x')"]
)
def test_paths_of_this_machine_are_refused(
    built: TinyCourse, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    from pytorch_learning.build import editions
    from pytorch_learning.build.source import load
    from pytorch_learning.errors import CourseError

    line = built.replace(LESSON, code) - 2
    section = load(built.root).sections[0]
    with pytest.raises(CourseError, match=f"source/01_tensors.py:{line}: the output shows a path") as caught:
        execution.run(editions.lecture(section, "zh"), section, "zh", built.root)
    assert sys.prefix in str(caught.value) or "getcwd" in code


def test_files_that_cells_use(built: TinyCourse) -> None:
    """What lies beside the section is there; what a cell writes does not stay."""
    from pytorch_learning.build import editions
    from pytorch_learning.build.source import load

    (built.root / "source" / "01_tensors" / "text.txt").write_text("beside")
    built.replace(LESSON, 'print(open("text.txt").read()); open("written.txt", "w").close()')
    section = load(built.root).sections[0]
    lecture = editions.lecture(section, "zh")
    before = built.files()
    execution.run(lecture, section, "zh", built.root)
    assert lecture.cells[-1].outputs[0].text == "beside\n"
    assert built.files() == before
    first = editions.to_bytes(lecture)
    again = editions.lecture(section, "zh")
    execution.run(again, section, "zh", built.root)
    assert editions.to_bytes(again) == first
