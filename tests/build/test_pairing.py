"""An edit in JupyterLab gets back into the text, and is not overwritten before it does."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time

import nbformat
import pytest
from conftest import TinyCourse
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupytext.async_contentsmanager import build_async_jupytext_contents_manager_class


def edit(course: TinyCourse) -> None:
    path = course.root / "source" / "01_tensors" / "01_tensors.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("A sum", "The sum").replace("[1, 2, 3]", "[1, 2, 3, 4]")
    nbformat.write(notebook, path)
    # jupytext takes the newer of the two, to the second.
    later = time.time() + 10
    os.utime(path, (later, later))


def sync(course: TinyCourse, name: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "jupytext", "--sync", str(course.root / name)], check=True, capture_output=True
    )


async def save_in_jupyterlab(course: TinyCourse) -> None:
    """Open the notebook, change a cell and save, through the contents manager of JupyterLab."""
    manager = build_async_jupytext_contents_manager_class(AsyncLargeFileManager)(root_dir=str(course.root))
    path = "source/01_tensors/01_tensors.ipynb"
    model = await manager.get(path)
    for cell in model["content"]["cells"]:
        cell["source"] = cell["source"].replace("A sum", "The sum")
    await manager.save({"type": "notebook", "content": model["content"]}, path)


def test_notebook_to_text(built: TinyCourse) -> None:
    before = built.source.read_text(encoding="utf-8")
    edit(built)
    sync(built, "source/01_tensors/01_tensors.ipynb")
    after = built.source.read_text(encoding="utf-8")
    assert after == before.replace("A sum", "The sum").replace("[1, 2, 3]", "[1, 2, 3, 4]")
    assert built.build("--no-execute") == 0
    assert built.build("--check") == 0


def test_text_to_notebook(built: TinyCourse) -> None:
    built.replace("A sum", "The sum")
    later = time.time() + 10
    os.utime(built.source, (later, later))
    text = built.source.read_text(encoding="utf-8")
    sync(built, "source/01_tensors.py")
    assert built.source.read_text(encoding="utf-8") == text
    notebook = nbformat.read(built.root / "source" / "01_tensors" / "01_tensors.ipynb", as_version=4)
    assert any("The sum" in cell.source for cell in notebook.cells)
    assert [
        cell.metadata.nbgrader.get("points") for cell in notebook.cells if "nbgrader" in cell.metadata
    ] == [
        None,
        2,
        None,
        3,
    ]
    assert built.build("--no-execute") == 0


def test_jupyterlab_saves_both(built: TinyCourse) -> None:
    before = built.source.read_text(encoding="utf-8")
    asyncio.run(save_in_jupyterlab(built))
    assert built.source.read_text(encoding="utf-8") == before.replace("A sum", "The sum")
    assert built.build("--no-execute") == 0


def test_an_edit_is_not_overwritten(built: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    edit(built)
    before = built.files()
    assert built.build("--no-execute") == 2
    errors = capsys.readouterr().err
    assert "jupytext --sync source/01_tensors/01_tensors.ipynb" in errors
    assert "--discard-edits" in errors
    assert built.files() == before
    assert built.build("--no-execute", "--discard-edits") == 0
    assert built.build("--check") == 0


def test_a_notebook_without_text_is_not_removed(
    built: TinyCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    path = built.root / "source" / "09_new" / "09_new.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), path)
    assert built.build("--no-execute") == 2
    assert "--output source/09_new.py" in capsys.readouterr().err
    assert path.exists()
    assert built.build("--no-execute", "--discard-edits") == 0
    assert not path.exists()


def test_outputs_of_the_source_notebook_are_no_edit(built: TinyCourse) -> None:
    path = built.root / "source" / "01_tensors" / "01_tensors.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    nbformat.write(notebook, path)
    assert built.build("--no-execute") == 0
