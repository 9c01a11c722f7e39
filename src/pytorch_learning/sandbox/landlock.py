"""Landlock: what a process and its children may do with files, TCP, abstract sockets and signals."""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Mapping

from pytorch_learning.sandbox import linux

EXECUTE = 1 << 0
WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3
REMOVE_DIR = 1 << 4
REMOVE_FILE = 1 << 5
MAKE_DIR = 1 << 7
MAKE_REG = 1 << 8
MAKE_SOCK = 1 << 9
MAKE_FIFO = 1 << 10
MAKE_SYM = 1 << 12
REFER = 1 << 13
TRUNCATE = 1 << 14
IOCTL_DEV = 1 << 15

READ = EXECUTE | READ_FILE | READ_DIR
WRITE = (
    READ
    | WRITE_FILE
    | REMOVE_DIR
    | REMOVE_FILE
    | MAKE_DIR
    | MAKE_REG
    | MAKE_SOCK
    | MAKE_FIFO
    | MAKE_SYM
    | REFER
    | TRUNCATE
)
SHARED_MEMORY = READ_FILE | WRITE_FILE | MAKE_REG | REMOVE_FILE | TRUNCATE
"""Files whose names one knows, but no list of them: others have theirs in the same folder."""
DEVICE = READ_FILE | WRITE_FILE | TRUNCATE

# What may be granted for a file; the rest is about folders.
_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_TCP = 0b11
_SCOPED = 0b11


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def abi() -> int:
    """The version of Landlock's interface, 0 where the kernel has none or has it disabled."""
    try:
        return linux.syscall(linux.SYS_LANDLOCK_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def restrict(rules: Mapping[str, int], *, network: bool) -> None:
    """Allow this process, and all that it starts, no file but what `rules` says for each path.

    Without `network` it has no TCP (from ABI 4).  It reaches no abstract socket and no process outside (from
    ABI 6).  Paths that do not exist are skipped.  Raises OSError where Landlock does not work.
    """
    version = abi()
    handled = (1 << 13) - 1
    handled |= (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    handled |= IOCTL_DEV if version >= 5 else 0
    tcp = _TCP if version >= 4 and not network else 0
    scoped = _SCOPED if version >= 6 else 0
    attributes = (ctypes.c_uint64 * 3)(handled, tcp, scoped)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = linux.syscall(linux.SYS_LANDLOCK_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        for path, rights in rules.items():
            _add(ruleset, path, rights & handled)
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        linux.syscall(linux.SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _add(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _FILE
        rule = _PathBeneath(rights, descriptor)
        number = linux.SYS_LANDLOCK_ADD_RULE
        linux.syscall(number, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
