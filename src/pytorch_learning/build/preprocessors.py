"""nbconvert preprocessors that nbgrader is configured with (see `pytorch_learning.nbgrader_settings`)."""

from __future__ import annotations

from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade

from pytorch_learning.build import marks
from pytorch_learning.build.percent import LAYOUT_METADATA
from pytorch_learning.language import LANGUAGES
from pytorch_learning.outputs import OUTPUT_METADATA

AUTHORS_TAGS = frozenset({*LANGUAGES, "exercise"})
# Would make a student's JupyterLab write files beside the worksheet, or means nothing there.
AUTHORS_METADATA = ("jupytext", "pytorch_learning")


def drop_authors_metadata(notebook: NotebookNode) -> None:
    """Remove what only the authors' tools read."""
    for key in AUTHORS_METADATA:
        notebook.metadata.pop(key, None)
    for cell in notebook.cells:
        for key in LAYOUT_METADATA:
            cell.metadata.pop(key, None)
        tags = [tag for tag in cell.metadata.pop("tags", []) if tag not in AUTHORS_TAGS]
        if tags:
            cell.metadata["tags"] = tags


def of_exercise(cell: NotebookNode) -> bool:
    """Whether an author's cell is part of an exercise, so that the lecture is without it."""
    return "nbgrader" in cell.metadata or "exercise" in cell.metadata.get("tags", [])


def fold_tests(notebook: NotebookNode) -> None:
    """Show test cells folded: students need what a check says, not its source, which a click still shows."""
    for cell in notebook.cells:
        if is_grade(cell) and cell.cell_type == "code":
            cell.metadata["jupyter"] = {"source_hidden": True}


class Worksheet(NbGraderPreprocessor):
    """Makes a notebook one that a student can work through: no authors' metadata, and "Run All" runs all."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """nbgrader's checksums stay valid: they do not cover what is changed here."""
        attempts = [cell for cell in nb.cells if cell.cell_type == "code" and of_exercise(cell)]
        drop_authors_metadata(nb)
        fold_tests(nb)
        for cell in attempts:
            # A blank exercise raises NotImplementedError, which would end "Run All" before the next lesson.
            tags = cell.metadata.setdefault("tags", [])
            if "raises-exception" not in tags:
                tags.append("raises-exception")
        return nb, resources


class HideHiddenTests(ClearHiddenTests):
    """Keeps hidden tests out of the feedback: their source, what quotes it, and values in outputs."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Only test cells: nbgrader's own class fails on a student's cell that contains a mark."""
        if cell.cell_type != "code" or not is_grade(cell):
            return cell, resources
        hidden = [
            line.strip() for line in marks.regions(cell.source, marks.HIDDEN_TESTS).inside if line.strip()
        ]
        if hidden:
            # What an answer puts out there is what the hidden tests gave it.
            cell.outputs = [output for output in cell.outputs if not _is_by_student(output)]
        for output in cell.outputs:
            if output.output_type == "error":
                frames = [frame for frame in output.traceback if not _quotes(frame, hidden)]
                # The last entry says what the error is, and is all that is left of a traceback in one piece.
                output.traceback = frames or [f"{output.ename}: {output.evalue}"]
        return super().preprocess_cell(cell, resources, cell_index)


def _is_by_student(output: NotebookNode) -> bool:
    if output.output_type == "display_data":
        return OUTPUT_METADATA not in output.metadata
    return bool(output.output_type == "stream")


def _quotes(frame: str, lines: list[str]) -> bool:
    text = strip_ansi(frame)
    return any(line in text for line in lines)
