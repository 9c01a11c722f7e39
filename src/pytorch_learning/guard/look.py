"""A look at the source of answers: what has no place in one and could be meant for the tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from pytorch_learning.language import Text

FRAMES = frozenset(
    {
        *("_getframe", "_current_frames", "_current_exceptions", "currentframe", "getouterframes"),
        *(
            "getinnerframes",
            "f_back",
            "f_locals",
            "f_globals",
            "tb_frame",
            "gi_frame",
            "cr_frame",
            "ag_frame",
        ),
        *("get_referrers", "get_referents", "get_objects", "walk_stack"),
    }
)
HOOKS = frozenset(
    {
        *("settrace", "setprofile", "addaudithook", "ast_transformers", "input_transformers_post"),
        *("input_transformers_cleanup", "set_custom_exc", "do_execute", "execute_request", "execute_result"),
        *("execute_reply", "shell_handlers", "TorchFunctionMode", "TorchDispatchMode", "cell_contents"),
        *("ctypes", "pytorch_learning.guard"),
    }
)
METHODS = frozenset(
    {
        *("__eq__", "__ne__", "__torch_function__", "__torch_dispatch__", "__instancecheck__"),
        *("__subclasscheck__", "__class__", "__float__", "__array__", "__bool__"),
    }
)
"""Those with which a value can be equal to any other."""

_RUNS_TEXT = frozenset(
    {
        *("exec", "eval", "compile", "run_cell", "run_line_magic", "run_cell_magic"),
        *("__import__", "getattr", "import_module"),
    }
)
_WORD = re.compile(r"\w+")


def look(notebook: NotebookNode) -> dict[int, list[Text]]:
    """What there is to say about each test, by its position.

    A finding counts for the test below it, and wherever a name is used that its cell defines.
    """
    found: dict[int, list[Text]] = {}
    tainted: dict[str, list[Text]] = {}
    since_last_test: list[Text] = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        if is_grade(cell) and not is_solution(cell):
            if since_last_test:
                found[index] = list(dict.fromkeys(since_last_test))
            since_last_test = []
            continue
        tree = _parsed(cell.source)
        if tree is None:
            continue
        findings = [*_findings(tree), *(text for name in _used(tree) for text in tainted.get(name, []))]
        if findings:
            since_last_test += findings
            for name in _defined(tree):
                tainted[name] = findings
    return found


def _parsed(source: str) -> ast.Module | None:
    try:
        try:
            return ast.parse(source)
        except SyntaxError:
            # With IPython's own commands in it.
            return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Then it does not run either.
        return None


def _findings(tree: ast.Module) -> Iterator[Text]:
    runs_text = any(_name_of(node) in _RUNS_TEXT for node in ast.walk(tree))
    for node in ast.walk(tree):
        for name in _names(node, runs_text=runs_text):
            if name in FRAMES:
                yield Text(f"代码查看调用栈（`{name}`）。", f"The code looks at frames (`{name}`).")
            elif name in HOOKS:
                yield Text(
                    f"代码用到了 `{name}`，作答不需要它。",
                    f"The code makes use of `{name}`, which no answer needs.",
                )
        for name in _made(node):
            if name in METHODS:
                yield Text(
                    f"代码自己定义了 `{name}`，会影响比较的结果。",
                    f"The code defines `{name}`, which can decide how values compare.",
                )


def _names(node: ast.AST, *, runs_text: bool) -> Iterator[str]:
    name = _name_of(node)
    if name:
        yield name
    if isinstance(node, ast.Attribute) and name in ("stack", "trace") and _name_of(node.value) == "inspect":
        yield "currentframe"
    elif isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name.partition(".")[0]
            yield ".".join(alias.name.split(".")[:2])
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module.partition(".")[0]
        yield ".".join(node.module.split(".")[:2])
        for alias in node.names:
            yield alias.name
            yield f"{node.module}.{alias.name}"
            if node.module == "inspect" and alias.name in ("stack", "trace"):
                yield "currentframe"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and runs_text:
        yield from _WORD.findall(node.value)


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _made(node: ast.AST) -> Iterator[str]:
    """Methods that are defined or set."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node.name
    elif isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Store):
        yield _name_of(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _used(tree: ast.Module) -> set[str]:
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif not isinstance(node, (ast.Import, ast.ImportFrom)):
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    yield part.id
