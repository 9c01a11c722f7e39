"""`pytorch-learning demo`: a class cycle in `demo/`, with the commands that an instructor uses."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pytorch_learning import syllabus
from pytorch_learning.build.marks import LOOKS_LIKE_MARK
from pytorch_learning.course import add_root_argument, chosen_root
from pytorch_learning.errors import CourseError
from pytorch_learning.lab import search_path
from pytorch_learning.language import LANGUAGES, VARIABLE, from_environment, say

if TYPE_CHECKING:
    from nbformat import NotebookNode

MADE_BY = ".made-by-pytorch-learning-demo"
LOG = "demo.log"
# What a learning platform makes of the name of a file that was handed in.
EXPORTED_NAME = "{section}_{student}_attempt_2026-09-01-12-00-00_{section}.ipynb"
NAME_PATTERN = r".*[/\\]{section}_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)"
BROKEN = "broken"


@dataclass
class Result:
    """What became of one submission."""

    student: str
    expected: dict[str, float]
    """Points for each exercise, by its id."""
    scores: dict[str, float] = field(default_factory=dict)
    reason: str = ""
    """Why there was nothing to grade, if so."""
    feedback: Path | None = None

    @property
    def score(self) -> float:
        """The sum over all exercises."""
        return sum(self.scores.values())

    def differences(self) -> list[str]:
        """Where the scores are not as they should be."""
        lines = [
            f"{self.student}: {exercise}: {self.scores.get(exercise, 0):g}, not {points:g}"
            for exercise, points in self.expected.items()
            if self.scores.get(exercise, 0) != points
        ]
        if self.feedback is None:
            lines.append(f"{self.student}: {say('没有反馈页面', 'no feedback page')}")
        if bool(self.reason) != (self.student == BROKEN):
            lines.append(f"{self.student}: {self.reason or say('应该读不了', 'should not be readable')}")
        return lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--section", help="the section to grade (default: the first)")
    add_root_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Go through the cycle and print the scores.  Returns 1 if they are not as they should be."""
    root = chosen_root(arguments)
    section = _section(arguments.section)
    demo = Demo(root, section)
    steps: list[tuple[str, Callable[[], None]]] = [
        (say("准备课程", "prepare"), demo.prepare),
        (say("生成作业", "generate"), demo.generate),
        (say("收作业", "collect"), demo.collect),
        (say("批改", "grade"), demo.grade),
        (say("反馈", "feedback"), demo.give_feedback),
    ]
    begun = time.monotonic()
    for number, (name, step) in enumerate(steps, start=1):
        print(f"[{number}/{len(steps)}] {name} ...", end=" ", flush=True)
        start = time.monotonic()
        try:
            step()
        except BaseException:
            print()
            raise
        print(f"{time.monotonic() - start:.1f} s", flush=True)
    results = demo.results()
    print(f"\n{table(results, section.points)}\n")
    total = time.monotonic() - begun
    print(
        say(f"共 {total:.0f} 秒；各命令的记录：", f"{total:.0f} s; the commands' log: ")
        + str(demo.relative(demo.log))
    )
    differences = [line for result in results for line in result.differences()]
    for line in differences:
        print(say("不对：", "wrong: ") + line, file=sys.stderr)
    return 1 if differences else 0


