"""Makes `.venv` with all that the course needs, or sees that it is there.  `make` calls it first.

Needs only Python 3.11 or newer with its venv module.  On Windows, which has no make: `python setup_env.py`,
then `.venv\\Scripts\\pytorch-learning lab`.

TORCH=cpu takes PyTorch's small build without CUDA, TORCH=default the one of the package index; without the
variable an environment keeps the build that it has.
"""

import sys

# First of all, and in words that an old Python understands: below, it would stop at an import that it lacks.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write(
        f"set-up: this is Python {sys.version_info[0]}.{sys.version_info[1]} and the course needs 3.11 or "
        "newer: install one and name it, as in `make lab PYTHON=python3.12`.\n"
    )
    sys.exit(2)

import argparse
import ast
import errno
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))

from pytorch_learning.errors import CourseError  # noqa: E402
from pytorch_learning.language import say  # noqa: E402

VARIABLE = "TORCH"
DEFAULT, CPU = "default", "cpu"
LOCK = "requirements.lock"
# Below this, a failure is put down to the disk, in bytes.
FULL = 50e6


@dataclass(frozen=True)
class Size:
    """What an installation takes, in gigabytes."""

    download: float
    disk: float


# On Linux with the lock's versions: the first measured, the second the same less CUDA's libraries and Triton.
WITH_CUDA = Size(download=3.2, disk=6.1)
WITHOUT_CUDA = Size(download=0.4, disk=1.3)


@dataclass(frozen=True)
class Stamp:
    """What an environment is made from.  Written before the packages are there, to know a half-made one."""

    key: str
    root: str
    torch: str
    complete: bool

    @classmethod
    def read(cls, path: Path) -> "Stamp | None":
        """The stamp in a file, None if there is none that can be read."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Write it at once or not at all."""
        aside = path.with_suffix(".new")
        aside.write_text(json.dumps(vars(self)), encoding="utf-8")
        os.replace(aside, path)


class Environment:
    """The virtual environment of one checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        scripts, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
        self.python = self.folder / scripts / f"python{suffix}"
        self.uv = self.folder / scripts / f"uv{suffix}"
        self.stamp = self.folder / "set-up.json"

    def key(self) -> str:
        """Changes with what is to be installed; the settings of linters in the same file do not count."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        asked = json.dumps([project.get("project"), project.get("build-system")], sort_keys=True)
        lock = (self.root / LOCK).read_text(encoding="utf-8")
        return hashlib.sha256(f"{asked}\0{lock}".encode()).hexdigest()

    def works(self) -> bool:
        """Whether there is an interpreter of the right version with pip."""
        questions = (["-c", "import sys; sys.exit(sys.version_info < (3, 11))"], ["-m", "pip", "--version"])
        try:
            return all(
                subprocess.run([self.python, *question], capture_output=True).returncode == 0
                for question in questions
            )
        except OSError:
            return False


