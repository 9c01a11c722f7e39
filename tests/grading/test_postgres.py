"""A gradebook in PostgreSQL: a real server, started for these tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook, get_alembic_version
from sqlalchemy import text

from pytorch_learning import cli
from tests import classroom
from tests.grading.section import NAME
from tests.grading.tiny_class import (
    ALL_POINTS,
    WRONG,
    configure,
    grade,
    hand_in,
    last_line,
    save_source,
    scores,
)


def binaries() -> Path | None:
    """Where PostgreSQL's programs are: Debian keeps those of the server out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = shutil.which("initdb") or (str(found[-1]) if found else "")
    return Path(program).resolve().parent if program else None


def run_as_another(folder: Path, *command: str) -> None:
    """Run a program of the server's, which refuses to be run by root, in a folder of its own."""
    options: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)
        options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # What is left open to the server would keep a pipe from ending.
    with (folder.parent / f"{folder.name}.log").open("ab") as log:
        subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=True, **options)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Of an empty database."""
    pytest.importorskip("psycopg", reason="needs the extra `postgres`")
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed")
    # Where another user can get to, and short enough for a socket.
    folder = Path(tempfile.mkdtemp(prefix="ptl-pg-"))
    data = str(folder / "data")
    control = [str(programs / "pg_ctl"), "-D", data]
    try:
        run_as_another(
            folder, str(programs / "initdb"), "-D", data, "-U", "course", "-A", "trust", "-N", "-E", "UTF8"
        )
        run_as_another(
            folder, *control, "-w", "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start"
        )
        try:
            yield f"postgresql+psycopg://course@/postgres?host={folder}"
        finally:
            run_as_another(folder, *control, "-m", "immediate", "stop")
    except subprocess.CalledProcessError as error:
        raise AssertionError(Path(f"{folder}.log").read_text()) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        Path(f"{folder}.log").unlink(missing_ok=True)


def test_the_gradebook(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course = tmp_path
    save_source(course)
    configure(course, f"c.CourseDirectory.db_url = {url!r}")
    classroom.nbgrader(course, "en", "generate_assignment", NAME)
    hand_in(course, "ada")
    hand_in(course, "ben", double=WRONG)
    assert last_line(grade(course, NAME, "--jobs", "2")) == "2 graded, 0 unchanged, 0 failed."
    assert scores(course, url) == {"ada": ALL_POINTS, "ben": {**ALL_POINTS, "double-test": 0.0}}
    for name, value in classroom.environment(course).items():
        monkeypatch.setenv(name, value)
    with Gradebook(url) as gradebook:
        stamps = gradebook.db.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    assert stamps == [get_alembic_version()]
    assert not (course / "gradebook.db").exists()

    # What nbgrader does next with it.
    classroom.nbgrader(course, "en", "generate_feedback", NAME)
    classroom.nbgrader(course, "en", "export")
    assert "ben" in (course / "grades.csv").read_text()

    monkeypatch.chdir(course)
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    assert cli.main(["grade", NAME]) == 0
    assert capsys.readouterr().out == "0 graded, 2 unchanged, 0 failed.\n"


def test_no_server(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source" / NAME).mkdir(parents=True)
    (tmp_path / "submitted" / "ada" / NAME).mkdir(parents=True)
    (tmp_path / "submitted" / "ada" / NAME / f"{NAME}.ipynb").touch()
    shutil.copy(Path(__file__).parents[2] / "nbgrader_config.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    assert cli.main(["grade", NAME, "--db", f"postgresql+psycopg://course@/postgres?host={tmp_path}"]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "The gradebook can't be opened, check --db" in err
