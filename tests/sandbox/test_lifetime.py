"""A submission from its parent's side: signals, exit status, what it uses, and its end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pytorch_learning.sandbox import Limits, detect, exceeded, kill, resident, usage, wrap
from pytorch_learning.sandbox.policy import MIB
from tests.sandbox.scene import Scene, entering, environment, mechanisms, scene

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only limits work elsewhere")

FORMS = {
    "namespaces": ("namespaces", "landlock"),
    "landlock": ("landlock",),
    "limits": (),
}
SECONDS = 30
# Leaves its parent's process group and its parent, and keeps the output open.
DAEMON = """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        time.sleep(600)
    os._exit(0)
os.wait()
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Folders and a policy."""
    with scene(tmp_path_factory.mktemp("grader")) as stage:
        yield stage


@pytest.fixture(params=FORMS)
def start(stage: Scene, request: pytest.FixtureRequest):
    """Starts code in the sandbox: the grader's process, and the pid that the grader has forked."""
    names = FORMS[request.param]
    for name in names:
        if not getattr(detect(), name):
            pytest.skip(f"{name}: {detect().problems[name]}")
    with contextlib.ExitStack() as stack:

        def started(code: str) -> tuple[subprocess.Popen[str], int]:
            process = subprocess.Popen(
                entering(stage.policy, mechanisms(*names), code),
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                # Who runs the tests in the background may have it ignored.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
            stack.callback(process.communicate)
            stack.callback(process.kill)
            assert process.stderr is not None
            return process, int(process.stderr.readline())

        yield started


def has_ended(pid: int) -> bool:
    """Whether a process, which may be waited for by others, is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("pass", 0),
        ("raise SystemExit(7)", 7),
        ("1 / 0", 3),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 128 + 15),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 128 + 9),
        ("import ctypes; ctypes.string_at(0)", 128 + 11),
    ],
)
def test_exit_status_arrives(start, code: str, status: int) -> None:
    process, _ = start(code)
    process.communicate(timeout=SECONDS)
    assert process.returncode == status


def test_supervisor_sees_the_files_that_its_parent_sees(start) -> None:
    # The root of a supervisor that shares its child's view would change while it runs.
    process, pid = start("import time; print('ready', flush=True); time.sleep(600)")
    assert process.stdout.readline() == "ready\n"
    assert os.readlink(f"/proc/{pid}/ns/mnt") == os.readlink("/proc/self/ns/mnt")


def test_interrupt_arrives(start) -> None:
    process, pid = start(
        "import time\ntry:\n print('ready', flush=True)\n time.sleep(600)\n"
        "except KeyboardInterrupt:\n print('interrupted', flush=True)"
    )
    assert process.stdout.readline() == "ready\n"
    os.kill(pid, signal.SIGINT)
    assert process.communicate(timeout=SECONDS)[0] == "interrupted\n"
    assert process.returncode == 0


def test_daemon_ends_with_the_submission(start) -> None:
    process, _ = start(DAEMON)
    # Its output ends when nobody is left who could write to it.
    process.communicate(timeout=SECONDS)
    assert process.returncode == 0


def test_kill_ends_all(start) -> None:
    process, pid = start(DAEMON + "print('ready', flush=True); time.sleep(600)")
    assert process.stdout.readline() == "ready\n"
    assert usage(pid).processes >= 3
    kill(pid)
    process.communicate(timeout=SECONDS)
    assert process.returncode == 128 + 9


def test_submission_ends_with_the_grader(start) -> None:
    process, pid = start(DAEMON + "print('ready', flush=True); time.sleep(600)")
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate(timeout=SECONDS)
    until = time.monotonic() + SECONDS
    while not has_ended(pid):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_memory_counts_over_all_processes(start) -> None:
    process, pid = start(
        "import os, time\nfor _ in range(2):\n if not os.fork():\n"
        "  kept = b'x' * 50 * 2**20\n  os.write(1, b'ready\\n')\n  time.sleep(600)\n"
        "time.sleep(600)"
    )
    for _ in range(2):
        assert process.stdout.readline() == "ready\n"
    assert 100 * MIB < resident(pid) < 250 * MIB
    kill(pid)


@pytest.mark.parametrize("shared", [True, False])
def test_memory_that_processes_share_counts_once(start, stage: Scene, shared: bool) -> None:
    process, pid = start(
        "import os, time\nkept = bytearray(b'x' * 50 * 2**20)\nfor _ in range(3):\n if not os.fork():\n"
        f"  if not {shared}:\n   for i in range(0, len(kept), 4096):\n    kept[i] = 7\n"
        "  os.write(1, b'ready\\n')\n  time.sleep(600)\n"
        "time.sleep(600)"
    )
    for _ in range(3):
        assert process.stdout.readline() == "ready\n"
    limits = stage.policy.with_limits(memory_bytes=120 * MIB).limits
    assert exceeded(pid, limits) == (None if shared else "memory_bytes")
    kill(pid)


def test_fork_bomb_is_seen_and_ended(start, stage: Scene) -> None:
    # As root, and without namespaces, the kernel does not stop it.
    process, pid = start(
        "import os, time\nprint('ready', flush=True)\nfor _ in range(9):\n try:\n  os.fork()\n"
        " except OSError:\n  pass\n time.sleep(0.2)\ntime.sleep(600)"
    )
    assert process.stdout.readline() == "ready\n"
    limits = stage.policy.with_limits(processes=20).limits
    until = time.monotonic() + SECONDS
    while exceeded(pid, limits) is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert exceeded(pid, limits) == "processes"
    kill(pid)
    process.communicate(timeout=SECONDS)
    assert usage(pid).processes == 0


def test_socket_in_a_writable_folder_is_reached_from_outside(start, stage: Scene) -> None:
    path = Path(stage.policy.writable[0], "kernel")
    code = f"""
import os, socket
os.chdir({str(path.parent)!r})
server = socket.socket(socket.AF_UNIX)
server.bind("kernel")
server.listen()
print("ready", flush=True)
server.accept()[0].send(b"hello")
"""
    process, _ = start(code)
    assert process.stdout.readline() == "ready\n"
    try:
        with socket.socket(socket.AF_UNIX) as client, contextlib.chdir(path.parent):
            client.connect("kernel")
            assert client.recv(5) == b"hello"
    finally:
        path.unlink()


def test_elsewhere_than_on_linux_there_are_limits_and_a_clean_environment(stage: Scene) -> None:
    code = """
import os, resource, sys
sys.platform = "darwin"
from pytorch_learning.sandbox import Mechanisms, Policy, enter
enter(Policy.from_json(sys.argv[1]), using=Mechanisms())
print("GRADER_TOKEN" in os.environ, resource.getrlimit(resource.RLIMIT_NOFILE)[0], os.getcwd())
"""
    # A command of its own, so that it may become the leader of a session.
    done = stage.run(
        [
            sys.executable,
            "-c",
            f"import os\nif os.fork(): os._exit(os.wait()[1])\n{code}",
            stage.policy.to_json(),
        ]
    )
    assert done.stdout == f"False 128 {stage.policy.work}\n", done.stderr


# Imports, course data, its own folders, and shared memory, which workers need.
GOOD = """
import os, tempfile
from multiprocessing import Pool, shared_memory
from pathlib import Path
import numpy
from pytorch_learning.data import data_root
memory = shared_memory.SharedMemory(create=True, size=4096)
memory.unlink()
Path("saved").write_text("x")
Path(tempfile.gettempdir(), "scratch").write_text("x")
with Pool(2) as pool:
    total = sum(pool.map(abs, numpy.arange(-3, 3)))
print(total, Path(os.environ["DATA"]).read_text(), os.getcwd())
"""
# The lesson of section 2.4 starts workers as well.
WITH_TORCH = """
import torch
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.arange(64.0))
total = sum(batch.sum() for (batch,) in DataLoader(data, batch_size=16, num_workers=2))
torch.save(torch.eye(3), "saved.pt")
print(float(total), float(torch.load("saved.pt").sum()))
"""


def run_well(stage: Scene, names: tuple[str, ...], code: str) -> str:
    """What the code prints in the sandbox, with the limits of a real submission."""
    for name in names:
        if not getattr(detect(), name):
            pytest.skip(f"{name}: {detect().problems[name]}")
    policy = replace(stage.policy, limits=Limits(), variables={"DATA": str(stage.facts["data"])})
    done = stage.run(wrap([sys.executable, "-P", "-c", code], policy, mechanisms(*names)))
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "names", [("bubblewrap", "landlock"), ("namespaces", "landlock"), ("landlock",), ()], ids="-".join
)
def test_what_a_submission_needs_works(stage: Scene, names: tuple[str, ...]) -> None:
    assert run_well(stage, names, GOOD) == f"9 a secret {stage.policy.work}\n"
    assert Path(stage.policy.work, "saved").is_file()


def test_pytorch_works(stage: Scene) -> None:
    names = ("bubblewrap", "landlock") if detect().bubblewrap else ("landlock",)
    assert run_well(stage, names, WITH_TORCH) == "2016.0 3.0\n"
