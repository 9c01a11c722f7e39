"""`pytorch-learning lab`: the student's own copy of the worksheets in `work/`, and JupyterLab on it."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePosixPath

from pytorch_learning.course import add_root_argument, chosen_root
from pytorch_learning.errors import CourseError
from pytorch_learning.language import LANGUAGES, choose, from_environment, parse, say

WELCOME = "welcome.ipynb"
RECORD = ".course.json"
"""In `work/LANGUAGE`: the hash of each file as it was copied."""


@dataclass
class Changes:
    """What an update of the student's copy did."""

    copied: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Files that the student changed and that are newer in the course."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--language", choices=LANGUAGES, help="the edition (default: COURSE_LANGUAGE, else the locale's)"
    )
    parser.add_argument(
        "--prepare-only", action="store_true", help="make or refresh the copy and open nothing"
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print JupyterLab's address and open no browser"
    )
    parser.add_argument(
        "--port", type=int, help="JupyterLab's port (default: 8888, or the next that is free)"
    )
    add_root_argument(parser)
    parser.add_argument(
        "jupyter", nargs="*", metavar="-- OPTION", help="after --, anything that jupyter lab takes"
    )


def run(arguments: argparse.Namespace) -> int:
    """Prepare the copy and run JupyterLab until it is stopped."""
    language = parse(arguments.language) if arguments.language else from_environment()
    choose(language)
    root = chosen_root(arguments)
    folder = root / "work" / language
    report(prepare(root / "release" / language, folder), folder.relative_to(root))
    if arguments.prepare_only:
        return 0
    options = lab_options(root, folder)
    if arguments.no_browser:
        options.append("--no-browser")
    if arguments.port is not None:
        options.append(f"--port={arguments.port}")
    return open_lab(root, [*options, *arguments.jupyter])


def prepare(release: Path, folder: Path) -> Changes:
    """Bring `folder` up to `release`, leaving alone what the student has changed.

    A file that is not there is copied, so that deleting or renaming one gives a fresh one.
    """
    if not (release / WELCOME).is_file():
        raise CourseError(
            say(
                f"课程里没有 {release.parent.name}/{release.name}/{WELCOME}：请先运行 `make build`。",
                f"The course has no {release.parent.name}/{release.name}/{WELCOME}: run `make build` first.",
            )
        )
    changes = Changes()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        record = _read_record(folder / RECORD)
        for path in sorted(release.rglob("*")):
            if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                _update(path, PurePosixPath(path.relative_to(release).as_posix()), folder, record, changes)
        _write(folder / RECORD, json.dumps(record, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise CourseError(
            say(
                f"无法写入 {folder}（{error}）：请解决这个问题再试；已有的文件没有改动。",
                f"Could not write to {folder} ({error}): mend that and try again; your files are unchanged.",
            )
        ) from error
    return changes


def report(changes: Changes, folder: Path) -> None:
    """One line for each kind of change."""
    count = len(changes.copied)
    refreshed, kept = ", ".join(changes.refreshed), ", ".join(changes.kept)
    if count:
        print(say(f"{folder}：放入 {count} 个文件", f"{folder}: put {count} files there"))
    if refreshed:
        print(
            say(
                f"{folder}：更新了你没有改过的文件：{refreshed}",
                f"{folder}: refreshed, being unchanged: {refreshed}",
            )
        )
    if kept:
        print(
            say(
                f"{folder}：课程有新版本，但保留了你改过的文件（改个名字就会得到新版本）：{kept}",
                f"{folder}: the course has newer, you changed yours (rename it to get the new one): {kept}",
            )
        )


def lab_options(root: Path, folder: Path) -> list[str]:
    """What makes JupyterLab open the welcome page, with the lectures and the answer keys in reach."""
    page = (folder / WELCOME).relative_to(root).as_posix()
    options = [
        f"--ServerApp.root_dir={root}",
        f"--FileContentsManager.preferred_dir={folder.relative_to(root).as_posix()}",
        f"--LabApp.default_url=/lab/tree/{page}",
    ]
    if os.name != "nt" and os.geteuid() == 0:
        # In a container, or under WSL, a student is often root and knows nothing of it; Jupyter would refuse.
        options.append("--ServerApp.allow_root=True")
    return options


def open_lab(root: Path, options: list[str]) -> int:
    """Run JupyterLab in this process until it is stopped."""
    with resources.as_file(resources.files("pytorch_learning") / "jupyter") as defaults:
        # Defaults only: what a user sets in JupyterLab, or has set, still counts.
        before = os.environ.get("JUPYTER_CONFIG_PATH")
        os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(defaults), *([before] if before else [])])
        os.environ["PATH"] = search_path()
        # nbgrader's extensions read nbgrader_config.py there.
        os.chdir(root)
        from pytorch_learning.warm import provisioner

        # Python's kernels are forked from one that is importing PyTorch from now on.
        os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", provisioner.NAME)
        provisioner.start_importing()
        from jupyterlab.labapp import LabApp

        LabApp.launch_instance(options)
    return 0


def search_path() -> str:
    """PATH with this environment's commands first, as if it were activated.

    nbgrader calls `alembic` by name, and JupyterLab's terminal should find `nbgrader` and the right `python`.
    """
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def _update(path: Path, name: PurePosixPath, folder: Path, record: dict[str, str], changes: Changes) -> None:
    target = folder / name
    content = path.read_bytes()
    released = _hash(content)
    if not target.exists():
        _write(target, content)
        record[str(name)] = released
        changes.copied.append(str(name))
        return
    present = _hash(target.read_bytes()) if target.is_file() else ""
    copied = record.get(str(name))
    if present == released:
        record[str(name)] = released
    elif present == copied:
        _write(target, content)
        record[str(name)] = released
        changes.refreshed.append(str(name))
    elif copied != released:
        changes.kept.append(str(name))


def _read_record(path: Path) -> dict[str, str]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        # Without it no file counts as unchanged, so none is replaced.
        return {}
    return {str(name): str(value) for name, value in read.items()} if isinstance(read, dict) else {}


def _write(path: Path, content: bytes) -> None:
    """At once or not at all: a full disk must not leave half a worksheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(content)
        os.replace(aside, path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
