"""The folder that a student handed in: which files in it can be read, and which one is the notebook."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from pytorch_learning.grading.reading import NotGradable, read
from pytorch_learning.grading.worksheet import Worksheet
from pytorch_learning.language import Text

CHECKPOINTS = ".ipynb_checkpoints"


class SafeCourseDirectory(CourseDirectory):
    """A course directory for one run of autograde, in which students' files do no harm."""

    ignore: list[str]

    @classmethod
    def like(cls, coursedir: CourseDirectory) -> SafeCourseDirectory:
        """One with the same settings."""
        settings = {name: getattr(coursedir, name) for name in coursedir.trait_names(config=True)}
        return cls(parent=coursedir.parent, **settings)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._left_out: list[Path] = []

    def leave_out(self, files: Sequence[Path]) -> None:
        """Keep nbgrader from copying these files."""
        self._left_out += files
        self.ignore = [*self.ignore, *(glob.escape(str(path)) for path in files)]

    def left_out(self, folder: Path) -> list[Path]:
        """What was left out of a submission."""
        return [path for path in self._left_out if path.is_relative_to(folder)]

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When it was handed in, or None if that can't be read, which nbgrader fails on."""
        try:
            return super().get_existing_timestamp(dest_path)
        except (OSError, ValueError, OverflowError, AttributeError) as error:
            # AttributeError: nbgrader's own, as it calls a method that it does not have.
            self.log.warning("The time in %s/timestamp.txt can't be read: %s", dest_path, error)
            return None


@dataclass
class Found:
    """A notebook file's content, and what there is to say about where it was."""

    data: bytes
    notes: list[Text] = field(default_factory=list)


def unsafe_files(folder: Path) -> list[Path]:
    """Files that must not be copied: links out of the folder, what is no file at all, and unreadable ones."""
    return [path for path in _files(folder) if not _is_safe(path, folder)]


def find_notebook(path: Path, worksheets: Sequence[Worksheet], others: set[str], max_bytes: int) -> Found:
    """The notebook at `path`, or the only one in its folder that is this worksheet under another name.

    `others` are the names, without the ending, of all of the assignment's notebooks.  Raises NotGradable if
    there is none, or more than one.
    """
    folder = path.parent
    if os.path.lexists(path):
        return Found(_content(path, folder, max_bytes))
    candidates = [
        other
        for other in _files(folder)
        if other.suffix.lower() == ".ipynb" and not (other.parent == folder and other.stem in others)
    ]
    if not candidates:
        raise NotGradable(
            Text(
                f"没有收到 {path.name}：请提交笔记本文件。",
                f"There is no {path.name} in what was handed in: hand in the notebook file.",
            )
        )
    grade_ids = worksheets[0].grade_ids
    found: dict[bytes, Path] = {}
    reason: Text | None = None
    for other in candidates:
        try:
            data = _content(other, folder, max_bytes)
            if grade_ids & {cell.grade_id for cell in read(data).cells}:
                found.setdefault(data, other)
        except NotGradable as error:
            reason = error.reason
    listed = ", ".join(_shown(other, folder) for other in candidates[:10])
    if len(found) == 1:
        data, other = found.popitem()
        name = _shown(other, folder)
        note = Text(
            f"文件名应为 {path.name}，已改用 {name}。",
            f"The file should be called {path.name}: {name} was taken for it.",
        )
        return Found(data, [note])
    if len(candidates) == 1 and reason is not None:
        raise NotGradable(reason)
    raise NotGradable(
        Text(
            f"没有收到 {path.name}，从这些文件里也看不出是哪一个：{listed}。请用原来的文件名提交一份。",
            f"There is no {path.name}, and which of these is meant is not clear: {listed}. "
            "Hand in one, under its own name.",
        )
    )


def _shown(path: Path, folder: Path) -> str:
    name = str(path.relative_to(folder)).replace("`", "").encode("utf-8", "replace").decode("utf-8")
    return f"`{name}`"


def _files(folder: Path) -> Iterator[Path]:
    """All entries of a folder that are not themselves folders, links included."""
    for directory, names, files in os.walk(folder):
        links = [name for name in names if (Path(directory) / name).is_symlink()]
        names[:] = sorted(name for name in names if name != CHECKPOINTS)
        yield from (Path(directory) / name for name in sorted([*files, *links]))


def _is_safe(path: Path, folder: Path) -> bool:
    try:
        real = path.resolve(strict=True)
        return (
            real.is_relative_to(folder.resolve())
            and stat.S_ISREG(real.stat().st_mode)
            and os.access(real, os.R_OK)
        )
    except (OSError, RuntimeError):
        # RuntimeError: links that go round in a circle.
        return False


def _content(path: Path, folder: Path, max_bytes: int) -> bytes:
    """A file's bytes.  Raises NotGradable for what may not be read, or can't be."""
    name = path.name
    if path.is_dir():
        raise NotGradable(
            Text(
                f"{name} 是一个文件夹，不是笔记本：请提交笔记本文件。",
                f"{name} is a folder, not a notebook: hand in the notebook file.",
            )
        )
    if path.is_symlink() and not _is_safe(path, folder):
        raise NotGradable(
            Text(
                f"{name} 是一个指向别处的链接，不是笔记本：请提交笔记本文件本身。",
                f"{name} is a link to somewhere else, not a notebook: hand in the notebook file itself.",
            )
        )
    if not _is_safe(path, folder):
        raise _unreadable(name)
    size = path.stat().st_size
    if size > max_bytes:
        raise NotGradable(
            Text(
                f"{name} 有 {size // 10**6} MB，太大了：请清除所有输出，保存后再提交。",
                f"{name} is too large ({size // 10**6} MB): clear all outputs, save, and hand it in again.",
            )
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> NotGradable:
    return NotGradable(
        Text(
            f"{name} 读不了（没有权限，或者不是普通文件）：请重新提交。",
            f"{name} can't be read (no permission, or not a file): hand it in again.",
        )
    )
