"""A section in both languages that needs no torch, and submissions to it."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from pytorch_learning.build.preprocessors import Worksheet as ReleasedWorksheet
from pytorch_learning.grading.worksheet import Worksheet, worksheets

NAME = "01_tiny"
POINTS = {"double-test": 2.0, "square-test": 3.0, "essay": 4.0}
DOUBLE = "def double(x):\n    return 2 * x"
SQUARE = "def square(x):\n    return x * x"
ESSAY = "Because it is so."
WITHOUT_HIDDEN = re.compile(r"\n *### BEGIN[\s\S]*")
ANSWERS = {"double": DOUBLE, "square": SQUARE, "essay": ESSAY}


def feedback(course: Path, student: str) -> str:
    """A student's page, with code between backticks, as messages have it."""
    page = (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    return page.replace("<code>", "`").replace("</code>", "`")


def known(cell: NotebookNode, grade_id: str, **metadata: Any) -> NotebookNode:
    """Make it a cell that nbgrader knows."""
    given = {"schema_version": 3, "locked": False, "task": False, "grade": False, "solution": False}
    cell.metadata["nbgrader"] = NotebookNode({**given, "grade_id": grade_id, **metadata})
    cell.id = grade_id
    return cell


def prose(cell_id: str, zh: str, en: str) -> list[NotebookNode]:
    """A lesson in both languages."""
    cells = []
    for language, text in (("zh", zh), ("en", en)):
        cell = new_markdown_cell(text, metadata={"tags": [language]})
        cell.id = f"{cell_id}-{language}"
        cells.append(cell)
    return cells


def code(cell_id: str, source: str) -> NotebookNode:
    """A code cell that nbgrader has no part in."""
    cell = new_code_cell(source, metadata={"tags": ["exercise"]})
    cell.id = cell_id
    return cell


def answer(name: str, body: str) -> NotebookNode:
    """An answer cell with its solution."""
    source = f"def {name}(x):\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION"
    return known(new_code_cell(source), name, solution=True)


def check(name: str, visible: str, hidden: str) -> NotebookNode:
    """A test cell."""
    source = f"{visible}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    grade_id = f"{name}-test"
    return known(new_code_cell(source), grade_id, grade=True, locked=True, points=POINTS[grade_id])


def source() -> NotebookNode:
    """What the author wrote."""
    cells = [
        *prose("title", "一", "One"),
        code("set-up", "import math"),
        *prose("double-task", "两倍", "Twice"),
        answer("double", "return x + x"),
        code("try-double", "double(2)"),
        check("double", "assert double(1) == 2", "assert double(21) == 42"),
        *prose("square-task", "平方", "Square"),
        answer("square", "return x ** 2"),
        check("square", "assert square(1) == 1", "assert square(12) == 144"),
        *prose("essay-task", "为什么", "Why"),
        known(
            new_markdown_cell("### BEGIN SOLUTION\nwhy\n### END SOLUTION"),
            "essay",
            solution=True,
            grade=True,
            points=4,
        ),
        *prose("end", "完", "The end"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


SHEETS = {sheet.language: sheet for sheet in worksheets(source())}


def released(language: str = "en", **answers: str) -> NotebookNode:
    """The worksheet as students get it, with these answers filled in, by grade id."""
    return filled_in(SHEETS[language], **answers)


def filled_in(sheet: Worksheet, **answers: str) -> NotebookNode:
    """A worksheet as students get it, with these answers filled in, by grade id."""
    cells = []
    for cell in sheet.cells:
        node = copy.deepcopy(cell.node)
        if cell.is_test:
            node.source = WITHOUT_HIDDEN.sub("", node.source)
        if cell.grade_id in answers:
            node.source = answers[cell.grade_id]
        cells.append(node)
    notebook = new_notebook(cells=cells, metadata=copy.deepcopy(sheet.metadata))
    return ReleasedWorksheet().preprocess(notebook, {})[0]


def cell(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    """The cell with this id."""
    return next(c for c in notebook.cells if c.id == cell_id)


def place(notebook: NotebookNode, cell_id: str) -> int:
    """Where that cell is."""
    return [c.id for c in notebook.cells].index(cell_id)


def to_bytes(notebook: Any) -> bytes:
    """A notebook file."""
    return json.dumps(notebook).encode()
