"""What runs submissions: processes on this machine, or a Dask cluster."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Event
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any, Protocol

from pytorch_learning.errors import CourseError
from pytorch_learning.language import say
from pytorch_learning.warm import provisioner
from pytorch_learning.warm.client import ADDRESS, kernel_server

PATIENCE = 20
"""Seconds for a scheduler to answer, and for its first worker to be there."""


class Pool(Protocol):
    """Makes executors: a new one whenever one is broken."""

    jobs: int
    """How many submissions it runs at a time."""
    threads: int | None
    """For each of them; None where the workers know."""

    def start(self) -> Executor:
        """An executor to submit to."""

    def close(self) -> None:
        """Wait for what runs, and leave nothing behind."""

    def kill(self) -> None:
        """End what runs."""


class Processes:
    """Processes on this machine, which share one server of warm kernels and the memory of its imports."""

    def __init__(self, jobs: int, *, warm: bool) -> None:
        self.jobs = jobs
        # So many that together they use every core, and none twice.
        self.threads: int | None = max(1, cores() // jobs)
        self._executors: list[ProcessPoolExecutor] = []
        if warm and sys.platform in provisioner.FORKING:
            self._address = kernel_server().address
            # If this process is killed, the server removes it.
            self._folder = kernel_server().make_folder()
        else:
            self._address = ""
            self._folder = tempfile.mkdtemp(prefix="ptl-grade-")

    def start(self) -> Executor:
        """A pool whose processes have all started."""
        context = _context()
        all_started = context.Event()
        executor = ProcessPoolExecutor(
            self.jobs,
            mp_context=context,
            initializer=_begin,
            # multiprocessing's own folder, too, has nobody to remove it when this process is killed.
            initargs=(self._address, self._folder, get_temp_dir(), all_started),
        )
        self._executors.append(executor)
        # One that starts while another's death is dealt with is not ended with the rest, and waited for without
        # end.  As none is idle before all are there, each of these starts another one.
        try:
            with _interrupts_wait():
                for _ in range(self.jobs):
                    executor.submit(os.getpid)
        finally:
            all_started.set()
        return executor

    def close(self) -> None:
        """Wait for what runs, and remove its folder."""
        for executor in self._executors:
            executor.shutdown(cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self) -> None:
        """End the processes; the server of warm kernels ends theirs."""
        for process in active_children():
            process.kill()


class Cluster:
    """Dask's workers, on any machines that have this package."""

    threads: int | None = None

    def __init__(self, scheduler: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise CourseError(
                say(
                    "--scheduler 需要 Dask：请运行 `pip install 'pytorch-learning[dask]'`。",
                    "--scheduler needs Dask: run `pip install 'pytorch-learning[dask]'`.",
                )
            ) from None
        try:
            self._client: Any = Client(scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CourseError(
                say(
                    f"连不上 {scheduler}：请检查地址，以及 `dask scheduler` 是否在运行。",
                    f"There is no scheduler at {scheduler}: check the address, and that `dask scheduler` runs.",
                )
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            self._client.close()
            raise CourseError(
                say(
                    f"{scheduler} 没有 worker：请先运行 `dask worker {scheduler}`。",
                    f"The scheduler {scheduler} has no workers: run `dask worker {scheduler}` first.",
                )
            ) from None
        self.jobs = sum(self._client.ncores().values())
        self._executor = self._client.get_executor(pure=False)

    def start(self) -> Executor:
        """The cluster, which mends itself."""
        return self._executor

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()

    def kill(self) -> None:
        """Have the cluster forget what has not begun; what runs, runs to its end."""
        self._executor.shutdown(wait=False)


@contextmanager
def pool(jobs: int | None, scheduler: str | None, submissions: int, *, warm: bool) -> Iterator[Pool]:
    """The pool that the options ask for, no larger than so many submissions need."""
    chosen: Pool
    if scheduler:
        chosen = Cluster(scheduler)
        chosen.jobs = jobs or chosen.jobs
    else:
        chosen = Processes(min(jobs or cores(), submissions), warm=warm)
    try:
        yield chosen
    except BaseException:
        chosen.kill()
        raise
    finally:
        chosen.close()


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Keep Ctrl-C from processes that are started meanwhile, until they can deal with it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> BaseContext:
    if sys.platform not in provisioner.FORKING:
        return get_context("spawn")
    context = get_context("forkserver")
    # What takes long to import is imported once, however many processes there are.
    context.set_forkserver_preload(["pytorch_learning.grading.task", "pytorch_learning.grading.execute"])
    return context


def _begin(address: str, folder: str, another: str, all_started: Event) -> None:
    """In a process of the pool: Ctrl-C is for the one that records."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if address:
        os.environ[ADDRESS] = address
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, args=((folder, another),), daemon=True).start()
    all_started.wait()


def _end_with_parent(folders: tuple[str, ...]) -> None:
    """When the process that records is killed, nobody else would end this one."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    # The other thread may still be writing.
    for _ in range(100):
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        if not any(Path(folder).exists() for folder in folders):
            break
        time.sleep(0.05)
    os._exit(1)
