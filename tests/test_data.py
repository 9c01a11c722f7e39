"""Where the data comes from, and that whatever goes wrong on the way leaves nothing half-made behind."""

from __future__ import annotations

import errno
import gzip
import hashlib
import math
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pooch
import pytest

from pytorch_learning import cli, data, data_download, data_files, data_messages, language, standin
from pytorch_learning.errors import CourseError

SHAPES = {
    "train-images-idx3-ubyte": (6, 28, 28),
    "train-labels-idx1-ubyte": (6,),
    "t10k-images-idx3-ubyte": (4, 28, 28),
    "t10k-labels-idx1-ubyte": (4,),
}
REAL, DRAWN = 1, 2


def contents(value: int) -> dict[str, bytes]:
    """Small right files whose every sample is `value`."""
    return {
        name: data_files.idx_header(shape) + bytes([value]) * math.prod(shape)
        for name, shape in SHAPES.items()
    }


def write_unpacked(raw: Path, value: int = REAL) -> None:
    raw.mkdir(parents=True, exist_ok=True)
    for name, content in contents(value).items():
        (raw / name).write_bytes(content)


def packed(value: int = REAL) -> dict[str, bytes]:
    return {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in contents(value).items()}


def write_packed(raw: Path, value: int = REAL) -> None:
    raw.mkdir(parents=True, exist_ok=True)
    for name, content in packed(value).items():
        (raw / name).write_bytes(content)


FOLDER = f"stand-in-{standin.VERSION}"


def value_in(root: Path) -> int:
    """The value of the samples in four right files."""
    raw = data_files.raw_folder(root)
    assert data_files.problem(raw) is None
    return (raw / "t10k-labels-idx1-ubyte").read_bytes()[-1]


