"""`pytorch-learning grade`: a class's submissions, run many at a time, recorded by one."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pytorch_learning.errors import CourseError
from pytorch_learning.lab import search_path
from pytorch_learning.language import say
from pytorch_learning.warm import provisioner

CONFIG = "nbgrader_config.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("sections", nargs="+", metavar="SECTION", help="such as 01_tensors; * for all")
    parser.add_argument("--students", nargs="+", metavar="ID", help="only these (default: who handed in)")
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="submissions at a time (default: one a core, here or in the cluster)",
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="run on the Dask cluster with this scheduler")
    parser.add_argument("--force", action="store_true", help="unchanged submissions too")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if not the one of nbgrader_config.py")
    parser.add_argument("--course-dir", metavar="FOLDER", help="the course (default: this folder)")


def run(arguments: argparse.Namespace) -> int:
    """Grade, and print what became of it.  Returns 1 if some submission could not be graded, 130 if stopped."""
    if arguments.jobs is not None and arguments.jobs < 1:
        raise CourseError(say("--jobs 至少是 1。", "--jobs has to be 1 or more."))
    # nbgrader calls `alembic` by name when it makes a gradebook.
    os.environ["PATH"] = search_path()
    if not arguments.scheduler and Path(arguments.course_dir or ".", CONFIG).is_file():
        # While this process imports nbgrader.
        provisioner.start_importing()
    from pytorch_learning.grading import course

    return course.grade(arguments)
