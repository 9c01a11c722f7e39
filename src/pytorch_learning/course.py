"""Which folder is the course."""

from __future__ import annotations

import argparse
from pathlib import Path

from pytorch_learning.errors import CourseError
from pytorch_learning.language import say


def add_root_argument(parser: argparse.ArgumentParser) -> None:
    """`--root FOLDER`, which `chosen_root` reads."""
    parser.add_argument(
        "--root", type=Path, metavar="FOLDER", help="the course (default: the nearest parent with source/)"
    )


def chosen_root(arguments: argparse.Namespace) -> Path:
    """What `--root` names, else the course around this folder.  Raises CourseError if there is none."""
    return find_root(Path.cwd()) if arguments.root is None else arguments.root.resolve()


def find_root(start: Path) -> Path:
    """The course around `start`, else the checkout that this package is installed from."""
    for folder in (start, *start.parents, Path(__file__).resolve().parents[2]):
        if (folder / "source").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise CourseError(
        say(
            "找不到课程文件夹（里面有 source/ 和 pyproject.toml）：请先进入它，或者用 --root 指明。",
            "No folder above has source/ and pyproject.toml: go to the course, or name it with --root.",
        )
    )
