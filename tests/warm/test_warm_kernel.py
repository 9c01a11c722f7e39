"""Warm kernels: each as one that started by itself, and nothing left of it when anybody dies."""

from __future__ import annotations

import ast
import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from traitlets.log import get_logger

from pytorch_learning.warm import client
from pytorch_learning.warm.protocol import Launch, Lines, send
from pytorch_learning.warm.provisioner import NAME, WarmProvisioner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need a safe fork")
SECONDS = 60


@contextmanager
def kernel(**options: object) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """A running warm kernel."""
    manager, channels = start_new_kernel(kernel_name=NAME, startup_timeout=SECONDS, **options)
    try:
        yield manager, channels
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What Jupyter's objects log: to an application's logger, if another test has left an application."""
    logger = get_logger()
    level = logger.level
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.WARNING)
    yield caplog
    logger.setLevel(level)
    logger.removeHandler(caplog.handler)


def value(channels: BlockingKernelClient, code: str, expression: str) -> str:
    """The text of an expression after some code, from a kernel."""
    reply = channels.execute_interactive(
        code, user_expressions={"wanted": expression}, timeout=SECONDS, output_hook=lambda message: None
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    return reply["content"]["user_expressions"]["wanted"]["data"]["text/plain"]


def run(*cells: str) -> list[nbformat.NotebookNode]:
    """A notebook's cells, once run in a warm kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name=NAME, timeout=SECONDS).execute()
    return notebook.cells


def soon(condition: Callable[[], bool]) -> bool:
    """Whether it comes true before anybody loses patience."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def exists(pid: int) -> bool:
    """Whether a process is there and not just waiting to be forgotten."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_the_kernelspec_names_the_provisioner() -> None:
    spec = KernelSpecManager().get_kernel_spec(NAME)
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == NAME
    with kernel() as (manager, _):
        assert isinstance(manager.provisioner, WarmProvisioner)


def test_everything_is_imported_and_the_server_is_the_parent() -> None:
    with kernel() as (_, channels):
        modules = "[m in sys.modules for m in ('torch', 'torchvision', 'pandas', 'matplotlib.pyplot')]"
        assert value(channels, "import sys, os", f"(os.getppid(), {modules})") == str(
            (client.kernel_server().pid, [True] * 4)
        )


def test_folder_environment_and_threads_are_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "3", "ONLY_HERE": "yes"}
    with kernel(cwd=str(tmp_path), env=environment) as (_, channels), kernel() as (_, other):
        wanted = "[os.getcwd(), os.environ.get('ONLY_HERE'), torch.get_num_threads()]"
        # IPython breaks a long list over lines.
        found = ast.literal_eval(value(channels, "import os, torch", wanted))
        assert found == [str(tmp_path), "yes", 3]
        folder, only_here, _ = ast.literal_eval(value(other, "import os, torch", wanted))
        assert folder != str(tmp_path)
        assert only_here is None
        assert client.ADDRESS not in value(channels, "", "list(os.environ)")


@pytest.mark.parametrize("letters", [1, 200])
def test_sockets_have_room_for_their_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letters: int
) -> None:
    usual = tmp_path / ("x" * letters)
    usual.mkdir()
    monkeypatch.setattr(client.tempfile, "tempdir", str(usual))
    folder = Path(client.make_short_folder())
    try:
        assert len(str(folder / "ptl-12345678/sockets/kernel-5")) <= 107
        assert folder.is_relative_to(usual) == (len(str(usual)) <= client.LONGEST_FOLDER)
    finally:
        folder.rmdir()


@pytest.mark.parametrize("draw", ["torch.rand(4)", "numpy.random.rand(4)", "random.random()"])
def test_random_numbers_are_its_own(draw: str) -> None:
    with kernel() as (_, one), kernel() as (_, other):
        modules = "import torch, numpy, random"
        assert value(one, modules, draw) != value(other, modules, draw)


