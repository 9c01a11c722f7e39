"""Each promise of the sandbox as an attack, which succeeds without it and fails in it."""

import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pytorch_learning.sandbox import detect
from tests.sandbox import attacks
from tests.sandbox.scene import HERE, Scene, bystander, entering, mechanisms, scene, wrapped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only limits work elsewhere")

# How a submission runs, with what, and which kind of protection that amounts to.
FORMS = {
    "enter": (entering, ("namespaces", "landlock"), "separate"),
    "enter-namespaces": (entering, ("namespaces",), "separate"),
    "enter-landlock": (entering, ("landlock",), "landlock"),
    "enter-limits": (entering, (), "limits"),
    "wrap": (wrapped, ("bubblewrap", "landlock"), "separate"),
    "wrap-bubblewrap": (wrapped, ("bubblewrap",), "separate"),
    "wrap-landlock": (wrapped, ("landlock",), "landlock"),
}
WITH_LIMITS_ALONE = {
    "environment",
    "environment_at_start",
    "descriptors",
    "new_privileges",
    "memory",
    "big_file",
    "big_temporary_file",
    "open_files",
    "fork_bomb",
    "change_root",
    "make_device",
}
"""What limits, and having no capability, stop by themselves."""
BEYOND_LANDLOCK = {
    "udp": "UDP",
    "udp_far_away": "UDP",
    "socket_file": "sockets with a path",
    "shared_memory": "System V memory",
    "close_gradebook": "chmod",
    "look_at_gradebook": "stat",
}
"""What Landlock does not stop; `pytorch-learning doctor` says so."""
NEEDS_ABI = {"tcp": 4, "abstract_socket": 6, "signal_grader": 6, "kill_grader": 6, "truncate_gradebook": 3}
ONLY_ROOT = {"change_kernel_setting", "read_log_of_kernel", "make_device", "change_root"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The scene of all attacks."""
    with scene(tmp_path_factory.mktemp("grader")) as stage:
        yield stage


@pytest.fixture(scope="module")
def outcomes(stage: Scene):
    """What became of each attack in one form, or without sandbox; each form runs once."""

    @cache
    def tried(form: str | None) -> dict[str, str]:
        prey = bystander()
        given = json.dumps({**stage.facts, "prey": prey.pid})
        program = str(HERE / "attacks.py")
        secret = os.open(str(stage.facts["secret"]), os.O_RDONLY)
        if form is None:
            command, keep = [sys.executable, "-P", program, given], [secret]
        else:
            start, names, _ = FORMS[form]
            command = start(stage.policy, mechanisms(*names), program, given)
            keep = [secret] if start is entering else []
        try:
            done = stage.run(command, keep=keep)
            alive = prey.poll() is None
        finally:
            os.close(secret)
            prey.kill()
            prey.communicate()
        assert done.returncode == 0, done.stderr
        reported = json.loads(done.stdout)
        # These cannot tell whose process they have killed, and in whose folder they have written.
        if alive:
            reported["kill_grader"] = reported["kill_grader"] or "nothing killed"
        new = Path(str(stage.facts["new_file"]))
        if new.exists():
            new.unlink()
        else:
            reported["write_outside"] = reported["write_outside"] or "written to a private folder"
        return reported

    return tried


@pytest.mark.parametrize("attack", [attack.__name__ for attack in attacks.ATTACKS])
@pytest.mark.parametrize("form", FORMS)
def test_attack_is_stopped(outcomes, form: str, attack: str) -> None:
    _, names, kind = FORMS[form]
    missing = [name for name in names if not getattr(detect(), name)]
    if missing:
        pytest.skip(f"{missing[0]}: {detect().problems[missing[0]]}")
    if attack in ONLY_ROOT and os.getuid() != 0:
        pytest.skip("nobody but root can do that")
    if kind == "limits" and attack not in WITH_LIMITS_ALONE:
        pytest.skip("limits alone do not stop it")
    if kind == "landlock" and attack in BEYOND_LANDLOCK:
        pytest.skip(f"Landlock does not cover {BEYOND_LANDLOCK[attack]}")
    if kind == "landlock" and detect().landlock < NEEDS_ABI.get(attack, 1):
        pytest.skip(f"needs version {NEEDS_ABI[attack]} of Landlock")
    if attack == "fork_bomb" and os.getuid() == 0 and not _counts_for_root(names):
        pytest.skip("the kernel counts no processes of root: the parent does, see test_lifetime")
    if attack == "descriptors" and form.startswith("wrap"):
        pytest.skip("who starts a command says what it inherits")
    assert outcomes(None)[attack] == "", "it does not even succeed without the sandbox"
    assert outcomes(form)[attack] != ""


def _counts_for_root(names: tuple[str, ...]) -> bool:
    release = tuple(int(part) for part in os.uname().release.split(".")[:2])
    return "namespaces" in names and release >= (6, 14)


def test_every_attack_has_a_name_of_its_own() -> None:
    names = [attack.__name__ for attack in attacks.ATTACKS]
    listed = WITH_LIMITS_ALONE | set(BEYOND_LANDLOCK) | set(NEEDS_ABI) | ONLY_ROOT
    assert len(set(names)) == len(names)
    assert listed <= set(names)
    assert Path(attacks.__file__).is_file()
