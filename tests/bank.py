"""The answer bank: right and wrong answers to every exercise, run against the real test cells.

`tests/answers/SECTION/EXERCISE.py` is a py:percent file, one answer a cell:

    # %% with a loop kind="right"
    # %% adds the sizes kind="wrong" zh="相乘" en="multiply"
    # %% one layer only kind="partial" points="4"

A right answer gets full marks.  A wrong one is named after its misconception, loses its points, and gets a
message in which the words given for each language stand.  One that is right in part gets these points.
`slow=true` marks an answer that trains for long: it is run in one language only.
"""

from __future__ import annotations

import ast
import linecache
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode

from pytorch_learning import checks, language, syllabus

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = Path(__file__).resolve().parent / "answers"
KINDS = ("right", "wrong", "partial")


@dataclass(frozen=True)
class Answer:
    """One answer of the bank; `zh` and `en` are what the message to a wrong one must contain."""

    section: str
    exercise: str
    name: str
    kind: str
    code: str
    zh: str = ""
    en: str = ""
    points: int = 0
    slow: bool = False

    @property
    def id(self) -> str:
        """The name under which pytest shows it."""
        return f"{self.exercise}-{self.kind}-{self.name.replace(' ', '-')}"


def answers(section: str, exercise: str) -> list[Answer]:
    """All answers to one exercise, in the order of the file; none where there is no file."""
    path = ANSWERS / section / f"{exercise}.py"
    found: list[Answer] = []
    for cell in jupytext.read(path).cells if path.exists() else []:
        if cell.cell_type == "code" and "kind" in cell.metadata:
            given = cell.metadata
            found.append(
                Answer(
                    section,
                    exercise,
                    given["title"],
                    given["kind"],
                    cell.source,
                    given.get("zh", ""),
                    given.get("en", ""),
                    int(given.get("points", 0)),
                    bool(given.get("slow", False)),
                )
            )
    return found


def all_answers() -> list[Answer]:
    """The whole bank."""
    return [a for s in syllabus.sections() for e in s.exercises for a in answers(s.id, e.id)]


@cache
def source_cells(section: str) -> dict[str, NotebookNode]:
    """The section's nbgrader cells by grade id, with solutions and hidden tests."""
    notebook = jupytext.read(ROOT / "source" / f"{section}.py")
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


@cache
def _set_up(section: str) -> dict[str, Any]:
    """What the section's first code cell imports: what is there when a student answers."""
    notebook = jupytext.read(ROOT / "source" / f"{section}.py")
    names: dict[str, Any] = {}
    run_cell(next(c.source for c in notebook.cells if c.cell_type == "code"), f"<set-up of {section}>", names)
    return names


def answered(section: str, exercise: str, code: str) -> dict[str, Any]:
    """The notebook's names after the section's set-up and this answer."""
    namespace = dict(_set_up(section))
    run_cell(code, f"<answer to {exercise}>", namespace)
    return namespace


@dataclass(frozen=True)
class Outcome:
    """What a test cell said and gave: the message of the check that failed, or None, and the points."""

    message: str | None
    points: float


def run_test_cell(section: str, exercise: str, code: str, language_name: str) -> Outcome:
    """Run an answer, then its test cell with the hidden tests.  Counts the points as nbgrader does."""
    language.choose(language_name)
    namespace = answered(section, exercise, code)
    try:
        given = run_cell(source_cells(section)[f"{exercise}-test"].source, f"<test of {exercise}>", namespace)
    except checks.CheckFailed as failure:
        return Outcome(str(failure), 0)
    return Outcome(None, syllabus.exercise(exercise).points if given is None else float(given))


def run_cell(code: str, name: str, namespace: dict[str, Any]) -> Any:
    """Run a cell.  Returns the value of the expression that it ends with, None without."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    tree = ast.parse(code, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), name, "eval"), namespace) if last else None
