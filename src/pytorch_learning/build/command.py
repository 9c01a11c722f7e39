"""`pytorch-learning build`: makes the notebooks from `source/*.py`, or says which are not fresh."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from nbformat import NotebookNode

from pytorch_learning.build import cheatsheet, coverage, editions, execution, files, glossary
from pytorch_learning.build.source import WELCOME, Course, SourceSection, load
from pytorch_learning.course import add_root_argument, chosen_root
from pytorch_learning.errors import CourseError
from pytorch_learning.language import LANGUAGES, Language

Executable = tuple[PurePosixPath, NotebookNode, SourceSection, Language]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; list generated files that are stale, missing or superfluous (exit code 1)",
    )
    running = parser.add_mutually_exclusive_group()
    running.add_argument(
        "--execute", action="store_true", help="run every lecture and answer key, changed or not"
    )
    running.add_argument(
        "--no-execute",
        action="store_true",
        help="run nothing; cells after the first changed one lose their outputs",
    )
    parser.add_argument(
        files.DISCARD,
        action="store_true",
        help="overwrite source/*/*.ipynb even if they have edits that source/*.py does not",
    )
    add_root_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build, or check.  Raises CourseError for sources that need mending and cells that fail."""
    root = chosen_root(arguments)
    course = load(root)
    return check(course) if arguments.check else build(course, _policy(arguments), arguments.discard_edits)


def check(course: Course) -> int:
    """Print what a build would change.  Returns 1 if anything."""
    generated = _static_files(course)
    for path, notebook, _, _ in _executables(course):
        generated[path] = editions.to_bytes(notebook)
    lines = []
    for path, content in generated.items():
        if not (course.root / path).exists():
            lines.append(f"missing: {path}")
        elif not files.same_content(course.root / path, content):
            lines.append(f"stale: {path}")
    lines += [f"superfluous: {path}" for path in files.superfluous(course.root, generated)]
    for line in sorted(lines):
        print(line)
    if lines:
        print("run `pytorch-learning build` and commit what it writes", file=sys.stderr)
    return 1 if lines else 0


def build(
    course: Course, must_run: Callable[[NotebookNode, NotebookNode | None], bool], discard_edits: bool
) -> int:
    """Write what is not fresh.  Raises CourseError, after writing the rest, if notebooks could not be run."""
    root = course.root
    executables = _executables(course)
    static = _static_files(course)
    superfluous = files.superfluous(root, [*static, *(path for path, *_ in executables)])
    if not discard_edits:
        sources = {section.id: editions.nbgrader_source(section) for section in course.sections}
        files.refuse_edited(root, sources, superfluous)
    for path, content in static.items():
        _write(root, path, content)
    problems: list[str] = []
    for path, notebook, section, language in executables:
        committed = files.read_notebook(root / path)
        if must_run(notebook, committed):
            print(f"running {path}", flush=True)
            try:
                execution.run(notebook, section, language, root)
            except CourseError as error:
                # The other notebooks are worth running; the committed file stays as it was, so stale.
                problems.append(str(error))
                continue
        elif committed is not None:
            execution.keep_outputs(notebook, committed)
        _write(root, path, editions.to_bytes(notebook))
    for path in superfluous:
        files.remove(root, path)
        print(f"removed {path}")
    if problems:
        raise CourseError("\n".join(["notebooks could not be run:", *problems]))
    return 0


def _policy(arguments: argparse.Namespace) -> Callable[[NotebookNode, NotebookNode | None], bool]:
    if arguments.execute:
        return lambda made, committed: True
    if arguments.no_execute:
        return lambda made, committed: False
    return lambda made, committed: (
        committed is None or not execution.same_code(made, committed) or not execution.is_executed(committed)
    )


def _static_files(course: Course) -> dict[PurePosixPath, bytes]:
    generated = editions.texts(course)
    generated[coverage.PATH] = coverage.page(course)
    for section in course.sections:
        generated[editions.source_path(section.id)] = editions.to_bytes(editions.nbgrader_source(section))
    generated.update(editions.worksheets(course))
    for language, sheet in cheatsheet.pages(course.root, course.syllabus).items():
        for folder in editions.folders_of_pages(language):
            generated[folder / cheatsheet.PAGE] = sheet
    for language in LANGUAGES:
        welcome = editions.welcome(course, language)
        if welcome is not None:
            generated[editions.release_folder(language) / f"{WELCOME}.ipynb"] = editions.to_bytes(welcome)
        if course.terms:
            for folder in editions.folders_of_pages(language):
                link = "{id}/{id}.ipynb" if folder.parts[0] == "release" else "{id}.ipynb"
                page = editions.glossary_page(course, language, link)
                generated[folder / glossary.PAGE] = editions.to_bytes(page)
    return generated


def _executables(course: Course) -> list[Executable]:
    return [
        (path(section.id, language), make(section, language), section, language)
        for section in course.sections
        for language in LANGUAGES
        for path, make in (
            (editions.lecture_path, editions.lecture),
            (editions.answer_key_path, editions.answer_key),
        )
    ]


def _write(root: Path, path: PurePosixPath, content: bytes) -> None:
    if files.write(root / path, content):
        print(f"wrote {path}")
