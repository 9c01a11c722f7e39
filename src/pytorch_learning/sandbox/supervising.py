"""Fork under a supervisor: one that waits, passes signals on, ends as its child did, and leaves no orphan."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import traceback
from collections.abc import Iterable
from typing import NoReturn

from pytorch_learning.sandbox import linux, watch

# As the system writes exit status 1.
_FAILED = 1 << 8

PARENT_DIED = signal.SIGHUP
"""What a supervisor is sent when its parent dies: one that it can catch, so that it ends the others first."""


def fork(*, init: bool = False, parent: int | None = None) -> None:
    """Return in a new child; the calling process becomes its supervisor and never returns.

    The child dies with the supervisor.  As `init`, process 1 of a PID namespace, the supervisor lets the
    kernel end all others when it ends; elsewhere it adopts what the child leaves behind, and kills it.  With
    `parent`, the pid of its own, it ends all that when it is told (PARENT_DIED) that this one has died.
    """
    # Where it is ignored, children vanish without a status.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        _supervise(child, keep=writing, init=init, parent=parent)
    os.close(writing)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    # Had the supervisor died before that line, nothing would end this process: then the pipe is closed.
    if select.select([reading], [], [], 0)[0]:
        os._exit(1)
    os.close(reading)
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def open_descriptors() -> list[int]:
    """The descriptors that are open now."""
    listed = os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else map(str, range(65536))
    return [descriptor for descriptor in map(int, listed) if _is_open(descriptor)]


def close_all_but(keep: Iterable[int]) -> None:
    """Close every descriptor that is not in `keep`."""
    for descriptor in set(open_descriptors()) - set(keep):
        os.close(descriptor)


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _supervise(child: int, *, keep: int, init: bool, parent: int | None) -> NoReturn:
    # Whatever fails here must not return into the caller's program, which goes on in the child.
    status = _FAILED
    try:
        # A reader of the child's output must not wait for this process; only an error of its own goes there.
        close_all_but([keep, 2])
        if not init:
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        status = _wait(child, parent)
        if not init:
            watch.kill_descendants(os.getpid())
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        _end_as(status)


def _wait(child: int, parent: int | None) -> int:
    """Pass signals on until the child has ended.  Returns its wait status, or that of SIGKILL."""
    while True:
        number = signal.sigwait(signal.valid_signals())
        if parent is not None and number == PARENT_DIED and os.getppid() != parent:
            return signal.SIGKILL
        if number != signal.SIGCHLD:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)
            continue
        # One signal may stand for several children.
        while True:
            try:
                ended, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return _FAILED
            if ended == child:
                return status
            if not ended:
                break


def _end_as(status: int) -> NoReturn:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
        # Only process 1 of a namespace survives that.
        os._exit(128 + number)
    os._exit(os.waitstatus_to_exitcode(status))
