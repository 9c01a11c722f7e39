"""The set-up from nothing, with the real venv and pip, and a stand-in for uv that notes what it is asked."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What says whether a package is there is a wheel: pip and its build hooks write the same one.
WHEEL_MAKER = """
import zipfile

def write_wheel(folder, name, version, files, entry_points=""):
    info = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", "Provides-Extra: dev", ""]
    wheel = ["Wheel-Version: 1.0", "Generator: test", "Root-Is-Purelib: true", "Tag: py3-none-any", ""]
    files = {
        **files,
        f"{info}/METADATA": "\\n".join(metadata),
        f"{info}/WHEEL": "\\n".join(wheel),
        f"{info}/entry_points.txt": entry_points,
    }
    path = f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{path}", "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{file},,\\n" for file in [*files, f"{info}/RECORD"]))
    return path
"""
BACKEND = (
    WHEEL_MAKER
    + """
def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(wheel_directory, "tiny_course", "1.0", {"installed_by_pip.py": ""})
"""
)
FAKE_UV = """
import os, sys

def main():
    with open(os.environ["FAKE_UV_LOG"], "a") as log:
        log.write(" ".join(sys.argv[1:]) + "\\n")
    planning = "--dry-run" in sys.argv
    if os.environ.get("FAKE_UV_FAILS") == ("plan" if planning else "install"):
        sys.exit("error: Failed to fetch: no route to the index")
    if planning:
        sys.stderr.write("Would install 2 packages\\n + torch==2.15.0\\n + numpy==2.4.6\\n")
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny-course"
version = "1.0"