def test_two_threads_may_look_whether_it_has_ended() -> None:
    for _ in range(20):
        with kernel() as (manager, _):
            process = manager.provisioner.process
            with ThreadPoolExecutor(4) as threads:
                waiting = [threads.submit(process.wait, SECONDS) for _ in range(4)]
                process.kill()
                assert [thread.result() for thread in waiting] == [-signal.SIGKILL] * 4


def test_the_debugger_stops_at_a_breakpoint() -> None:
    with kernel() as (_, channels):

        def ask(number: int, command: str, **arguments: object) -> dict:
            content = {"type": "request", "seq": number, "command": command, "arguments": arguments}
            channels.control_channel.send(channels.session.msg("debug_request", content))
            reply = channels.get_control_msg(timeout=SECONDS)["content"]
            assert reply["success"], reply
            return reply.get("body", {})

        code = "x = 1\ny = x + 1"
        ask(1, "initialize", clientID="test", adapterID="", pathFormat="path", linesStartAt1=True)
        ask(2, "attach")
        path = ask(3, "dumpCell", code=code)["sourcePath"]
        ask(4, "setBreakpoints", source={"path": path}, breakpoints=[{"line": 2}], sourceModified=False)
        ask(5, "configurationDone")
        channels.execute(code)
        events = (channels.get_iopub_msg(timeout=SECONDS)["content"] for _ in range(50))
        stopped = next(event["body"] for event in events if event.get("event") == "stopped")
        assert stopped["reason"] == "breakpoint"


def test_parallel_operations_and_plots_work() -> None:
    summed, plotted = run(
        "import torch\ntorch.ones(5_000_000).sum()", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    )
    assert summed.outputs[0].data["text/plain"] == "tensor(5000000.)"
    assert "image/png" in plotted.outputs[0].data


def test_a_class_of_the_notebook_can_be_pickled() -> None:
    *_, last = run("class Model: pass", "import pickle\ntype(pickle.loads(pickle.dumps(Model()))) is Model")
    assert last.outputs[0].data["text/plain"] == "True"


def test_functions_registered_for_the_exit_are_called(tmp_path: Path) -> None:
    with kernel(cwd=str(tmp_path)) as (manager, channels):
        value(channels, "import atexit, pathlib", "atexit.register(pathlib.Path('said').write_text, 'bye')")
        manager.shutdown_kernel()
        assert (tmp_path / "said").read_text() == "bye"


@pytest.mark.parametrize(("code", "exit_code"), [("os._exit(3)", 3), ("os.kill(os.getpid(), 9)", -9)])
def test_a_kernel_that_dies_is_reported_dead(code: str, exit_code: int) -> None:
    with kernel() as (manager, channels):
        process = manager.provisioner.process
        channels.execute(f"import os\n{code}")
        assert soon(lambda: not manager.is_alive())
        assert process.wait() == exit_code
    with pytest.raises(DeadKernelError):
        run(f"import os\n{code}", "1")


