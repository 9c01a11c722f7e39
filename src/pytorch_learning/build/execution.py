"""Runs a generated notebook, and keeps the outputs of one that has not changed."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from pytorch_learning.build.editions import supplementary_files
from pytorch_learning.build.source import KERNEL, SourceSection
from pytorch_learning.errors import CourseError
from pytorch_learning.language import VARIABLE, Language
from pytorch_learning.warm import provisioner

TIMEOUT = 900
"""Seconds for one cell: training cells run on machines without a GPU too."""


def run(notebook: NotebookNode, section: SourceSection, language: Language, root: Path) -> None:
    """Run every cell in place.  Raises CourseError, with the source line, for one that fails."""
    with tempfile.TemporaryDirectory(prefix="pytorch-learning-") as name:
        folder = Path(name).resolve()
        # What a notebook writes must not end up beside the committed files.
        for path in supplementary_files(root, section.id):
            target = folder / path.relative_to(root / "source" / section.id)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        _execute(notebook, section, language, folder)
        _refuse_machine_paths(notebook, section, [folder, root.resolve(), Path.home(), Path(sys.prefix)])
    notebook.metadata.pop("widgets", None)
    notebook.metadata.update(KERNEL)


def _execute(notebook: NotebookNode, section: SourceSection, language: Language, folder: Path) -> None:
    running: dict[str, str] = {}

    def note(cell: NotebookNode, cell_index: int) -> None:
        running["id"] = cell.id

    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name=provisioner.NAME,
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=note,
        # What varies between two runs has no place in a committed file: timings, where stdout was split.
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        # Without it a kernel that is not warm warns that others on this machine could read what passes.
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),
    )
    try:
        client.execute(env={**os.environ, VARIABLE: language})
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        if isinstance(error, CellExecutionError):
            reason = f"{error.ename}: {error.evalue}"
        else:
            reason = f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"
        line = section.line(running["id"]) if running else 1
        raise CourseError(
            f"{section.file.name}:{line}: this cell fails ({language}) with {reason}: mend it and build again"
        ) from error


def _refuse_machine_paths(notebook: NotebookNode, section: SourceSection, folders: list[Path]) -> None:
    paths = [f"{folder}{os.sep}" for folder in folders if len(folder.parts) > 1]
    # IPython shows a warning under the name of a file that does not exist, in a new folder for each kernel.
    pattern = re.compile("|".join([*map(re.escape, paths), r"ipykernel_\d+"]))
    problems = [
        f"{section.file.name}:{section.line(cell.id)}: the output shows a path of this machine "
        f"({match[0]}): print less, or a relative path"
        for cell in notebook.cells
        if cell.cell_type == "code"
        for match in [pattern.search("\n".join(_texts(cell.outputs)))]
        if match
    ]
    if problems:
        raise CourseError("\n".join(problems))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [entry for key, entry in value.items() if key != "image/png"]
    return [text for entry in value for text in _texts(entry)] if isinstance(value, list) else []


def is_executed(notebook: NotebookNode) -> bool:
    """Whether every code cell has been run."""
    return all(
        cell.execution_count for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()
    )


def same_code(notebook: NotebookNode, other: NotebookNode) -> bool:
    """Whether running either gives the same outputs."""
    return _code(notebook) == _code(other)


def keep_outputs(notebook: NotebookNode, committed: NotebookNode) -> None:
    """Copy the outputs of the cells up to the first whose code differs."""
    old = [cell for cell in committed.cells if cell.cell_type == "code"]
    new = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, before in zip(new, old, strict=False):
        if cell.source != before.source:
            break
        cell.outputs = before.outputs
        cell.execution_count = before.execution_count


def _code(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]
