"""`pytorch-learning doctor`: what it finds, what it advises, and its exit code."""

import math
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from pytorch_learning import cli, data, doctor
from pytorch_learning.data_files import SHAPES, idx_header
from pytorch_learning.sandbox.mechanisms import Mechanisms

EVERYTHING = Mechanisms(bubblewrap="/usr/bin/bwrap", namespaces=True, landlock=7)


@pytest.fixture(autouse=True)
def ordinary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """An ordinary user on Linux, in English, without data."""
    if "course_language" not in request.fixturenames:
        request.getfixturevalue("english")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "getuid", lambda: 1000, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor, "detect", lambda: EVERYTHING)
    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(data.VARIABLE, raising=False)


def fill(root: Path) -> None:
    """Four files that look like Fashion-MNIST."""
    raw = root / "FashionMNIST/raw"
    raw.mkdir(parents=True)
    for name, shape in SHAPES.items():
        header = idx_header(shape)
        with (raw / name).open("wb") as file:
            file.write(header)
            file.truncate(len(header) + math.prod(shape))


def states(findings: list[doctor.Finding]) -> list[str]:
    return [finding.state for finding in findings]


def report(findings: list[doctor.Finding]) -> str:
    return "\n".join(map(str, findings))


def test_where_everything_works_there_is_nothing_to_do(course_language: str) -> None:
    (finding,) = doctor.isolation(EVERYTHING)
    assert finding.state == "works"
    assert not finding.advice
    assert "bubblewrap" in finding.text
    assert "Landlock" in finding.text


@pytest.mark.parametrize(
    ("works", "said"),
    [
        (Mechanisms(), ["only limits", "gradebook", "there is no Landlock", "lsm="]),
        (Mechanisms(landlock=7), ["no UDP", "chmod", "install bubblewrap or allow namespaces"]),
        (Mechanisms(landlock=3, namespaces=True), ["does not cover TCP, signals", "6.12"]),
        (Mechanisms(landlock=5, namespaces=True), ["does not cover signals"]),
        (
            Mechanisms(problems={"bubblewrap": "No permissions", "namespaces": "EPERM"}),
            ["installed but does not work: No permissions", "namespaces cannot be used: EPERM"],
        ),
    ],
)
def test_what_is_missing_comes_with_advice(works: Mechanisms, said: list[str]) -> None:
    findings = list(doctor.isolation(works))
    for words in said:
        assert words in report(findings)
    assert all(finding.advice for finding in findings if finding.state != "works")
    # It goes on without: with a warning.
    assert "needed" not in states(findings)


def test_bubblewrap_can_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "apt install bubblewrap" in report(list(doctor.isolation(Mechanisms(namespaces=True, landlock=7))))


def test_root_is_advised_to_grade_as_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert "as an ordinary user" in report(list(doctor.isolation(EVERYTHING)))


def test_elsewhere_than_on_linux_there_are_only_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    (finding,) = doctor.isolation(Mechanisms())
    assert "grade on Linux" in finding.advice


def test_data_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(list(doctor.dataset())) == ["could be better"]
    fill(tmp_path / "cache/download")
    assert states(list(doctor.dataset())) == ["works"]
    fill(tmp_path / "shared")
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "shared"))
    assert str(tmp_path / "shared") in report(list(doctor.dataset()))
    (tmp_path / "shared/FashionMNIST/raw/t10k-labels-idx1-ubyte").unlink()
    (finding,) = doctor.dataset()
    assert finding.state == "needed"
    assert "t10k-labels-idx1-ubyte is missing" in finding.text
    monkeypatch.setenv(data.VARIABLE, data.STAND_IN)
    assert states(list(doctor.dataset())) == ["could be better"]


def test_address_with_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.VARIABLE, "https://teacher:pass-word@mirror.example/fashion")
    assert "mirror.example" in report(list(doctor.dataset()))
    assert "pass-word" not in report(list(doctor.dataset()))


def test_package_of_another_version_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor"]) == 0
    versions = metadata.version
    monkeypatch.setattr(
        metadata, "version", lambda name: "0.28.0" if name == "torchvision" else versions(name)
    )
    assert cli.main(["doctor"]) == 1
    assert "torchvision is 0.28.0, and ==0.29.2 is needed" in capsys.readouterr().out


def test_package_that_is_missing_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    versions = metadata.version

    def version(name: str) -> str:
        if name == "nbgrader":
            raise metadata.PackageNotFoundError(name)
        return versions(name)

    monkeypatch.setattr(metadata, "version", version)
    assert cli.main(["doctor", "--language", "zh"]) == 1
    assert "没有 nbgrader" in capsys.readouterr().out


def test_full_disk_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=100 * 2**20))
    assert "needed" in states(list(doctor.environment()))


def test_nothing_large_is_imported() -> None:
    code = (
        "import sys\nfrom pytorch_learning.cli import main\nmain(['doctor', '--language', 'en'])\n"
        "print(sorted({'torch', 'torchvision', 'nbgrader', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "active: " in done.stdout or "only limits" in done.stdout
