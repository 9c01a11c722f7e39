"""Many submissions: kept running by a pool, and recorded one by one."""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field

from tqdm import tqdm

from pytorch_learning.errors import CourseError
from pytorch_learning.grading.pools import Pool
from pytorch_learning.grading.recorder import Recorder
from pytorch_learning.grading.task import Executed, Task, execute
from pytorch_learning.language import say

ATTEMPTS = 2
"""How often a submission is tried whose process was killed, the second time by itself: the first time may be
another's fault."""
SECONDS = 1
"""Between two looks at the clock and at Ctrl-C."""


@dataclass
class Submission:
    """A student's work on a section, on its way."""

    recorder: Recorder
    student: str
    folder: str
    tasks: list[Task] = field(default_factory=list)
    executed: dict[str, Executed] = field(default_factory=dict)
    attempts: int = 0
    failed: bool = False

    def __str__(self) -> str:
        return f"{self.student} {self.recorder.section}"


class Batch:
    """The submissions to grade, and what became of them."""

    def __init__(self, recorders: Sequence[Recorder], students: Sequence[str] | None, *, force: bool) -> None:
        self.graded: list[tuple[Submission, float, float]] = []
        self.failed: list[tuple[Submission, str]] = []
        self.unchanged = 0
        self.stopped = False
        self._queue: deque[Submission] = deque()
        # Those whose process was killed.
        self._suspects: deque[Submission] = deque()
        self._running: dict[Future[Executed], tuple[Submission, Task]] = {}
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
                say(
                    f"没有收到 {missing[0]} 的作业：请检查 --students。",
                    f"There is no submission of {missing[0]}: check --students.",
                )
            )
        self.total = len(self._queue)

    @property
    def left(self) -> int:
        """How many are neither graded nor failed."""
        return self.total - len(self.graded) - len(self.failed)

    def stop(self) -> None:
        """Begin with no other submission."""
        self.stopped = True

    def run(self, pool: Pool) -> None:
        """Grade all that is in the queue, or what has begun when `stop` is called."""
        executor = pool.start()
        told = False
        with tqdm(total=self.total, unit=say("份", " submissions"), disable=None) as bar:
            while self._running or (self._waiting and not self.stopped):
                try:
                    for submission in self._next(pool.jobs):
                        for task in self._prepare(submission, pool.threads, bar):
                            self._submit(executor, submission, task, bar)
                    for future in wait(self._running, timeout=SECONDS, return_when=FIRST_COMPLETED).done:
                        submission, task = self._running.pop(future)
                        self._take(submission, task, future, bar)
                except BrokenExecutor:
                    self._suspect(bar)
                    executor = pool.start()
                bar.refresh()
                if self.stopped and not told:
                    told = True
                    self._tell_stopping(bar)

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
        if self.left:
            print(
                say(
                    f"已停下，还有 {self.left} 份：再运行同一个命令就接着批改（不要 --force）。",
                    f"Stopped, with {self.left} left: run the same command again, without --force, to go on.",
                )
            )
            return 130
        return 1 if self.failed else 0

    @property
    def _waiting(self) -> bool:
        return bool(self._queue or self._suspects)

    def _next(self, jobs: int) -> Iterator[Submission]:
        """The submissions that there is room for."""
        # One more than run, so that nobody waits for the next one to be repaired.
        while self._queue and not self._suspects and not self.stopped and len(self._running) <= jobs:
            yield self._queue.popleft()
        if self._suspects and not self._running and not self.stopped:
            yield self._suspects.popleft()

    def _prepare(self, submission: Submission, threads: int | None, bar: tqdm) -> list[Task]:
        submission.executed = {}
        try:
            submission.tasks = submission.recorder.prepare(submission.student, submission.folder, threads)
        except Exception as error:
            self._fail(submission, error, bar)
            return []
        submission.attempts += 1
        return submission.tasks

    def _submit(self, executor: Executor, submission: Submission, task: Task, bar: tqdm) -> None:
        try:
            future = executor.submit(execute, task)
        except BrokenExecutor:
            # It counts as running, so as not to be forgotten.
            self._running[Future()] = (submission, task)
            raise
        except Exception as error:
            # Its cluster is gone.
            self._fail(submission, error, bar)
            return
        self._running[future] = (submission, task)

    def _take(self, submission: Submission, task: Task, future: Future[Executed], bar: tqdm) -> None:
        """Record a submission when all its notebooks have run.  Raises BrokenExecutor."""
        try:
            submission.executed[task.notebook] = future.result()
            if len(submission.executed) == len(submission.tasks):
                recorder = submission.recorder
                recorder.record(submission.student, submission.folder, submission.executed)
                self.graded.append((submission, *recorder.scores(submission.student)))
                bar.update()
        except BrokenExecutor:
            self._running[future] = (submission, task)
            raise
        except CancelledError:
            self._fail(submission, CourseError(say("集群断开了", "the cluster is gone")), bar)
        except Exception as error:
            self._fail(submission, error, bar)

    def _suspect(self, bar: tqdm) -> None:
        """All that ran are lost with the one whose process was killed."""
        lost = {id(submission): submission for submission, _ in self._running.values()}
        self._running.clear()
        for submission in lost.values():
            if submission.attempts < ATTEMPTS:
                self._suspects.append(submission)
            else:
                error = CourseError(say("运行它的进程被终止了", "its process was killed"))
                self._fail(submission, error, bar)

    def _fail(self, submission: Submission, error: Exception, bar: tqdm) -> None:
        if submission.failed:
            # Another of its notebooks has.
            return
        submission.failed = True
        logging.getLogger(__name__).debug("%s", submission, exc_info=error)
        reason = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
        # SQLAlchemy's have a link in a second line.
        reason = reason.splitlines()[0]
        self.failed.append((submission, reason))
        bar.set_postfix_str(say(f"失败 {len(self.failed)}", f"{len(self.failed)} failed"))
        bar.update()

    def _tell_stopping(self, bar: tqdm) -> None:
        bar.write(
            say(
                f"正在批改的 {len(self._running)} 份做完就停（再按一次 Ctrl-C 立刻中断）……",
                f"Stopping when the {len(self._running)} that have begun are done (Ctrl-C again to "
                "interrupt at once) ...",
            ),
            file=sys.stderr,
        )
