"""Which names code cells bind and use, to keep lessons apart from what exercises leave behind."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from pytorch_learning.build.percent import Cell

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def clashes(cells: Iterable[Cell]) -> Iterator[tuple[Cell, str, Cell]]:
    """(lesson cell, name, exercise cell) wherever a lesson would meet a value that an exercise gave a name.

    In a worksheet all cells share one namespace, so the lesson would run otherwise there than in the lecture.
    Imports don't count: they bind a name to the same thing everywhere.
    """
    owner: dict[str, Cell] = {}
    for cell in cells:
        if cell.kind != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            continue
        bound = set(_bound(tree))
        if cell.is_exercise:
            owner.update(dict.fromkeys(bound, cell))
            continue
        for name in sorted(_used(tree) - _own(tree)):
            if name in owner:
                yield cell, name, owner[name]
        for name in bound:
            owner.pop(name, None)


def _bound(tree: ast.AST) -> Iterator[str]:
    """The names that a cell binds in the notebook's namespace, other than by imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        if not isinstance(node, _SCOPES + _COMPREHENSIONS):
            yield from _bound(node)


def _own(tree: ast.AST) -> set[str]:
    """The names that a cell binds anywhere, in its functions and comprehensions too."""
    names = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return names | set(_bound(tree))


def _used(tree: ast.AST) -> set[str]:
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
