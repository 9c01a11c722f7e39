"""The student's copy of the course, and what JupyterLab is started with."""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import requests

from pytorch_learning import cli, lab
from pytorch_learning import course as course_folder
from pytorch_learning.errors import CourseError


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny course, in both languages."""
    root = tmp_path / "course"
    (root / "source").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    for language in ("en", "zh"):
        folder = root / "release" / language / "01_tensors"
        folder.mkdir(parents=True)
        (folder.parent / "welcome.ipynb").write_text(f"welcome {language}")
        (folder / "01_tensors.ipynb").write_text(f"worksheet {language}")
    monkeypatch.chdir(root)
    monkeypatch.delenv("COURSE_LANGUAGE", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    return root


def prepare(*options: str) -> int:
    return cli.main(["lab", "--prepare-only", *options])


def test_copy_in_the_language_of_the_locale(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepare() == 0
    assert (course / "work/en/welcome.ipynb").read_text() == "welcome en"
    assert (course / "work/en/01_tensors/01_tensors.ipynb").read_text() == "worksheet en"
    assert not (course / "work/zh").exists()
    monkeypatch.setattr("pytorch_learning.language._chosen", None)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert prepare() == 0
    assert (course / "work/zh/welcome.ipynb").read_text() == "welcome zh"


def test_language_by_variable_and_by_option(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    assert prepare() == 0
    assert (course / "work/zh").exists()
    assert prepare("--language", "en") == 0
    assert (course / "work/en").exists()
    monkeypatch.setenv("COURSE_LANGUAGE", "fr")
    assert prepare() == 2


def test_changed_file_is_never_touched(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare()
    mine = course / "work/en/01_tensors/01_tensors.ipynb"
    mine.write_text("my answers")
    (course / "release/en/01_tensors/01_tensors.ipynb").write_text("worksheet en, second edition")
    capsys.readouterr()
    assert prepare() == 0
    assert mine.read_text() == "my answers"
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("01_tensors/01_tensors.ipynb")
    assert "rename it to get the new one" in line
    # Which is true.
    mine.rename(mine.with_name("mine.ipynb"))
    prepare()
    assert mine.read_text() == "worksheet en, second edition"


def test_unchanged_file_is_refreshed(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare()
    (course / "release/en/welcome.ipynb").write_text("welcome en, second edition")
    prepare()
    assert (course / "work/en/welcome.ipynb").read_text() == "welcome en, second edition"
    assert "refreshed" in capsys.readouterr().out
    prepare()
    assert capsys.readouterr().out == ""


def test_changed_file_without_a_newer_one_is_not_spoken_of(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare()
    (course / "work/en/welcome.ipynb").write_text("my notes")
    capsys.readouterr()
    prepare()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("record", ["", "{", "[]", None])
def test_without_its_record_nothing_is_replaced(course: Path, record: str | None) -> None:
    prepare()
    path = course / "work/en" / lab.RECORD
    path.unlink()
    if record is not None:
        path.write_text(record)
    (course / "release/en/welcome.ipynb").write_text("welcome en, second edition")
    prepare()
    assert (course / "work/en/welcome.ipynb").read_text() == "welcome en"


def test_full_disk_loses_nothing(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    mine = course / "work/en/welcome.ipynb"
    (course / "release/en/welcome.ipynb").write_text("welcome en, second edition")

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(content[:3])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        assert prepare() == 2
    assert mine.read_text() == "welcome en"
    assert sorted(path.name for path in mine.parent.iterdir()) == [lab.RECORD, "01_tensors", "welcome.ipynb"]


def test_course_that_was_not_built(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "release/en/welcome.ipynb").unlink()
    assert prepare() == 2
    assert "run `make build` first" in capsys.readouterr().err
    assert not (course / "work").exists()


def test_root_from_a_folder_inside_and_from_elsewhere(course: Path, tmp_path: Path) -> None:
    assert course_folder.find_root(course / "release" / "en") == course
    assert (course_folder.find_root(tmp_path) / "src" / "pytorch_learning").is_dir()


def test_what_jupyterlab_is_started_with(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(lab, "open_lab", lambda root, options: given.extend(options) or 0)
    assert cli.main(["lab", "--no-browser", "--port", "9999", "--", "--IdentityProvider.token=abc"]) == 0
    assert f"--ServerApp.root_dir={course}" in given
    assert "--FileContentsManager.preferred_dir=work/en" in given
    assert "--LabApp.default_url=/lab/tree/work/en/welcome.ipynb" in given
    assert given[-3:] == ["--no-browser", "--port=9999", "--IdentityProvider.token=abc"]


def test_jupyterlab_asks_nothing_at_its_start() -> None:
    settings_utils = pytest.importorskip("jupyterlab_server.settings_utils")
    defaults = Path(lab.__file__).parent / "jupyter" / "labconfig" / "default_setting_overrides.json"
    (plugin, settings), *_ = json.loads(defaults.read_text()).items()
    from jupyterlab.commands import get_app_dir

    schemas = Path(get_app_dir()) / "schemas"
    schema, _ = settings_utils._get_schema(str(schemas), plugin, {plugin: settings}, None)
    # JupyterLab renames its settings at times: what is set here must be among them.
    assert (
        settings.keys()
        <= json.loads((schemas / f"{plugin.replace(':', '/')}.json").read_text())["properties"].keys()
    )
    assert schema["properties"]["fetchNews"]["default"] == "false"


@pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need a safe fork")
def test_a_notebook_of_jupyterlab_gets_a_warm_kernel(course: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pytorch_learning.cli", "lab", "--no-browser", "--port", str(port)]
    options = ["--", "--IdentityProvider.token=abc", "--ServerApp.port_retries=0"]
    with subprocess.Popen([*command, *options], cwd=course, stderr=subprocess.DEVNULL) as running:
        try:
            address, key = f"http://127.0.0.1:{port}/api", {"Authorization": "token abc"}
            end = time.monotonic() + 120
            while True:
                try:
                    requests.get(f"{address}/status", headers=key, timeout=10).raise_for_status()
                    break
                except requests.ConnectionError:
                    assert time.monotonic() < end
                    assert running.poll() is None
                    time.sleep(0.1)
            asked = {"name": "python3", "path": "work/en/welcome.ipynb"}
            started = requests.post(f"{address}/kernels", json=asked, headers=key, timeout=120)
            started.raise_for_status()
            servers = [
                process
                for process in psutil.Process(running.pid).children()
                if "pytorch_learning.warm.server" in process.cmdline()
            ]
            assert len(servers) == 1
            assert len(servers[0].children()) == 1
        finally:
            running.terminate()
    assert not psutil.pid_exists(servers[0].pid)


def test_options_are_declared() -> None:
    parser = argparse.ArgumentParser()
    lab.add_arguments(parser)
    assert parser.parse_args([]).jupyter == []


def test_no_course_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        course_folder, "__file__", str(tmp_path / "site-packages" / "pytorch_learning" / "course.py")
    )
    with pytest.raises(CourseError):
        course_folder.find_root(tmp_path)
