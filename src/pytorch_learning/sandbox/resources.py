"""Limits that the kernel keeps for each process (setrlimit)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pytorch_learning.sandbox.policy import Limits


def limit(limits: Limits, *, libraries_bytes: int = 0, own_processes: bool = False) -> None:
    """Set the limits for this process and what it starts; none is raised above what it has already.

    Memory counts from what the process has now, or from `libraries_bytes` if that is more.  With
    `own_processes`, as in a user namespace of its own, no other process of the user counts.
    """
    # Not on Windows, where this module can be imported all the same.
    import resource

    # Not RLIMIT_AS: PyTorch maps gigabytes of libraries that it never touches.
    memory = max(_private_bytes(), libraries_bytes) + limits.memory_bytes
    others = 0 if own_processes else _tasks_of_user()
    seconds = int(limits.notebook_seconds * (os.cpu_count() or 1)) + 1
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_NOFILE, limits.open_files)
    _set(resource.RLIMIT_FSIZE, limits.file_bytes)
    _set(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        # Elsewhere the first is not kept, and the user's processes cannot be counted for the second.
        _set(resource.RLIMIT_DATA, memory)
        _set(resource.RLIMIT_NPROC, others + limits.processes)


def _set(kind: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _private_bytes() -> int:
    """What RLIMIT_DATA counts for this process."""
    return int(status("self").get("VmData", "0 kB").split()[0]) * 1024


def _tasks_of_user() -> int:
    """Processes and threads of this user, as far as /proc shows them."""
    user = str(os.getuid())
    tasks = 0
    for entry in os.listdir("/proc") if os.path.isdir("/proc") else []:
        if entry.isdecimal():
            fields = status(entry)
            if fields.get("Uid", "").split()[:1] == [user]:
                tasks += int(fields["Threads"])
    return tasks


def status(pid: int | str) -> dict[str, str]:
    """What /proc says of a process, by the names of the fields; nothing where it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        # Gone by now, or a system without /proc.
        return {}
    lines = (line.partition(":") for line in text.splitlines())
    return {name: value.strip() for name, _, value in lines}