[project.optional-dependencies]
dev = []
"""


class Checkout:
    """A tiny course to set up."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = root.parent / "index"
        self.log = root.parent / "uv.log"
        package = root / "src" / "pytorch_learning"
        package.mkdir(parents=True)
        self.index.mkdir()
        shutil.copy(ROOT / "setup_env.py", root)
        for name in ("__init__.py", "errors.py", "language.py"):
            shutil.copy(ROOT / "src" / "pytorch_learning" / name, package)
        (root / "pyproject.toml").write_text(PYPROJECT)
        (root / "requirements.lock").write_text("uv==1.0\n")
        (root / "backend.py").write_text(BACKEND)
        maker: dict[str, object] = {}
        exec(WHEEL_MAKER, maker)
        entry = "[console_scripts]\nuv = fake_uv:main\n"
        maker["write_wheel"](self.index, "uv", "1.0", {"fake_uv.py": FAKE_UV}, entry)  # type: ignore[operator]

    def set_up(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run setup_env.py as make does."""
        self.log.unlink(missing_ok=True)
        environment = {
            name: value for name, value in os.environ.items() if name not in ("TORCH", "VIRTUAL_ENV")
        }
        environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.index), "FAKE_UV_LOG": str(self.log)}
        environment |= {"COURSE_LANGUAGE": "en", **variables}
        command = [sys.executable, "setup_env.py"]
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True)

    def asked_of_uv(self) -> list[str]:
        """The commands that uv got in the last run."""
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that has been set up: an environment takes seconds to make."""
    checkout = Checkout(tmp_path_factory.mktemp("set_up") / "a course")
    done = checkout.set_up()
    assert done.returncode == 0, done.stderr
    assert "Installing 2 package(s): 3.2 GB to download, 6.1 GB on disk" in done.stdout or os.name == "nt"
    assert "TORCH=cpu" in done.stdout
    plan, install = checkout.asked_of_uv()
    assert install == f"{plan.removesuffix(' --dry-run')} --compile-bytecode"
    assert "--constraints requirements.lock --editable .[dev]" in install
    return checkout


@pytest.fixture
def checkout(made: Checkout) -> Iterator[Checkout]:
    """The same, put back in order afterwards."""
    files = [made.root / "pyproject.toml", made.root / ".venv" / "set-up.json"]
    before = {path: path.read_text() for path in files}
    yield made
    for path, text in before.items():
        path.write_text(text)


@pytest.fixture(scope="module")
def setup_env() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("setup_env", ROOT / "setup_env.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["setup_env"] = module
    spec.loader.exec_module(module)
    return module


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The last line of an error that the user can mend."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1].removeprefix("set-up: ")


def test_second_run_does_nothing(checkout: Checkout) -> None:
    done = checkout.set_up()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert checkout.asked_of_uv() == []


def test_settings_of_tools_do_not_count(checkout: Checkout) -> None:
    with (checkout.root / "pyproject.toml").open("a") as project:
        project.write("\n[tool.ruff]\nline-length = 90\n")
    assert checkout.set_up().stdout == ""


def test_new_dependency_is_installed(checkout: Checkout) -> None:
    text = (checkout.root / "pyproject.toml").read_text()
    (checkout.root / "pyproject.toml").write_text(text.replace("dev = []", 'dev = ["nothing"]'))
    assert "Set-up is complete." in checkout.set_up().stdout
    assert len(checkout.asked_of_uv()) == 2


def test_failed_installation_continues_next_time(checkout: Checkout) -> None:
    stamp = checkout.root / ".venv" / "set-up.json"
    stamp.unlink()
    assert "continues where it stopped" in one_sentence(checkout.set_up(FAKE_UV_FAILS="install"))
    assert '"complete": false' in stamp.read_text()
    done = checkout.set_up()
    assert done.returncode == 0
    assert "Making .venv" not in done.stdout
    assert len(checkout.asked_of_uv()) == 2


def test_pip_takes_over_where_uv_finds_no_index(checkout: Checkout) -> None:
    (checkout.root / ".venv" / "set-up.json").unlink()
    done = checkout.set_up(FAKE_UV_FAILS="plan")
    assert done.returncode == 0, done.stderr
    assert "uv: error: Failed to fetch" in done.stderr
    python = checkout.root / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    assert subprocess.run([python, "-c", "import installed_by_pip"]).returncode == 0


def test_no_index_at_all(checkout: Checkout, tmp_path: Path) -> None:
    (checkout.root / ".venv" / "set-up.json").unlink()
    (checkout.root / "requirements.lock").write_text("uv==2.0\n")
    try:
        sentence = one_sentence(checkout.set_up(PIP_FIND_LINKS=str(tmp_path)))
    finally:
        (checkout.root / "requirements.lock").write_text("uv==1.0\n")
    assert "check the network" in sentence


def test_build_out_of_reach_leaves_the_environment(checkout: Checkout) -> None:
    sentence = one_sentence(checkout.set_up(TORCH="cpu", FAKE_UV_FAILS="plan"))
    assert sentence.startswith("Could not get PyTorch's CPU build")
    assert checkout.set_up().stdout == ""


def test_unknown_build(checkout: Checkout) -> None:
    assert one_sentence(checkout.set_up(TORCH="gpu")).startswith("TORCH=gpu is no build: set it to cpu")
    assert "没有 TORCH=gpu 这个版本" in one_sentence(checkout.set_up(TORCH="gpu", COURSE_LANGUAGE="zh"))


def test_cpu_build_stays_chosen_and_half_made_folder_is_repaired(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "a course")
    # As an interrupted `python -m venv` leaves it.
    (checkout.root / ".venv" / "bin").mkdir(parents=True)
    (checkout.root / ".venv" / "bin" / "python").write_text("half")
    sentence = one_sentence(checkout.set_up(TORCH="cpu", FAKE_UV_FAILS="plan"))
    assert sentence.startswith("Could not get PyTorch's CPU build")
    assert sentence.endswith("take the default build with TORCH=default.")
    # The next run needs no new folder, and without the variable goes on with the same build.
    done = checkout.set_up()
    assert done.returncode == 0, done.stderr
    assert "Making .venv" not in done.stdout
    assert "0.4 GB to download" in done.stdout
    assert all("--torch-backend=cpu" in asked for asked in checkout.asked_of_uv())
    assert checkout.set_up().stdout == ""
    # The other build needs an environment of its own: uv would leave the installed one.
    done = checkout.set_up(TORCH="default")
    assert "Making .venv" in done.stdout
    assert not any("--torch-backend=cpu" in asked for asked in checkout.asked_of_uv())


def test_old_python_gets_a_sentence() -> None:
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 0); runpy.run_path('setup_env.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert one_sentence(done).startswith("this is Python 3.9 and the course needs 3.11 or newer: install one")


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_missing_venv_module(
    missing: str,
    setup_env: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else find_spec(name)
    )
    with pytest.raises(setup_env.CourseError, match=r"venv module: install it .*python3\.\d+-venv"):
        setup_env.make_folder(setup_env.Environment(tmp_path))


def test_too_little_room(setup_env: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9e9, 8.5e9, 0.5e9))
    with pytest.raises(
        setup_env.CourseError, match=r"The disk is too full for .* GB, 0\.5 GB are free: free some"
    ):
        setup_env.announce(setup_env.Environment(tmp_path), "default", ["torch==2.15.0"])
    # Nothing large is missing.
    setup_env.announce(setup_env.Environment(tmp_path), "default", ["numpy==2.4.6"])


def test_disk_that_fills_up(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(environment: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "stamp")

    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    monkeypatch.setattr(setup_env, "set_up", full)
    assert setup_env.main([]) == 2
    assert capsys.readouterr().err.startswith("set-up: The disk is full: free some space")


def test_mirror_set_for_pip_counts_for_uv(setup_env: ModuleType) -> None:
    lines = [
        ":env:.index-url='https://mirror.example/simple'",
        "global.extra-index-url='https://one.example/simple\\nhttps://two.example/simple'",
        "global.index-url='https://other.example/simple'",
        "global.cert='/certificates.pem'",
        "freeze.index-url='https://wrong.example/simple'",
        "no settings at all",
    ]
    settings = setup_env.parse_pip_settings(lines)
    assert settings["index-url"] == "https://mirror.example/simple"
    assert settings["extra-index-url"].split() == ["https://one.example/simple", "https://two.example/simple"]
    assert settings["cert"] == "/certificates.pem"
