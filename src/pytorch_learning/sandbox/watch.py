"""What a submission uses, and its end: for the parent, which polls."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pytorch_learning.sandbox.policy import Limits

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
"""Bytes; read in /proc alone, and so where there is one."""


@dataclass(frozen=True)
class Usage:
    """What a process and its descendants use together."""

    memory_bytes: int
    """Proportional set size: a page that is shared with others counts by its share."""
    processes: int
    """Processes and threads."""


def usage(pid: int) -> Usage:
    """What `pid` and its descendants use now; zero where it is gone."""
    pids = [pid, *descendants(pid)]
    return Usage(sum(map(_memory, pids)), sum(map(_threads, pids)))


def exceeded(pid: int, limits: Limits, libraries_bytes: int = 0) -> str | None:
    """The limit that `pid` and its descendants exceed, "processes" or "memory_bytes", or None.

    `libraries_bytes` is what the kernel used before it ran the first cell.

    Who has as many processes as there may be is taken to want more: the system refuses them, and a fork bomb
    would go on trying, to the harm of whoever shares the processor.  They are counted first: with those of a
    bomb, to read what memory each has takes minutes.
    """
    pids = [pid, *descendants(pid)]
    if sum(map(_threads, pids)) >= limits.processes:
        return "processes"
    most = limits.memory_bytes + libraries_bytes
    # Resident sets are never less, and 300 times as fast to read.
    return "memory_bytes" if sum(map(resident_set, pids)) > most and sum(map(_memory, pids)) > most else None


def resident(pid: int) -> int:
    """The memory in bytes that `pid` and its descendants hold together."""
    return usage(pid).memory_bytes


def descendants(pid: int) -> list[int]:
    """The processes below `pid`, parents before children, zombies left out."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            state, parent = _state_and_parent(int(entry))
            if state != "Z":
                children.setdefault(parent, []).append(int(entry))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(0), [])
        found += below
        waiting += below
    return found


def kill(pid: int) -> None:
    """Kill what `enter` or `wrap` started as `pid`, with all that it has started; the caller reaps `pid`."""
    _signal(pid, signal.SIGSTOP)
    kill_descendants(pid)
    _signal(pid, signal.SIGKILL)


def kill_descendants(pid: int) -> None:
    """Kill all below `pid`, until there is nobody left who could fork another."""
    while below := descendants(pid):
        # Stopped first: a fork bomb would be faster than the list of its processes.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in below:
                _signal(process, number)
        time.sleep(0.005)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _state_and_parent(pid: int) -> tuple[str, int]:
    try:
        # The name in parentheses may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return "Z", 0
    state, parent = fields.split()[:2]
    return state, int(parent)


def resident_set(pid: int) -> int:
    """Bytes of a process's memory; what it shares with others is counted in full."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        # Gone by now, or a system without /proc.
        return 0
    return int(pages) * _PAGE


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        # Gone, or not for this user to read: then the resident set is an upper bound.
        return resident_set(pid)
    shares = (int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return next(shares, 0)


def _threads(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0