class Demo:
    """A course of its own in `demo/`: the real gradebook and submissions are not touched."""

    def __init__(self, root: Path, section: syllabus.Section) -> None:
        self.root = root
        self.section = section
        self.folder = root / "demo"
        self.log = self.folder / LOG
        self.language = from_environment()
        # Nobody is there to read what is graded by hand.
        answered = {e.id: 0.0 if e.by_hand else float(e.points) for e in section.exercises}
        every_second = {exercise.id for exercise in section.exercises[::2]}
        blank = dict.fromkeys(answered, 0.0)
        half = {name: points if name in every_second else 0.0 for name, points in answered.items()}
        self.expected = {"all_right": answered, "half_right": half, "blank": blank, BROKEN: blank}

    def relative(self, path: Path) -> Path:
        """The path as the user types it."""
        return Path(os.path.relpath(path, Path.cwd()))

    def prepare(self) -> None:
        """Make the folder anew, with the course's sources in it."""
        if self.folder.exists() and not (self.folder / MADE_BY).exists() and any(self.folder.iterdir()):
            raise CourseError(
                say(
                    "demo/ 里有别的东西，演示会把它清空：请先把它移到别处。",
                    "demo/ holds what the demo did not make and would remove: move it elsewhere first.",
                )
            )
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(exist_ok=True)
        (self.folder / MADE_BY).touch()
        source = self.root / "source" / self.section.id
        if not (source / f"{self.section.id}.ipynb").is_file():
            raise CourseError(
                say(
                    f"缺少 source/{self.section.id}/{self.section.id}.ipynb：请先运行 `make build`。",
                    f"There is no source/{self.section.id}/{self.section.id}.ipynb: run `make build` first.",
                )
            )
        shutil.copytree(source, self.folder / "source" / self.section.id)
        shutil.copy(self.root / "nbgrader_config.py", self.folder)

    def generate(self) -> None:
        """The worksheet."""
        self._nbgrader("generate_assignment", self.section.id)

    def collect(self) -> None:
        """Hand in four submissions, as a learning platform exports them, and collect them."""
        archive = self.folder / "downloaded" / self.section.id / "archive"
        archive.mkdir(parents=True)
        with zipfile.ZipFile(archive / "submissions.zip", "w", zipfile.ZIP_DEFLATED) as export:
            for student, expected in self.expected.items():
                text = self._worksheet({name for name, points in expected.items() if points})
                if student == BROKEN:
                    text = text[: len(text) // 2]
                export.writestr(EXPORTED_NAME.format(section=self.section.id, student=student), text)
        pattern = NAME_PATTERN.format(section=self.section.id)
        self._nbgrader("zip_collect", self.section.id, f"--FileNameCollectorPlugin.named_regexp={pattern}")

    def grade(self) -> None:
        """Grade all: also the one that can't be read, which gets 0 points and the reason."""
        if sys.stderr.isatty():
            # The longest step shows how far it is, in a line of its own.
            print(flush=True)
        self._run("pytorch-learning grade", "pytorch_learning.cli", "grade", self.section.id, errors=None)

    def give_feedback(self) -> None:
        """A page for each submission."""
        self._nbgrader("generate_feedback", self.section.id)

    def results(self) -> list[Result]:
        """What the gradebook and the folders say."""
        from nbgrader.api import Gradebook, MissingEntry

        results: list[Result] = []
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            for student, expected in self.expected.items():
                result = Result(student, expected)
                try:
                    submission = gradebook.find_submission(self.section.id, student)
                    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
                    result.scores = {grade.name.removesuffix("-test"): grade.score or 0.0 for grade in grades}
                except MissingEntry:
                    pass
                page = self.folder / "feedback" / student / self.section.id / f"{self.section.id}.html"
                result.feedback = self.relative(page) if page.exists() else None
                result.reason = self._reason(student)
                results.append(result)
        return results

    def _worksheet(self, answered: set[str]) -> str:
        """The worksheet as nbgrader released it, with the solutions of some exercises filled in."""
        import nbformat

        name = f"{self.section.id}/{self.section.id}.ipynb"
        worksheet = nbformat.read(self.folder / "release" / self.language / name, as_version=4)
        source = nbformat.read(self.folder / "source" / name, as_version=4)
        other_language = {other for other in LANGUAGES if other != self.language}
        solutions = {
            _grade_id(cell): cell.source
            for cell in source.cells
            if _grade_id(cell) and not other_language & set(cell.metadata.get("tags", []))
        }
        for cell in worksheet.cells:
            if _grade_id(cell) in answered:
                lines = solutions[_grade_id(cell)].splitlines()
                cell.source = "\n".join(line for line in lines if not LOOKS_LIKE_MARK.match(line))
        return str(nbformat.writes(worksheet))

    def _reason(self, student: str) -> str:
        import nbformat

        from pytorch_learning.grading.repair import reason_of

        path = self.folder / "autograded" / student / self.section.id / f"{self.section.id}.ipynb"
        if not path.exists():
            log = self.relative(self.log)
            return say(f"没有批改，见 {log}", f"not graded, see {log}")
        return str(reason_of(nbformat.read(path, as_version=4)) or "")

    def _nbgrader(self, *arguments: str) -> None:
        self._run(f"nbgrader {arguments[0]}", "nbgrader", *arguments, errors=subprocess.STDOUT)

    def _run(self, name: str, module: str, *arguments: str, errors: int | None) -> None:
        """Run a command, its output going to the log, and its errors too or to the terminal."""
        # A user's own nbgrader_config.py in ~/.jupyter could point to a real course.
        own = self.folder / ".jupyter"
        variables = {
            **os.environ,
            VARIABLE: self.language,
            "JUPYTER_CONFIG_DIR": str(own),
            "PATH": search_path(),
        }
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {name} {' '.join(arguments[1:])}\n")
            log.flush()
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=self.folder,
                env=variables,
                stdout=log,
                stderr=errors,
            )
            try:
                process.wait()
            except BaseException:
                process.terminate()
                process.wait()
                raise
            log.write(f"exit code {process.returncode}\n\n")
        if process.returncode:
            raise CourseError(
                say(
                    f"`{name}` 失败了：请看 {self.relative(self.log)} 的结尾。",
                    f"`{name}` failed: see the end of {self.relative(self.log)}.",
                )
            )


def table(results: list[Result], maximum: float) -> str:
    """The scores in columns."""
    rows = [(say("学生", "student"), say("分数", "score"), say("反馈", "feedback"))]
    for result in results:
        page = say("没有", "none") if result.feedback is None else str(result.feedback)
        rows.append((result.student, f"{result.score:g} / {maximum:g}", page))
    widths = [max(_width(row[column]) for row in rows) for column in range(2)]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False))
        + "  "
        + row[2]
        for row in rows
    ]
    reasons = [f"{result.student}: {result.reason}" for result in results if result.reason]
    rule = "-" * max(_width(line) for line in lines)
    return "\n".join([lines[0], rule, *lines[1:], *(["", *reasons] if reasons else [])])


def _width(text: str) -> int:
    """Columns on a terminal, where Chinese characters take two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _section(name: str | None) -> syllabus.Section:
    sections = syllabus.sections()
    if name is None:
        return sections[0]
    for section in sections:
        if section.id == name:
            return section
    names = ", ".join(section.id for section in sections)
    raise CourseError(
        say(f"没有 {name} 这一节：请从 {names} 里选。", f"There is no section {name}: choose from {names}.")
    )
