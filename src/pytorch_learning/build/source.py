"""The course as its authors wrote it: `source/*.py`, read and validated."""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, v4

from pytorch_learning.build import glossary
from pytorch_learning.build.percent import Cell, PercentFile, Problem, read
from pytorch_learning.build.validation import Validator, duplicate_ids
from pytorch_learning.errors import CourseError
from pytorch_learning.language import LANGUAGES
from pytorch_learning.syllabus import Section

WELCOME = "welcome"
KERNEL: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class SourceSection:
    """A section: what it teaches, and its notebook in both languages."""

    file: PercentFile
    section: Section
    notebook: NotebookNode

    @property
    def id(self) -> str:
        """The name of its file, and of nbgrader's assignment."""
        return self.section.id

    def line(self, cell_id: str) -> int:
        """The line of the source at which the cell with this id begins."""
        index = next(index for index, cell in enumerate(self.notebook.cells) if cell.id == cell_id)
        return self.file.cells[index].line


@dataclass(frozen=True)
class Course:
    """All sources of a course."""

    root: Path
    sections: tuple[SourceSection, ...]
    welcome: NotebookNode | None
    terms: tuple[glossary.Term, ...]

    @property
    def syllabus(self) -> tuple[Section, ...]:
        """The sections in order."""
        return tuple(section.section for section in self.sections)


def load(root: Path) -> Course:
    """Read and validate `source/*.py`.  Raises CourseError with every problem found, one per line."""
    problems: list[Problem] = []
    files: list[PercentFile] = []
    sections: list[SourceSection] = []
    welcome: NotebookNode | None = None
    for path in sorted((root / "source").glob("*.py")):
        name = path.relative_to(root).as_posix()
        try:
            file = read(path, name)
        except UnicodeDecodeError as error:
            problems.append(Problem(name, 1, f"the file is not UTF-8 ({error.reason}): save it as UTF-8"))
            continue
        if path.stem == WELCOME:
            problems += _welcome_problems(file)
            welcome = notebook(file.cells, {})
            continue
        validator = Validator(file, path.stem)
        section = validator.section()
        problems += validator.problems
        files.append(file)
        jupytext = file.metadata.get("jupytext", {})
        sections.append(SourceSection(file, section, notebook(file.cells, {"jupytext": jupytext})))
    problems += duplicate_ids(files)
    terms, wrong_terms = glossary.load(root, files)
    problems += wrong_terms
    if problems:
        ordered = sorted(problems, key=lambda problem: (problem.path, problem.line))
        raise CourseError("\n".join(["the sources need mending:", *map(str, ordered)]))
    if not sections and welcome is None:
        raise CourseError(
            f"There are no sources in {root / 'source'}: write one, such as source/01_tensors.py."
        )
    return Course(root, tuple(sections), welcome, terms)


def notebook(cells: tuple[Cell, ...], metadata: dict[str, Any]) -> NotebookNode:
    """A notebook of these cells, whose ids depend on nothing but the cells."""
    nodes = []
    seen: Counter[str] = Counter()
    for cell in cells:
        node = copy.deepcopy(cell.node)
        identity = cell.grade_id or digest(cell.kind, cell.source, *cell.tags)[:8]
        seen[identity] += 1
        node["id"] = identity if seen[identity] == 1 else f"{identity}-{seen[identity]}"
        nodes.append(node)
    made = v4.new_notebook(cells=nodes, metadata={**KERNEL, **metadata})
    made.nbformat_minor = 5
    return made


def digest(*texts: str) -> str:
    """A hash of texts and their boundaries."""
    hashed = hashlib.sha256()
    for text in texts:
        hashed.update(text.encode())
        hashed.update(b"\0")
    return hashed.hexdigest()


def _welcome_problems(file: PercentFile) -> list[Problem]:
    problems = list(file.problems)
    markdown = [cell for cell in file.cells if cell.kind == "markdown"]
    for cell in file.cells:
        if "incorrectly_encoded_metadata" in cell.node.metadata:
            problems.append(Problem(file.name, cell.line, "the cell's header is no valid JSON: mend it"))
        elif cell.kind == "markdown" and cell.language is None:
            problems.append(
                Problem(file.name, cell.line, "the markdown cell has no language: tag it zh or en")
            )
        elif cell.nbgrader:
            problems.append(
                Problem(file.name, cell.line, "the welcome has no exercises: drop nbgrader's metadata")
            )
    for language in LANGUAGES:
        if not any("{{ sections }}" in cell.source for cell in markdown if cell.language == language):
            problems.append(
                Problem(
                    file.name,
                    1,
                    f"the {language} text has no `{{{{ sections }}}}`: add it where the list goes",
                )
            )
    return problems
