"""The frame of a test cell, in a real IPython shell where that matters."""

import logging
import sys

import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from pytorch_learning import checks
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
