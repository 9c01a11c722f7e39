"""Reads a jupytext `py:percent` file into cells that know the lines they came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
from jupytext.cell_reader import DoublePercentScriptCellReader
from jupytext.header import header_to_metadata_and_cell
from nbformat import NotebookNode

from pytorch_learning.language import LANGUAGES, Language

FORMAT = {"extension": ".py", "format_name": "percent"}
# Here jupytext notes the author's blank lines, to write them again when it makes text from the notebook.
LAYOUT_METADATA = frozenset({"lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker"})


@dataclass(frozen=True)
class Problem:
    """Something an author has to mend, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Cell:
    """A cell, the number of its first line (the `# %%`), and its lines as they stand in the file."""

    line: int
    lines: tuple[str, ...]
    node: NotebookNode

    @property
    def kind(self) -> str:
        """ "markdown", "code" or "raw"."""
        return str(self.node.cell_type)

    @property
    def source(self) -> str:
        """The text, without the percent format's comment signs."""
        return str(self.node.source)

    @property
    def tags(self) -> list[str]:
        """The tags, [] if the header's are malformed (validation reports those)."""
        tags = self.node.metadata.get("tags", [])
        return tags if isinstance(tags, list) else []

    @property
    def nbgrader(self) -> dict[str, Any]:
        """nbgrader's metadata, {} where there is none."""
        metadata = self.node.metadata.get("nbgrader", {})
        return metadata if isinstance(metadata, dict) else {}

    @property
    def grade_id(self) -> str:
        """nbgrader's id, "" where there is none."""
        return str(self.nbgrader.get("grade_id") or "")

    @property
    def language(self) -> Language | None:
        """The only language the cell is for, None if it is for both."""
        return next((language for language in LANGUAGES if language in self.tags), None)

    @property
    def is_answer(self) -> bool:
        """Whether students write their answer here."""
        return bool(self.nbgrader.get("solution"))

    @property
    def is_test(self) -> bool:
        """Whether nbgrader takes points from what this cell does when it is run."""
        return bool(self.nbgrader.get("grade")) and not self.is_answer

    @property
    def is_by_hand(self) -> bool:
        """Whether it is an answer that somebody reads and gives points to."""
        return bool(self.nbgrader.get("grade")) and self.is_answer

    @property
    def is_exercise(self) -> bool:
        """Whether the cell belongs to an exercise, so not to the lecture."""
        return "exercise" in self.tags or bool(self.nbgrader)

    def line_of(self, text: str) -> int:
        """The number of the first line that contains `text`; of the cell if none does."""
        for offset, line in enumerate(self.lines):
            if text in line:
                return self.line + offset
        return self.line


@dataclass(frozen=True)
class PercentFile:
    """A source file: the notebook metadata of its header, and its cells."""

    path: Path
    name: str
    metadata: dict[str, Any]
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]


def read(path: Path, name: str) -> PercentFile:
    """The cells of a percent file.  `name` stands for the file in messages."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    metadata, _, header_cell, position = header_to_metadata_and_cell(lines, "#", "", ".py")
    nodes = list(jupytext.reads(text, fmt=FORMAT).cells)
    problems: list[Problem] = []
    if header_cell is not None:
        nodes.pop(0)
        problems.append(
            Problem(name, 1, "the header is not jupytext's: start it with `# jupyter:` below `# ---`")
        )
    cells: list[Cell] = []
    # The same loop as in jupytext's own reader, which does not say where cells begin.
    while position < len(lines):
        reader = DoublePercentScriptCellReader(FORMAT)
        _, length = reader.read(lines[position:])
        own_lines = tuple(lines[position : position + length])
        markers = (reader.start_code_re, reader.alternative_start_code_re)
        if not any(marker.match(own_lines[0]) for marker in markers):
            advice = "put a line `# %%` or `# %% [markdown]` above"
            problems.append(Problem(name, position + 1, f"this text is in no cell: {advice}"))
        cells.append(Cell(position + 1, own_lines, nodes[len(cells)]))
        position += length
    return PercentFile(path, name, metadata, tuple(cells), tuple(problems))
