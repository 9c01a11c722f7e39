"""Where Fashion-MNIST is: makes sure that the files are there before torchvision looks for them."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal

from pytorch_learning import data_download
from pytorch_learning.data_download import BadArchive, DownloadFailed
from pytorch_learning.data_files import SHAPES, prepare, problem, raw_folder
from pytorch_learning.data_messages import progress_bar, show_banner
from pytorch_learning.errors import CourseError
from pytorch_learning.language import Text, say

VARIABLE = "PYTORCH_LEARNING_DATA"
STAND_IN = "stand-in"
# Beside raw/, so that it goes along where somebody copies the folder FashionMNIST.
_MARK = "STAND-IN.txt"


def data_root(source: str | None = None) -> Path:
    """A folder for `datasets.FashionMNIST(root=data_root(), download=True)`, which finds its files there.

    `source` says where they come from; it is PYTORCH_LEARNING_DATA, if that is set.
    - A folder with FashionMNIST/raw/ in it, which may be read-only: as it is if the files there are unpacked;
      .gz files are unpacked into the user's cache.  FashionMNIST/SHA256SUMS is heeded if there is one.
    - An http(s):// or file:// address of a folder with the four .gz files, with the official checksums.
    - "stand-in": pictures drawn by this package.
    - Nothing: an earlier download, else a new one, else, without network, the stand-in.

    What `source` names goes before an earlier download, save for an address, whose files are the same.  Where
    the result is the stand-in, a banner says so.  Raises CourseError if `source` has no right data or if the
    cache cannot be written.
    """
    root, reason = prepared(source)
    if data_kind(root) == "stand-in":
        show_banner(reason, asked_for=bool(_source(source)))
    return root


def data_kind(root: Path) -> Literal["real", "stand-in"]:
    """What `data_root` has returned: Fashion-MNIST or the stand-in for it."""
    return "stand-in" if (root / "FashionMNIST" / _MARK).exists() else "real"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `pytorch-learning data`."""
    parser.add_argument("--stand-in", action="store_true", help="draw the stand-in, whatever there is")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the data, print its root, and on a second line which data it is."""
    root = data_root(STAND_IN if arguments.stand_in else None)
    print(root)
    print(say(zh="真实数据", en="real") if data_kind(root) == "real" else say(zh="替代数据", en="stand-in"))
    return 0


def cache_folder() -> Path:
    """Where this course keeps what it fetched, unpacked or drew."""
    from platformdirs import user_cache_path

    return user_cache_path("pytorch-learning", appauthor=False) / "fashion-mnist"


def _source(given: str | None) -> str:
    return (os.environ.get(VARIABLE, "") if given is None else given).strip()


def prepared(source: str | None = None) -> tuple[Path, Text | None]:
    """The root, as `data_root` returns it, and the reason why it is the stand-in if nobody asked for that."""
    source = _source(source)
    if not source:
        return _downloaded_or_drawn()
    if source == STAND_IN:
        return _stand_in(), None
    if data_download.is_url(source):
        return _from_mirror(source), None
    if "://" in source:
        shown = data_download.readable(source)
        raise CourseError(
            say(
                zh=f"{VARIABLE} 的网址 {shown} 应以 http://、https:// 或 file:// 开头。",
                en=f"The address {shown} in {VARIABLE} must begin with http://, https:// or file://.",
            )
        )
    return _from_folder(Path(source).expanduser().absolute()), None


def _downloaded_or_drawn() -> tuple[Path, Text | None]:
    target = _download_target()
    if problem(raw_folder(target)) is None:
        return target, None
    mirrors, sums = data_download.official()
    mirrors = data_download.reachable(mirrors)
    if not mirrors:
        return _stand_in(), Text(
            zh="没有网络，下载服务器没有响应。",
            en="There is no network: the server that has the real data does not answer.",
        )
    try:
        return prepare(target, partial(data_download.download, mirrors, sums)), None
    except DownloadFailed as failure:
        return _stand_in(), Text(
            zh=f"下载真实数据失败：{failure.text.zh}。",
            en=f"The real data could not be fetched: {failure.text.en}.",
        )


def _from_mirror(url: str) -> Path:
    # The same place as for the official mirror: the checksums make the files the same.
    target = _download_target()
    if problem(raw_folder(target)) is None:
        return target
    if not data_download.reachable([url]):
        raise _bad_mirror(url, Text(zh="它没有响应", en="it does not answer"))
    _, sums = data_download.official()
    try:
        return prepare(target, partial(data_download.download, [url], sums))
    except DownloadFailed as failure:
        raise _bad_mirror(url, failure.text) from failure


def _bad_mirror(url: str, reason: Text) -> CourseError:
    shown = data_download.readable(url)
    return CourseError(
        say(
            zh=f"无法从 {VARIABLE} 所指的镜像 {shown} 获取 Fashion-MNIST（{reason}）：请更正或取消这个变量。",
            en=f"The mirror {shown} in {VARIABLE} does not give Fashion-MNIST ({reason}): mend or unset the "
            "variable.",
        )
    )


def _from_folder(folder: Path) -> Path:
    try:
        return _unpacked(folder)
    except OSError as error:
        raise _bad_folder(folder, _unreadable(Path(error.filename or folder), error)) from error


def _unpacked(folder: Path) -> Path:
    """`folder` itself where its files are unpacked, else the cache's copy.  Raises OSError if unreadable."""
    raw = raw_folder(folder)
    if not folder.is_dir():
        raise _bad_folder(folder, Text(zh="没有这个文件夹", en="there is no such folder"))
    sums = _recorded_sums(folder)
    wrong = problem(raw)
    if wrong is None:
        for path in (raw / name for name in SHAPES if name in sums):
            status = path.stat()
            if _sha256(path, status.st_size, status.st_mtime_ns) != sums[path.name]:
                raise _bad_folder(folder, _wrong_sum(path.name))
        return folder
    archives = [raw / f"{name}.gz" for name in SHAPES]
    missing = [path.name for path in archives if not path.is_file()]
    if len(missing) == len(archives):
        where = "FashionMNIST/raw"
        raise _bad_folder(folder, Text(zh=f"{where} 中：{wrong.zh}", en=f"in {where}, {wrong.en}"))
    if missing:
        raise _bad_folder(folder, Text(zh=f"缺少 {missing[0]}", en=f"{missing[0]} is missing"))
    return prepare(cache_folder() / f"folder-{_key(archives)}", partial(_unpack, folder, archives, sums))


