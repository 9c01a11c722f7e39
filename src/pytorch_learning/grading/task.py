"""Executing a submission as a pure step: bytes in, bytes out, on any machine that has this package."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from traitlets import import_item
from traitlets.config import Config


@dataclass(frozen=True)
class Task:
    """A repaired submission, and all that running it needs."""

    section: str
    student: str
    notebook: str
    """Its name, without the suffix."""
    content: bytes
    files: dict[str, bytes] = field(repr=False)
    """What lies beside it, by the relative path."""
    preprocessor: str
    """The class that runs the cells, by its dotted name."""
    config: dict[str, Any] = field(repr=False)
    threads: int | None = None
    """For torch's parallel operations; None for what the worker's OMP_NUM_THREADS says."""


@dataclass(frozen=True)
class Executed:
    """A submission that was run."""

    content: bytes


def execute(task: Task) -> Executed:
    """Run a submission's cells in a folder of their own.

    Whatever the cells do is in the result.  Raises what starting a kernel raises.
    """
    notebook = nbformat.reads(task.content.decode(), as_version=4)
    with tempfile.TemporaryDirectory(prefix="ptl-work-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        for path, content in task.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        variables = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
        if task.threads is not None:
            variables["OMP_NUM_THREADS"] = str(task.threads)
        preprocessor = import_item(task.preprocessor)(config=Config(task.config))
        # Not by way of this process's own environment, which others of its threads share.
        preprocessor.start_new_kernel = partial(preprocessor.start_new_kernel, env=variables)
        resources = {"metadata": {"path": str(folder), "name": task.notebook}, "nbgrader": {}}
        notebook, _ = preprocessor(notebook, resources)
    return Executed(nbformat.writes(notebook).encode())
