"""The worksheet of a section as grading needs it: blank, but with the hidden tests, in both languages."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, ComputeChecksums, LockCells
from nbgrader.utils import is_grade, is_solution

from pytorch_learning.build.preprocessors import drop_authors_metadata, of_exercise
from pytorch_learning.language import LANGUAGES, Language
from pytorch_learning.nbgrader_settings import settings

NAME = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)", re.MULTILINE)
IMPORT = re.compile(r"^(?:import|from)[ \t]", re.MULTILINE)


def names(source: str) -> frozenset[str]:
    """The functions and classes that code defines at its outermost level, be it correct or not."""
    return frozenset(NAME.findall(source))


def normal(source: str) -> str:
    """The source without what an editor changes by itself."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


@dataclass(frozen=True)
class WorksheetCell:
    """A cell of the worksheet.  `grade_id` is None for a lesson or a scratch line."""

    node: NotebookNode
    """The cell as it is graded: a blank answer, or a test with its hidden part."""
    released: tuple[str, ...]
    """Its sources in the worksheets that students get, normalised, with both languages' placeholders."""
    is_lecture: bool = False
    """Whether it is in the lecture too, and so the same whatever a student answers."""

    @property
    def grade_id(self) -> str | None:
        known = self.node.metadata.get("nbgrader", {})
        return str(known["grade_id"]) if "grade_id" in known else None

    @property
    def cell_id(self) -> str | None:
        return self.node.get("id")

    @property
    def is_answer(self) -> bool:
        return bool(is_solution(self.node))

    @property
    def is_grade(self) -> bool:
        return bool(is_grade(self.node))

    @property
    def is_test(self) -> bool:
        """Whether students have no part in it."""
        return self.grade_id is not None and not self.is_answer

    @cached_property
    def names(self) -> frozenset[str]:
        """What an answer to it must define."""
        if not self.is_answer or self.node.cell_type != "code":
            return frozenset()
        return names(self.node.source)

    def is_blank(self, source: str) -> bool:
        """Whether a source says no more than the worksheet did."""
        return not source.strip() or normal(source) in self.released


@dataclass(frozen=True)
class Worksheet:
    """One section's worksheet in one language."""

    language: Language
    cells: tuple[WorksheetCell, ...]
    metadata: NotebookNode

    @cached_property
    def grade_ids(self) -> frozenset[str]:
        return frozenset(cell.grade_id for cell in self.cells if cell.grade_id)

    @cached_property
    def graded(self) -> Mapping[str, float]:
        """The points of each cell that has some."""
        given = [cell.node.metadata.nbgrader for cell in self.cells if cell.grade_id]
        return {meta.grade_id: float(meta.points) for meta in given if "points" in meta}


def worksheets(source: NotebookNode) -> tuple[Worksheet, ...]:
    """What `nbgrader generate_assignment` would make of a source, in each language, with the hidden tests."""
    blank = {language: _blank(source, language) for language in LANGUAGES}
    released = {language: _without_hidden_tests(notebook) for language, notebook in blank.items()}
    lectures = {cell.get("id") for cell in source.cells if not of_exercise(cell)}
    stubs: dict[str, set[str]] = {}
    for notebook in released.values():
        for cell in notebook.cells:
            stubs.setdefault(_key(cell), set()).add(normal(cell.source))
    return tuple(
        Worksheet(
            language,
            tuple(
                WorksheetCell(cell, tuple(sorted(stubs[_key(cell)])), cell.id in lectures)
                for cell in notebook.cells
            ),
            notebook.metadata,
        )
        for language, notebook in blank.items()
    )


def _key(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id"))


def _blank(source: NotebookNode, language: Language) -> NotebookNode:
    config = settings(language)
    notebook = copy.deepcopy(source)
    for index, cell in enumerate(notebook.cells):
        # A source of an older format has none, and they tell apart what has no grade id either.
        cell.setdefault("id", f"cell-{index}")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    resources: dict[str, Any] = ResourcesDict()
    for preprocessor in (TagRemovePreprocessor, LockCells, ClearSolutions, ComputeChecksums):
        notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
    drop_authors_metadata(notebook)
    return notebook


def _without_hidden_tests(notebook: NotebookNode) -> NotebookNode:
    return ClearHiddenTests().preprocess(copy.deepcopy(notebook), ResourcesDict())[0]