def _unpack(folder: Path, archives: Sequence[Path], sums: Mapping[str, str], root: Path) -> None:
    for path in archives:
        try:
            packed = path.read_bytes()
        # Here, because an OSError that leaves this function is taken for one of the cache.
        except OSError as error:
            raise _bad_folder(folder, _unreadable(path, error)) from error
        if path.name in sums and hashlib.sha256(packed).hexdigest() != sums[path.name]:
            raise _bad_folder(folder, _wrong_sum(path.name))
        try:
            data_download.unpack(path.stem, packed, raw_folder(root))
        except BadArchive as error:
            raise _bad_folder(folder, error.text) from error
    if data_kind(folder) == "stand-in":
        _mark(root)


def _key(archives: Sequence[Path]) -> str:
    """A name for this copy of the files: of another folder, or after a change, they are others."""
    stats = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in archives]
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:16]


def _recorded_sums(folder: Path) -> dict[str, str]:
    """The SHA-256 sums, by file name, in the form that `sha256sum` writes; none if there is no such file."""
    path = folder / "FashionMNIST" / "SHA256SUMS"
    if not path.exists():
        return {}
    sums = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        match = re.fullmatch(r"([0-9a-fA-F]{64}) [ *](?:.*/)?([^/]+)", line.rstrip())
        if not match:
            wrong = Text(
                zh=f"SHA256SUMS 第 {number} 行不是校验和", en=f"line {number} of SHA256SUMS is no sum"
            )
            raise _bad_folder(folder, wrong)
        sums[match[2]] = match[1].lower()
    return sums


# Once per process and state of the file: the files are large, and notebooks ask often.
@lru_cache(maxsize=16)
def _sha256(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wrong_sum(name: str) -> Text:
    return Text(zh=f"{name} 与 SHA256SUMS 中的校验和不符", en=f"{name} differs from its sum in SHA256SUMS")


def _unreadable(path: Path, error: OSError) -> Text:
    reason = error.strerror or str(error)
    return Text(zh=f"无法读取 {path.name}（{reason}）", en=f"{path.name} cannot be read ({reason})")


def _bad_folder(folder: Path, reason: Text) -> CourseError:
    return CourseError(
        say(
            zh=f"{VARIABLE} 所指的文件夹 {folder} 不能用（{reason}）："
            "请换上完好的文件，或更正或取消这个变量。",
            en=f"The folder {folder} in {VARIABLE} cannot be used ({reason}): put sound files there, or mend "
            "or unset the variable.",
        )
    )


def _stand_in() -> Path:
    # Needs NumPy, which the other ways do without.
    from pytorch_learning import standin

    return prepare(cache_folder() / f"{STAND_IN}-{standin.VERSION}", _draw)


def _draw(root: Path) -> None:
    from pytorch_learning import standin

    with progress_bar(say(zh="绘制替代数据", en="Drawing the stand-in"), "") as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        standin.write(raw_folder(root), progress=show)
    _mark(root)


def _mark(root: Path) -> None:
    (root / "FashionMNIST" / _MARK).write_text(
        "These files are no Fashion-MNIST but a stand-in that PyTorch Learning drew.\n", encoding="utf-8"
    )


def _download_target() -> Path:
    return cache_folder() / "download"