@pytest.fixture(autouse=True)
def small_and_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files, an own cache, no variable, no network, English, and a stand-in that is drawn at once."""
    monkeypatch.setattr(data_files, "SHAPES", SHAPES)
    monkeypatch.setattr(data, "SHAPES", SHAPES)
    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path / "cache" / "fashion-mnist")
    monkeypatch.delenv(data.VARIABLE, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(language, "_chosen", "en")
    monkeypatch.setattr(data_download, "official", lambda: (["http://127.0.0.1:9/"], sums_of(packed())))
    monkeypatch.setattr(standin, "write", draw)


def draw(raw: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
    write_unpacked(raw, DRAWN)
    if progress:
        progress(10, 10)


def sums_of(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.md5(content).hexdigest() for name, content in files.items()}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "fashion-mnist"


def leftovers(cache: Path) -> list[str]:
    return [path.name for path in cache.iterdir() if path.name.startswith(".preparing-")]


class Mirror:
    """A web server for the four files, which a test can make misbehave."""

    def __init__(self) -> None:
        self.files = packed()
        self.asked: list[str] = []
        self.failures = 0
        self.stalls = False
        self.cuts = False
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.send_response(200)
                self.end_headers()

            def do_GET(self) -> None:
                name = self.path.lstrip("/")
                mirror.asked.append(name)
                if name not in mirror.files or mirror.failures > 0:
                    mirror.failures -= 1
                    self.send_error(404 if name not in mirror.files else 500)
                    return
                content = mirror.files[name]
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if mirror.stalls:
                    mirror.release.wait(3)  # A client without a time limit gets the file then.
                self.wfile.write(content[: len(content) // 2] if mirror.cuts else content)

            def log_message(self, *args: object) -> None:
                pass

        self.release = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """A working mirror which is the official one, and no waiting between attempts."""
    server = Mirror()
    monkeypatch.setattr(data_download, "official", lambda: ([server.url], sums_of(packed())))
    monkeypatch.setattr("pooch.core.time", SimpleNamespace(sleep=lambda seconds: None))
    yield server
    server.close()


# --- what is on disk


def test_files_on_disk_are_used_without_asking_anybody(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_unpacked(data_files.raw_folder(cache / "download"))
    monkeypatch.setattr(data_download, "official", lambda: pytest.fail("torchvision was asked"))
    root = data.data_root()
    assert root == cache / "download"
    assert data.data_kind(root) == "real"


def test_the_fast_path_imports_nothing_heavy(tmp_path: Path) -> None:
    script = """
        import sys
        from pathlib import Path
        from pytorch_learning import data, data_files
        data_files.SHAPES = data.SHAPES = {}
        data.data_root()
        print([name for name in ("torch", "torchvision", "numpy", "pooch", "requests", "filelock", "tqdm")
               if name in sys.modules])
    """
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    environment.pop(data.VARIABLE, None)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("damage", ["truncated", "too long", "missing", "wrong header", "a folder"])
@pytest.mark.parametrize("name", SHAPES)
def test_a_wrong_file_on_disk_is_replaced(cache: Path, mirror: Mirror, name: str, damage: str) -> None:
    raw = data_files.raw_folder(cache / "download")
    write_unpacked(raw)
    content = (raw / name).read_bytes()
    (raw / name).unlink()
    if damage == "a folder":
        (raw / name).mkdir()
    elif damage != "missing":
        wrong = {"truncated": content[:-1], "too long": content + b"x", "wrong header": b"\1" + content[1:]}
        (raw / name).write_bytes(wrong[damage])
    assert name in str(data_files.problem(raw))
    assert value_in(data.data_root()) == REAL
    assert leftovers(cache) == []


# --- the download


def test_download(
    cache: Path, mirror: Mirror, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    pooch.get_logger().addHandler(caplog.handler)
    root = data.data_root()
    assert (root, value_in(root), data.data_kind(root)) == (cache / "download", REAL, "real")
    assert sorted(mirror.asked) == sorted(packed())
    assert sorted(path.name for path in root.rglob("*")) == sorted(["FashionMNIST", "raw", *SHAPES])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Fetching Fashion-MNIST" in captured.err
    pooch.get_logger().removeHandler(caplog.handler)
    # Pooch's own announcements repeat ours.
    assert caplog.records == []
    mirror.asked.clear()
    assert data.data_root() == root
    assert mirror.asked == []


def test_what_is_prepared_can_be_read_by_others(mirror: Mirror) -> None:
    old = os.umask(0o022)
    try:
        root = data.data_root()
    finally:
        os.umask(old)
    for path in [root, *root.rglob("*")]:
        assert path.stat().st_mode & 0o044 == 0o044, path


def test_a_failing_server_is_tried_again(mirror: Mirror) -> None:
    mirror.failures = 1
    assert value_in(data.data_root()) == REAL
    assert len(mirror.asked) == 5


@pytest.mark.parametrize("trouble", ["checksum", "server", "not found", "cut", "stall", "not gzip"])
def test_a_download_that_fails_gives_the_stand_in_and_says_why(
    cache: Path,
    mirror: Mirror,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    trouble: str,
) -> None:
    name = "train-labels-idx1-ubyte.gz"
    monkeypatch.setattr(data_download, "TIMEOUT", (1.0, 0.1))
    if trouble == "checksum":
        mirror.files[name] = packed(7)[name]
    elif trouble == "not found":
        del mirror.files[name]
    elif trouble == "not gzip":
        mirror.files[name] = b"no gzip"
        monkeypatch.setattr(data_download, "official", lambda: ([mirror.url], sums_of(mirror.files)))
    mirror.failures = 99 if trouble == "server" else 0
    mirror.cuts, mirror.stalls = trouble == "cut", trouble == "stall"
    root = data.data_root()
    assert (value_in(root), data.data_kind(root)) == (DRAWN, "stand-in")
    expected = {
        "checksum": f"{name} does not have the official checksum",
        "server": "the server answers 500",
        "not found": f"the server answers 404 for {name}",
        "cut": "broke off",
        "stall": "fell silent",
        "not gzip": f"{name} is damaged",
    }
    assert expected[trouble] in capsys.readouterr().err
    assert not (cache / "download").exists()
    assert leftovers(cache) == []


def test_the_next_mirror_is_tried(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Mirror()
    bad.files["t10k-labels-idx1-ubyte.gz"] = b"bad"
    monkeypatch.setattr(data_download, "official", lambda: ([bad.url, mirror.url], sums_of(packed())))
    assert value_in(data.data_root()) == REAL
    assert bad.asked
    bad.close()


def test_torchvision_knows_the_official_files() -> None:
    # The module's own function: the fixture has put another in its place.
    mirrors, sums = OFFICIAL()
    assert mirrors
    assert sorted(sums) == sorted(f"{name}.gz" for name in SHAPES)


OFFICIAL = data_download.official


# --- without network


def test_offline_the_stand_in_comes_every_time_with_a_banner(
    cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        root = data.data_root()
        assert (root, value_in(root), data.data_kind(root)) == (cache / FOLDER, DRAWN, "stand-in")
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "stand-in" in captured.err
        assert "There is no network" in captured.err


def test_back_online_the_real_data_comes(
    cache: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as offline:
        offline.setattr(data_download, "reachable", lambda mirrors: [])
        assert value_in(data.data_root()) == DRAWN
    assert value_in(data.data_root()) == REAL


def test_a_name_look_up_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **options: released.wait(60) and [])
    monkeypatch.setattr(data_download, "SECONDS_TO_ANSWER", 0.2)
    start = time.monotonic()
    assert data_download.reachable(["http://example.invalid/", "http://example2.invalid/"]) == []
    assert time.monotonic() - start < 30
    released.set()


def test_the_time_for_an_answer_is_within_the_promise() -> None:
    assert data_download.SECONDS_TO_ANSWER < 5


def test_a_proxy_is_asked(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert data_download.reachable(["http://example.invalid/"]) == []
    monkeypatch.setenv("http_proxy", mirror.url)
    assert data_download.reachable(["http://example.invalid/"]) == ["http://example.invalid/"]


# --- the variable


def test_a_mirror_in_the_variable(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_download, "official", lambda: ([], sums_of(packed())))
    monkeypatch.setenv(data.VARIABLE, mirror.url.rstrip("/"))
    assert value_in(data.data_root()) == REAL


def test_a_mirror_in_the_variable_with_wrong_files_is_an_error(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    mirror.files = packed(7)
    monkeypatch.setenv(data.VARIABLE, mirror.url)
    with pytest.raises(CourseError, match=r"train-images-idx3-ubyte.gz does not have the official checksum"):
        data.data_root()
    assert leftovers(cache) == []


def test_a_mirror_that_does_not_answer_is_an_error_that_hides_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(data.VARIABLE, "http://me:secret@127.0.0.1:9/")
    with pytest.raises(CourseError, match=r"The mirror http://127.0.0.1:9/ .*does not answer") as caught:
        data.data_root()
    assert "secret" not in str(caught.value)


def test_a_file_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_packed(tmp_path / "a mirror")
    monkeypatch.setenv(data.VARIABLE, (tmp_path / "a mirror").as_uri())
    assert value_in(data.data_root()) == REAL


def test_a_file_url_to_nothing_or_to_wrong_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.VARIABLE, (tmp_path / "nothing").as_uri())
    with pytest.raises(CourseError, match=r"train-images-idx3-ubyte.gz cannot be read"):
        data.data_root()
    write_packed(tmp_path / "nothing", value=7)
    with pytest.raises(CourseError, match="does not have the official checksum"):
        data.data_root()


def test_another_scheme_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.VARIABLE, "ftp://example.invalid/")
    with pytest.raises(CourseError, match="must begin with http"):
        data.data_root()


def test_a_new_version_of_the_stand_in_is_drawn_anew(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = data.data_root("stand-in")
    monkeypatch.setattr(standin, "VERSION", standin.VERSION + 1)
    second = data.data_root("stand-in")
    assert first != second
    assert value_in(second) == DRAWN


def test_the_stand_in_can_be_chosen_though_real_data_is_there(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_unpacked(data_files.raw_folder(cache / "download"))
    monkeypatch.setenv(data.VARIABLE, "stand-in")
    assert value_in(data.data_root()) == DRAWN
    assert "unset the environment variable" in capsys.readouterr().err


def test_an_unpacked_folder_is_returned_as_it_is(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    write_unpacked(data_files.raw_folder(shared))
    write_unpacked(data_files.raw_folder(cache / "download"), value=7)
    monkeypatch.setattr(data_files, "_replace", lambda *args: pytest.fail("something was written"))
    monkeypatch.setenv(data.VARIABLE, str(shared))
    assert data.data_root() == shared
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(data.VARIABLE, "shared")
    assert data.data_root() == shared
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(data.VARIABLE, "~/shared")
    assert data.data_root() == shared


def test_a_packed_folder_is_unpacked_into_the_cache_once(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = []
    for value in (3, 5):
        shared = tmp_path / f"shared{value}"
        write_packed(data_files.raw_folder(shared), value)
        monkeypatch.setenv(data.VARIABLE, str(shared))
        roots.append(data.data_root())
        assert roots[-1].parent == cache
        assert value_in(roots[-1]) == value
    with monkeypatch.context() as once:
        once.setattr(data, "_unpack", lambda *args: pytest.fail("unpacked twice"))
        assert data.data_root() == roots[1] != roots[0]
    # Of the same size as before, which leaves only the time to tell them apart.
    changed = data_files.raw_folder(shared) / "t10k-labels-idx1-ubyte.gz"
    size = changed.stat().st_size
    changed.write_bytes(packed(7)[changed.name])
    os.utime(changed, (1, 1))
    assert changed.stat().st_size == size
    assert value_in(data.data_root()) == 7


@pytest.mark.parametrize("damage", ["truncated", "flipped", "missing", "empty", "no gzip", "other data"])
def test_a_damaged_archive_in_the_folder_is_named(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    raw = data_files.raw_folder(tmp_path / "shared")
    write_packed(raw)
    path = raw / "t10k-labels-idx1-ubyte.gz"
    content = bytearray(path.read_bytes())
    if damage == "truncated":
        path.write_bytes(content[:-9])
    elif damage == "flipped":
        content[-8] ^= 1  # the first byte of the CRC
        path.write_bytes(content)
    elif damage == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "no gzip": b"x" * 99, "other data": gzip.compress(b"x" * 12)}[damage])
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "shared"))
    with pytest.raises(
        CourseError, match=r"shared .*t10k-labels-idx1-ubyte.*mend or unset the variable\.$"
    ) as caught:
        data.data_root()
    assert ("is missing" in str(caught.value)) == (damage == "missing")
    assert not cache.exists() or leftovers(cache) == []


def test_the_sums_of_the_folder_are_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    raw = data_files.raw_folder(shared)
    write_packed(raw)
    sums = shared / "FashionMNIST" / "SHA256SUMS"
    name = "t10k-labels-idx1-ubyte"
    right = hashlib.sha256(packed()[f"{name}.gz"]).hexdigest()
    monkeypatch.setenv(data.VARIABLE, str(shared))
    sums.write_text(f"{right[::-1]}  raw/{name}.gz\n")
    with pytest.raises(CourseError, match=rf"{name}.gz differs from its sum in SHA256SUMS"):
        data.data_root()
    sums.write_text(f"{right} *{name}.gz\n\n{right}  a file that is not here\n")
    assert value_in(data.data_root()) == REAL
    sums.write_text("<html>\n")
    with pytest.raises(CourseError, match="line 1 of SHA256SUMS"):
        data.data_root()


def test_the_sums_of_unpacked_files_are_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    write_unpacked(data_files.raw_folder(shared))
    name = "t10k-labels-idx1-ubyte"
    right = hashlib.sha256(contents(REAL)[name]).hexdigest()
    monkeypatch.setenv(data.VARIABLE, str(shared))
    (shared / "FashionMNIST" / "SHA256SUMS").write_text(f"{right}  {name}\n")
    assert data.data_root() == shared
    path = data_files.raw_folder(shared) / name
    path.write_bytes(contents(7)[name])
    os.utime(path, (1, 1))
    with pytest.raises(CourseError, match=f"{name} differs"):
        data.data_root()


def test_a_folder_that_is_not_there_is_empty_or_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    monkeypatch.setenv(data.VARIABLE, str(shared))
    with pytest.raises(CourseError, match=r"shared .*there is no such folder"):
        data.data_root()
    shared.mkdir()
    with pytest.raises(CourseError, match="train-images-idx3-ubyte is missing"):
        data.data_root()
    write_unpacked(data_files.raw_folder(shared))
    (data_files.raw_folder(shared) / "t10k-labels-idx1-ubyte").write_bytes(b"")
    with pytest.raises(CourseError, match="t10k-labels-idx1-ubyte has 0 bytes instead of 12"):
        data.data_root()


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_packed(data_files.raw_folder(tmp_path / "shared"))
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "shared"))
    read_bytes = Path.read_bytes

    def broken(path: Path) -> bytes:
        if path.suffix == ".gz":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", broken)
    with pytest.raises(CourseError, match=r"shared .*train-images-idx3-ubyte.gz cannot be read \(Input"):
        data.data_root()


@pytest.mark.parametrize("write", [write_unpacked, write_packed])
def test_a_copy_of_the_stand_in_is_known_for_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    write: Callable[[Path], None],
) -> None:
    shared = tmp_path / "shared"
    write(data_files.raw_folder(shared))
    data._mark(shared)
    monkeypatch.setenv(data.VARIABLE, str(shared))
    assert data.data_kind(data.data_root()) == "stand-in"
    assert "stand-in" in capsys.readouterr().err


# --- nothing half-made


def fill_then(error: BaseException) -> Callable[..., None]:
    def write(raw: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        (raw / "train-labels-idx1-ubyte").write_bytes(b"half")
        raise error

    return write


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), r"fashion-mnist is full: free \d+ MB"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), r"fashion-mnist is full: free \d+ MB"),
        (
            OSError(errno.EACCES, "Permission denied"),
            r"Cannot write to .*fashion-mnist \(Permission denied\)",
        ),
        (OSError(errno.EROFS, "Read-only file system"), r"Cannot write to .*set XDG_CACHE_HOME"),
    ],
)
def test_a_disk_that_refuses(
    cache: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    monkeypatch.setattr(standin, "write", fill_then(error))
    with pytest.raises(CourseError, match=message):
        data.data_root()
    assert leftovers(cache) == []
    assert not (cache / FOLDER).exists()


def test_an_interruption_leaves_nothing_and_stays_one(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as interrupted:
        interrupted.setattr(standin, "write", fill_then(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            data.data_root()
    assert leftovers(cache) == []
    assert not (cache / FOLDER).exists()
    assert value_in(data.data_root()) == DRAWN


def test_wrong_files_are_not_installed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standin, "write", lambda raw, progress: None)
    with pytest.raises(CourseError, match=r"is not right .*is missing"):
        data.data_root()
    assert not (cache / FOLDER).exists()


@pytest.fixture
def small_disk(cache: Path) -> Iterator[Path]:
    """A disk of 1 MB for the cache, which only root can make."""
    cache.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(cache)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs more rights; the errors are tested without one")
    yield cache
    subprocess.run(["umount", "--lazy", str(cache)], check=True)


def test_a_full_disk(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(raw: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        (raw / "train-images-idx3-ubyte").write_bytes(bytes(2_000_000))

    with monkeypatch.context() as large:
        large.setattr(standin, "write", write)
        with pytest.raises(CourseError, match="is full"):
            data.data_root()
    assert leftovers(small_disk) == []
    assert value_in(data.data_root()) == DRAWN


def test_a_read_only_disk(small_disk: Path) -> None:
    root = data.data_root("stand-in")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert data.data_root("stand-in") == root
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    (data_files.raw_folder(root) / "t10k-labels-idx1-ubyte").unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(CourseError, match="Read-only file system"):
        data.data_root("stand-in")


# A program with small files and a stand-in that takes its time and notes that it was drawn.
PROGRAM = """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    import test_data as small
    from pytorch_learning import data, data_files, standin

    folder = Path(sys.argv[1])
    seconds = float(sys.argv[2])
    data_files.SHAPES = data.SHAPES = small.SHAPES
    data_files.SECONDS_BEFORE_NOTICE = 0.1
    data.cache_folder = lambda: folder

    def draw(raw, *, progress=None):
        with (folder / "drawn").open("a") as file:
            file.write("x")
        for name, content in small.contents(small.DRAWN).items():
            (raw / name).write_bytes(content)
            time.sleep(seconds / 4)

    standin.write = draw
    print(small.value_in(data.data_root("stand-in")))
