"""Take a process that was just forked into the sandbox, before it runs anything of the submission."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from pytorch_learning.errors import CourseError
from pytorch_learning.language import say
from pytorch_learning.sandbox import landlock, linux, namespaces, resources, supervising
from pytorch_learning.sandbox.detection import detect
from pytorch_learning.sandbox.mechanisms import Mechanisms
from pytorch_learning.sandbox.policy import Policy, View, view

STANDARD = (0, 1, 2)
# What Python and the libraries look up, apart from the process's own folder: none of it is about a process.
_PROC = ("cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "uptime", "version", "sys/kernel", "sys/vm")


def enter(
    policy: Policy,
    keep: Iterable[int] = (),
    using: Mechanisms | None = None,
    *,
    die_with_parent: bool = True,
    libraries_bytes: int = 0,
) -> None:
    """Restrict this process, which was just forked and has one thread, for good.

    Descriptors 0, 1, 2 and those in `keep` stay open; all others are closed.  It uses the mechanisms in
    `using`, by default all that work here; call `detect()` in the parent before it forks, to save time.

    Returns in a *descendant* of the caller: the calling process becomes a supervisor, so the parent still
    waits for the pid that it forked, may send it signals, which are passed on, and sees the exit status
    (128 + the number if a signal ended it; after SIGKILL to the supervisor nothing is left).  With
    `die_with_parent` it ends when the *thread* that forked it does.  Memory is counted from what the process
    has when it enters, or from `libraries_bytes` if that is more.

    The process has its parent's memory.  So start the parent with `policy.environment()` as its environment,
    and let it read nothing that a submission may not see.

    Elsewhere than on Linux there are only limits and the environment, and no supervisor.

    Raises CourseError if the sandbox cannot be set up: then the process must end, without running anything.
    """
    using = detect() if using is None else using
    parent = os.getppid()
    try:
        if sys.platform != "linux":
            _limits_alone(policy, keep)
            return
        supervising.close_all_but([*STANDARD, *keep])
        seen = view(policy)
        _replace_environment(policy.environment())
        os.umask(0o077)
        # A parent that hides its memory hands that on, and then nobody may write this process's uid_map.
        linux.prctl(linux.PR_SET_DUMPABLE, 1)
        # The kernel's first choice when memory runs out.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        if using.namespaces:
            namespaces.leave()
        # After the change of user namespace, which may undo it.
        if die_with_parent:
            linux.prctl(linux.PR_SET_PDEATHSIG, supervising.PARENT_DIED)
            if os.getppid() != parent:
                os._exit(1)
        supervising.fork(parent=parent if die_with_parent else None)
        if using.namespaces:
            namespaces.furnish(policy, seen)
            supervising.fork(init=True)
        os.setsid()
        confine(policy, seen, using, libraries_bytes=libraries_bytes)
    except OSError as error:
        raise CourseError(
            say(
                f"无法建立沙箱（{error}）：请运行 `pytorch-learning doctor`。",
                f"The sandbox cannot be set up ({error}): run `pytorch-learning doctor`.",
            )
        ) from error


def confine(
    policy: Policy, seen: View, using: Mechanisms, *, inside: bool = False, libraries_bytes: int = 0
) -> None:
    """The part that needs no fork: working folder, limits, Landlock.  `inside`: bubblewrap is around it."""
    private = using.namespaces or inside
    os.chdir(policy.work)
    resources.limit(policy.limits, libraries_bytes=libraries_bytes, own_processes=private)
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if using.landlock:
        landlock.restrict(_rules(policy, seen, private=private), network=private)


def _limits_alone(policy: Policy, keep: Iterable[int]) -> None:
    supervising.close_all_but([*STANDARD, *keep])
    variables = policy.environment()
    os.environ.clear()
    os.environ.update(variables)
    os.setsid()
    os.chdir(policy.work)
    resources.limit(policy.limits)


def _rules(policy: Policy, seen: View, *, private: bool) -> dict[str, int]:
    if private:
        # The view itself holds nothing but what may be read.
        rules = {"/": landlock.READ, "/tmp": landlock.WRITE, "/dev/shm": landlock.WRITE}
    else:
        rules = dict.fromkeys(seen.paths, landlock.READ)
        rules |= {f"/proc/{name}": landlock.READ for name in (*_PROC, str(os.getpid()))}
        rules |= {"/dev/shm": landlock.SHARED_MEMORY}
    rules |= {f"/dev/{name}": landlock.DEVICE for name in namespaces.DEVICES}
    return rules | dict.fromkeys(policy.all_writable, landlock.WRITE)


def _replace_environment(variables: dict[str, str]) -> None:
    # The text that exec was given stays in the process's memory, where /proc/self/environ shows it.
    fields = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    start, end = int(fields[47]), int(fields[48])
    os.environ.clear()
    linux.clear_environment(start, end)
    os.environ.update(variables)
