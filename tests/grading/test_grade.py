"""`pytorch-learning grade`: what it grades, what it says, and that nothing is lost when it is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from nbgrader.api import Gradebook

from pytorch_learning import cli
from pytorch_learning.grading import batch, pools
from pytorch_learning.grading.recorder import ASIDE, Recorder
from pytorch_learning.grading.task import Executed, Task, execute
from tests import classroom
from tests.grading import tiny_class
from tests.grading.section import ANSWERS, NAME
from tests.grading.tiny_class import ALL_POINTS, WRONG, grade, hand_in, last_line, new_course, scores

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and signals")
HALF = {**ALL_POINTS, "double-test": 0.0}
SECONDS = 120


class Threads:
    """A pool of threads, which needs no other process to be ready."""

    def __init__(self, jobs: int, *, warm: bool) -> None:
        self.jobs = jobs
        self.threads = 1
        self.executor = ThreadPoolExecutor(jobs)

    def start(self) -> Executor:
        """The pool."""
        return self.executor

    def close(self) -> None:
        """Wait."""
        self.executor.shutdown()

    kill = close


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with two submissions, graded by the command; in what it said, it left its output."""
    folder = new_course(tmp_path_factory.mktemp("graded"))
    hand_in(folder, "ada")
    hand_in(folder, "ben", double=WRONG)
    with terminal() as (written, shown):
        done = subprocess.run(
            tiny_class.command(NAME, "--jobs", "2"),
            cwd=folder,
            env={**classroom.environment(folder), **tiny_class.temporary(folder)},
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            timeout=SECONDS,
        )
    (folder / "said.json").write_text(json.dumps([done.returncode, done.stdout, "".join(shown)]))
    return folder


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose path leaves room for that of a socket."""
    return tmp_path_factory.mktemp("k")


@pytest.fixture
def course(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """A copy of the course, to be graded again in this process."""
    folder = tmp_path / "course"
    shutil.copytree(graded, folder)
    monkeypatch.chdir(folder)
    for name, value in classroom.environment(folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    monkeypatch.setattr(pools, "Processes", Threads)
    return folder


@contextmanager
def terminal() -> Iterator[tuple[int, list[str]]]:
    """A pseudo-terminal: where to write, and, at last, what was shown."""
    import pty
    import termios
    import threading

    reading, writing = pty.openpty()
    termios.tcsetwinsize(writing, (24, 80))
    shown: list[str] = []

    def read() -> None:
        while True:
            try:
                shown.append(os.read(reading, 65536).decode(errors="replace"))
            except OSError:
                return

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield writing, shown
    finally:
        os.close(writing)
        thread.join()
        os.close(reading)


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The last line of the output, and all the errors."""
    out, err = capsys.readouterr()
    return (out.splitlines() or [""])[-1], err