"""


def start(folder: Path, seconds: float) -> subprocess.Popen[str]:
    program = textwrap.dedent(PROGRAM).format(tests=str(Path(__file__).parent))
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder), str(seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COURSE_LANGUAGE": "en"},
    )


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not come"
        time.sleep(0.02)


def test_of_two_programs_one_draws_and_the_other_waits(cache: Path) -> None:
    first = start(cache, 4.0)
    wait_for(cache / "drawn")
    second = start(cache, 4.0)
    outputs = [program.communicate(timeout=90) for program in (first, second)]
    assert [output.strip() for output, _ in outputs] == [str(DRAWN)] * 2, outputs
    assert (cache / "drawn").read_text() == "x"
    assert "Another program is preparing" in outputs[1][1]


def test_a_killed_program_leaves_nothing_that_is_taken_for_data(cache: Path) -> None:
    killed = start(cache, 60.0)
    wait_for(cache / "drawn")
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    assert len(leftovers(cache)) == 1
    assert not (cache / FOLDER).exists()
    assert value_in(data.data_root("stand-in")) == DRAWN
    assert leftovers(cache) == []


def test_a_program_killed_while_it_replaces_wrong_files(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = data.data_root("stand-in")
    (data_files.raw_folder(root) / "t10k-labels-idx1-ubyte").write_bytes(b"")
    replace = os.replace

    def fail_on_the_second(source: Path, target: Path) -> None:
        if Path(source).name == "new":
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)

    with monkeypatch.context() as failing:
        failing.setattr(os, "replace", fail_on_the_second)
        with pytest.raises(CourseError, match="Input/output error"):
            data.data_root("stand-in")
    assert value_in(data.data_root("stand-in")) == DRAWN


# --- messages


@pytest.mark.parametrize(
    ("chosen", "words"), [("zh", ["替代数据", "没有网络"]), ("en", ["stand-in", "no network"])]
)
def test_the_banner_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], chosen: str, words: list[str]
) -> None:
    language.choose(chosen)
    data.data_root()
    captured = capsys.readouterr()
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(data_messages, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    data.data_root()
    assert len(shown) == 1
    for word in [*words, data.VARIABLE]:
        assert word in captured.err
        assert word in shown[0]["text/html"]
        assert word in shown[0]["text/plain"]
    assert f'lang="{chosen}"' in shown[0]["text/html"]
    # nbgrader gives no points to a cell that wrote to stderr.
    assert capsys.readouterr().err == ""


def test_the_banner_escapes_what_it_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(data_messages, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    data_messages.show_banner(language.Text(zh="<b>", en="<b>"), asked_for=False)
    assert "<b>" not in shown[0]["text/html"]


def test_progress_is_shown_in_a_notebook_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data_messages, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    data.data_root("stand-in")
    captured = capsys.readouterr()
    assert "Drawing the stand-in: 100%" in captured.out
    assert captured.err == ""


# --- the command


def test_the_command_says_where_and_what(
    cache: Path, mirror: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["data"]) == 0
    assert capsys.readouterr().out.splitlines() == [str(cache / "download"), "real"]
    assert cli.main(["data", "--stand-in"]) == 0
    assert capsys.readouterr().out.splitlines() == [str(cache / FOLDER), "stand-in"]


def test_the_command_exits_with_2_and_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(data.VARIABLE, "no/such/folder")
    assert cli.main(["data"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


# --- the real thing

WRITE_STAND_IN = standin.write
REAL_SHAPES = data_files.SHAPES


@pytest.mark.parametrize("source", ["stand-in", os.environ.get(data.VARIABLE)])
def test_torchvision_finds_its_files(
    source: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from torchvision.datasets import FashionMNIST

    if source is None:
        pytest.skip(f"{data.VARIABLE} is not set")
    monkeypatch.setattr(data_files, "SHAPES", REAL_SHAPES)
    monkeypatch.setattr(data, "SHAPES", REAL_SHAPES)
    monkeypatch.setattr(standin, "write", WRITE_STAND_IN)
    monkeypatch.setattr(FashionMNIST, "mirrors", [])
    root = data.data_root(source)
    for train, count in ((True, 60_000), (False, 10_000)):
        dataset = FashionMNIST(root, train=train, download=True)
        assert len(dataset) == count
        assert sorted(dataset.targets.unique().tolist()) == list(range(10))
