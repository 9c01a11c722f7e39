"""`pytorch-learning grade --scheduler`: a real scheduler, and two workers that share no disk with anybody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from pytorch_learning import cli
from pytorch_learning.grading import pools
from tests import classroom
from tests.grading.section import NAME
from tests.grading.tiny_class import ALL_POINTS, grade, hand_in, last_line, new_course, scores

SECONDS = 120
LOOK_ROUND = """
import os, time
def double(x):
    if x == 1:
        print("ran in", os.getcwd(), "and saw the course:", os.path.exists({config!r}))
        time.sleep(1)
    return 2 * x
"""


@contextmanager
def dask(folder: Path, *arguments: str, hidden: tuple[Path, ...] = ()) -> Iterator[subprocess.Popen[bytes]]:
    """One of Dask's commands with a folder of its own, and, where bubblewrap works, without others."""
    folder.mkdir(exist_ok=True)
    variables = {**classroom.environment(folder), "HOME": str(folder), "TMPDIR": str(folder)}
    command = [*without(hidden), sys.executable, "-m", "dask", *arguments]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def without(hidden: tuple[Path, ...]) -> list[str]:
    """Words before a command, by which it does not see these folders."""
    masks = [word for folder in hidden for word in ("--tmpfs", str(folder))]
    words = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", *masks, "--"]
    works = shutil.which("bwrap") and not subprocess.run([*words, "true"], capture_output=True).returncode
    return words if works else []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a scheduler without workers."""
    pytest.importorskip("distributed", reason="needs the extra `dask`")
    folder = tmp_path_factory.mktemp("scheduler")
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with dask(folder, "scheduler", *options) as process:
        end = time.monotonic() + SECONDS
        while not (file.exists() and file.stat().st_size):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four submissions that take some time."""
    folder = new_course(tmp_path / "course")
    code = LOOK_ROUND.format(config=str(folder / "nbgrader_config.py"))
    for student in ("ada", "ben", "cat", "dan"):
        hand_in(folder, student, double=code)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    return folder


def test_two_workers(address: str, course: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    with ExitStack() as stack:
        for mine, other in (folders, folders[::-1]):
            options = ["--nthreads", "1", "--local-directory", str(mine), "--no-dashboard"]
            stack.enter_context(dask(mine, "worker", address, *options, hidden=(course, other)))
        wait_for_workers(address, 2)
        done = grade(course, NAME, "--scheduler", address)
    assert last_line(done) == "4 graded, 0 unchanged, 0 failed.", done.stderr
    assert scores(course) == dict.fromkeys(("ada", "ben", "cat", "dan"), ALL_POINTS)
    printed = " ".join(path.read_text() for path in (course / "autograded").rglob("*.ipynb"))
    found = re.findall(r"ran in (\S+) and saw the course: (\w+)", printed)
    assert len(found) == 4
    assert {Path(folder).relative_to(tmp_path).parts[0] for folder, _ in found} == {"a", "b"}
    if without((course,)):
        assert {saw for _, saw in found} == {"False"}
    for folder in folders:
        assert not list(folder.glob("ptl-work-*"))


def wait_for_workers(address: str, number: int) -> None:
    """So that both get something to do."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=SECONDS)


def test_a_worker_that_is_killed(address: str, course: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        workers = []
        for name in "ab":
            options = ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
            workers.append(stack.enter_context(dask(tmp_path / name, "worker", address, *options)))
        wait_for_workers(address, 2)
        grading = subprocess.Popen(
            [sys.executable, "-m", "pytorch_learning.cli", "grade", NAME, "--scheduler", address],
            env=classroom.environment(course),
            stdout=subprocess.PIPE,
            text=True,
        )
        end = time.monotonic() + SECONDS
        while not list((tmp_path / "a").glob("ptl-work-*")):
            assert time.monotonic() < end
            time.sleep(0.02)
        workers[0].kill()
        out, _ = grading.communicate(timeout=SECONDS)
    assert out.splitlines()[-1] == "4 graded, 0 unchanged, 0 failed."
    assert scores(course) == dict.fromkeys(("ada", "ben", "cat", "dan"), ALL_POINTS)


def test_a_scheduler_without_workers(
    address: str, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pools, "PATIENCE", 1)
    assert cli.main(["grade", NAME, "--scheduler", address]) == 2
    assert f"has no workers: run `dask worker {address}` first" in capsys.readouterr().err


def test_no_scheduler(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed", reason="needs the extra `dask`")
    monkeypatch.setattr(pools, "PATIENCE", 1)
    assert cli.main(["grade", NAME, "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "There is no scheduler at tcp://127.0.0.1:1" in capsys.readouterr().err


def test_without_dask(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.main(["grade", NAME, "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "pip install 'pytorch-learning[dask]'" in capsys.readouterr().err
