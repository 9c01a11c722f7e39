"""nbgrader's autograde, taken apart: what comes before and after running the cells of a submission."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbconvert.writers import FilesWriter
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.preprocessors import Execute
from nbgrader.utils import rmtree
from traitlets import Unicode, import_item

from pytorch_learning.grading.task import Executed, Task
from pytorch_learning.warm import provisioner, sandboxed

METADATA = "pytorch_learning"
ASIDE = ".grading"
"""The folder, in the course's, of what is being graded."""
# The parts of a configuration that running cells reads, besides those of the preprocessor's own classes.
_KERNELS = ("KernelManager", "AsyncKernelManager", "KernelSpecManager", "KernelProvisionerFactory", "Sandbox")


class Stamp(Preprocessor):
    """Notes in a graded notebook what it was made from."""

    digest = Unicode(help="of the submission and the source")

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Goes last: a notebook without it was not recorded to the end."""
        nb.metadata[METADATA] = {**nb.metadata.get(METADATA, {}), "graded": self.digest}
        return nb, resources


class Recorder(Autograde):
    """Records submissions of one section that are run elsewhere.  One process at a time may do so in a course.

    It works in the current folder, which has to be the course's.  A submission is made ready in a folder aside,
    which takes the place of what was graded before when all is recorded: whenever this process is killed, either
    the earlier result is still there, with the answers that a grader's scores are about, or the new one is.
    """

    @property
    def _input_directory(self) -> str:
        return self.coursedir.submitted_directory if self._sanitizing else ASIDE

    @property
    def _output_directory(self) -> str:
        return ASIDE

    def open(self) -> None:
        """Look for submissions.  Raises NbGraderException if there are none, or no such section."""
        self.force = True
        self._stamp = Stamp(enabled=True)
        self._digests: dict[str, str] = {}
        running = [pp for pp in map(_preprocessor, self.autograde_preprocessors) if _runs(pp)]
        if len(running) != 1:
            raise NbGraderException("`Autograde.autograde_preprocessors` has to run the cells once")
        self._running: type[Execute] = running[0]
        self._recording = [
            *(pp for pp in map(_preprocessor, self.autograde_preprocessors) if not _runs(pp)),
            self._stamp,
        ]
        self.init_notebooks()
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)

    @property
    def warm(self) -> bool:
        """Whether notebooks are run by warm kernels."""
        return bool(self._running(config=self.config).kernel_name in (provisioner.NAME, sandboxed.NAME))

    @property
    def section(self) -> str:
        """The assignment, as nbgrader calls it."""
        return str(self.coursedir.assignment_id)

    def folders(self) -> dict[str, str]:
        """The folder of each student's submission."""
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        matches = ((folder, re.match(pattern, folder)) for folder in sorted(self.assignments))
        excluded = self.coursedir.student_id_exclude.split(",")
        found = {match["student_id"]: folder for folder, match in matches if match}
        return {student: folder for student, folder in found.items() if student not in excluded}

    def is_graded(self, student: str, folder: str) -> bool:
        """Whether the submission, and what it is graded with, is what was recorded last time."""
        digest = self.digest(folder)
        graded = self._graded(student)
        if not all(_stamp_of(graded / Path(path).name) == digest for path in self.assignments[folder]):
            return False
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                gradebook.find_submission(self.section, student)
            except MissingEntry:
                # It was recorded in another gradebook.
                return False
        return True

    def digest(self, folder: str) -> str:
        """A hash of the submission and of the section's source."""
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", self.section)
        digest = hashlib.sha256()
        for root in (Path(source), Path(folder)):
            for path in _files(root):
                digest.update(f"\0{path.relative_to(root)}\0".encode("utf-8", "surrogateescape"))
                digest.update(hashlib.sha256(_content(path)).digest())
        return digest.hexdigest()

    def prepare(self, student: str, folder: str, threads: int | None) -> list[Task]:
        """Repair a submission and put it aside.  Returns what is to be run."""
        self._digests[student] = self.digest(folder)
        self.notebooks = sorted(self.assignments[folder])
        self.init_destination(self.section, student)
        self.run_pre_convert_hook()
        self.init_assignment(self.section, student)
        self._sanitizing = True
        self._init_preprocessors()
        for notebook in self.notebooks:
            BaseConverter.convert_single_notebook(self, notebook)
        return [self._task(student, Path(notebook).stem, threads) for notebook in self.notebooks]

    def record(self, student: str, folder: str, executed: dict[str, Executed]) -> None:
        """Put the results of a submission's notebooks into the gradebook, and in place of the earlier ones."""
        self.notebooks = sorted(self.assignments[folder])
        # Of what was run: meanwhile, the student may have handed in something else.
        self._stamp.digest = self._digests.pop(student)
        self._sanitizing = False
        try:
            self.exporter._preprocessors = []
            for preprocessor in self._recording:
                self.exporter.register_preprocessor(preprocessor)
            for name, result in executed.items():
                path = self._aside(student) / f"{name}.ipynb"
                path.write_bytes(result.content)
                BaseConverter.convert_single_notebook(self, str(path))
        finally:
            self._sanitizing = True
        self.set_permissions(self.section, student)
        self._replace(student)
        self.run_post_convert_hook()

    def scores(self, student: str) -> tuple[float, float]:
        """What a recorded submission has got, and the most that it could get."""
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            submission = gradebook.find_submission(self.section, student)
            return float(submission.score), float(submission.max_score)

    def _task(self, student: str, notebook: str, threads: int | None) -> Task:
        folder = self._aside(student)
        beside = (other for other in _files(folder) if other.suffix != ".ipynb")
        return Task(
            section=self.section,
            student=student,
            notebook=notebook,
            content=(folder / f"{notebook}.ipynb").read_bytes(),
            files={str(other.relative_to(folder)): other.read_bytes() for other in beside},
            preprocessor=f"{self._running.__module__}.{self._running.__qualname__}",
            config={name: dict(self.config[name]) for name in self._sections() if name in self.config},
            threads=threads,
        )

    def _sections(self) -> Iterable[str]:
        return dict.fromkeys([*(cls.__name__ for cls in self._running.mro()), *_KERNELS])

    def _aside(self, student: str) -> Path:
        return Path(self._format_dest(self.section, student))

    def _graded(self, student: str) -> Path:
        return Path(self.coursedir.format_path(self.coursedir.autograded_directory, student, self.section))

    def _replace(self, student: str) -> None:
        graded, aside = self._graded(student), self._aside(student)
        if graded.exists():
            rmtree(str(graded))
        graded.parent.mkdir(parents=True, exist_ok=True)
        aside.rename(graded)


def _preprocessor(given: Any) -> Any:
    return import_item(given) if isinstance(given, str) else given


def _runs(preprocessor: Any) -> bool:
    return isinstance(preprocessor, type) and issubclass(preprocessor, Execute)


def _files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        # Such a file is graded as well, with 0 points and the reason.
        return str(error).encode("utf-8", "surrogateescape")


def _stamp_of(path: Path) -> str | None:
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        return str(metadata[METADATA]["graded"])
    except (OSError, ValueError, KeyError, TypeError):
        # Not there, written by half, or graded by nbgrader's own command, which leaves no stamp.
        return None
