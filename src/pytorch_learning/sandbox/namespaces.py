"""Namespaces without an executed program: no network, a private view of the files, no process in sight."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

from pytorch_learning.sandbox import linux
from pytorch_learning.sandbox.policy import Policy, View

DEVICES = ("null", "zero", "full", "random", "urandom")
_OLD = "/.outside"
_SIOCSIFFLAGS = 0x8914
_IFF_UP = 1
# Below this number a namespace gives no process identifier a second time.
_RESERVED_PIDS = 300


def leave() -> None:
    """Take this process into new namespaces; what it forks next is process 1 of its own.

    Raises OSError where the kernel, or a container's settings, forbid that.
    """
    user, group = os.getuid(), os.getgid()
    linux.unshare(
        linux.CLONE_NEWUSER
        | linux.CLONE_NEWNET
        | linux.CLONE_NEWIPC
        | linux.CLONE_NEWPID
        | linux.CLONE_NEWUTS
        | linux.CLONE_NEWCGROUP
    )
    # The same numbers inside as outside: files keep their owners.
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def furnish(policy: Policy, seen: View) -> None:
    """As process 1 after `leave`: show what the policy names and nothing else, and give up every capability.

    Raises OSError where a mount is forbidden.
    """
    _mount_files(policy, seen)
    _loopback_up()
    # A nested user namespace would have capabilities again.
    Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")
    _limit_pids(policy.limits.processes)
    # Root's own files in /proc/sys are writable for whoever has root's number, even without a capability.
    linux.set_mount_attributes("/proc", linux.MOUNT_ATTR_RDONLY)
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)


def _mount_files(policy: Policy, seen: View) -> None:
    # Only now: the supervisor would have its root changed along with this process's.
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount(None, "/", None, linux.MS_SLAVE | linux.MS_REC)
    # Any folder that exists will do: the new root covers it until it is the root.
    root = os.path.realpath(policy.temporary)
    plain = linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("tmpfs", root, "tmpfs", plain, "mode=0755,size=16m")
    os.mkdir(root + _OLD)
    linux.pivot_root(root, root + _OLD)
    os.chdir("/")
    private = f"mode=1777,size={policy.limits.file_bytes}"
    for folder, options in (("/tmp", private), ("/dev", "mode=0755,size=1m"), ("/dev/shm", private)):
        os.makedirs(folder, exist_ok=True)
        linux.mount("tmpfs", folder, "tmpfs", plain, options)
    for name in DEVICES:
        _bind(f"/dev/{name}", linux.MOUNT_ATTR_NOSUID)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"/dev/{name}")
    os.mkdir("/proc")
    linux.mount("proc", "/proc", "proc", plain | linux.MS_NOEXEC)
    harmless = linux.MOUNT_ATTR_NOSUID | linux.MOUNT_ATTR_NODEV
    ways = dict.fromkeys(seen.paths, harmless | linux.MOUNT_ATTR_RDONLY)
    ways |= dict.fromkeys(policy.all_writable, harmless)
    # Parents first: what lies deeper covers a part of them.
    for path, attributes in sorted(ways.items(), key=lambda item: item[0].count("/")):
        _bind(path, attributes)
    for link, target in seen.links.items():
        if not os.path.lexists(link):
            os.makedirs(os.path.dirname(link), exist_ok=True)
            os.symlink(target, link)
    linux.detach(_OLD)
    os.rmdir(_OLD)
    linux.set_mount_attributes("/", linux.MOUNT_ATTR_RDONLY | harmless, recursive=False)


def _bind(path: str, attributes: int) -> None:
    outside = _OLD + path
    if os.path.isdir(outside):
        os.makedirs(path, exist_ok=True)
    elif not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        Path(path).touch()
    linux.mount(outside, path, None, linux.MS_BIND | linux.MS_REC)
    linux.set_mount_attributes(path, attributes)


def _loopback_up() -> None:
    # Not on Windows, where this module can be imported all the same.
    import fcntl

    # ipykernel reads the output of subprocesses through 127.0.0.1, which is private here.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))


def _limit_pids(processes: int) -> None:
    """RLIMIT_NPROC does not count for root; from Linux 6.14 a namespace has a limit of its own."""
    try:
        Path("/proc/sys/kernel/pid_max").write_text(str(_RESERVED_PIDS + processes), encoding="ascii")
    except OSError:
        # Older kernels have one limit for all, which no sandbox may change: then the parent counts.
        return
