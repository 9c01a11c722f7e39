"""Which expressions of a notebook are things that were imported, and not its own.

Names are followed through assignments, loops, arguments, returned values and containers, but not through
calls of a library's functions: what these make is the notebook's own.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pytorch_learning.guard.folding import folded

BUILTINS = frozenset(
    {
        *(
            "getattr",
            "setattr",
            "delattr",
            "exec",
            "eval",
            "compile",
            "__import__",
            "vars",
            "globals",
            "locals",
        ),
        *("type", "open", "object", "dict", "list", "set", "int", "float", "str", "complex", "bytes"),
    }
)
OWN_SPACE = "locals()"
CLASS_OF = "type()"
UNKNOWN = "?"
_GET = frozenset({"get", "pop", "popitem", "setdefault", "__getitem__"})
_ALL = frozenset({"items", "values"})
_PASS_ON = frozenset({"iter", "sorted", "reversed", "list", "tuple", "set", "enumerate", "zip", "dict"})
_PLAIN = frozenset(
    {"dir", "print", "str", "repr", "id", "isinstance", "issubclass", "hasattr", "help", "len"}
)
_CONSTANTS = frozenset(
    {
        *(
            "inf",
            "nan",
            "pi",
            "e",
            "tau",
            "newaxis",
            "bool",
            "uint8",
            "int8",
            "int16",
            "int32",
            "int64",
            "long",
        ),
        *(
            "half",
            "float",
            "double",
            "float16",
            "bfloat16",
            "float32",
            "float64",
            "strided",
            "contiguous_format",
        ),
    }
)
"""What is as often put into a tensor or a list, which can then be changed like any other."""
_PLAIN_PARTS = ("torch.", "torchvision.", "numpy.", "matplotlib.", "math.")
_LONGEST = 8
_ROUNDS = 8

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Root:
    """Something that was imported."""

    path: str
    depth: int = 0
    """In how many containers of the notebook's own it is."""
    module: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is one of the functions and classes that notebooks work with, and that are put back."""
        return not self.module and self.path.startswith(_PLAIN_PARTS) and "._" not in self.path

    def at(self, name: str) -> Root:
        """What is reached from it by a name."""
        return Root(f"{self.path}.{name}" if self.path.count(".") < _LONGEST else self.path)


_Roots = frozenset[Root]
_NONE: _Roots = frozenset()


@dataclass(eq=False)
class Scope:
    """The names of a notebook, a class or a function."""

    parent: Scope | None = None
    is_class: bool = False
    bound: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)
    reused: set[str] = field(default_factory=set)
    """Names for things of the notebook's own, too."""
    roots: dict[str, _Roots] = field(default_factory=dict)

    def owner(self, name: str) -> Scope | None:
        """The scope that a name is of, seen from here."""
        scope: Scope | None = self
        while scope is not None and (name not in scope.bound or name in scope.elsewhere):
            scope = scope.parent
        return scope


