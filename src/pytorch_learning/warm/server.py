"""The process that has imported everything and forks a kernel for each connection.

`python -m pytorch_learning.warm.server SOCKET FOLDER FINGERPRINT`: SOCKET is the inherited descriptor of a
listening Unix socket, FOLDER where its socket and its kernels' are.  The server ends, and its kernels with
it, when its standard input ends: when the process that started it is gone.  SIGTERM ends it as well, and at
once while it still imports.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hmac
import importlib
import os
import selectors
import shutil
import signal
import socket
import sys
import warnings

from pytorch_learning import sandbox
from pytorch_learning.sandbox import linux
from pytorch_learning.sandbox.supervising import open_descriptors
from pytorch_learning.warm.protocol import Launch, Lines, fingerprint, send

PRELOADED = (
    "torch",
    "torch._dynamo",
    "torchvision",
    "torchvision.transforms.v2",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completer",
    "pytorch_learning.checks",
    "pytorch_learning.data",
    "pytorch_learning.plots",
    "pytorch_learning.guard.kernel",
)
"""What a kernel has imported before it starts.  Nothing of it may run a parallel operation of torch's, or
touch an accelerator, since neither survives a fork; or look for a notebook to show its plots in."""

_SIGNALS = (signal.SIGCHLD, signal.SIGTERM)
PATIENCE = 10
"""Seconds for a client to say what it wants."""


class Server:
    """Forks kernels, tells their clients how they end, and kills those whose client is gone."""

    def __init__(self, listening: socket.socket, expected: str) -> None:
        self.listening = listening
        self.expected = expected
        self.connections: dict[int, socket.socket] = {}
        """Of each kernel's client, by the kernel's process id."""
        self.selector = selectors.DefaultSelector()
        self.woken, self.waker = socket.socketpair()

    def run(self) -> Launch | None:
        """Serve until the end.  In the process of a kernel: returns at once what it is to be."""
        for end in (self.listening, self.woken, self.waker):
            end.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno())
        for number in _SIGNALS:
            signal.signal(number, lambda number, frame: None)
        for readable in (sys.stdin, self.woken, self.listening):
            self.selector.register(readable, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is sys.stdin:
                    if not os.read(0, 1024):
                        self.end()
                        return None
                elif key.fileobj is self.woken:
                    if signal.SIGTERM in self.woken.recv(1024):
                        self.end()
                        return None
                    self.reap()
                elif key.fileobj is self.listening:
                    launch = self.accept()
                    if launch is not None:
                        return launch
                else:
                    # Once it has its kernel, a client says nothing until it goes.
                    self.selector.unregister(key.fileobj)
                    kill(key.data)

    def accept(self) -> Launch | None:
        """Fork a kernel for a new client.  Returns, in the new process only, what the client wants."""
        try:
            connection, _ = self.listening.accept()
        except BlockingIOError:
            return None
        connection.settimeout(PATIENCE)
        try:
            launch = Launch(**(Lines(connection).next() or {}))
            if not hmac.compare_digest(fingerprint(launch.token), self.expected):
                raise ValueError("wrong token")
        except (OSError, ValueError, TypeError) as error:
            print(f"warm kernels: refused a connection: {error}", file=sys.stderr, flush=True)
            connection.close()
            return None
        server = os.getpid()
        if launch.policy:
            # What works here is found out once, and known to every kernel.
            sandbox.detect()
        pid = os.fork()
        if not pid:
            connection.close()
            self.leave(server)
            if launch.policy:
                sandbox.enter(sandbox.Policy.from_json(launch.policy))
            return launch
        self.connections[pid] = connection
        self.selector.register(connection, selectors.EVENT_READ, pid)
        self.tell(connection, {"pid": pid})
        return None

    def leave(self, server: int) -> None:
        """In the process of a kernel: let go of what is the server's."""
        # Before it can be signalled as a group: the server would be told, as if the signal were its own.
        signal.set_wakeup_fd(-1)
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        die_with(server)
        os.setsid()
        self.selector.close()
        for end in (self.listening, self.woken, self.waker, *self.connections.values()):
            end.close()
        # Its end is how the server would know of its owner's.
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)

    def reap(self) -> None:
        """Tell the clients of the kernels that have ended, and end what those kernels have left running."""
        while self.connections:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                return
            # Until it is waited for, the number of the process cannot be another's.
            kill(ended.si_pid)
            _, status = os.waitpid(ended.si_pid, 0)
            connection = self.connections.pop(ended.si_pid)
            if connection.fileno() in self.selector.get_map():
                self.selector.unregister(connection)
            self.tell(connection, {"exit": os.waitstatus_to_exitcode(status)})
            connection.close()

    def end(self) -> None:
        """Kill every kernel, and no longer be told of it."""
        signal.set_wakeup_fd(-1)
        for pid in self.connections:
            kill(pid)

    def tell(self, connection: socket.socket, message: dict[str, int]) -> None:
        """Send to a client that may be gone by now, which its kernel's end or its own has brought about."""
        with contextlib.suppress(OSError):
            send(connection, message)


