"""What the grader uses to start a kernel for a stranger's program."""

from __future__ import annotations

import os
import shutil
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo

from pytorch_learning import sandbox
from pytorch_learning.data import prepared
from pytorch_learning.language import Text
from pytorch_learning.sandbox.__main__ import LIBRARIES_BYTES
from pytorch_learning.sandbox.resources import status
from pytorch_learning.sandbox.settings import Sandbox
from pytorch_learning.warm.client import ServerGone
from pytorch_learning.warm.provisioner import WarmProvisioner

NAME = "pytorch-learning-sandbox"
"""Of the provisioner, and of the kernelspec that uses it."""
POLL = 0.3
"""Seconds between two looks at what a kernel uses."""


class SandboxedProvisioner(WarmProvisioner):
    """Starts kernels in the sandbox, in a copy of the folder that they are to work in, without its notebooks.

    They are warm where namespaces or Landlock keep them apart.  Where only bubblewrap does, which has to
    execute what it starts, they take some seconds more.
    """

    ended_because: Text | None = None
    """Why the kernel was killed, if it was for using too much."""
    _policy: sandbox.Policy | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Find out what keeps a kernel apart here, and make its folders and its policy."""
        self._settings = Sandbox(parent=self)
        self._using = self._settings.using()
        self.ended_because = None
        return await super().pre_launch(**kwargs)

    def _set_up(self, options: dict[str, Any]) -> None:
        sockets = self._use_ipc()
        work, temporary = sockets.parent / "work", sockets.parent / "tmp"
        for folder in (work, temporary):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
        limits = self._settings.limits()
        left_out = _copy(Path(options.get("cwd") or Path.cwd()), work, 2 * limits.file_bytes)
        if left_out:
            self.log.warning("The folder is too large for a sandbox: %d files are left out.", left_out)
        given = options.get("env") or dict(os.environ)
        own = {name: given[name] for name in ("NBGRADER_EXECUTION",) if name in given}
        self._policy = sandbox.notebook_policy(
            work, temporary, data=_data(), writable=[sockets], limits=limits, variables=own
        )
        if self.parent is not None:
            # A kernel reads it, and no other place is one that both can see.
            self.parent.connection_file = str(sockets / "connection.json")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel, and keep an eye on it."""
        assert self._policy is not None
        environment = self._policy.environment(kwargs.get("env") or dict(os.environ))
        kwargs |= {"env": environment, "cwd": self._policy.work}
        if not self._warm:
            cmd = self._wrapped(cmd)
        connection = await super().launch_kernel(cmd, **kwargs)
        threading.Thread(target=self._watch, args=(self.process, self._policy), daemon=True).start()
        return connection

    def _restrictions(self) -> str:
        assert self._policy is not None
        return self._policy.to_json()

    async def _without_server(self, error: ServerGone, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        return await super()._without_server(error, self._wrapped(cmd), **kwargs)

    def _wrapped(self, cmd: list[str]) -> list[str]:
        assert self._policy is not None
        # Process 1 stands for whoever started it: ipykernel need not look whether that one is still there.
        return sandbox.wrap([*cmd, "--IPKernelApp.parent_handle=1"], self._policy, self._using)

    def _why_cold(self, environment: dict[str, str]) -> str:
        if self._using.bubblewrap and not (self._using.namespaces or self._using.landlock):
            return "bubblewrap cannot take in a kernel that has been forked"
        return super()._why_cold(environment)

    def _watch(self, process: Any, policy: sandbox.Policy) -> None:
        """Until the kernel ends, see to it that all of it together keeps to its limits."""
        begun = time.monotonic()
        libraries = sandbox.resident_set(_parent(process.pid)) if self._warm else LIBRARIES_BYTES
        while process.poll() is None:
            reason = _exceeded(process.pid, policy, time.monotonic() - begun, libraries)
            if reason is not None:
                self.ended_because = reason
                sandbox.kill(process.pid)
                return
            time.sleep(POLL)


def _parent(pid: int) -> int:
    return int(status(pid).get("PPid", "0"))


def _exceeded(pid: int, policy: sandbox.Policy, seconds: float, libraries: int) -> Text | None:
    limits = policy.limits
    if seconds > limits.notebook_seconds:
        return Text(
            f"整个笔记本运行超过了 {limits.notebook_seconds:g} 秒，被终止了。",
            f"The whole notebook ran for more than {limits.notebook_seconds:g} seconds, and was ended.",
        )
    which = sandbox.exceeded(pid, limits, libraries)
    if which == "memory_bytes":
        most = f"{limits.memory_bytes / 2**30:.3g} GB"
        return Text(
            f"程序用的内存超过了 {most}，被终止了。",
            f"The program used more than {most} of memory, and was ended.",
        )
    if which == "processes":
        return Text(
            f"程序的进程和线程达到了 {limits.processes} 个，被终止了。",
            f"The program had {limits.processes} processes and threads, or more, and was ended.",
        )
    if _size(Path(policy.work)) + _size(Path(policy.temporary)) > 2 * limits.file_bytes:
        most = f"{2 * limits.file_bytes / 2**20:.4g} MB"
        return Text(
            f"程序写的文件超过了 {most}，被终止了。",
            f"The program wrote more than {most} of files, and was ended.",
        )
    return None


def _copy(source: Path, target: Path, most: int) -> int:
    """Copy plain files, up to so many bytes.  Returns how many more there are."""
    left_out = 0
    for directory, folders, names in os.walk(source):
        here = Path(directory)
        # The copy itself may be in there.
        folders[:] = sorted(name for name in folders if not target.is_relative_to((here / name).resolve()))
        for name in sorted(names):
            path = here / name
            if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb":
                continue
            most -= path.stat().st_size
            if most < 0:
                left_out += 1
                continue
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return left_out


def _size(folder: Path) -> int:
    """Bytes on the disk, as far as they can be seen while somebody changes them."""
    total = 0
    for directory, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(directory, name)).st_blocks * 512
            except OSError:
                # Gone between the two looks.
                continue
    return total


@cache
def _data() -> Path:
    return prepared()[0]