def soon(condition: Callable[[], Any]) -> Any:
    """What comes true before anybody loses patience."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    pytest.fail("it did not come true")


def test_all_are_graded(graded: Path) -> None:
    code, out, _ = json.loads((graded / "said.json").read_text())
    assert (code, out.splitlines()) == (
        0,
        [f"ada {NAME}: 5 / 9", f"ben {NAME}: 3 / 9", "2 graded, 0 unchanged, 0 failed."],
    )
    assert scores(graded) == {"ada": ALL_POINTS, "ben": HALF}
    for student in ("ada", "ben"):
        assert (graded / "autograded" / student / NAME / f"{NAME}.ipynb").is_file()


def test_progress_is_shown_on_a_terminal(graded: Path) -> None:
    _, _, shown = json.loads((graded / "said.json").read_text())
    assert "0/2" in shown
    assert "2/2 [" in shown
    assert "submissions" in shown


def test_nothing_is_left(graded: Path) -> None:
    assert [path.name for path in (graded / ASIDE).iterdir()] == ["lock"]
    assert not tiny_class.left_behind(graded)
    assert not tiny_class.processes(graded)


def test_unchanged_ones_are_not_graded_again(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pools, "Processes", None)
    assert cli.main(["grade", NAME]) == 0
    assert said(capsys) == ("0 graded, 2 unchanged, 0 failed.", "")


def test_a_changed_one_is(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(course, "ben")
    assert cli.main(["grade", NAME]) == 0
    # Nobody looks at a terminal: nothing but the report.
    assert said(capsys) == ("1 graded, 1 unchanged, 0 failed.", "")
    assert scores(course) == {"ada": ALL_POINTS, "ben": ALL_POINTS}


def test_all_are_with_a_changed_source(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny_class.save_source(course, hidden="assert double(21) == 41")
    assert cli.main(["grade", "*"]) == 0
    assert said(capsys)[0] == "2 graded, 0 unchanged, 0 failed."
    assert scores(course) == {"ada": HALF, "ben": HALF}


def test_force_and_students(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(course, "ada", double=WRONG)
    assert cli.main(["grade", NAME, "--force", "--students", "ben"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"ben {NAME}: 3 / 9",
        "1 graded, 0 unchanged, 0 failed.",
    ]
    assert scores(course)["ada"] == ALL_POINTS


def test_one_that_is_missing_from_the_gradebook(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.remove_submission(NAME, "ada")
    assert cli.main(["grade", NAME]) == 0
    assert said(capsys)[0] == "1 graded, 1 unchanged, 0 failed."
    assert scores(course) == {"ada": ALL_POINTS, "ben": HALF}


def test_excluded_students(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nc.CourseDirectory.student_id_exclude = "ada"\n')
    hand_in(course, "ada", double=WRONG)
    assert cli.main(["grade", NAME]) == 0
    assert said(capsys)[0] == "0 graded, 1 unchanged, 0 failed."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([NAME, "--students", "ada", "eve"], "There is no submission of eve: check --students."),
        (["99_none"], f"There is no section 99_none: choose from {NAME}."),
        ([NAME, "--course-dir", "source"], "There is no nbgrader_config.py here: run this in the course's"),
        ([NAME, "--course-dir", "nowhere"], "There is no nbgrader_config.py here: run this in the course's"),
        ([NAME, "--jobs", "0"], "--jobs has to be 1 or more."),
        ([NAME, "--db", "nonsense"], "The gradebook can't be opened, check --db"),
        ([NAME, "--db", "sqlite:///empty.db"], f"run `nbgrader generate_assignment {NAME} --force`"),
        ([NAME, "--db", "oracle://x"], "This gradebook needs "),
    ],
)
def test_errors_that_a_user_can_mend(
    course: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert cli.main(["grade", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1), err
    assert sentence in err


def test_no_submission(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(course / "submitted")
    assert cli.main(["grade", NAME]) == 2
    assert len(said(capsys)[1].splitlines()) == 1


def test_one_at_a_time(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FileLock(course / ASIDE / "lock"):
        assert cli.main(["grade", NAME]) == 2
    assert "is at work here: wait until it is done" in said(capsys)[1]


def test_one_that_fails_keeps_no_other_from_being_graded(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare = Recorder.prepare

    def fail_for_ada(self: Recorder, student: str, *others: Any) -> list[Task]:
        if student == "ada":
            raise OSError("the disk is full")
        return prepare(self, student, *others)

    monkeypatch.setattr(Recorder, "prepare", fail_for_ada)
    hand_in(course, "ben")
    assert cli.main(["grade", NAME, "--force"]) == 1
    assert said(capsys) == (
        "1 graded, 0 unchanged, 1 failed.",
        f"ada {NAME}: not graded: OSError: the disk is full\n",
    )
    assert scores(course) == {"ada": ALL_POINTS, "ben": ALL_POINTS}


def test_what_is_handed_in_meanwhile_is_graded_next_time(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hand_in_meanwhile(task: Task) -> Executed:
        hand_in(course, "ben", square="def square(x):\n    return 0")
        return execute(task)

    hand_in(course, "ben")
    with monkeypatch.context() as patch:
        patch.setattr(batch, "execute", hand_in_meanwhile)
        assert cli.main(["grade", NAME]) == 0
    assert scores(course)["ben"] == ALL_POINTS
    capsys.readouterr()
    assert cli.main(["grade", NAME]) == 0
    assert said(capsys)[0] == "1 graded, 1 unchanged, 0 failed."
    assert scores(course)["ben"] == {**ALL_POINTS, "square-test": 0.0}


@pytest.mark.parametrize("moment", ["record", "_replace"])
def test_a_graders_score_goes_with_its_answer_also_after_a_kill(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str
) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("square-test", NAME, NAME, "ada")
        grade.manual_score = 1
        gradebook.db.commit()
    hand_in(course, "ada", square=ANSWERS["square"].replace("x * x", "x**2"))

    def killed(*arguments: Any) -> None:
        # As for a second Ctrl-C, except that a killed process tidies nothing away.
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Recorder, moment, killed)
        patch.setattr("pytorch_learning.grading.course._clear", lambda: None)
        assert cli.main(["grade", NAME]) == 130
    assert "Stopped, with 1 left: run the same command again" in said(capsys)[0]
    assert (course / ASIDE / "ada").exists()
    assert cli.main(["grade", NAME]) == 0
    assert said(capsys)[0] == "1 graded, 1 unchanged, 0 failed."
    assert scores(course)["ada"] == ALL_POINTS
    assert not (course / ASIDE / "ada").exists()


DEADLY = """
import os, signal
from pytorch_learning.grading.execute import ExecuteSubmission

