"""The frame of a test cell, and what has passed so far in this notebook."""

from __future__ import annotations

import html
import linecache
import sys
import sysconfig
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import torch
from IPython.display import display

from pytorch_learning import syllabus
from pytorch_learning.checks import diagnosis
from pytorch_learning.checks.failure import CheckFailed, no_expected_values
from pytorch_learning.checks.score import Score
from pytorch_learning.language import say
from pytorch_learning.outputs import OUTPUT_METADATA

_PACKAGE = str(Path(__file__).resolve().parent.parent)
_LIBRARIES = tuple(
    str(Path(p).resolve()) for p in {sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}
)
_GREEN = "#00734c"
_RED = "#b3261e"
_GREY = "#666666"


@dataclass
class _Session:
    """What this kernel's test cells have shown."""

    points: dict[str, int | None] = field(default_factory=dict)
    """What each exercise that was run has earned, None if its test failed."""
    hidden_tests_ran: bool = False


_session = _Session()


@dataclass(frozen=True)
class _Shown:
    """Text for a terminal and HTML for a notebook."""

    text: str
    html: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


@contextmanager
def exercise(exercise_id: str) -> Iterator[Score]:
    """Run the checks of one exercise and show a green line if they pass.

    Gives the score, all points at first; see `Score.steps` for a test that gives some of them.

    Whatever goes wrong inside is raised as `CheckFailed` with a sentence for the student.  Random numbers are
    seeded, so that an answer gets the same grade every time, and drawn aside from the notebook's own.  The
    notebook's variables are the same afterwards, so that its lesson cells can be run again.  What is written
    to stderr goes to stdout: nbgrader takes anything on stderr for a failed test.
    """
    this = syllabus.exercise(exercise_id)
    frame = sys._getframe(2)
    test_cell = frame.f_code.co_filename
    _session.hidden_tests_ran = False
    _session.points[exercise_id] = None
    score = Score(this.points)
    with ExitStack() as stack:
        stack.enter_context(_restored(frame.f_globals, score))
        stack.enter_context(redirect_stderr(sys.stdout))
        stack.enter_context(torch.random.fork_rng(devices=[]))
        torch.manual_seed(zlib.crc32(exercise_id.encode()))
        try:
            yield score
        except CheckFailed:
            raise
        except (Exception, SystemExit) as error:
            # `from None`: the traceback would show the source of the hidden tests.
            raise CheckFailed(_explain(error, exercise_id, test_cell)) from None
    _session.points[exercise_id] = score.points
    title = f"{this.number} {this.title}"
    if score.next_step:
        line = say(
            f"✓ {title}：{score.points} 分，满分 {this.points} 分：{score.next_step}",
            f"✓ {title}: {score.points} of {_points(this.points)}: {score.next_step}",
        )
    elif _session.hidden_tests_ran:
        line = say(
            f"✓ {title}：全部通过，{this.points} 分", f"✓ {title}: all tests passed, {_points(this.points)}"
        )
    else:
        line = say(
            f"✓ {title}：这里的检查都通过了（{this.points} 分，批改时还会换数据再测）",
            f"✓ {title}: the checks here pass ({_points(this.points)}; grading tries other data too)",
        )
    display(
        _Shown(line, f'<span style="color:{_GREEN};font-weight:600">{html.escape(line)}</span>'),
        metadata={OUTPUT_METADATA: "result"},
    )


@contextmanager
def _restored(namespace: dict[str, Any], score: Score) -> Iterator[None]:
    """Afterwards, the variables that were there have their values again, but for the test's own score."""
    before = dict(namespace)
    try:
        yield
    finally:
        for name, value in before.items():
            if namespace.get(name) is not score:
                namespace[name] = value


@contextmanager
def hidden() -> Iterator[None]:
    """Frame of the tests that students don't see: messages inside keep expected values to themselves."""
    _session.hidden_tests_ran = True
    with no_expected_values():
        yield


def summary(section_id: str) -> None:
    """Show what has passed in this section, exercise by exercise, and the points so far."""
    section = syllabus.section(section_id)
    rows, lines, reached = [], [], 0
    for this in section.exercises:
        got = _session.points.get(this.id) or 0
        reached += got
        mark, colour = _mark(this)
        lines.append(f"{this.number:<8} {mark:<10} {got:>2}/{this.points}  {this.title}")
        rows.append(
            f"<tr><td>{this.number}</td><td style='text-align:left;padding:0 1em'>{html.escape(str(this.title))}</td>"
            f"<td style='text-align:left;padding-right:1em;color:{colour}'>{mark}</td><td>{got} / {this.points}</td></tr>"
        )
    total = say(
        f"到目前为止：{reached} / {section.points} 分", f"So far: {reached} of {section.points} points"
    )
    if by_hand := sum(this.points for this in section.exercises if this.by_hand):
        total += say(f"，另有 {by_hand} 分由老师评", f"; {by_hand} of them are given by hand")
    heads = say("练习,题目,状态,得分", "Exercise,Title,Status,Points").split(",")
    table = (
        "<table><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>" + "".join(rows) + "</table>"
    )
    display(_Shown("\n".join([*lines, total]), f"{table}<p><b>{total}</b></p>"))


def _mark(this: syllabus.Exercise) -> tuple[str, str]:
    """What the summary says of an exercise, and in which colour."""
    if this.by_hand:
        return say("✎ 由老师评分", "✎ by hand"), _GREY
    if this.id not in _session.points:
        return say("– 未运行", "– not run"), _GREY
    points = _session.points[this.id]
    if points is None:
        return say("✗ 未通过", "✗ not yet"), _RED
    return (say("✓ 通过", "✓ passed") if points == this.points else say("◐ 部分通过", "◐ in part")), _GREEN


def _points(number: int) -> str:
    return f"{number} point" + ("" if number == 1 else "s")


def _explain(error: BaseException, exercise_id: str, test_cell: str) -> str:
    if isinstance(error, NotImplementedError) and not str(error):
        return say(
            "还没有作答：把答案单元格里的 `raise NotImplementedError()` 换成你的代码，运行它，再运行这里",
            "no answer yet: replace `raise NotImplementedError()` in the answer cell by your code, run it, "
            "then run this cell again",
        )
    if isinstance(error, NameError) and error.name == exercise_id:
        return say(
            f"找不到 `{exercise_id}`：先运行上面的答案单元格（函数名不要改）",
            f"there is no `{exercise_id}` yet: run the answer cell above first (and keep the function's name)",
        )
    # Torch lists every way to call a function after this; the advice below is shorter.
    text = str(error).partition(", but expected one of:")[0].strip()
    happened = f"{type(error).__name__}: {text}" if text else type(error).__name__
    place = _students_line(error.__traceback__, test_cell)
    message = say(f"代码出错了：{happened}", f"your code stopped with {happened}") + place
    calls = getattr(error, "__notes__", [])
    if calls:
        message = calls[0] + say("：", ": ") + message
    advice = diagnosis.error(str(error))
    return message + (say("：", ": ") + advice if advice else "")


def _students_line(trace: TracebackType | None, test_cell: str) -> str:
    """Where in the student's own code it happened: ` (line 3: ...)`, or "" if it was not there."""
    found: tuple[FrameType, int] | None = None
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename != test_cell and not filename.startswith((_PACKAGE, *_LIBRARIES)):
            found = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
    if found is None:
        return ""
    frame, line_number = found
    source = linecache.getline(frame.f_code.co_filename, line_number).strip()
    where = f"`{source}`" if source else f"`{frame.f_code.co_name}`"
    return say(f"（第 {line_number} 行：{where}）", f" (line {line_number}: {where})")