class Roots:
    """What the names and expressions of some programs lead to."""

    def __init__(self) -> None:
        self._top = Scope()
        self._scopes: dict[ast.AST, Scope] = {}
        # A name, or an attribute as ".name", or what a function returns as "(name".
        self._facts: list[tuple[Scope, str, ast.expr, int]] = []
        self._functions: dict[str, list[tuple[Function, Scope, bool]]] = {}
        self._results: dict[str, _Roots] = {}
        self._attributes: dict[str, _Roots] = {}
        self._calls: list[ast.Call] = []
        self._stars: list[str] = []
        self._bases: dict[str, list[ast.expr]] = {}
        self._known: dict[ast.AST, _Roots] = {}

    def add(self, tree: ast.Module) -> None:
        """Take in a program."""
        self._walk(tree, self._top)

    def add_imports(self, tree: ast.Module) -> None:
        """Take in what a program imports."""
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self._import(node, self._top)

    def follow(self) -> None:
        """Follow the names; to be called once all is taken in."""
        for call in self._calls:
            self._pass(call)
        for _ in range(_ROUNDS):
            self._known.clear()
            if not sum([self._learn(*fact) for fact in self._facts]):
                break
        for scope, name, value, _ in self._facts:
            if not name.startswith((".", "(")) and not self.of(value):
                (scope.owner(name) or self._top).reused.add(name)
        self._known.clear()

    def bases(self, given: Iterable[ast.expr]) -> set[str]:
        """The names of the classes that these lead to, and of those that they derive from."""
        found: set[str] = set()
        left = list(given)
        while left:
            base = left.pop()
            names = {root.path.rpartition(".")[2] for root in self.of(base) if not root.depth}
            names.add(base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", ""))
            left += [part for name in names - found for part in self._bases.get(name, ())]
            found |= names
        return found

    def of(self, node: ast.AST | None) -> _Roots:
        """What an expression leads to: nothing if it is the notebook's own."""
        if node is None:
            return _NONE
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._found(node)
        return found

    def _found(self, node: ast.AST) -> _Roots:
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Subscript):
            return frozenset(self._item(root, node.slice) for root in self.of(node.value))
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return _deeper(root for part in node.elts for root in self.of(part))
        if isinstance(node, ast.Dict):
            return _deeper(root for part in node.values for root in self.of(part))
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
            return _deeper(self.of(node.elt))
        if isinstance(node, ast.DictComp):
            return _deeper(self.of(node.value))
        if isinstance(node, ast.IfExp):
            return self.of(node.body) | self.of(node.orelse)
        if isinstance(node, ast.BoolOp):
            return frozenset(root for part in node.values for root in self.of(part))
        if isinstance(node, (ast.NamedExpr, ast.Starred, ast.Await)):
            return self.of(node.value)
        return _NONE

    def _learn(self, scope: Scope, name: str, value: ast.expr, taken: int) -> bool:
        found = frozenset(replace(root, depth=max(root.depth - taken, 0)) for root in self.of(value))
        if not found:
            return False
        if name.startswith("."):
            # As `self.optimizer`, a class in one place and one of its instances in another.
            found = frozenset(root for root in found if not root.is_plain)
            known, key = self._attributes, name[1:]
        elif name.startswith("("):
            known, key = self._results, name[1:]
        else:
            known, key = (scope.owner(name) or self._top).roots, name
        before = known.get(key, _NONE)
        known[key] = before | found
        return len(known[key]) > len(before)

    def _name(self, node: ast.Name) -> _Roots:
        owner = self._scopes.get(node, self._top).owner(node.id)
        if owner is not None:
            roots = owner.roots.get(node.id, _NONE)
            if node.id in owner.reused:
                return frozenset(root for root in roots if not root.is_plain)
            return roots
        if node.id in BUILTINS:
            return frozenset({Root(f"builtins.{node.id}")})
        return frozenset(Root(f"{module}.{node.id}") for module in self._stars if _may_have(module, node.id))

    def _attribute(self, node: ast.Attribute) -> _Roots:
        if node.attr == "__class__" and not _is_self(node.value):
            return frozenset({Root(CLASS_OF)})
        if node.attr in _CONSTANTS:
            return _NONE
        roots = self.of(node.value)
        if roots:
            return frozenset(root.at(node.attr) for root in roots if not root.depth)
        return self._attributes.get(node.attr, _NONE)

    def _item(self, root: Root, key: ast.AST) -> Root:
        if root.depth:
            return replace(root, depth=root.depth - 1)
        if root.path in ("sys.modules", "sys.modules.copy"):
            return Root(folded(key) or UNKNOWN, module=True)
        if root.path in (OWN_SPACE, "builtins.globals()"):
            name = folded(key)
            found = self._top.roots.get(name, _NONE) if name else _NONE
            return next(iter(found), Root(f"{OWN_SPACE}[]"))
        if root.path.endswith(".__dict__"):
            return Root(root.path.removesuffix("__dict__") + (folded(key) or UNKNOWN))
        return Root(root.path if root.path.endswith("[]") else f"{root.path}[]")

    def _call(self, node: ast.Call) -> _Roots:
        found: set[Root] = set()
        first = node.args[0] if node.args else None
        for function in self.of(node.func):
            name = function.path.rpartition(".")[2]
            if function.path == "builtins.getattr" and len(node.args) > 1:
                found |= {root.at(folded(node.args[1]) or UNKNOWN) for root in self.of(first)}
            elif function.path == "builtins.vars" and first is not None:
                found |= {root.at("__dict__") for root in self.of(first)}
            elif function.path in ("builtins.vars", "builtins.locals", "builtins.globals"):
                found.add(Root(OWN_SPACE))
            elif function.path == "builtins.type" and len(node.args) == 1 and not _is_self(first):
                found.add(Root(CLASS_OF))
            elif name in ("import_module", "__import__"):
                found.add(Root(folded(first) or UNKNOWN, module=True))
            elif name in ("reload", "getmodule"):
                found.add(Root(UNKNOWN, module=True))
        if isinstance(node.func, ast.Attribute):
            found |= self._method(node.func, first)
        elif isinstance(node.func, ast.Name):
            found |= self._named_call(node.func.id, node)
        elif isinstance(node.func, ast.Lambda):
            found |= self.of(node.func.body)
        elif isinstance(node.func, ast.Call) and node.func.args:
            # As in `attrgetter("equal")(checks)`.
            found |= {root.at(folded(node.func.args[0]) or UNKNOWN) for root in self._modules_in(node.args)}
        if not found and self._is_foreign(node.func):
            # A call that gets a module could give it back.
            found |= {root.at(UNKNOWN) for root in self._modules_in(node.args)}
        return frozenset(found)

    def _method(self, function: ast.Attribute, first: ast.AST | None) -> set[Root]:
        found: set[Root] = set()
        if function.attr in _GET | _ALL:
            for root in self.of(function.value):
                if function.attr in _ALL:
                    found.add(root)
                elif first is not None or root.depth:
                    found.add(self._item(root, first or ast.Constant(0)))
        return found | self._results.get(function.attr, _NONE)

    def _named_call(self, name: str, node: ast.Call) -> set[Root]:
        if name == "next" and node.args:
            return {replace(root, depth=max(root.depth - 1, 0)) for root in self.of(node.args[0])}
        if name in _PASS_ON:
            found = {root for part in node.args for root in self.of(part)}
            return found | {replace(r, depth=1) for part in node.keywords for r in self.of(part.value)}
        return set(self._results.get(name, _NONE))

    def _is_foreign(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Name):
            if function.id in _PLAIN:
                return False
            owner = self._scopes.get(function, self._top).owner(function.id)
            return owner is None or bool(owner.roots.get(function.id))
        return bool(self.of(function))

    def _modules_in(self, arguments: list[ast.expr]) -> set[Root]:
        return {root for argument in arguments for root in self.of(argument) if root.module}

    def _walk(self, node: ast.AST, scope: Scope) -> None:
        self._scopes[node] = scope
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            self._define(node, scope)
            return
        if isinstance(node, ast.ClassDef):
            scope.bound.add(node.name)
            self._bases.setdefault(node.name, []).extend(node.bases)
            inner = Scope(scope, is_class=True)
            for part in (*node.decorator_list, *node.bases, *node.keywords):
                self._walk(part, scope)
            for statement in node.body:
                self._walk(statement, inner)
                if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
                    made = self._functions["__init__"][-1]
                    self._functions.setdefault(node.name, []).append(made)
            return
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self._import(node, scope)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            scope.elsewhere.update(node.names)
            if isinstance(node, ast.Global):
                self._top.bound.update(node.names)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            scope.bound.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            scope.bound.add(node.name)
        elif isinstance(node, ast.Call):
            self._calls.append(node)
        for target, value, taken in _assignments(node):
            self._bind(target, value, taken, scope)
        for child in ast.iter_child_nodes(node):
            self._walk(child, scope)

    def _define(self, node: Function, scope: Scope) -> None:
        inner = Scope(scope)
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self._walk(default, scope)
        named = _parameters(arguments)
        inner.bound.update(named)
        for extra in (arguments.vararg, arguments.kwarg):
            if extra is not None:
                inner.bound.add(extra.arg)
        positional = [*arguments.posonlyargs, *arguments.args]
        with_default = positional[len(positional) - len(arguments.defaults) :]
        for parameter, default in zip(with_default, arguments.defaults, strict=True):
            self._facts.append((inner, parameter.arg, default, 0))
        for parameter, given in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if given is not None:
                self._facts.append((inner, parameter.arg, given, 0))
        if isinstance(node, ast.Lambda):
            self._walk(node.body, inner)
            return
        scope.bound.add(node.name)
        self._functions.setdefault(node.name, []).append((node, inner, scope.is_class))
        for decorator in node.decorator_list:
            self._walk(decorator, scope)
        for part in node.body:
            self._walk(part, inner)
        for inside in ast.walk(node):
            if isinstance(inside, (ast.Return, ast.Yield)) and inside.value is not None:
                self._facts.append((inner, f"({node.name}", inside.value, 0))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                if alias.name == "*":
                    self._stars.append(node.module or "")
                    continue
                path = f"{node.module}.{alias.name}"
                root = Root(path, module=path.startswith("pytorch_learning"))
            else:
                root = Root(alias.name if alias.asname else alias.name.partition(".")[0], module=True)
            name = alias.asname or alias.name.partition(".")[0]
            scope.bound.add(name)
            owner = scope.owner(name) or self._top
            owner.roots[name] = owner.roots.get(name, _NONE) | {root}

    def _bind(self, target: ast.AST, value: ast.expr, taken: int, scope: Scope) -> None:
        if isinstance(target, ast.Name):
            scope.bound.add(target.id)
            self._facts.append((scope, target.id, value, taken))
            if scope.is_class:
                self._facts.append((scope, f".{target.id}", value, taken))
            if isinstance(value, ast.Lambda):
                self._facts.append((scope, f"({target.id}", value.body, 0))
                self._named_lambda(target.id, value)
        elif isinstance(target, ast.Attribute):
            self._facts.append((scope, f".{target.attr}", value, taken))
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            # It is in a container of the notebook's own now.
            self._facts.append((scope, target.value.id, ast.List([value], ast.Load()), taken))
        elif isinstance(target, ast.Starred):
            self._bind(target.value, ast.List([value], ast.Load()), taken, scope)
        elif isinstance(target, (ast.Tuple, ast.List)):
            same = (
                isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts) and not taken
            )
            starred = any(isinstance(part, ast.Starred) for part in target.elts)
            for number, part in enumerate(target.elts):
                if same and not starred and isinstance(value, (ast.Tuple, ast.List)):
                    self._bind(part, value.elts[number], 0, scope)
                else:
                    self._bind(part, value, taken + 1, scope)

    def _named_lambda(self, name: str, value: ast.Lambda) -> None:
        known = self._functions.setdefault(name, [])
        if all(node is not value for node, _, _ in known):
            known.append((value, Scope(), False))

    def _pass(self, call: ast.Call) -> None:
        """Take the arguments of a call to be the parameters of the notebook's function of that name."""
        function, arguments, taken = call.func, call.args, 0
        if isinstance(function, ast.Name) and function.id in ("map", "filter", "partial") and arguments:
            taken = int(function.id != "partial")
            function, arguments = arguments[0], arguments[1:]
        inner: Scope | None
        for node, inner, is_method in self._meant(function):
            names = _parameters(node.args)[int(is_method) :]
            if isinstance(node, ast.Lambda):
                inner = self._scopes.get(node.body)
            if inner is None:
                continue
            for number, argument in enumerate(arguments):
                if isinstance(argument, ast.Starred):
                    self._facts += [(inner, name, argument.value, taken + 1) for name in names[number:]]
                elif number < len(names):
                    self._facts.append((inner, names[number], argument, taken))
                elif node.args.vararg is not None:
                    given = ast.List([argument], ast.Load())
                    self._facts.append((inner, node.args.vararg.arg, given, taken))
            for keyword in call.keywords:
                if keyword.arg in names:
                    self._facts.append((inner, str(keyword.arg), keyword.value, taken))
                elif keyword.arg is None:
                    self._facts += [(inner, name, keyword.value, taken + 1) for name in names]

    def _meant(self, function: ast.expr) -> Iterator[tuple[Function, Scope, bool]]:
        if isinstance(function, ast.Lambda):
            yield function, Scope(), False
        elif isinstance(function, ast.Name):
            yield from self._functions.get(function.id, ())
        elif isinstance(function, ast.Attribute):
            yield from self._functions.get(function.attr, ())


def _deeper(roots: Iterable[Root]) -> _Roots:
    return frozenset(replace(root, depth=min(root.depth + 1, 3)) for root in roots)


def _parameters(arguments: ast.arguments) -> list[str]:
    return [part.arg for part in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _may_have(module: str, name: str) -> bool:
    return module not in sys.modules or hasattr(sys.modules[module], name)


def _is_self(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _assignments(node: ast.AST) -> Iterator[tuple[ast.AST, ast.expr, int]]:
    """What a statement or clause binds to what, and how many containers the value is taken out of."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield target, node.value, 0
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield node.target, node.value, 0
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        yield node.target, node.iter, 1
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars, node.context_expr, 0
    elif isinstance(node, ast.Match):
        for part in ast.walk(node):
            if isinstance(part, ast.MatchAs) and part.name:
                yield ast.Name(part.name, ast.Store()), node.subject, 0
