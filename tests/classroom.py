"""A class made of the answer bank: its course folder, and submissions in both languages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import nbformat

from pytorch_learning.language import VARIABLE, Language
from pytorch_learning.warm import provisioner
from pytorch_learning.warm.client import ADDRESS, kernel_server
from tests import bank


class Work(NamedTuple):
    """What a student hands in."""

    kind: str
    """"key" for the source's solutions, "blank" for the worksheet, else a kind of answers of the bank."""
    position: int = 0
    """Of the answer to each exercise, among those of its kind in the bank."""
    language: Language = "en"


def new_course(folder: Path, sections: list[str]) -> None:
    """A course folder with these sections, ready for students."""
    for section in sections:
        shutil.copytree(bank.ROOT / "source" / section, folder / "source" / section)
    shutil.copy(bank.ROOT / "nbgrader_config.py", folder)
    for section in sections:
        nbgrader(folder, "en", "generate_assignment", section)


def hand_in(folder: Path, section: str, students: Mapping[str, Work]) -> None:
    """Put the students' worksheets where nbgrader collects them."""
    for student, work in students.items():
        name = f"{section}/{section}.ipynb"
        notebook = nbformat.read(bank.ROOT / "release" / work.language / name, as_version=4)
        fill_in(notebook, section, work)
        path = folder / "submitted" / student / name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


def fill_in(notebook: nbformat.NotebookNode, section: str, work: Work) -> None:
    """Fill in the answer cells."""
    for cell in notebook.cells:
        given = cell.metadata.get("nbgrader", {})
        if not given.get("solution") or work.kind == "blank":
            continue
        if given["grade"]:
            cell.source = "What I would say about it."
        elif work.kind == "key":
            cell.source = bank.source_cells(section)[given["grade_id"]].source
        elif not leaves_blank(work, section, given["grade_id"]):
            cell.source = _answer(work, section, given["grade_id"]).code


def leaves_blank(work: Work, section: str, exercise: str) -> bool:
    """Whether a student has no time for this exercise: answers that train for minutes are left out."""
    return work.kind == "blank" or (work.kind != "key" and _answer(work, section, exercise).slow)


def _answer(work: Work, section: str, exercise: str) -> bank.Answer:
    return [a for a in bank.answers(section, exercise) if a.kind == work.kind][work.position]


def environment(folder: Path, language: Language = "en") -> dict[str, str]:
    """What commands in a course folder run with: nothing of the user's own nbgrader."""
    # nbgrader calls alembic by its bare name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = {VARIABLE: language, "PATH": path, "JUPYTER_CONFIG_DIR": str(folder / ".jupyter")}
    return {**os.environ, **own}


def nbgrader(
    folder: Path,
    language: Language,
    *arguments: str,
    code: int = 0,
    variables: Mapping[str, str] | None = None,
) -> str:
    """One of nbgrader's commands, with these variables too.  Returns its log."""
    variables = {**environment(folder, language), **(variables or {})}
    if arguments[0] == "autograde" and sys.platform in provisioner.FORKING:
        # A server of its own would take seconds to start; the tests of `pytorch-learning grade` have those.
        variables[ADDRESS] = kernel_server().address
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stderr
