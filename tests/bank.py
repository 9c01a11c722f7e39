"""The answer bank: right and wrong answers to every exercise, run against the real test cells.

`tests/answers/SECTION/EXERCISE.py` is a py:percent file, one answer a cell:

    # %% with a loop kind="right"
    # %% adds the sizes kind="wrong" zh="相乘" en="multiply"

A right answer gets full marks.  A wrong one is named after its misconception, loses its points, and gets a
message in which the words given for each language stand.
"""

from __future__ import annotations

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
KINDS = ("right", "wrong")


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
    _run(next(c.source for c in notebook.cells if c.cell_type == "code"), f"<set-up of {section}>", names)
    return names


def run_test_cell(section: str, exercise: str, code: str, language_name: str) -> str | None:
    """Run an answer, then its test cell with the hidden tests.  Returns the message, None if it passed."""
    language.choose(language_name)
    namespace = dict(_set_up(section))
    _run(code, f"<answer to {exercise}>", namespace)
    try:
        _run(source_cells(section)[f"{exercise}-test"].source, f"<test of {exercise}>", namespace)
    except checks.CheckFailed as failure:
        return str(failure)
    return None


def _run(code: str, name: str, namespace: dict[str, Any]) -> None:
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    exec(compile(code, name, "exec"), namespace)
