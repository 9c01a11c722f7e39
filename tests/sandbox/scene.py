"""A grader with secrets, in a temporary folder, for the attacks of submissions."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pytorch_learning.sandbox import Limits, Mechanisms, Policy, detect, wrap
from pytorch_learning.sandbox.policy import MIB, SYSTEM_PATHS, python_paths

HERE = Path(__file__).resolve().parent
HOST = HERE / "host.py"
MARKER = "token-of-the-grader"
LIMITS = Limits(memory_bytes=256 * MIB, processes=64, open_files=128, file_bytes=8 * MIB)
# More than the limits, with what the kernel may add to them.
FORKS, FILES, BYTES = 400, 200, 2**31


def mechanisms(*names: str) -> Mechanisms:
    """These mechanisms."""
    return detect().only(names)


def environment() -> dict[str, str]:
    """The grader's, with a secret."""
    return {**os.environ, "GRADER_TOKEN": MARKER}


def entering(policy: Policy, using: Mechanisms, program: str, *arguments: str) -> list[str]:
    """The command of a grader that forks a child, which enters and runs `program`, a path or code."""
    given = [policy.to_json(), json.dumps(asdict(using)), program, *arguments]
    return [sys.executable, "-P", str(HOST), *given]


def wrapped(policy: Policy, using: Mechanisms, program: str, *arguments: str) -> list[str]:
    """The same in the other form."""
    how = [program] if os.path.isabs(program) else ["-c", program]
    return wrap([sys.executable, "-P", *how, *arguments], policy, using)


@dataclass
class Scene:
    """The folders of a course, and what listens outside the sandbox."""

    root: Path
    policy: Policy
    facts: dict[str, object]

    def run(
        self, command: list[str], *, keep: Collection[int] = (), seconds: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as the grader does."""
        return subprocess.run(
            command,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            pass_fds=keep,
            check=False,
        )


def bystander() -> subprocess.Popen[bytes]:
    """A process of the same user outside the sandbox, with the secret in its environment and its command."""
    code = "import sys, time; print(flush=True); time.sleep(600)"
    process = subprocess.Popen(
        [sys.executable, "-c", code, MARKER], env=environment(), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    # It has become what is to be attacked.
    process.stdout.readline()
    return process


@contextlib.contextmanager
def scene(root: Path) -> Iterator[Scene]:
    """Everything that the attacks look for."""
    files = {
        "secret": root / "elsewhere/secret",
        "gradebook": root / "course/gradebook.db",
        "source": root / "course/source/01.py",
        "other": root / "course/submitted/somebody/answer",
        "data": root / "data/images",
        "package": root / "packages/module.py",
        "hidden": root / "packages/private/hidden",
    }
    for file in files.values():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a secret")
    work, temporary, sockets = root / "course/work", root / "private", root / "s"
    for folder in (work, temporary, sockets):
        folder.mkdir(mode=0o700)
    policy = Policy(
        work=str(work),
        temporary=str(temporary),
        readable=(*SYSTEM_PATHS, *python_paths(), str(root / "data"), str(root / "packages"), str(HERE)),
        writable=(str(sockets),),
        hidden=(str(root / "packages/private"), str(root / "course")),
        limits=LIMITS,
    )
    with contextlib.ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=50))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        threading.Thread(target=_echo, args=(udp,), daemon=True).start()
        name = f"pytorch-learning-{os.getpid()}"
        unix = []
        for address in ("\0" + name, str(root / "elsewhere/socket")):
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            # From the folder itself: the whole path may be too long for a socket.
            with contextlib.chdir(root / "elsewhere"):
                listener.bind(address if address.startswith("\0") else "socket")
            listener.listen(50)
            unix.append(listener)
        victim = bystander()
        stack.callback(_end, victim)
        key = 0x50594C00 + os.getpid() % 256
        create, remove = 0o1600, 0
        segment = ctypes.CDLL(None).shmget(key, 4096, create)
        stack.callback(ctypes.CDLL(None).shmctl, segment, remove, None)
        facts: dict[str, object] = {name: str(file) for name, file in files.items()}
        facts |= {
            "course": str(root / "course"),
            "new_file": str(root / "course/new"),
            "secret_inode": files["secret"].stat().st_ino,
            "sources": str(root / "course/source"),
            "work": str(work),
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "abstract": name,
            "socket_file": str(root / "elsewhere/socket"),
            "shared_memory": key,
            "victim": victim.pid,
            "marker": MARKER,
            "memory": BYTES,
            "file": LIMITS.file_bytes,
            "files": FILES,
            "processes": FORKS,
        }
        yield Scene(root, policy, facts)


def _echo(udp: socket.socket) -> None:
    # Ends when the scene closes the socket.
    with contextlib.suppress(OSError):
        while True:
            message, sender = udp.recvfrom(100)
            udp.sendto(message, sender)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()
