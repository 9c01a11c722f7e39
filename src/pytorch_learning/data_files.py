"""The four files of Fashion-MNIST: what right ones look like, and how new ones get on disk, whole or not."""

from __future__ import annotations

import errno
import math
import os
import shutil
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pytorch_learning.data_messages import notify
from pytorch_learning.errors import CourseError
from pytorch_learning.language import Text, say

SHAPES: dict[str, tuple[int, ...]] = {
    "train-images-idx3-ubyte": (60_000, 28, 28),
    "train-labels-idx1-ubyte": (60_000,),
    "t10k-images-idx3-ubyte": (10_000, 28, 28),
    "t10k-labels-idx1-ubyte": (10_000,),
}
# The files take 55 MB, and a download 30 MB beside them until it is unpacked.
MEGABYTES_NEEDED = 90
SECONDS_BEFORE_NOTICE = 3.0
_LOCK = ".lock"
_ASIDE = ".preparing-"


def raw_folder(root: Path) -> Path:
    """Where torchvision looks for the files of `FashionMNIST(root)`."""
    return root / "FashionMNIST" / "raw"


def idx_header(shape: tuple[int, ...]) -> bytes:
    """How an IDX file of unsigned bytes with this shape begins."""
    return struct.pack(f">{1 + len(shape)}I", 0x0800 + len(shape), *shape)


def wrong_content(name: str, size: int, start: bytes) -> Text | None:
    """What is wrong with a file of `size` bytes that begins with `start`; None if it can be the one named."""
    header = idx_header(SHAPES[name])
    right_size = len(header) + math.prod(SHAPES[name])
    if size != right_size:
        return Text(
            zh=f"{name} 有 {size} 字节，应为 {right_size} 字节",
            en=f"{name} has {size} bytes instead of {right_size}",
        )
    if not start.startswith(header):
        return Text(
            zh=f"{name} 的文件头不是 Fashion-MNIST 的",
            en=f"{name} does not begin as that file of Fashion-MNIST does",
        )
    return None


def problem(raw: Path) -> Text | None:
    """What is wrong with the files in `raw`; None if the four are there and look right.

    Sizes and headers only, nothing is hashed: a notebook asks this every time it starts.
    """
    for name, shape in SHAPES.items():
        try:
            with (raw / name).open("rb") as file:
                start = file.read(len(idx_header(shape)))
                size = os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            return Text(zh=f"缺少 {name}", en=f"{name} is missing")
        except OSError as error:
            return Text(
                zh=f"无法读取 {name}（{error.strerror}）", en=f"{name} cannot be read ({error.strerror})"
            )
        wrong = wrong_content(name, size, start)
        if wrong:
            return wrong
    return None


def prepare(target: Path, fill: Callable[[Path], None]) -> Path:
    """`target`, a root with the four right files, which `fill(root)` makes if they are not there yet.

    `fill` gets a new folder beside `target`, which takes its place only when it is complete, so that nobody
    ever sees half a file.  Of two processes one fills, and the other waits for it.  Raises CourseError if the
    disk is full or read-only, and whatever `fill` raises.
    """
    # Without the lock: where the files are right, a read-only disk is no obstacle.
    if problem(raw_folder(target)) is None:
        return target
    cache = target.parent
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _locked(cache):
            if problem(raw_folder(target)) is not None:
                _replace(target, fill)
    except OSError as error:
        raise _unwritable(cache, error) from error
    return target


@contextmanager
def _locked(cache: Path) -> Iterator[None]:
    # Not at the top: most calls find the files and need no lock.
    from filelock import FileLock, Timeout

    lock = FileLock(cache / _LOCK)
    try:
        lock.acquire(timeout=SECONDS_BEFORE_NOTICE)
    except Timeout:
        notify(
            Text(
                zh="另一个程序正在准备 Fashion-MNIST，等它完成……",
                en="Another program is preparing Fashion-MNIST: waiting for it to finish ...",
            )
        )
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _replace(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder aside and put it in the place of `target`.  Only for the holder of the lock."""
    for leftover in target.parent.glob(f"{_ASIDE}*"):
        # A killed process left it.  One that cannot be removed must not stop the course.
        shutil.rmtree(leftover, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=target.parent))
    try:
        # Inside, because mkdtemp's folder is private, and a class may share its cache.
        new = aside / "new"
        raw_folder(new).mkdir(parents=True)
        fill(new)
        wrong = problem(raw_folder(new))
        if wrong:
            raise CourseError(
                say(
                    zh=f"刚准备好的数据不正确：{wrong}；请再运行一次，若仍然出错请报告此问题。",
                    en=f"The data just prepared is not right ({wrong}): run again, report it if it stays.",
                )
            )
        if os.path.lexists(target):
            os.replace(target, aside / "old")
        os.replace(new, target)
    finally:
        # What cannot be removed here is swept away next time, and must not hide the error that led here.
        shutil.rmtree(aside, ignore_errors=True)


def _unwritable(cache: Path, error: OSError) -> CourseError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CourseError(
            say(
                zh=f"{cache} 所在磁盘已满：请腾出 {MEGABYTES_NEEDED} MB，"
                "或把 XDG_CACHE_HOME 设为另一磁盘上的文件夹。",
                en=f"The disk of {cache} is full: free {MEGABYTES_NEEDED} MB, or set XDG_CACHE_HOME to a "
                "folder on another disk.",
            )
        )
    return CourseError(
        say(
            zh=f"无法写入 {cache}（{error.strerror or error}）：请把 XDG_CACHE_HOME 设为可写的文件夹，"
            "或把 PYTORCH_LEARNING_DATA 设为已有数据的文件夹。",
            en=f"Cannot write to {cache} ({error.strerror or error}): set XDG_CACHE_HOME to a folder you can "
            "write to, or PYTORCH_LEARNING_DATA to one that has the data.",
        )
    )
