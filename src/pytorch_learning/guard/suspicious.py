"""What in one program has no place in an answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pytorch_learning.guard.folding import beginning, folded
from pytorch_learning.guard.roots import CLASS_OF, OWN_SPACE, UNKNOWN, Roots
from pytorch_learning.guard.words import (
    FRAMES,
    HOOKS,
    MAY_ASK,
    MAY_CALL,
    MAY_CHANGE,
    MAY_IMPORT,
    MAY_USE,
    METHODS,
    MODULES,
    MUTATING,
    NAMES_OF_MODULES,
    OF_STREAMS,
    OF_TENSORS,
    OF_VALUES,
    SETTING,
    SWITCH,
    VALUES,
    modules_of_checks,
    names_of_checks,
    within,
)
from pytorch_learning.language import Text

RUNS_TEXT = frozenset({"exec", "eval", "compile"})
_NAMED = ("builtins.getattr", "builtins.setattr", "builtins.delattr")
_PASSED = (*_NAMED, *(f"builtins.{name}" for name in ("exec", "eval", "compile", "__import__")))
_WIDE = ("torch", "torch.nn", "torch.nn.functional", "numpy", "torch.optim", "torchvision.models")
"""What a layer, a function or an operation may be looked up in by a name that is not known."""
_LOOKED_UP = (*_WIDE, "torchvision.transforms", "torchvision.transforms.v2", "matplotlib.pyplot")


def suspicions(tree: ast.AST, roots: Roots) -> Iterator[Text]:
    """What to look at in a program.  The same can come more than once."""
    walk = _Rules(tree, roots)
    for node in ast.walk(tree):
        yield from walk.at(node)


class _Rules:
    def __init__(self, tree: ast.AST, roots: Roots) -> None:
        self._roots = roots
        self._above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def at(self, node: ast.AST) -> Iterator[Text]:
        """What to look at in one node."""
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from self._import(node)
        elif isinstance(node, ast.ClassDef):
            yield from self._class(node)
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.keyword) and node.arg:
            yield from _word(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _made(node.name)
        if isinstance(node, (ast.Name, ast.Attribute)):
            yield from self._name(node)
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            yield from self._change(node)

    def _import(self, node: ast.Import | ast.ImportFrom) -> Iterator[Text]:
        for alias in node.names:
            names = [alias.name]
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}"]
                yield from _word(alias.name)
                if node.module == "inspect" and alias.name in ("stack", "trace"):
                    yield _looks("currentframe")
            for name in names:
                yield from _path(name)

    def _name(self, node: ast.Name | ast.Attribute) -> Iterator[Text]:
        name = node.id if isinstance(node, ast.Name) else node.attr
        above = self._above.get(node)
        yield from _word(name)
        roots = self._roots.of(node)
        if not isinstance(node.ctx, ast.Load):
            yield from _made(name)
            if isinstance(node, ast.Attribute) and name in OF_VALUES:
                yield _defines(name)
            return
        called = isinstance(above, ast.Call) and above.func is node
        if name == "get_ipython" or any(root.path.endswith(".get_ipython") for root in roots):
            if not called or not self._is_asked(above):
                yield _uses("get_ipython")
        elif name in ("exit", "quit") and isinstance(node, ast.Name) and not called:
            yield _uses(name)
        for root in roots:
            if root.depth:
                continue
            if isinstance(node, ast.Attribute):
                if root.path in ("inspect.stack", "inspect.trace"):
                    yield _looks("currentframe")
                yield from _path(root.path)
            if root.path in _PASSED and not called:
                yield _uses(root.path.rpartition(".")[2])

    def _is_asked(self, call: ast.AST | None) -> bool:
        above = self._above.get(call) if call else None
        if isinstance(above, ast.Attribute):
            return above.attr in MAY_ASK
        if isinstance(above, ast.Call) and isinstance(above.func, ast.Name):
            return above.func.id in ("str", "repr")
        return isinstance(above, (ast.Compare, ast.If, ast.IfExp))

    def _class(self, node: ast.ClassDef) -> Iterator[Text]:
        bases = self._roots.bases(node.bases)
        if "type" in bases or any(
            keyword.arg == "metaclass" and _last(keyword.value) != "ABCMeta" for keyword in node.keywords
        ):
            yield _defines("metaclass")
        if not bases & VALUES:
            return
        special = OF_VALUES | (OF_TENSORS if bases & {"Tensor", "Parameter", "ndarray"} else frozenset())
        for part in node.body:
            names = [part.name] if isinstance(part, (ast.FunctionDef, ast.ClassDef)) else list(_stored(part))
            for name in names:
                if name in special:
                    yield _defines(name)

    def _change(self, node: ast.Attribute | ast.Subscript) -> Iterator[Text]:
        """Something is set or deleted."""
        roots = [root for root in self._roots.of(node.value) if not root.depth]
        if isinstance(node, ast.Subscript):
            for root in roots:
                yield from self._store_item(root.path, node.slice)
            return
        found = [text for root in roots for text in self._store_attribute(root.at(node.attr).path)]
        yield from found
        own = isinstance(node.value, ast.Name) and node.value.id == "self"
        if not found and node.attr in names_of_checks() and not own:
            yield _changes(node.attr)

    def _store_attribute(self, path: str) -> Iterator[Text]:
        if path in ("os.environ", "matplotlib.rcParams", "matplotlib.pyplot.rcParams"):
            yield _changes(path)
        else:
            yield from self._store(path)

    def _store(self, path: str) -> Iterator[Text]:
        if not within(path, MAY_CHANGE):
            yield _changes(path.removesuffix(f".{UNKNOWN}"))

    def _store_item(self, path: str, key: ast.AST) -> Iterator[Text]:
        name = folded(key)
        if path == OWN_SPACE:
            if name is None:
                yield _unread(path)
            else:
                yield from _word(name)
                yield from _made(name)
        elif within(path, ("os.environ",)):
            if name is None or name.startswith(SWITCH):
                yield _changes(path)
        else:
            yield from self._store(path)

    def _call(self, node: ast.Call) -> Iterator[Text]:
        functions = [root for root in self._roots.of(node.func) if not root.depth]
        for function in functions:
            if function.path in _NAMED and len(node.args) > 1:
                yield from self._by_name(function.path, node)
            elif function.path == "builtins.type" and len(node.args) == 3:
                yield from self._made_class(node.args[1], node.args[2])
            elif function.path == "builtins.open":
                yield from self._open(node)
            elif function.path.startswith(("os.", "shutil.", "pathlib.")):
                yield from (_writes(name) for name in map(folded, node.args) if name and name.endswith(".py"))
            elif function.path in ("pickle.loads", "_pickle.loads") and _is_constant(node):
                yield _unread(function.path)
            name = function.path.rpartition(".")[2]
            if name in ("import_module", "__import__"):
                yield from self._imported(node)
            elif name in SETTING and node.args and not function.path.startswith(("torch.", "numpy.")):
                for root in self._roots.of(node.args[0]):
                    if not root.depth and function.path not in _NAMED:
                        yield from self._store(root.path)
        if isinstance(node.func, ast.Attribute):
            yield from self._method(node, node.func)
        name = _last(node.func)
        if name in RUNS_TEXT and any(root.path == f"builtins.{name}" for root in functions):
            if not node.args or folded(node.args[0]) is None:
                yield _unread(name)
        elif name == "run_cell":
            yield _uses(name)
        elif name in ("run_line_magic", "run_cell_magic"):
            yield from self._magic(name, [folded(argument) for argument in node.args])
        elif name in ("system", "getoutput") and any(".py" in (folded(part) or "") for part in node.args):
            yield _uses(".py")
        elif name == "make_dataclass" and any(keyword.arg == "namespace" for keyword in node.keywords):
            yield _uses("make_dataclass")

    def _method(self, node: ast.Call, function: ast.Attribute) -> Iterator[Text]:
        """A method that changes what it is of, or enters it."""
        name, owner = function.attr, function.value
        if name in ("__enter__", "__exit__", "__aenter__") and not _is_own(owner):
            yield _uses(name)
        if name in ("__new__", "__call__", "mro") and (_last(owner) == "type" or name == "mro"):
            yield _uses(f"type.{name}")
        inplace = name.endswith("_") and not name.endswith("__")
        if name not in MUTATING and not inplace:
            return
        for root in self._roots.of(owner):
            path = f"{root.path}.{name}"
            chain = "." in root.path or "[" in root.path or root.path == OWN_SPACE
            if root.depth or not chain or root.path == CLASS_OF or within(path, MAY_CALL):
                if within(path, ("os.environ",)) and not root.depth:
                    yield from self._environment(node)
                continue
            if inplace and within(root.path, ("torch.nn", "torch.Tensor", "torch.ops")):
                continue
            if not root.path.startswith("builtins."):
                yield _changes(root.path)

    def _environment(self, node: ast.Call) -> Iterator[Text]:
        texts = [folded(part) for part in ast.walk(node) if isinstance(part, (ast.Constant, ast.JoinedStr))]
        named = [keyword.arg or "" for keyword in node.keywords]
        if any(text and text.startswith(SWITCH) for text in (*texts, *named)):
            yield _changes("os.environ")

    def _magic(self, function: str, texts: list[str | None]) -> Iterator[Text]:
        known = [text for text in texts if text is not None]
        if len(known) < len(texts):
            yield _unread(function)
        elif texts[:1] == ["run"] and not any(part.endswith(".py") for part in " ".join(known[1:]).split()):
            yield _uses("%run")
        elif known[:1] in (["env"], ["set_env"]) and SWITCH in " ".join(known[1:]):
            yield _changes("os.environ")

    def _by_name(self, function: str, node: ast.Call) -> Iterator[Text]:
        """`getattr` and its like."""
        short = function.rpartition(".")[2]
        owner, given = node.args[0], node.args[1]
        roots = [root for root in self._roots.of(owner) if not root.depth]
        name = folded(given)
        if name is None:
            start = beginning(given)
            known = all(root.path in _LOOKED_UP for root in roots)
            plain = isinstance(given, (ast.Name, ast.Attribute, ast.Subscript)) or (
                start and not _may_begin(start)
            )
            if not (known and (plain or _is_own(owner))):
                yield _unread(short)
        else:
            yield from _word(name)
            if short != "getattr":
                yield from _made(name)
                if name in names_of_checks() and not _is_own(owner):
                    yield _changes(name)
            for root in roots:
                yield from _path(root.at(name).path)
        if short != "getattr":
            for root in roots:
                yield from self._store(root.at(name or UNKNOWN).path)

    def _made_class(self, bases: ast.expr, space: ast.expr) -> Iterator[Text]:
        """A class made by a call of `type`."""
        if not isinstance(space, ast.Dict):
            yield _unread("type")
            return
        values = isinstance(bases, ast.Tuple) and self._roots.bases(bases.elts) & VALUES
        for key in space.keys:
            name = folded(key)
            if name is None:
                yield _unread("type")
                continue
            yield from _word(name)
            yield from _made(name)
            if values and name in OF_VALUES | OF_TENSORS:
                yield _defines(name)

    def _imported(self, node: ast.Call) -> Iterator[Text]:
        name = folded(node.args[0]) if node.args else None
        if name is None:
            yield _unread("import_module")
        else:
            yield from _path(name)
            yield from _word(name)

    def _open(self, node: ast.Call) -> Iterator[Text]:
        path = folded(node.args[0]) if node.args else None
        mode = folded(node.args[1]) if len(node.args) > 1 else None
        named = [folded(keyword.value) for keyword in node.keywords if keyword.arg == "mode"]
        if path and path.startswith("/proc"):
            yield _uses(path)
        if path and path.endswith(".py") and any(m and set(m) & set("wax+") for m in (mode, *named)):
            yield _writes(path)


def _path(path: str) -> Iterator[Text]:
    """What a dotted name leads into."""
    if within(path, MAY_IMPORT):
        return
    parts = path.split(".")
    for end in range(1, len(parts) + 1):
        start = ".".join(parts[:end])
        if start in MODULES or start in NAMES_OF_MODULES or start in modules_of_checks():
            yield _uses(start)
    if parts[0] not in ("scipy", "torch", "numpy") and "signal" in parts[1:]:
        yield _uses(path)
    if parts[0] == "sys" and len(parts) > 2:
        own = parts[1] in ("stdout", "stderr") and parts[2] not in OF_STREAMS
        if own or parts[1] in ("displayhook", "excepthook"):
            yield _uses(path)
    if parts[0] in (CLASS_OF, OWN_SPACE, "builtins") or path.startswith(MAY_USE):
        return
    if any(part == "__dict__" or (part[:1] == "_" and part[:2] != "__") for part in parts[1:]):
        yield _uses(path)


def _word(name: str) -> Iterator[Text]:
    if name in FRAMES:
        yield _looks(name)
    elif name in HOOKS or name in ("ctypes", "_ctypes"):
        yield _uses(name)


def _made(name: str) -> Iterator[Text]:
    if name in METHODS:
        yield _defines(name)


def _may_begin(start: str) -> bool:
    """Whether a name of those that are looked for can begin so."""
    return start.startswith("_") or any(word.startswith(start) for word in FRAMES | HOOKS)


def _is_own(node: ast.expr) -> bool:
    """Whether an expression is `self`, of `self`, or `super()`."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    if isinstance(node, ast.Call):
        node = node.func
    return isinstance(node, ast.Name) and node.id in ("self", "cls", "super")


def _is_constant(node: ast.Call) -> bool:
    return bool(node.args) and isinstance(node.args[0], ast.Constant)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _stored(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id


def _looks(name: str) -> Text:
    return Text(f"代码查看调用栈（`{name}`）。", f"The code looks at frames (`{name}`).")


def _uses(name: str) -> Text:
    return Text(
        f"代码用到了 `{name}`，作答不需要它。", f"The code makes use of `{name}`, which no answer needs."
    )


def _defines(name: str) -> Text:
    return Text(
        f"代码自己定义了 `{name}`，会影响比较的结果。",
        f"The code defines `{name}`, which can decide how values compare.",
    )


def _changes(name: str) -> Text:
    return Text(
        f"代码改动了 `{name}`，它不是作答的一部分。", f"The code changes `{name}`, which is not its own."
    )


def _unread(name: str) -> Text:
    return Text(
        f"代码交给 `{name}` 的内容只有运行时才知道，无法预先查看。",
        f"What the code gives to `{name}` is known only when it runs, and can't be read here.",
    )


def _writes(name: str) -> Text:
    return Text(
        f"代码写出了程序文件 `{name}`，请一并查看。",
        f"The code writes a program, `{name}`, which should be looked at too.",
    )
