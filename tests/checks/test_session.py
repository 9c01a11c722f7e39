"""The frame of a test cell, in a real IPython shell where that matters."""

import logging
import sys
from contextlib import suppress
from dataclasses import replace

import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from pytorch_learning import checks, syllabus
from pytorch_learning.checks import session
from pytorch_learning.errors import CourseError

ID = "count_numbers"


@pytest.fixture(autouse=True)
def _new_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_session", session._Session())


def failure(code: str) -> str:
    with pytest.raises(checks.CheckFailed) as caught:
        exec(compile(code, "<test cell>", "exec"), {"checks": checks, "torch": torch})
    return str(caught.value)


def test_green_line(course_language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with checks.exercise(ID):
        pass
    line = capsys.readouterr().out
    assert line.startswith("✓ 1.1a")
    assert ("换数据" if course_language == "zh" else "grading") in line
    with checks.exercise(ID), checks.hidden():
        pass
    assert ("全部通过" if course_language == "zh" else "all tests") in capsys.readouterr().out


def test_part_of_the_points(course_language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with checks.exercise("slope") as score:
        score.steps(0.8999, {0.5: 1, 0.9: 2, 0.95: 3})
    assert score.points == 1
    line = capsys.readouterr().out
    assert "89.9 %" in line
    assert ("到 90 % 就有 2 分" if course_language == "zh" else "from 90 % on it is 2 points") in line
    checks.summary("01_tensors")
    lines = capsys.readouterr().out.splitlines()
    assert "◐" in lines[1]
    assert "1/3" in lines[1]


@pytest.mark.usefixtures("english")
def test_the_highest_step_gives_all_points_and_none_below_the_lowest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with checks.exercise("slope") as score:
        score.steps(0.95, {0.95: 3, 0.5: 1})
    assert score.points == 3
    assert "all" not in capsys.readouterr().out
    told = failure("with checks.exercise('slope') as score:\n    score.steps(0.3, {0.5: 1, 0.9: 3})")
    assert "the accuracy is 30 %: points begin at 50 %" in told


def test_what_is_read_by_hand(
    course_language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = syllabus.section("01_tensors")
    read = replace(section.exercises[0], by_hand=True)
    changed = replace(section, exercises=(read, *section.exercises[1:]))
    monkeypatch.setattr(syllabus, "section", lambda section_id: changed)
    checks.summary("01_tensors")
    lines = capsys.readouterr().out.splitlines()
    assert ("由老师评分" if course_language == "zh" else "by hand") in lines[0]
    assert ("另有 2 分由老师评" if course_language == "zh" else "2 of them are given by hand") in lines[-1]


def test_blank_answer(course_language: str) -> None:
    told = failure(f"with checks.exercise('{ID}'):\n    raise NotImplementedError()")
    assert ("还没有作答" if course_language == "zh" else "no answer yet") in told


def test_answer_cell_not_run(course_language: str) -> None:
    told = failure(f"with checks.exercise('{ID}'):\n    {ID}((2, 3))")
    assert ("先运行" if course_language == "zh" else "run the answer cell") in told


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("exit()", "SystemExit"),
        ("assert False", "AssertionError"),
        ("torch.ones(2, 3) @ torch.ones(2, 3)", "write both shapes down"),
        ("torch.ones(2, 3).T.view(-1)", "use `reshape`"),
        ("torch.ones(2) + torch.ones(3)", "compare from the last dimension"),
        ("torch.ones(2).requires_grad_().numpy()", "detach()"),
        ("y = torch.ones(1).requires_grad_() ** 2; y.backward(); y.backward()", "go forward"),
        ("torch.ones(1).item().backward()", "only once"),
        ("F = torch.nn.functional; F.cross_entropy(torch.ones(2, 3), torch.ones(2))", "int64 labels"),
    ],
)
def test_errors_become_a_sentence(statement: str, told: str) -> None:
    assert told in failure(f"with checks.exercise('{ID}'):\n    {statement}")


def test_interrupt_is_left_alone() -> None:
    with pytest.raises(KeyboardInterrupt), checks.exercise(ID):
        raise KeyboardInterrupt


def test_unknown_exercise() -> None:
    with pytest.raises(CourseError, match="nonsense"), checks.exercise("nonsense"):
        pass


def test_stderr_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    with checks.exercise(ID):
        print("progress", file=sys.stderr)
        logging.lastResort.handle(logging.makeLogRecord({"msg": "careful", "levelno": logging.WARNING}))
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "progress" in captured.out
    assert "careful" in captured.out


def test_random_numbers_repeat_and_leave_the_notebooks_own_alone() -> None:
    drawn = []
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    for _ in range(2):
        with checks.exercise(ID):
            drawn.append(torch.rand(4))
    assert torch.equal(*drawn)
    assert torch.equal(torch.rand(2), expected)


def test_the_notebooks_variables_stay_as_they_were() -> None:
    cell = f"""
with checks.exercise("{ID}") as score:
    x = 2
    del y
    made = 3
"""
    names: dict[str, object] = {"checks": checks, "x": 1, "y": [1], "score": "of the cell's last run"}
    for code in (cell, cell + "    raise ValueError\n"):
        with suppress(checks.CheckFailed):
            exec(code, names)
        assert names["x"] == 1
        assert names["y"] == [1]
        assert names["made"] == 3
        assert isinstance(names["score"], checks.Score)


def test_summary(course_language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with checks.exercise(ID):
        pass
    failure("with checks.exercise('slope'):\n    raise ValueError")
    capsys.readouterr()
    checks.summary("01_tensors")
    lines = capsys.readouterr().out.splitlines()
    assert "✓" in lines[0]
    assert "✗" in lines[1]
    assert "–" in lines[2]
    assert ("2 / 56" if course_language == "zh" else "2 of 56") in lines[-1]


def test_a_failure_after_a_pass_takes_the_points_back(capsys: pytest.CaptureFixture[str]) -> None:
    with checks.exercise(ID):
        pass
    failure(f"with checks.exercise('{ID}'):\n    raise ValueError")
    capsys.readouterr()
    checks.summary("01_tensors")
    assert "✗" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.usefixtures("english")
def test_notebook_shows_the_sentence_and_the_students_line_but_no_source() -> None:
    shell = InteractiveShell()
    shell.run_cell(f"def {ID}(shape):\n    first = shape[0]\n    return first.size")
    cell = f"""
from pytorch_learning import checks
with checks.exercise("{ID}"):
    with checks.hidden():
        secret_of_the_test = 4711
        checks.returns({ID}, (3, 5), expected=secret_of_the_test)
"""
    with capture_output() as shown:
        result = shell.run_cell(cell)
    assert isinstance(result.error_in_exec, checks.CheckFailed)
    text = shown.stdout + shown.stderr
    assert "AttributeError" in text
    assert "line 3: `return first.size`" in text
    assert "secret_of_the_test" not in text
    assert "4711" not in text
    assert "Traceback" not in text
