"""The grader's kernels: what a submission sees and may use, and what ends it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from traitlets.config import Config

from pytorch_learning import sandbox
from pytorch_learning.warm.sandboxed import NAME, SandboxedProvisioner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")
KEPT_APART = pytest.mark.skipif(
    not (sandbox.detect().namespaces or sandbox.detect().landlock), reason="nothing keeps programs apart here"
)
MIB = 2**20


class Submission:
    """Cells that are run in the sandbox."""

    provisioner: SandboxedProvisioner

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.config = Config({"Sandbox": settings})

    def run(self, *cells: str) -> list[str]:
        """What each cell prints."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        client = NotebookClient(
            notebook,
            on_notebook_start=lambda notebook: setattr(self, "provisioner", client.km.provisioner),
            kernel_name=NAME,
            timeout=60,
            config=self.config,
            resources={"metadata": {"path": str(self.folder)}},
        )
        client.execute()
        return ["".join(output.get("text", "") for output in cell.outputs) for cell in notebook.cells]


@pytest.fixture
def submission(tmp_path: Path) -> Submission:
    """A submission in a folder with a file of its own."""
    (tmp_path / "own.txt").write_text("mine")
    (tmp_path / "worksheet.ipynb").write_text("{}")
    return Submission(tmp_path)


@KEPT_APART
def test_it_has_what_it_needs_and_sees_nothing_else(
    submission: Submission, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path_factory.mktemp("course") / "gradebook.db"
    secret.write_text("scores")
    monkeypatch.setenv("GRADER_TOKEN", "hidden")
    imported, files, environment, data = submission.run(
        "import sys; print([m in sys.modules for m in ('torch', 'torchvision', 'pandas')])",
        f"import os\nprint(open('own.txt').read(), os.listdir(), os.path.exists({str(secret)!r}))",
        "print('hidden' in repr(os.environ), os.environ['HOME'] == os.environ['TMPDIR'])",
        "from pytorch_learning.data import data_root\nfrom torchvision.datasets import FashionMNIST\n"
        "print(len(FashionMNIST(root=data_root(), download=True)))",
    )
    assert imported == "[True, True, True]\n"
    assert files == "mine ['own.txt'] False\n"
    assert environment == "False True\n"
    assert data.endswith("60000\n")


@KEPT_APART
def test_what_it_writes_is_gone_with_it(submission: Submission) -> None:
    printed = submission.run("import os\nopen('new.txt', 'w').write('x')\nprint(os.path.abspath('new.txt'))")
    assert not Path(printed[0].strip()).exists()
    assert sorted(path.name for path in submission.folder.iterdir()) == ["own.txt", "worksheet.ipynb"]


@pytest.mark.skipif(not sandbox.detect().namespaces, reason="no namespaces here")
def test_there_is_no_network(submission: Submission) -> None:
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = listening.getsockname()
        # Without the sandbox, somebody does answer there.
        socket.create_connection(address, timeout=5).close()
        tried = f"import socket\ntry:\n    socket.create_connection({address})"
        assert submission.run(f"{tried}\nexcept OSError:\n    print('none')") == ["none\n"]


@KEPT_APART
def test_it_can_be_interrupted_and_restarted(tmp_path: Path) -> None:
    manager, channels = start_new_kernel(kernel_name=NAME, startup_timeout=60, cwd=str(tmp_path))
    assert isinstance(manager, KernelManager)
    try:
        request = channels.execute("print('begun', flush=True)\nwhile True: pass")
        # Earlier, an interrupt would not be the cell's.
        while channels.get_iopub_msg(timeout=60)["header"]["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        reply = channels.get_shell_msg(timeout=60)
        while reply["parent_header"]["msg_id"] != request:
            reply = channels.get_shell_msg(timeout=60)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        manager.restart_kernel(now=True)
        channels.wait_for_ready(timeout=60)
        assert channels.execute_interactive("1 + 1", timeout=60)["content"]["status"] == "ok"
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)


MEMORY = "kept = []\nwhile True:\n    kept.append(bytearray(b'x' * 20_000_000))"
SHARED_MEMORY = (
    "import multiprocessing, time\n"
    "for i in range(6):\n"
    "    multiprocessing.Process(target=lambda: (b'x' * 250_000_000, time.sleep(60))).start()\n"
    "time.sleep(60)"
)
DISK = "import time\nfor i in range(50):\n    open(f'{i}.bin', 'wb').write(b'x' * 900_000)\ntime.sleep(60)"
SLOW = "import time\ntime.sleep(60)"
THREADS = (
    "import threading, time\nfor i in range(60):\n"
    "    threading.Thread(target=time.sleep, args=(60,)).start()\ntime.sleep(60)"
)


@KEPT_APART
@pytest.mark.parametrize(
    ("code", "settings", "reason"),
    [
        (SHARED_MEMORY, {"memory_bytes": 400 * MIB}, "memory"),
        (DISK, {"file_bytes": MIB}, "of files"),
        (SLOW, {"notebook_seconds": 1.0}, "The whole notebook"),
    ],
)
def test_who_uses_too_much_is_ended_and_told_why(
    tmp_path: Path, code: str, settings: dict[str, Any], reason: str
) -> None:
    limited = Submission(tmp_path, **settings)
    with pytest.raises(DeadKernelError):
        limited.run(code)
    ended = limited.provisioner.ended_because
    assert ended is not None
    assert reason in ended.en


@KEPT_APART
@pytest.mark.parametrize(
    ("code", "settings", "error"),
    [
        (MEMORY, {"memory_bytes": 300 * MIB}, "MemoryError"),
        (THREADS, {"processes": 40}, "can't start new thread"),
    ],
)
def test_the_kernel_refuses_what_is_too_much(
    tmp_path: Path, code: str, settings: dict[str, Any], error: str
) -> None:
    tried = f"try:\n    exec({code!r}, {{}})"
    cell = f"{tried}\nexcept (MemoryError, RuntimeError) as error:\n    print(repr(error))"
    limited = Submission(tmp_path, **settings)
    try:
        assert error in limited.run(cell)[0]
    except DeadKernelError:
        # The one who watches may have been quicker.
        assert limited.provisioner.ended_because is not None


@pytest.mark.skipif(not sandbox.detect().bubblewrap, reason="no bubblewrap here")
def test_bubblewrap_alone_keeps_it_apart_too(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("course") / "gradebook.db"
    secret.write_text("scores")
    alone = Submission(tmp_path, mechanisms={"bubblewrap"})
    printed = alone.run(
        f"import os, sys\nprint('torch' in sys.modules, os.path.exists({str(secret)!r}))",
        "import os\nprint(os.getcwd())",
    )
    assert printed[0] == "False False\n"
    assert not Path(printed[1].strip()).exists()
