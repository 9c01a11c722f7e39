"""What `nbgrader autograde` reads submissions with (`Autograde.exporter_class`).

nbgrader makes the exporter when it has looked for submissions and before it grades the first one, with its
converter as the parent.  So the exporter can complete the list of submissions, keep what may not be copied away
from nbgrader, and look at answers that were graded before, ahead of nbgrader's removing them.
"""

from __future__ import annotations

import glob
import json
import re
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import is_solution

from pytorch_learning.grading.folders import SafeCourseDirectory, find_notebook, unsafe_files
from pytorch_learning.grading.reading import NotGradable
from pytorch_learning.grading.repair import Repaired, nothing_to_grade, repair
from pytorch_learning.grading.worksheet import Worksheet, worksheets
from pytorch_learning.language import Text, from_environment

EARLIER_ANSWERS = "earlier_answers"


class RepairingExporter(NotebookExporter):
    """Repairs each submission as it is read.  Notebooks that nbgrader itself wrote are read as they are."""

    def __init__(self, config: Any = None, **kwargs: Any) -> None:
        super().__init__(config=config, **kwargs)
        self._earlier: dict[tuple[str, str], dict[str, str]] = {}
        if isinstance(self.parent, Autograde):
            self._coursedir = SafeCourseDirectory.like(self.parent.coursedir)
            self.parent.coursedir = self._coursedir
            self._prepare(self.parent)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read a notebook and apply the preprocessors; a submission is repaired first."""
        given = (resources or {}).get("nbgrader")
        if given is None or not isinstance(self.parent, Autograde):
            return super().from_filename(filename, resources=resources, **kwargs)
        assert resources is not None
        given[EARLIER_ANSWERS] = self._earlier.get((given["student"], given["notebook"]), {})
        folder = self._coursedir.format_path(
            self._coursedir.submitted_directory, given["student"], given["assignment"]
        )
        if Path(filename).parent != Path(folder):
            return super().from_filename(filename, resources=resources, **kwargs)
        repaired = self._repaired(Path(filename))
        resources["metadata"] = ResourcesDict(name=given["notebook"], path=folder)
        return self.from_notebook_node(repaired.notebook, resources=resources, **kwargs)

    def _prepare(self, converter: Autograde) -> None:
        coursedir = self._coursedir
        names = sorted(self._worksheets)
        chosen = [name for name in names if fnmatch(name, coursedir.notebook_id)]
        pattern = coursedir.format_path(
            coursedir.submitted_directory, coursedir.student_id, coursedir.assignment_id
        )
        for folder in sorted(glob.glob(pattern)):
            if not Path(folder).is_dir():
                continue
            # Whether or not they are there: who handed in none, or one with another name, is graded as well.
            converter.assignments[folder] = [str(Path(folder) / f"{name}.ipynb") for name in chosen]
            coursedir.leave_out(unsafe_files(Path(folder)))
            self._remember(Path(folder), chosen)

    @cached_property
    def _worksheets(self) -> dict[str, tuple[Worksheet, ...]]:
        """The assignment's worksheets by notebook.  Raises NbGraderException where gradebook and source differ."""
        coursedir = self._coursedir
        assignment = coursedir.assignment_id
        source = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
        found: dict[str, tuple[Worksheet, ...]] = {}
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            try:
                notebooks = gradebook.find_assignment(assignment).notebooks
            except MissingEntry:
                raise self._error(f"`{assignment}` is not in the gradebook", assignment) from None
            for notebook in notebooks:
                path = source / f"{notebook.name}.ipynb"
                if not path.is_file():
                    raise self._error(f"{path} is missing", assignment)
                found[notebook.name] = worksheets(nbformat.read(path, as_version=4))
                points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
                if points != found[notebook.name][0].graded:
                    raise self._error(f"the exercises in {path} are not those in the gradebook", assignment)
        return found

    def _error(self, what: str, assignment: str) -> NbGraderException:
        message = f"{what}: run `nbgrader generate_assignment {assignment} --force` and try again."
        self.log.error(message)
        return NbGraderException(message)

    def _remember(self, folder: Path, names: list[str]) -> None:
        """Keep the answers of the last run, by which a grader's scores are known to be still about them."""
        coursedir = self._coursedir
        student = _student(folder, coursedir)
        if student is None:
            return
        graded = Path(coursedir.format_path(coursedir.autograded_directory, student, coursedir.assignment_id))
        for name in names:
            path = graded / f"{name}.ipynb"
            if not path.is_file():
                continue
            try:
                notebook = nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))
                answers = {
                    cell.metadata.nbgrader.grade_id: cell.source
                    if isinstance(cell.source, str)
                    else "".join(cell.source)
                    for cell in notebook.cells
                    if is_solution(cell)
                }
            except (OSError, ValueError, AttributeError) as error:
                self.log.warning("No earlier answers in %s: %s", path, error)
                continue
            self._earlier[student, name] = answers

    def _repaired(self, path: Path) -> Repaired:
        sheets = self._worksheets[path.stem]
        language = from_environment()
        coursedir = self._coursedir
        try:
            found = find_notebook(path, sheets, set(self._worksheets), 1000 * coursedir.max_file_size)
        except NotGradable as error:
            repaired = nothing_to_grade(error.reason, sheets, language)
        else:
            repaired = repair(found.data, sheets, language)
            repaired.add_notes(found.notes)
        left_out = [name.relative_to(path.parent) for name in coursedir.left_out(path.parent)]
        if left_out:
            listed = ", ".join(f"`{str(name).replace('`', '')}`" for name in left_out[:10])
            repaired.add_notes(
                [
                    Text(
                        f"没有用的文件（指向别处的链接，或者读不了）：{listed}。",
                        f"Files left out (links to somewhere else, or unreadable): {listed}.",
                    )
                ]
            )
        for note in [repaired.reason, *repaired.notes]:
            if note is not None:
                self.log.warning("%s: %s", path, note)
        return repaired


def _student(folder: Path, coursedir: SafeCourseDirectory) -> str | None:
    pattern = coursedir.format_path(
        coursedir.submitted_directory, "(?P<student_id>.*)", coursedir.assignment_id, escape=True
    )
    matched = re.fullmatch(pattern, str(folder))
    return matched["student_id"] if matched else None
