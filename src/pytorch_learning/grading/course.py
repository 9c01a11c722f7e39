"""A class's course as `pytorch-learning grade` works in it: by nbgrader's settings, and alone."""

from __future__ import annotations

import argparse
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout
from nbgrader.apps import NbGrader
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from pytorch_learning.errors import CourseError
from pytorch_learning.grading import pools
from pytorch_learning.grading.batch import Batch
from pytorch_learning.grading.command import CONFIG
from pytorch_learning.grading.recorder import ASIDE, Recorder
from pytorch_learning.language import say


def grade(arguments: argparse.Namespace) -> int:
    """What the command does.  Returns its exit code."""
    app = _nbgrader(arguments)
    os.chdir(app.coursedir.root)
    sections = _sections(app, arguments.sections)
    with alone():
        recorders = [_recorder(app, section) for section in sections]
        batch = Batch(recorders, arguments.students, force=arguments.force)
        if batch.total:
            warm = any(recorder.warm for recorder in recorders)
            try:
                with (
                    stopping(batch.stop),
                    pools.pool(arguments.jobs, arguments.scheduler, batch.total, warm=warm) as pool,
                ):
                    batch.run(pool)
            except KeyboardInterrupt:
                batch.stop()
        return batch.report()


@contextmanager
def alone() -> Iterator[None]:
    """Keep others from grading in this folder, and remove what one that was killed has left there."""
    Path(ASIDE).mkdir(exist_ok=True)
    try:
        with FileLock(Path(ASIDE, "lock"), timeout=0):
            _clear()
            try:
                yield
            finally:
                _clear()
    except Timeout:
        raise CourseError(
            say(
                "另一个 `pytorch-learning grade` 正在这里批改：请等它做完。",
                "Another `pytorch-learning grade` is at work here: wait until it is done.",
            )
        ) from None


def _clear() -> None:
    for path in Path(ASIDE).iterdir():
        if path.is_dir():
            rmtree(str(path))


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C calls `stop`, the first time; the second time it interrupts."""

    def first(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop()

    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nbgrader(arguments: argparse.Namespace) -> NbGrader:
    # What goes wrong is in the report.
    options = ["--Application.log_level=CRITICAL"]
    options += [f"--course-dir={arguments.course_dir}"] if arguments.course_dir else []
    options += [f"--db={arguments.db}"] if arguments.db else []
    app = NbGrader()
    app.initialize(options)
    if not Path(app.coursedir.root, CONFIG).is_file():
        raise CourseError(
            say(
                "这里没有 nbgrader_config.py：请在课程的文件夹里运行，或写 --course-dir。",
                "There is no nbgrader_config.py here: run this in the course's folder, or give --course-dir.",
            )
        )
    # nbgrader adds submissions in a way that SQLAlchemy finds fault with; they are recorded all the same.
    warnings.filterwarnings("ignore", category=SAWarning)
    return app


def _sections(app: NbGrader, wanted: Sequence[str]) -> list[str]:
    source = Path(app.coursedir.format_path(app.coursedir.source_directory, ".", "."))
    there = sorted(path.name for path in source.iterdir() if path.is_dir()) if source.is_dir() else []
    chosen: dict[str, None] = {}
    for pattern in wanted:
        matching = [name for name in there if fnmatch(name, pattern)]
        if not matching:
            names = ", ".join(there)
            raise CourseError(
                say(
                    f"没有 {pattern} 这一节：请从 {names} 里选。",
                    f"There is no section {pattern}: choose from {names}.",
                )
            )
        chosen.update(dict.fromkeys(matching))
    return list(chosen)


def _recorder(app: NbGrader, section: str) -> Recorder:
    coursedir = type(app.coursedir)(parent=app)
    coursedir.assignment_id = section
    recorder = Recorder(coursedir=coursedir, parent=app)
    try:
        recorder.open()
    except NbGraderException as error:
        raise CourseError(f"{section}: {error}") from error
    except ModuleNotFoundError as error:
        raise CourseError(
            say(
                f"这个成绩册需要 {error.name}：PostgreSQL 请运行 `pip install 'pytorch-learning[postgres]'`。",
                f"This gradebook needs {error.name}: for PostgreSQL, run "
                "`pip install 'pytorch-learning[postgres]'`.",
            )
        ) from error
    except SQLAlchemyError as error:
        reason = str(error).strip().splitlines()[0]
        raise CourseError(
            say(
                f"打不开成绩册，请检查 --db 或 CourseDirectory.db_url：{reason}",
                f"The gradebook can't be opened, check --db or CourseDirectory.db_url: {reason}",
            )
        ) from error
    return recorder