def test_an_interrupt_interrupts_and_a_restart_restarts() -> None:
    with kernel() as (manager, channels):
        before = value(channels, "import os\nkept = 1", "os.getpid()")
        request = channels.execute("print('begun', flush=True)\nwhile True: pass")
        # Earlier, an interrupt would not be the cell's.
        while channels.get_iopub_msg(timeout=SECONDS)["header"]["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        reply = channels.get_shell_msg(timeout=SECONDS)
        while reply["parent_header"]["msg_id"] != request:
            reply = channels.get_shell_msg(timeout=SECONDS)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert value(channels, "", "(os.getpid(), kept)") == f"({before}, 1)"
        manager.restart_kernel(now=True)
        channels.wait_for_ready(timeout=SECONDS)
        after = value(channels, "import os", f"(os.getpid() != {before}, 'kept' in globals())")
        assert after == "(True, False)"


def test_what_a_kernel_has_started_ends_with_it() -> None:
    with kernel() as (_, channels):
        code = "import subprocess, os\nsleeper = subprocess.Popen(['sleep', '600'])"
        sleeper = int(value(channels, code, "sleeper.pid"))
        assert exists(sleeper)
        channels.execute("os._exit(0)")
        assert soon(lambda: not exists(sleeper))


def test_sockets_are_in_a_folder_for_this_user_only() -> None:
    with kernel() as (manager, _):
        assert manager.transport == "ipc"
        folder = Path(manager.ip).parent
        assert list(folder.iterdir())
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_who_has_no_token_gets_no_kernel() -> None:
    server = client.kernel_server()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(SECONDS)
        connection.connect(server.path)
        send(connection, Launch("guessed", [], "/", {}))
        assert Lines(connection).next() is None
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(server.path)
        connection.sendall(b"no JSON at all\n")
    with kernel() as (_, channels):
        assert value(channels, "", "1 + 1") == "2"


@pytest.mark.parametrize(("name", "setting"), [("PYTHONHASHSEED", "7"), ("LD_PRELOAD", "")])
def test_an_environment_for_another_interpreter_starts_one(
    name: str, setting: str, logged: pytest.LogCaptureFixture
) -> None:
    with kernel(env={**os.environ, name: setting}) as (manager, channels):
        assert "another way" in logged.text
        assert manager.transport == "tcp"
        assert value(channels, "import os", "os.getppid()") == str(os.getpid())


def test_where_a_fork_is_not_safe_the_stock_kernel_starts(
    monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pytorch_learning.warm.provisioner.FORKING", ())
    with kernel() as (_, channels):
        assert "forking is not safe" in logged.text
        assert value(channels, "import os", "os.getppid()") == str(os.getpid())


def test_a_server_that_was_killed_takes_its_kernels_along_and_is_replaced() -> None:
    with kernel() as (manager, channels):
        pid = int(value(channels, "import os", "os.getpid()"))
        os.kill(client.kernel_server().pid, signal.SIGKILL)
        assert soon(lambda: not exists(pid))
        assert soon(lambda: not manager.is_alive())
    with kernel() as (_, channels):
        assert value(channels, "", "1 + 1") == "2"


def test_a_server_asked_to_end_takes_its_kernels_along_and_leaves_nothing() -> None:
    with kernel() as (manager, channels):
        pid = int(value(channels, "import os", "os.getpid()"))
        server = client.kernel_server()
        os.kill(server.pid, signal.SIGTERM)
        assert soon(lambda: not exists(pid))
        assert soon(lambda: not server.folder.exists())
        assert soon(lambda: not manager.is_alive())


def test_a_server_that_is_no_longer_needed_does_not_go_on_importing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(client.ADDRESS, raising=False)
    server = client.KernelServer()
    server.stop()
    assert server._process.returncode == -signal.SIGTERM
    assert not server.folder.exists()


def test_a_kernel_ends_when_it_is_asked_to() -> None:
    with kernel() as (manager, channels):
        pid = int(value(channels, "import os", "os.getpid()"))
        os.kill(pid, signal.SIGTERM)
        assert soon(lambda: not exists(pid))
        assert soon(lambda: not manager.is_alive())


OWNER = """
    import sys, time
    from jupyter_client.manager import start_new_kernel
    from pytorch_learning.warm import client
    manager, channels = start_new_kernel(kernel_name="pytorch-learning", startup_timeout=60)
    print(client.kernel_server().pid, manager.provisioner.pid, client.kernel_server().path, flush=True)
    {then}
"""


@pytest.mark.parametrize("then", ["time.sleep(600)", "sys.exit(0)", "manager.shutdown_kernel()"])
def test_nothing_stays_behind_when_the_owner_goes(then: str) -> None:
    code = textwrap.dedent(OWNER.format(then=then))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        server, child, path = owner.stdout.readline().split()
        if "sleep" in then:
            owner.kill()
        assert soon(lambda: not exists(int(server)) and not exists(int(child)))
        assert soon(lambda: not Path(path).parent.exists())


def test_another_process_can_share_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    server = client.kernel_server()
    code = textwrap.dedent(OWNER.format(then="manager.shutdown_kernel()"))
    environment = {**os.environ, client.ADDRESS: server.address}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[2] == server.path
    assert server.running()
