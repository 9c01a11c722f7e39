"""Fetches Fashion-MNIST from a mirror, checked against the checksums that torchvision holds."""

from __future__ import annotations

import gzip
import logging
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pytorch_learning.data_files import raw_folder, wrong_content
from pytorch_learning.data_messages import notify, progress_bar
from pytorch_learning.language import Text

# Shorter than the 5 s after which a machine must be known to be offline.
SECONDS_TO_ANSWER = 4.0
# To connect, and between two pieces of a file.
TIMEOUT = (5.0, 20.0)
RETRIES = 2


class DownloadFailed(Exception):
    """No mirror gave the right files.  `text` says why, without a full stop."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


class BadArchive(Exception):
    """A .gz file is broken or holds something else.  `text` names it and says why, without a full stop."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


def official() -> tuple[list[str], dict[str, str]]:
    """The mirrors, and the MD5 sum of each file, as torchvision has them."""
    # Takes seconds, and only a download needs it.
    from torchvision.datasets import FashionMNIST

    return list(FashionMNIST.mirrors), dict(FashionMNIST.resources)


def is_url(source: str) -> bool:
    """Whether `source` is an address from which `download` can fetch."""
    return urlsplit(source).scheme in ("http", "https", "file")


def readable(url: str) -> str:
    """The address without a password in it: messages are saved in notebooks that are handed in."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def reachable(mirrors: Sequence[str]) -> list[str]:
    """Those of the mirrors that answer at all, known within SECONDS_TO_ANSWER whatever the network does."""
    # Before the clock starts: the import takes its time on a slow machine.
    import requests

    answered: set[str] = set()

    def ask(mirror: str) -> None:
        try:
            requests.head(mirror, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
        except requests.RequestException:
            return  # No answer is the answer.
        answered.add(mirror)

    # Daemons, because no timeout ends a name look-up that hangs, and it must not keep the process alive.
    remote = [mirror for mirror in mirrors if not _local(mirror)]
    threads = [threading.Thread(target=ask, args=(mirror,), daemon=True) for mirror in remote]
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [mirror for mirror in mirrors if _local(mirror) or mirror in answered]


def download(mirrors: Sequence[str], sums: Mapping[str, str], root: Path) -> None:
    """Unpack the files named in `sums` into `root`.  Raises DownloadFailed if no mirror has them."""
    failure = DownloadFailed(Text(zh="没有镜像", en="there is no mirror"))
    for mirror in mirrors:
        notify(
            Text(
                zh=f"正在从 {readable(mirror)} 获取 Fashion-MNIST（30 MB）；"
                "若太慢，请中断并设 PYTORCH_LEARNING_DATA=stand-in。",
                en=f"Fetching Fashion-MNIST (30 MB) from {readable(mirror)}; if it is too slow, interrupt "
                "and set PYTORCH_LEARNING_DATA=stand-in.",
            )
        )
        try:
            _fetch(mirror, sums, root)
        except DownloadFailed as error:
            failure = error
        else:
            return
    raise failure


def unpack(name: str, packed: bytes, raw: Path) -> None:
    """Write the unpacked file `name` into `raw`.  Raises BadArchive if `packed` does not hold it."""
    try:
        content = gzip.decompress(packed)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadArchive(
            Text(
                zh=f"{name}.gz 已损坏或不完整（{error}）",
                en=f"{name}.gz is damaged or incomplete ({error})",
            )
        ) from error
    wrong = wrong_content(name, len(content), content[:16])
    if wrong:
        raise BadArchive(wrong)
    (raw / name).write_bytes(content)


def _fetch(mirror: str, sums: Mapping[str, str], root: Path) -> None:
    import pooch
    import requests

    with tempfile.TemporaryDirectory(dir=root) as folder, _quiet(pooch.get_logger()):
        registry = {name: f"md5:{md5}" for name, md5 in sums.items()}
        retries = 0 if _local(mirror) else RETRIES
        fetcher = pooch.create(folder, mirror, registry=registry, retry_if_failed=retries)
        for name in sums:
            try:
                path = Path(fetcher.fetch(name, downloader=_copy if _local(mirror) else _download))
                unpack(name.removesuffix(".gz"), path.read_bytes(), raw_folder(root))
            # pooch raises ValueError for a wrong checksum.
            except (ValueError, BadArchive, requests.RequestException) as error:
                raise DownloadFailed(_reason(name, error)) from error


def _download(url: str, output_file: Any, pooch_: Any) -> None:
    """A downloader for pooch, with a new bar for every attempt."""
    import pooch

    with progress_bar(Path(urlsplit(url).path).name, "B") as bar:
        pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=TIMEOUT)(url, output_file, pooch_)


def _copy(url: str, output_file: Any, pooch_: Any) -> None:
    """A downloader for pooch, which has none for file:// addresses."""
    path = Path(url2pathname(urlsplit(url).path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DownloadFailed(
            Text(zh=f"无法读取 {path}（{error.strerror}）", en=f"{path} cannot be read ({error.strerror})")
        ) from error
    Path(output_file).write_bytes(content)


def _reason(name: str, error: Exception) -> Text:
    import requests

    if isinstance(error, BadArchive):
        return error.text
    if isinstance(error, requests.HTTPError):
        status = error.response.status_code if error.response is not None else "?"
        return Text(zh=f"服务器对 {name} 回应 {status}", en=f"the server answers {status} for {name}")
    if isinstance(error, requests.RequestException):
        return Text(
            zh=f"下载 {name} 时连接中断或长时间没有响应",
            en=f"the connection broke off or fell silent while {name} was fetched",
        )
    return Text(zh=f"{name} 的校验和与官方的不符", en=f"{name} does not have the official checksum")


def _local(mirror: str) -> bool:
    return urlsplit(mirror).scheme == "file"


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Pooch writes to stderr what `download` has said already."""
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
