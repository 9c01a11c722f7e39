"""Starts the server of warm kernels, and asks it for kernels."""

from __future__ import annotations

import atexit
import contextlib
import math
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from pytorch_learning.sandbox.policy import VARIABLES
from pytorch_learning.warm.protocol import Launch, Lines, fingerprint, send

ADDRESS = "PYTORCH_LEARNING_KERNEL_SERVER"
"""Environment variable: `SOCKET TOKEN` of a server that another process has started."""

POLL = 0.02
"""Seconds between two looks whether a kernel that is waited for has ended."""
LONGEST_FOLDER = 107 - len("/ptl-12345678/ptl-12345678/sockets/kernel-5")
"""Bytes of a temporary folder's path, since the path of a Unix socket has 107 at most."""

# Read by libraries as they are imported, so that a kernel cannot have its own.
_OF_THE_INTERPRETER = (
    *("PYTHON", "LD_", "MKL_", "KMP_", "GOMP_", "OPENBLAS_", "TORCH_", "PYTORCH_", "MATPLOTLIBRC"),
    "MPLCONFIGDIR",
)
_OF_THE_KERNEL = ("PYTORCH_LEARNING_", "PYTHONUNBUFFERED")


class ServerGone(OSError):
    """The server has ended, or could not be started."""


class ForkedKernel:
    """A kernel's process, with the part of `subprocess.Popen` that provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, launch: Launch) -> None:
        self.returncode: int | None = None
        self._connection = connection
        # Whoever watches a kernel is another thread than the one that uses it.
        self._lock = threading.Lock()
        self._lines = Lines(connection)
        try:
            send(connection, launch)
            answer = self._lines.next()
        except (OSError, ValueError) as error:
            connection.close()
            raise ServerGone(str(error)) from error
        if answer is None:
            connection.close()
            raise ServerGone("it closed the connection")
        self.pid = int(answer["pid"])

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        with self._lock:
            if self.returncode is None:
                with contextlib.suppress(BlockingIOError):
                    self._note()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.  Raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        end = math.inf if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() >= end:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            time.sleep(POLL)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and what it has started."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _note(self) -> None:
        try:
            message = self._lines.next(socket.MSG_DONTWAIT)
        except ConnectionError:
            message = None
        # Without a last word the server itself was killed, and its kernels with it.
        self.returncode = -signal.SIGKILL if message is None else int(message["exit"])
        self._connection.close()


class KernelServer:
    """A server that this process has started, or one that another process shares with it."""

    def __init__(self) -> None:
        shared = os.environ.get(ADDRESS)
        self._process: subprocess.Popen[bytes] | None = None
        # Those of the server's interpreter: a kernel that wants others is none of its.
        self.environment = dict(os.environ)
        if shared:
            self.path, _, self._token = shared.rpartition(" ")
        else:
            self._token = secrets.token_urlsafe()
            self.path = str(Path(make_short_folder()) / "server")
            self._start()

    @property
    def address(self) -> str:
        """What another process needs, as the value of ADDRESS, to have kernels from this server."""
        return f"{self.path} {self._token}"

    def make_folder(self) -> str:
        """A folder that, at last, is removed with the server."""
        return tempfile.mkdtemp(prefix="ptl-", dir=self.folder)

    @property
    def folder(self) -> Path:
        """For what its kernels need on the disk: for this user only, and removed with the server."""
        return Path(self.path).parent

    @property
    def pid(self) -> int | None:
        """Of the server's process, if this one has started it."""
        return self._process.pid if self._process else None

    def running(self) -> bool:
        """Whether it is worth asking."""
        return self._process is None or self._process.poll() is None

    def launch(
        self, arguments: list[str], folder: str, environment: dict[str, str], policy: str = ""
    ) -> ForkedKernel:
        """A new kernel, once the server has imported everything.  Raises ServerGone."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(self.path)
        except OSError as error:
            connection.close()
            raise ServerGone(str(error)) from error
        return ForkedKernel(connection, Launch(self._token, arguments, folder, environment, policy))

    def suits(self, environment: dict[str, str]) -> bool:
        """Whether a kernel in this environment would be as one that started by itself."""
        return _interpreter(environment) == _interpreter(self.environment)

    def stop(self) -> None:
        """End it and its kernels, if this process has started it."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        # While it is still importing, it has no kernels and need not know.
        self._process.terminate()
        try:
            self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self.path)
            # Clients wait in this queue while the server imports.
            listening.listen(128)
            # Kernels have a copy of the server's memory: nothing may be in it that a submission must not see.
            variables = {
                name: value
                for name, value in os.environ.items()
                if name.startswith(_OF_THE_INTERPRETER) or name in (*VARIABLES, "HOME")
            }
            # Each kernel has its own number, which torch takes later but would not forget.
            variables.pop("OMP_NUM_THREADS", None)
            self._process = subprocess.Popen(
                [
                    # As in Jupyter's own kernelspec: the debugger, imported here, looks for modules' files.
                    *(sys.executable, "-Xfrozen_modules=off", "-m", "pytorch_learning.warm.server"),
                    *(str(listening.fileno()), str(self.folder), fingerprint(self._token)),
                ],
                stdin=subprocess.PIPE,
                pass_fds=[listening.fileno()],
                env=variables,
                cwd=self.folder,
                start_new_session=True,
            )


def make_short_folder() -> str:
    """A new temporary folder in which a kernel's sockets have room for their paths."""
    usual = tempfile.gettempdir()
    short = len(os.fsencode(usual)) <= LONGEST_FOLDER
    return tempfile.mkdtemp(prefix="ptl-", dir=usual if short else "/tmp")


_lock = threading.Lock()
_server: KernelServer | None = None
_owner = 0


def kernel_server() -> KernelServer:
    """The server of this process, started at the first call; it can be asked while it still imports."""
    global _server, _owner
    with _lock:
        if _server is not None and _owner != os.getpid():
            # Of the parent, which had it before it forked.
            _server = None
        if _server is None or not _server.running():
            if _server is not None:
                _server.stop()
            _server, _owner = KernelServer(), os.getpid()
            atexit.register(_stop, _server, os.getpid())
        return _server


def _stop(server: KernelServer, owner: int) -> None:
    if os.getpid() == owner:
        server.stop()


def _interpreter(environment: dict[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(_OF_THE_INTERPRETER) and not name.startswith(_OF_THE_KERNEL)
    }
