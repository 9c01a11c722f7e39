"""`pytorch-learning grade`: a class's submissions, run many at a time, recorded by one."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from nbgrader.apps import NbGrader
from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import SAWarning
from tqdm import tqdm

from pytorch_learning.errors import CourseError
from pytorch_learning.grading.recorder import Recorder
from pytorch_learning.grading.task import Executed, Task, execute, threads_for
from pytorch_learning.language import say
from pytorch_learning.warm import provisioner
from pytorch_learning.warm.client import ADDRESS, kernel_server

ATTEMPTS = 2
"""How often a submission is tried whose process was killed, which may be another's fault."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("sections", nargs="+", metavar="SECTION", help="such as 01_tensors; * for all")
    parser.add_argument("--students", nargs="+", metavar="ID", help="only these (default: who handed in)")
    parser.add_argument(
        "--jobs", type=int, default=_cores(), metavar="N", help="submissions at a time (default: one a core)"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="run on the Dask cluster with this scheduler")
    parser.add_argument("--force", action="store_true", help="unchanged submissions too")
    parser.add_argument("--db", metavar="URL", help="the gradebook, if not the one of nbgrader_config.py")
    parser.add_argument("--course-dir", metavar="FOLDER", help="the course (default: this folder)")


def run(arguments: argparse.Namespace) -> int:
    """Grade, and print what became of it.  Returns 1 if some submission could not be graded."""
    if arguments.jobs < 1:
        raise CourseError(say("--jobs 至少是 1。", "--jobs has to be 1 or more."))
    app = _nbgrader(arguments)
    os.chdir(app.coursedir.root)
    recorders = [_recorder(app, section) for section in _sections(app, arguments.sections)]
    grading = Grading(recorders, arguments.jobs, arguments.students, force=arguments.force)
    with executor(arguments.jobs, arguments.scheduler) as pool, stopping(grading.stop):
        grading.run(pool)
    return grading.report()


@dataclass
class Submission:
    """A student's work on a section, on its way."""

    recorder: Recorder
    student: str
    folder: str
    waiting: list[Task] = field(default_factory=list)
    executed: dict[str, Executed] = field(default_factory=dict)
    attempts: int = 0

    def __str__(self) -> str:
        return f"{self.student} {self.recorder.section}"


class Grading:
    """Keeps the executor busy, and records what it returns."""

    def __init__(
        self, recorders: Sequence[Recorder], jobs: int, students: Sequence[str] | None, *, force: bool
    ) -> None:
        self.jobs = jobs
        self.graded: list[tuple[Submission, float, float]] = []
        self.failed: list[tuple[Submission, str]] = []
        self.unchanged = 0
        self.stopped = False
        self._queue: deque[Submission] = deque()
        found: set[str] = set()
        for recorder in recorders:
            for student, folder in recorder.folders().items():
                found.add(student)
                if students is not None and student not in students:
                    continue
                if not force and recorder.is_graded(student, folder):
                    self.unchanged += 1
                else:
                    self._queue.append(Submission(recorder, student, folder))
        missing = [student for student in students or () if student not in found]
        if missing:
            raise CourseError(
                say(f"没有收到 {missing[0]} 的作业。", f"There is no submission of {missing[0]}.")
            )

    def stop(self) -> None:
        """Begin with no other submission."""
        self.stopped = True

    def run(self, pool: Callable[[], Executor]) -> None:
        """Grade all that is in the queue, or what has begun when `stop` is called."""
        running: dict[Future[Executed], tuple[Submission, Task]] = {}
        current = pool()
        with tqdm(total=len(self._queue), unit=say("份", " submissions"), disable=None) as bar:
            while running or (self._queue and not self.stopped):
                # One more than run, so that nobody waits for the next one to be repaired.
                while self._queue and not self.stopped and len(running) <= self.jobs:
                    for task, submission in self._next(bar):
                        running[current.submit(execute, task)] = (submission, task)
                if not running:
                    continue
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    submission, task = running.pop(future)
                    try:
                        submission.executed[task.notebook] = future.result()
                    except BrokenExecutor:
                        # All that ran are lost with the one that was killed.
                        lost = [submission, *(other for other, _ in running.values())]
                        running.clear()
                        current = pool()
                        self._again(lost, bar)
                        break
                    except Exception as error:
                        self._fail(submission, error, bar)
                        continue
                    self._record(submission, bar)

    def report(self) -> int:
        """Print the result.  Returns the exit code."""
        for submission, score, most in sorted(self.graded, key=lambda entry: str(entry[0])):
            print(f"{submission}: {score:g} / {most:g}")
        for submission, reason in self.failed:
            print(
                say(f"{submission}：没有批改：{reason}", f"{submission}: not graded: {reason}"),
                file=sys.stderr,
            )
        print(
            say(
                f"批改了 {len(self.graded)} 份，没有变化 {self.unchanged} 份，失败 {len(self.failed)} 份。",
                f"{len(self.graded)} graded, {self.unchanged} unchanged, {len(self.failed)} failed.",
            )
        )
        if self.stopped:
            print(
                say(
                    f"已停下，还有 {len(self._queue)} 份：再运行同一个命令就接着批改。",
                    f"Stopped, with {len(self._queue)} left: run the same command again to go on.",
                )
            )
            return 130
        return 1 if self.failed else 0

    def _next(self, bar: tqdm) -> Iterator[tuple[Task, Submission]]:
        submission = self._queue.popleft()
        submission.attempts += 1
        try:
            tasks = submission.recorder.prepare(submission.student, submission.folder, threads_for(self.jobs))
        except Exception as error:
            self._fail(submission, error, bar)
            return
        submission.waiting = tasks
        submission.executed = {}
        for task in tasks:
            yield task, submission

    def _record(self, submission: Submission, bar: tqdm) -> None:
        if len(submission.executed) < len(submission.waiting):
            return
        recorder = submission.recorder
        try:
            recorder.record(submission.student, submission.folder, submission.executed)
            self.graded.append((submission, *recorder.scores(submission.student)))
        except Exception as error:
            self._fail(submission, error, bar)
            return
        bar.update()

    def _again(self, lost: list[Submission], bar: tqdm) -> None:
        for submission in {id(submission): submission for submission in lost}.values():
            if submission.attempts < ATTEMPTS:
                self._queue.appendleft(submission)
            else:
                self._fail(submission, CourseError(say("批改的进程被终止", "its process was killed")), bar)

    def _fail(self, submission: Submission, error: Exception, bar: tqdm) -> None:
        logging.getLogger(__name__).debug("%s", submission, exc_info=error)
        self.failed.append((submission, f"{type(error).__name__}: {error}"))
        bar.set_postfix_str(say(f"失败 {len(self.failed)}", f"{len(self.failed)} failed"))
        bar.update()


