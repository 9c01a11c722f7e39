"""Detection agrees with other programs: a mechanism that is broken must not pass for one that is missing."""

import shutil
import subprocess
import sys

import pytest

from pytorch_learning.sandbox import detect
from pytorch_learning.sandbox.mechanisms import Mechanisms

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only limits work elsewhere")
BUBBLEWRAP = ["bwrap", "--unshare-all", "--unshare-user", "--ro-bind", "/", "/", "--proc", "/proc", "true"]
UNSHARE = [
    "unshare",
    "--user",
    "--map-root-user",
    "--net",
    "--ipc",
    "--pid",
    "--fork",
    "--mount-proc",
    "true",
]


def works(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(("name", "command"), [("bubblewrap", BUBBLEWRAP), ("namespaces", UNSHARE)])
def test_what_works_elsewhere_works_here(name: str, command: list[str]) -> None:
    if not works(command):
        pytest.skip(f"{command[0]} does not work")
    assert getattr(detect(), name), detect().problems


def test_what_does_not_work_has_a_reason() -> None:
    for name in ("bubblewrap", "namespaces", "landlock"):
        assert bool(getattr(detect(), name)) != bool(detect().problems.get(name))


def test_bubblewrap_that_cannot_be_found_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    detect.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    try:
        assert detect().bubblewrap == ""
        assert "not installed" in detect().problems["bubblewrap"]
    finally:
        detect.cache_clear()


def test_bubblewrap_that_fails_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    detect.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    try:
        assert detect().bubblewrap == ""
        assert detect().problems["bubblewrap"]
    finally:
        detect.cache_clear()


def test_only_what_is_wanted() -> None:
    everything = Mechanisms(bubblewrap="/usr/bin/bwrap", namespaces=True, landlock=7)
    assert everything.only(["landlock"]) == Mechanisms(landlock=7)
    assert everything.separate
    assert not everything.only(["landlock"]).separate
