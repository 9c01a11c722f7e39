"""The system calls that Python's standard library lacks.  Those that fail raise OSError."""

from __future__ import annotations

import ctypes
import os
from typing import Any

CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_SLAVE = 1 << 19
MNT_DETACH = 2
MOUNT_ATTR_RDONLY = 1
MOUNT_ATTR_NOSUID = 2
MOUNT_ATTR_NODEV = 4

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

# These have one number on every architecture.
SYS_MOUNT_SETATTR = 442
SYS_LANDLOCK_CREATE_RULESET = 444
SYS_LANDLOCK_ADD_RULE = 445
SYS_LANDLOCK_RESTRICT_SELF = 446

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_CAPABILITY_VERSION_3 = 0x2008_0522
# Loaded once, in the server: a forked child should have nothing to load.
_libc: Any = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def prctl(option: int, argument: int = 0) -> None:
    """prctl(2)."""
    _called(_libc.prctl(option, *(ctypes.c_ulong(value) for value in (argument, 0, 0, 0))), "prctl")


def unshare(flags: int) -> None:
    """unshare(2), which os has only from Python 3.12."""
    _called(_libc.unshare(flags), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """mount(2)."""
    _called(
        _libc.mount(*map(_encoded, (source, target, kind)), ctypes.c_ulong(flags), _encoded(data)), target
    )


def set_mount_attributes(target: str, attributes: int, *, recursive: bool = True) -> None:
    """mount_setattr(2) for a mount and, with `recursive`, all beneath it, from Linux 5.12."""
    given = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    size = ctypes.sizeof(given)
    syscall(SYS_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(target), flags, ctypes.byref(given), size)


def pivot_root(new: str, old: str) -> None:
    """pivot_root(2)."""
    _called(_libc.pivot_root(os.fsencode(new), os.fsencode(old)), new)


def detach(target: str) -> None:
    """umount2(2), although something in it may be open."""
    _called(_libc.umount2(os.fsencode(target), MNT_DETACH), target)


def drop_capabilities() -> None:
    """Have no capability, and let no program that is executed get one."""
    last = 63
    for capability in range(last + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            # Numbers that this kernel does not know, or a process that has none: capset below decides.
            break
    try:
        prctl_ambient_clear()
    except OSError as error:
        if error.errno != 22:
            raise
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _called(_libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)())), "capset")


def prctl_ambient_clear() -> None:
    """Clear the ambient capabilities."""
    given = (ctypes.c_ulong(value) for value in (PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0))
    _called(_libc.prctl(PR_CAP_AMBIENT, *given), "prctl")


def syscall(number: int, *arguments: Any) -> int:
    """syscall(2); whole numbers are passed in full width."""
    given = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return _called(_libc.syscall(ctypes.c_long(number), *given), f"system call {number}")


def clear_environment(start: int, end: int) -> None:
    """Empty the environment, and overwrite the block from `start` to `end` where exec has put it."""
    _libc.clearenv()
    ctypes.memset(start, 0, end - start)


def _encoded(value: str | None) -> bytes | None:
    return None if value is None else os.fsencode(value)


def _called(result: int, name: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result