@contextmanager
def executor(jobs: int, scheduler: str | None) -> Iterator[Callable[[], Executor]]:
    """What runs the submissions: a new one whenever it is asked for, since a process pool may break."""
    made: list[Executor] = []

    def make() -> Executor:
        made.append(_cluster(scheduler) if scheduler else _processes(jobs))
        return made[-1]

    try:
        yield make
    finally:
        for pool in made:
            pool.shutdown(cancel_futures=True)


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C calls `stop`, the first time; the second time it interrupts."""

    def first(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print(
            say(
                "\n正在批改的做完就停（再按一次 Ctrl-C 立刻中断）……",
                "\nStopping when those that run are done (Ctrl-C again to interrupt at once) ...",
            ),
            file=sys.stderr,
            flush=True,
        )
        stop()

    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _processes(jobs: int) -> Executor:
    # All share one server of warm kernels, and with it the memory of what it has imported.
    address = kernel_server().address if sys.platform in provisioner.FORKING else ""
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(address,))


def _begin(address: str) -> None:
    """In a process of the pool: Ctrl-C is for the one that records."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if address:
        os.environ[ADDRESS] = address


def _cluster(scheduler: str | None) -> Executor:
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            say(
                "--scheduler 需要 Dask：请运行 `pip install 'pytorch-learning[dask]'`。",
                "--scheduler needs Dask: run `pip install 'pytorch-learning[dask]'`.",
            )
        ) from None
    try:
        return Client(scheduler).get_executor(pure=False)
    except (OSError, ValueError) as error:
        raise CourseError(
            say(f"连不上 {scheduler}：{error}。", f"There is no scheduler at {scheduler}: {error}.")
        ) from error


def _nbgrader(arguments: argparse.Namespace) -> NbGrader:
    options = [f"--course-dir={arguments.course_dir}"] if arguments.course_dir else []
    options += [f"--db={arguments.db}"] if arguments.db else []
    app = NbGrader()
    app.initialize(options)
    if not Path(app.coursedir.root, "nbgrader_config.py").is_file():
        raise CourseError(
            say(
                "这里没有 nbgrader_config.py：请在课程的文件夹里运行，或写 --course-dir。",
                "There is no nbgrader_config.py here: run this in the course's folder, or give --course-dir.",
            )
        )
    app.log.setLevel(logging.ERROR)
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
    return recorder


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
