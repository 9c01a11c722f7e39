"""What Jupyter uses to start a warm kernel."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from pytorch_learning.warm.client import ServerGone, kernel_server, make_short_folder

NAME = "pytorch-learning"
"""Of the provisioner, and of the kernelspec that uses it."""
LAUNCHER = ["-m", "ipykernel_launcher"]
FORKING = ("linux",)
"""Where a process that has imported all this can be forked: macOS's own libraries don't survive that."""


def start_importing() -> None:
    """Have the server of kernels, where there is one, import everything from now on: the first won't wait."""
    if sys.platform in FORKING:
        kernel_server()


class WarmProvisioner(LocalProvisioner):
    """Starts Python kernels by forking a process that has imported PyTorch, over IPC sockets.

    Any other kernel, and any kernel where that is impossible, starts as usual, with a line in the log.
    """

    _folder: Path | None = None
    _warm = False

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Move a warm kernel's sockets into a folder that only this user can enter."""
        reason = self._why_cold(kwargs.get("env") or dict(os.environ))
        self._warm = not reason
        if reason:
            self.log.warning("This kernel starts without PyTorch and takes some seconds more: %s.", reason)
        self._set_up(kwargs)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have the server fork a kernel."""
        if not self._warm:
            return await super().launch_kernel(cmd, **kwargs)
        server = kernel_server()
        folder = str(kwargs.get("cwd") or Path.cwd())
        arguments = cmd[1 + len(LAUNCHER) :]
        environment: dict[str, str] = kwargs.get("env") or dict(os.environ)
        try:
            process = await asyncio.to_thread(
                server.launch, arguments, folder, environment, self._restrictions()
            )
        except ServerGone as error:
            return await self._without_server(error, cmd, **kwargs)
        # All that LocalProvisioner asks of it is what it has in common with Popen.
        self.process = process  # type: ignore[assignment]
        self.pid = self.pgid = process.pid
        self.cwd = folder
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder of the sockets."""
        await super().cleanup(restart=restart)
        if self._folder is not None and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _set_up(self, options: dict[str, Any]) -> None:
        """Make what the kernel needs before there is a connection file."""
        if self._warm:
            self._use_ipc()

    def _restrictions(self) -> str:
        """The sandbox's policy, as text, or "" for none."""
        return ""

    async def _without_server(self, error: ServerGone, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        self.log.warning("The server of warm kernels is gone (%s): this kernel starts without it.", error)
        self._warm = False
        return await super().launch_kernel(cmd, **kwargs)

    def _use_ipc(self) -> Path:
        """Returns the folder of the sockets."""
        if self._folder is None:
            made = kernel_server().make_folder() if self._warm else make_short_folder()
            self._folder = Path(made).resolve()
        sockets = self._folder / "sockets"
        sockets.mkdir(mode=0o700, exist_ok=True)
        manager = self.parent
        if manager is not None:
            # Kernels that share a prefix take each other's sockets.
            manager.transport, manager.ip = "ipc", str(sockets / "kernel")
            manager.cache_ports = False
        return sockets

    def _why_cold(self, environment: dict[str, str]) -> str:
        """Why this kernel cannot be forked, or ""."""
        argv = self.kernel_spec.argv
        if argv[1 : 1 + len(LAUNCHER)] != LAUNCHER or not _is_this_python(argv[0]):
            return "it is not a kernel of this Python environment"
        if sys.platform not in FORKING:
            return f"forking is not safe on {sys.platform}"
        if not kernel_server().suits(environment):
            return "its environment sets up the interpreter in another way"
        return ""


def _is_this_python(command: str) -> bool:
    # jupyter_client puts this interpreter in for the bare names.
    bare = ("python", "python3", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    return command in bare or os.path.abspath(command) == os.path.abspath(sys.executable)