class Deadly(ExecuteSubmission):
    def preprocess(self, nb, resources=None, km=None):
        if any("deadly" in cell.source for cell in nb.cells):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().preprocess(nb, resources, km)
"""


def test_a_process_that_is_killed_takes_no_other_submission_with_it(short: Path) -> None:
    setting = 'c.Autograde.autograde_preprocessors[0] = "deadly.Deadly"'
    folder = new_course(short / "c", setting)
    (folder / "deadly.py").write_text(DEADLY)
    for student in ("ada", "ben", "cat"):
        hand_in(folder, student)
    hand_in(folder, "abe", double="def double(x):\n    'deadly'")
    done = grade(folder, NAME, "--jobs", "2", code=1, variables=tiny_class.temporary(folder))
    assert done.stderr == f"abe {NAME}: not graded: its process was killed\n"
    assert last_line(done) == "3 graded, 0 unchanged, 1 failed."
    graded = {student: points for student, points in scores(folder).items() if student != "abe"}
    assert graded == {"ada": ALL_POINTS, "ben": ALL_POINTS, "cat": ALL_POINTS}
    assert not tiny_class.left_behind(folder)


def test_no_process_starts_while_another_could_end() -> None:
    pool = pools.Processes(3, warm=False)
    try:
        executor = pool.start()
        started = active_children()
        assert len(started) == 3
        assert {executor.submit(os.getpid).result() for _ in range(9)} <= {process.pid for process in started}
        assert active_children() == started
    finally:
        pool.close()
    assert not active_children()


SLOW = "import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x"


@contextmanager
def running(course: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command, to be stopped or killed."""
    process = subprocess.Popen(
        tiny_class.command(*arguments),
        cwd=course,
        env={**classroom.environment(course), **tiny_class.temporary(course)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def finished(course: Path) -> int:
    """How many submissions are graded."""
    return len(list((course / "autograded").glob(f"*/{NAME}/{NAME}.ipynb")))


def test_killed_stopped_and_gone_on_with(short: Path) -> None:
    course = new_course(short / "c")
    students = [f"s{number}" for number in range(8)]
    for student in students:
        hand_in(course, student, double=SLOW)

    # Killed when the first ones run, and when some are recorded.
    for moment in (lambda: list((course / "t").rglob("ptl-work-*")), lambda: finished(course) >= 2):
        with running(course, NAME, "--jobs", "2") as process:
            soon(moment)
            process.kill()
        soon(lambda: not tiny_class.processes(course))
        soon(lambda: not tiny_class.left_behind(course))
    before = finished(course)
    assert 2 <= before < len(students)

    # Ctrl-C, which a terminal sends to all of the command's processes.
    with running(course, NAME, "--jobs", "2") as process:
        soon(lambda: finished(course) > before)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130, out + err
    after = finished(course)
    lines = out.splitlines()
    assert f"{after - before} graded, {before} unchanged, 0 failed." in lines
    assert lines[-1].startswith(f"Stopped, with {len(students) - after} left: run the same command again")
    assert err.startswith("Stopping when the ")
    assert len(err.splitlines()) == 1
    assert before < after < len(students)
    assert [path.name for path in (course / ASIDE).iterdir()] == ["lock"]

    done = grade(course, NAME, "--jobs", "2")
    assert last_line(done) == f"{len(students) - after} graded, {after} unchanged, 0 failed."
    assert scores(course) == dict.fromkeys(students, ALL_POINTS)


def test_second_interrupt_does_not_wait(short: Path) -> None:
    course = new_course(short / "c")
    hand_in(course, "ada", double="import time\nopen('begun', 'w').close()\ntime.sleep(1000)")
    with running(course, NAME, "--jobs", "1") as process:
        soon(lambda: list((course / "t").rglob("begun")))
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Stopping when the 1 that have begun")
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    # A kernel that was just starting may miss its folder.
    assert (process.returncode, "Traceback" in err) == (130, False), err
    assert "Stopped, with 1 left" in out
    soon(lambda: not tiny_class.processes(course))
    assert not tiny_class.left_behind(course)