def kill(pid: int) -> None:
    """Kill a kernel and what it has started, as far as it is still there."""
    for number, how in ((pid, os.killpg), (pid, os.kill)):
        # The group is not there before the kernel has made it; neither is there when all has ended.
        with contextlib.suppress(ProcessLookupError):
            how(number, signal.SIGKILL)


def die_with(server: int) -> None:
    """Be killed when the server is: ipykernel's own look at its parent comes only once a second."""
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)


def run_kernel(launch: Launch) -> int:
    """What `python -m ipykernel_launcher` does, in the environment asked for.  Returns the exit code."""
    os.environ.clear()
    os.environ.update(launch.environment)
    os.chdir(launch.folder)
    start_afresh()
    # Jupyter hands it over in a variable, which ipykernel has read when it was imported.
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    sys.argv = ["ipykernel_launcher", *launch.arguments, parent]
    from ipykernel.kernelapp import IPKernelApp

    try:
        app = IPKernelApp.instance()
        terminal = {_file(number) for number in (1, 2)}
        app.initialize()
        if launch.policy:
            # Only a submission's code would write there from now on.
            _let_go_of(terminal)
        app.start()
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    return 0


def _let_go_of(files: set[tuple[int, int]]) -> None:
    """Have what is written to these files vanish; ipykernel has descriptors of its own for them."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for number in open_descriptors():
        if _file(number) in files:
            os.dup2(nothing, number)
    os.close(nothing)


def _file(number: int) -> tuple[int, int]:
    status = os.fstat(number)
    return status.st_dev, status.st_ino


def start_afresh() -> None:
    """Undo what processes that start by themselves don't have in common: random numbers, threads, plots."""
    import matplotlib
    import numpy
    import torch

    # Python's own generator has been seeded anew by the fork.
    numpy.random.seed(None)
    torch.seed()
    threads = os.environ.get("OMP_NUM_THREADS", "")
    if threads.isdigit() and int(threads):
        torch.set_num_threads(int(threads))
    matplotlib.rcParams["backend"] = os.environ.setdefault(
        "MPLBACKEND", "module://matplotlib_inline.backend_inline"
    )


def main() -> None:
    """Import, then serve."""
    if sys.path[0] in ("", os.getcwd()):
        # A kernel adds its own folder.
        del sys.path[0]
    listening = socket.socket(fileno=int(sys.argv[1]))
    # Looking for garbage again and again takes a sixth of the time of importing.
    gc.disable()
    for name in PRELOADED:
        importlib.import_module(name)
    from pytorch_learning.guard import kernel

    kernel.prepare()
    # The threads that it warns of are those of NumPy's linear algebra, which ends them before a fork.
    warnings.filterwarnings("ignore", message=".*multi-threaded, use of fork", category=DeprecationWarning)
    gc.collect()
    # What is frozen is not looked at by a kernel's garbage collection, and so stays shared memory.
    gc.freeze()
    gc.enable()
    launch = Server(listening, sys.argv[3]).run()
    if launch is None:
        # Whoever started this server may have been killed.
        shutil.rmtree(sys.argv[2], ignore_errors=True)
        os._exit(0)
    code = 1
    try:
        code = run_kernel(launch)
    finally:
        # Taking the interpreter down would copy most of the shared memory, module by module.
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
