"""Reads, compares, writes and removes generated files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from nbformat import NotebookNode

from pytorch_learning.build.editions import source_hash, source_path
from pytorch_learning.errors import CourseError
from pytorch_learning.language import LANGUAGES

DISCARD = "--discard-edits"


def read_notebook(path: Path) -> NotebookNode | None:
    """The notebook in a file, None if there is no file.  Raises CourseError if it is not a notebook."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        return None
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, KeyError, AttributeError) as error:
        raise CourseError(f"{path} is not a notebook ({error}): remove it and build again.") from error


def same_content(path: Path, content: bytes) -> bool:
    """Whether a file says what it should.  In a notebook, outputs and cell ids do not matter."""
    if not path.exists():
        return False
    if path.suffix != ".ipynb":
        return path.read_bytes() == content
    return _content(read_notebook(path)) == _content(nbformat.reads(content.decode(), as_version=4))


def write(path: Path, content: bytes) -> bool:
    """Write a file at once or not at all.  Returns False if it already has this content."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp lets nobody else read it.
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def superfluous(root: Path, expected: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    """Generated files that no source accounts for."""
    found: list[Path] = []
    for language in LANGUAGES:
        for edition in ("notebooks", "solutions", "release"):
            found += (root / edition / language).glob("*.ipynb")
            found += (root / edition / language).glob("*.html")
        for notebook in (root / "release" / language).glob("*/*.ipynb"):
            if notebook.stem == notebook.parent.name:
                # nbgrader owns the folder of an assignment with everything in it.
                found += (path for path in notebook.parent.rglob("*") if path.is_file())
    found += (path for path in (root / "source").glob("*/*.ipynb") if path.stem == path.parent.name)
    wanted = set(expected)
    paths = {PurePosixPath(path.relative_to(root).as_posix()) for path in found}
    return sorted(path for path in paths - wanted if ".ipynb_checkpoints" not in path.parts)


def remove(root: Path, path: PurePosixPath) -> None:
    """Remove a generated file, and the folder that it leaves empty."""
    (root / path).unlink()
    folder = (root / path).parent
    if folder.name not in LANGUAGES and not any(folder.iterdir()):
        folder.rmdir()


def refuse_edited(root: Path, generated: dict[str, NotebookNode], removed: Iterable[PurePosixPath]) -> None:
    """Raises CourseError if a notebook below `source/` has changes that are not in the text."""
    problems: list[str] = []
    for section_id, made in generated.items():
        path = source_path(section_id)
        committed = read_notebook(root / path)
        if committed is not None and is_edited(committed) and source_hash(committed) != source_hash(made):
            problems.append(
                f"{path}: it was edited and source/{section_id}.py does not have the change: "
                f"bring it there with `jupytext --sync {path}`, "
                f"or drop it with `pytorch-learning build {DISCARD}`"
            )
    for path in removed:
        if path.parts[0] == "source":
            committed = read_notebook(root / path)
            if committed is not None and is_edited(committed):
                problems.append(
                    f"{path}: there is no {path.parent}.py and nothing else has this notebook: write it with "
                    f"`jupytext --to py:percent --output {path.parent}.py {path}`, "
                    f"or drop it with `pytorch-learning build {DISCARD}`"
                )
    if problems:
        raise CourseError("\n".join(["nothing was written:", *problems]))


def is_edited(notebook: NotebookNode) -> bool:
    """Whether a notebook differs from what the build once made it from."""
    recorded = notebook.metadata.get("pytorch_learning", {}).get("source_hash")
    return recorded != source_hash(notebook)


def _content(notebook: NotebookNode | None) -> Any:
    if notebook is None:
        return None
    cells = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
    # JupyterLab writes its own version of these when it saves.
    metadata = {
        key: value for key, value in notebook.metadata.items() if key not in ("kernelspec", "language_info")
    }
    return cells, metadata