def main(argv: Sequence[str] | None = None) -> int:
    """Set up the checkout that this file is in.  Returns the exit code: 2 for what the user can mend."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lock", action="store_true", help=f"also write {LOCK} anew and install from it")
    parser.add_argument("--upgrade", action="store_true", help="with --lock: go to the newest versions")
    arguments = parser.parse_args(argv)
    environment = Environment(ROOT)
    try:
        if arguments.lock:
            write_lock(environment, arguments.upgrade)
        set_up(environment)
    except CourseError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"set-up: {_sentence(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        stopped = say("已停止：再运行同一条命令，会接着装。", "stopped: the same command continues.")
        print(f"\nset-up: {stopped}", file=sys.stderr)
        return 130
    return 0


def set_up(environment: Environment) -> None:
    """Make or complete the environment.  Raises CourseError for what the user can mend."""
    stamp = Stamp.read(environment.stamp)
    wanted = Stamp(environment.key(), str(environment.root), chosen_build(stamp), complete=True)
    if stamp == wanted and environment.python.exists():
        return
    # uv leaves an installed torch alone, whichever build it is; scripts name their interpreter in full.
    other = stamp is not None and (stamp.torch, stamp.root) != (wanted.torch, wanted.root)
    works = environment.works()
    if stamp is not None and stamp.torch != wanted.torch and works and environment.uv.exists():
        # Don't give up what is there for a build that is out of reach.
        plan_packages(environment, wanted.torch, "--reinstall")
    if other or not works:
        make_folder(environment)
    replace(wanted, complete=False).write(environment.stamp)
    install_uv(environment)
    install_packages(environment, wanted.torch)
    wanted.write(environment.stamp)
    _tell("环境准备好了。", "Set-up is complete.")


def chosen_build(stamp: Stamp | None) -> str:
    """The build of torch that the user names, else the one that is there.  Raises CourseError for others."""
    named = os.environ.get(VARIABLE) or (stamp.torch if stamp else DEFAULT)
    if named not in (DEFAULT, CPU):
        raise CourseError(
            say(
                f"没有 {VARIABLE}={named} 这个版本：请写 {VARIABLE}={CPU}（小的 CPU 版本）或 "
                f"{VARIABLE}={DEFAULT}，或者不写。",
                f"{VARIABLE}={named} is no build: set it to {CPU} (the small one, without CUDA) or to "
                f"{DEFAULT}, or unset it.",
            )
        )
    return named


def make_folder(environment: Environment) -> None:
    """Make `.venv` with pip, in place of what may be there."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise CourseError(
            say(
                "这个 Python 缺少 venv 模块：请先安装它（Debian 和 Ubuntu 上："
                f"`sudo apt install {package}`），再运行同一条命令。",
                "This Python lacks its venv module: install it (on Debian and Ubuntu: "
                f"`sudo apt install {package}`), then run the same command again.",
            )
        )
    _tell("正在创建 .venv ……", "Making .venv ...")
    # make runs this with the environment's own interpreter, which must not make itself.
    interpreter = getattr(sys, "_base_executable", sys.executable)
    command = [interpreter, "-m", "venv", "--clear", str(environment.folder)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        _refuse_if_full(environment, made.stdout + made.stderr)
        reason = (made.stdout + made.stderr).strip().splitlines() or [f"exit code {made.returncode}"]
        raise CourseError(
            say(
                f"无法创建 .venv（{reason[-1]}）：请解决这个问题，再运行同一条命令。",
                f"Could not make .venv ({reason[-1]}): mend that, then run the same command again.",
            )
        )


def install_uv(environment: Environment) -> None:
    """Get uv, which is many times as fast as the pip that comes with Python."""
    if not environment.uv.exists():
        _tell("正在安装 uv（安装工具，约 25 MB）……", "Getting uv, a fast installer (25 MB) ...")
    run_pip(environment, "--quiet", "uv")


def plan_packages(environment: Environment, torch: str, *options: str) -> list[str] | None:
    """The packages that uv would install, None if it can't tell.

    Raises CourseError if the CPU build is out of reach: no other installer would find it.
    """
    plan = subprocess.run(
        [*_uv_install(environment, torch), "--dry-run", *options],
        cwd=environment.root,
        env=_uv_variables(environment),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if plan.returncode == 0:
        return [line[3:] for line in plan.stderr.splitlines() if line.startswith(" + ")]
    lines = [
        line for line in plan.stderr.splitlines() if line.strip() and not line.startswith("Using Python")
    ]
    print("\n".join(f"uv: {line}" for line in lines[:10]), file=sys.stderr, flush=True)
    if torch == CPU:
        raise CourseError(
            say(
                "无法取得 PyTorch 的 CPU 版本（原因见上）：请检查网络，再运行同一条命令；"
                f"或者用 {VARIABLE}={DEFAULT} 安装默认版本。",
                "Could not get PyTorch's CPU build, for the reason above: check the network and run the same "
                f"command again, or take the default build with {VARIABLE}={DEFAULT}.",
            )
        )
    return None


def install_packages(environment: Environment, torch: str) -> None:
    """Install what pyproject.toml asks for in the lock's versions, with uv where it can and else with pip."""
    missing = plan_packages(environment, torch)
    if missing is None:
        # uv reads few of pip's settings, and a mirror or a certificate may stand where only pip looks.
        _tell("改用 pip，会慢一些。", "Using pip instead, which is slower.")
    announce(environment, torch, missing)
    if missing is None:
        run_pip(environment, "--editable", ".[dev]")
        return
    # Not through a pipe: uv draws its progress bars on a terminal only.  Compiled now, as PyTorch takes three
    # times as long to import while it is not, which nothing would ever change where files can't be written.
    command = [*_uv_install(environment, torch), "--compile-bytecode"]
    if subprocess.run(command, cwd=environment.root, env=_uv_variables(environment)).returncode:
        _refuse_if_full(environment)
        raise CourseError(
            say(
                "没有装完（原因见上）：请检查网络，再运行同一条命令，会接着装。",
                "Not complete, for the reason above: check the network, then run the same command again; "
                "it continues where it stopped.",
            )
        )


def announce(environment: Environment, torch: str, missing: list[str] | None) -> None:
    """Say how much is to come.  `missing` has the packages that are not there yet, None if unknown."""
    packages_zh = "软件包" if missing is None else f"{len(missing)} 个软件包"
    packages_en = "the packages" if missing is None else f"{len(missing)} package(s)"
    if missing is not None and not any(package.startswith("torch==") for package in missing):
        _tell(f"正在安装{packages_zh}……", f"Installing {packages_en} ...")
        return
    size = WITH_CUDA if torch == DEFAULT and sys.platform == "linux" else WITHOUT_CUDA
    hint_zh = hint_en = ""
    if size is WITH_CUDA:
        hint_zh = f"；{VARIABLE}={CPU} 不含 CUDA，只占约 {WITHOUT_CUDA.disk:g} GB"
        hint_en = f"; {VARIABLE}={CPU} leaves CUDA out and takes {WITHOUT_CUDA.disk:g} GB"
    free = shutil.disk_usage(environment.root).free / 1e9
    if free < size.disk:
        raise CourseError(
            say(
                f"磁盘空间不够，需要约 {size.disk:g} GB，只剩 {free:.1f} GB：请腾出空间，"
                f"再运行同一条命令{hint_zh}。",
                f"The disk is too full for {size.disk:g} GB, {free:.1f} GB are free: free some space, then "
                f"run the same command again{hint_en}.",
            )
        )
    _tell(
        f"正在安装{packages_zh}：下载约 {size.download:g} GB，占用磁盘约 {size.disk:g} GB{hint_zh}。",
        f"Installing {packages_en}: {size.download:g} GB to download, {size.disk:g} GB on disk{hint_en}.",
    )


def run_pip(environment: Environment, *arguments: str) -> None:
    """`pip install` in the lock's versions, showing what it says.  Raises CourseError if it fails."""
    command = [str(environment.python), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--constraint", LOCK, *arguments]
    process = subprocess.Popen(command, cwd=environment.root, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said: list[str] = []
    echo = threading.Thread(target=_echo, args=(process.stderr, said))
    echo.start()
    try:
        failed = process.wait() != 0
    finally:
        process.kill()
        echo.join()
    if failed:
        _refuse_if_full(environment, "".join(said))
        raise CourseError(
            say(
                "pip 没有装成（原因见上）：请检查网络或 pip 的镜像设置（`pip config list`），"
                "再运行同一条命令，会接着装。",
                "pip failed, for the reason above: check the network or pip's settings (`pip config list`), "
                "then run the same command again; it continues where it stopped.",
            )
        )


def uv_settings(environment: Environment) -> dict[str, str]:
    """pip's settings as uv's variables: a school's mirror is mostly set for pip alone."""
    command = [str(environment.python), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, cwd=environment.root, capture_output=True, text=True)
    settings = parse_pip_settings(listed.stdout.splitlines())
    variables = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(settings.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "SSL_CERT_FILE": settings.get("cert", ""),
        "ALL_PROXY": settings.get("proxy", ""),
    }
    if variables["UV_INDEX"]:
        # pip takes a version from any index, uv all versions from the first that has the name.
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if os.environ.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL"}:
        for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_STRATEGY"):
            variables.pop(name, None)
    return {name: value for name, value in variables.items() if value and name not in os.environ}


def parse_pip_settings(lines: Sequence[str]) -> dict[str, str]:
    """The options that `pip config list` names, each with the value that counts for `pip install`."""
    order = ("global", "install", ":env:")
    found: list[tuple[int, str, str]] = []
    for line in lines:
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if section in order:
            try:
                found.append((order.index(section), option, str(ast.literal_eval(value))))
            except (SyntaxError, ValueError):
                continue
    return {option: value for _, option, value in sorted(found)}


def write_lock(environment: Environment, upgrade: bool) -> None:
    """Resolve pyproject.toml for all platforms, and write the lock if that works."""
    if not environment.works():
        make_folder(environment)
    if not environment.uv.exists():
        # In any version: the lock that says which is about to be made.
        (environment.root / LOCK).touch()
        install_uv(environment)
    command = [str(environment.uv), "pip", "compile", "pyproject.toml", "--extra", "dev"]
    # Nothing of where packages came from may stand in the lock: each user has an index of his own.
    command += [
        "--output-file",
        LOCK,
        "--universal",
        "--python-version",
        "3.11",
        "--no-header",
        "--no-emit-index-url",
    ]
    command += ["--no-emit-find-links", "--quiet", *(["--upgrade"] if upgrade else [])]
    variables = {**os.environ, **uv_settings(environment)}
    if subprocess.run(command, cwd=environment.root, env=variables).returncode:
        raise CourseError(f"{LOCK} is as it was: mend what uv says above, then run `make lock` again.")


def _uv_install(environment: Environment, torch: str) -> list[str]:
    command = [str(environment.uv), "pip", "install", "--python", str(environment.python)]
    command += ["--constraints", LOCK, "--editable", ".[dev]"]
    return [*command, "--torch-backend=cpu"] if torch == CPU else command


def _uv_variables(environment: Environment) -> dict[str, str]:
    # Large files on a slow line: uv's own limit is 30 s.
    return {"UV_HTTP_TIMEOUT": "120", **os.environ, **uv_settings(environment)}


def _echo(stream: IO[str], said: list[str]) -> None:
    for line in stream:
        said.append(line)
        print(line, end="", file=sys.stderr, flush=True)


def _tell(zh: str, en: str) -> None:
    print(say(zh, en), flush=True)


def _refuse_if_full(environment: Environment, said: str = "") -> None:
    if "No space left" in said or shutil.disk_usage(environment.root).free < FULL:
        raise CourseError(_full())


def _full() -> str:
    return say(
        "磁盘满了：请腾出空间，再运行同一条命令，会接着装。",
        "The disk is full: free some space, then run the same command again; it continues where it stopped.",
    )


def _sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return _full()
    return say(
        f"{error}：请解决这个问题，再运行同一条命令。",
        f"{error}: mend that, then run the same command again.",
    )


if __name__ == "__main__":
    sys.exit(main())
