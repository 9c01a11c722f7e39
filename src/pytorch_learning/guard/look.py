"""A look at the source of answers: what has no place in one and could be meant for the tests."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from pytorch_learning.grading.repair import is_lecture, is_test
from pytorch_learning.guard.folding import folded
from pytorch_learning.guard.roots import Roots
from pytorch_learning.guard.suspicious import RUNS_TEXT, suspicions
from pytorch_learning.language import Text

UNREAD = Text(
    "批改程序读不懂这里的代码，但它运行了。",
    "There is code here that could not be read, and yet it ran.",
)
_MAGICS = ("run_line_magic", "run_cell_magic")
_NO_PYTHON = frozenset(
    {"bash", "sh", "html", "javascript", "js", "latex", "markdown", "svg", "script", "pip"}
)
_LARGEST = 1_000_000
_DEEPEST = 500


def look(notebook: NotebookNode, folder: Path | None = None) -> dict[int, list[Text]]:
    """What there is to say about each test, by its position.

    A finding counts for the test below it, and wherever a name is used that its cell defines.  What is in a
    program that lies in the submission's `folder` counts for every test.  A notebook that has been run also
    shows which cells could not be read and ran all the same.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEPEST * 20))
    try:
        return _look(notebook, folder)
    finally:
        sys.setrecursionlimit(limit)


def _look(notebook: NotebookNode, folder: Path | None) -> dict[int, list[Text]]:
    cells = {index: cell for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"}
    programs = {
        index: (_known_programs if is_test(cell) or is_lecture(cell) else _programs)(cell.source)
        for index, cell in cells.items()
    }
    files, everywhere = _files(folder)
    roots = Roots()
    for index, cell in cells.items():
        for tree in programs[index] or ():
            # A notebook is left with the names that a test imports.
            (roots.add_imports if is_test(cell) else roots.add)(tree)
    for tree in files:
        roots.add(tree)
    roots.follow()
    everywhere += [text for tree in files for text in suspicions(tree, roots)]
    found: dict[int, list[Text]] = {}
    tainted: dict[str, list[Text]] = {}
    since_last_test: list[Text] = []
    for index, cell in cells.items():
        trees = programs[index]
        if is_test(cell):
            if since_last_test or everywhere:
                found[index] = list(dict.fromkeys([*everywhere, *since_last_test]))
            since_last_test = []
        elif is_lecture(cell):
            continue
        elif trees is None:
            if _has_run(cell):
                everywhere.append(UNREAD)
        else:
            findings = [text for tree in trees for text in suspicions(tree, roots)]
            findings += [text for tree in trees for name in _used(tree) for text in tainted.get(name, [])]
            since_last_test += findings
            if findings:
                tainted.update((name, findings) for tree in trees for name in _defined(tree))
    return found


def _has_run(cell: NotebookNode) -> bool:
    return bool(cell.execution_count) and all(output.output_type != "error" for output in cell.outputs)


def _files(folder: Path | None) -> tuple[list[ast.Module], list[Text]]:
    """The programs beside a notebook, and what there is to say about those that can't be read."""
    trees: list[ast.Module] = []
    found: list[Text] = []
    for path in sorted(folder.rglob("*")) if folder is not None else ():
        if "__pycache__" in path.parts or path.suffix not in (".py", ".pyc", ".so", ".pyd"):
            continue
        readable = path.suffix == ".py" and path.is_file() and path.stat().st_size < _LARGEST
        # As bytes: a program can say which encoding it is in.
        programs = _programs(path.read_bytes()) if readable else None
        trees += programs or ()
        if programs is None:
            found.append(UNREAD)
    return trees, found


def _programs(source: str | bytes) -> list[ast.Module] | None:
    """A program, and those that it has in texts which it runs; None if it can't be read."""
    tree = _parsed(source)
    if tree is None:
        return None
    found = [tree]
    for program in found:
        found += filter(None, map(_parsed, _run_texts(program)))
    return found


@lru_cache(maxsize=256)
def _known_programs(source: str) -> list[ast.Module] | None:
    """The same for a cell that is in every submission."""
    return _programs(source)


def _run_texts(tree: ast.Module) -> Iterator[str]:
    """The texts that a program runs, or writes to a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in RUNS_TEXT or name in ("run_cell", "write", "write_text"):
            texts = node.args[:1]
        elif name in _MAGICS and node.args and folded(node.args[0]) not in _NO_PYTHON:
            texts = node.args[1:]
        else:
            continue
        yield from (text for text in map(folded, texts) if text)


def _parsed(source: str | bytes) -> ast.Module | None:
    # A file is not IPython's.
    transforms = (TransformerManager().transform_cell, _as_magic) if isinstance(source, str) else ()
    for transform in (None, *transforms):
        try:
            tree = ast.parse(source if transform is None else transform(str(source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return tree if _depth(tree) < _DEEPEST else None
    return None


def _as_magic(source: str) -> str:
    """A single line, which IPython takes for a magic without its sign."""
    if len(source.strip().splitlines()) != 1:
        raise ValueError(source)
    return TransformerManager().transform_cell(f"%{source.strip()}")


def _depth(tree: ast.AST) -> int:
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _used(tree: ast.Module) -> set[str]:
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _defined(tree: ast.Module) -> Iterable[str]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif not isinstance(node, (ast.Import, ast.ImportFrom)):
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    yield part.id
