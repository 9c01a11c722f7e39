"""The kernel that grading uses: as any other for students' cells, and on its guard for tests."""

from __future__ import annotations

import ast
import builtins
import importlib
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import torch
from ipykernel.ipkernel import IPythonKernel
from matplotlib import pyplot

from pytorch_learning.guard.audit import Audit
from pytorch_learning.guard.origin import TEST, is_library
from pytorch_learning.guard.output import OutputLimit
from pytorch_learning.guard.process import Process, stop_tracing, students_threads
from pytorch_learning.guard.report import FIELD, KEY, NONCE, OUTPUT, PICTURES, Report, Seal
from pytorch_learning.guard.snapshot import Snapshot
from pytorch_learning.language import Text

RELIED_ON = (
    *("torch", "torch.testing", "torch.overrides", "torch.utils.data", "torchvision.transforms.v2"),
    *("PIL.Image", "numpy", "copy", "math", "random", "itertools", "statistics", "tempfile", "uuid"),
    *("unittest.mock", "zipfile", "pickle", "logging", "pytorch_learning.data", "pytorch_learning.stopwatch"),
    *("pytorch_learning.thresholds", "pytorch_learning.paper_gpu", "pytorch_learning.checks"),
    *(f"pytorch_learning.checks.{name}" for name in ("files", "learning", "loops", "project")),
)
"""What tests import: it has to be there, and be remembered, before any student code runs."""

DRAWN = ("image/png", "image/jpeg", "image/svg+xml", "application/pdf")
"""What matplotlib's figures are drawn as in a notebook."""

_BUILTINS = frozenset(vars(builtins))


_prepared: Snapshot | None = None


def prepare() -> Snapshot:
    """Import what tests rely on and remember it, which takes a while.  A server of kernels does it once."""
    global _prepared
    for name in RELIED_ON:
        importlib.import_module(name)
    _hook_optimizers(torch.optim.Optimizer)
    _prepared = Snapshot()
    return _prepared


def _hook_optimizers(cls: type[torch.optim.Optimizer]) -> None:
    """Have torch change each optimiser's `step` as it does when the first one is made."""
    for optimizer in cls.__subclasses__():
        optimizer.__new__(optimizer)._patch_step_function()
        _hook_optimizers(optimizer)


class GuardedKernel(IPythonKernel):
    """Runs the cells that the grader calls tests by itself, and reports how they ended.

    The first request brings the key with which reports are signed, and how much may be printed; each
    test's request a nonce.  Any request may say that no pictures are wanted.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._guard = Guard()
        self._test: tuple[str, str] | None = None

    async def execute_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Take out of the request what is for the guard only."""
        order = parent.get("metadata", {}).pop(FIELD, None) or {}
        if KEY in order:
            self._guard.begin(str(order[KEY]))
            OutputLimit(int(order[OUTPUT])).set()
        if NONCE in order:
            self._test = (str(parent["content"]["code"]), str(order[NONCE]))
            # A notebook's code can see the request that is being served.
            parent["content"]["code"] = ""
        with nullcontext() if order.get(PICTURES, True) else self._without_pictures():
            await super().execute_request(stream, ident, parent)

    @contextmanager
    def _without_pictures(self) -> Iterator[None]:
        """Have figures shown by their size only."""
        assert self.shell is not None
        formatters = self.shell.display_formatter.formatters
        formats = [formatters[name] for name in DRAWN if formatters[name].enabled]
        for formatter in formats:
            formatter.enabled = False
        # It draws every new figure once more, before it is shown.
        pyplot.uninstall_repl_displayhook()
        try:
            yield
        finally:
            for formatter in formats:
                formatter.enabled = True
            pyplot.install_repl_displayhook()

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, Any] | None = None,
        allow_stdin: bool = False,
        *,
        cell_meta: dict[str, Any] | None = None,
        cell_id: str | None = None,
    ) -> dict[str, Any]:
        """Run a cell."""
        if self._test is None:
            return await super().do_execute(
                code,
                silent,
                store_history,
                user_expressions,
                allow_stdin,
                cell_meta=cell_meta,
                cell_id=cell_id,
            )
        test, self._test = self._test, None
        assert self.shell is not None
        report, sealed = self._guard.run(*test, self.shell.user_ns)
        count = self.shell.execution_count
        self.shell.execution_count += 1
        reply = {"execution_count": count, "user_expressions": {}, "payload": [], FIELD: sealed}
        if report.passed:
            return {"status": "ok", **reply}
        error = {"ename": report.ename, "evalue": report.evalue, "traceback": report.traceback}
        return {"status": "error", **error, **reply}


class Guard:
    """Runs tests so that what a notebook has changed does not matter, or is found."""

    def __init__(self) -> None:
        self._snapshot = _prepared or prepare()
        self._snapshot.renew()
        self._audit = Audit()
        self._process = Process()
        self._seal: Seal | None = None

    def begin(self, key: str) -> None:
        """Take the grader's key, once."""
        if self._seal is None:
            self._seal = Seal(key)

    def run(self, source: str, nonce: str, namespace: dict[str, Any]) -> tuple[Report, dict[str, str]]:
        """Run a test on the names of a notebook.  Returns how it ended, and the same for the grader."""
        changed, hooks = self._restored()
        findings = [_changed(name) for name in _few(changed)] + [_hook(name) for name in _few(hooks)]
        if students_threads():
            findings.append(THREAD)
        tree = ast.parse(source, TEST)
        findings += [_module(name) for name in self._foreign(tree)]
        # A notebook's names that hide a builtin are not for tests, and a test's names not for the notebook.
        # A key of another type could be equal to any name.
        names = {
            name: value
            for name, value in dict.items(namespace)
            if type(name) is str and name not in _BUILTINS
        }
        names["__builtins__"] = builtins
        self._process.without_values = False
        self._audit.start()
        try:
            with self._process.libraries_first():
                report = _run(tree, names)
        finally:
            looks = self._audit.stop()
        findings += [_looks(name) for name in looks]
        during = [name for names in self._restored(during=True) for name in names]
        if self._process.without_values:
            during.append("torch.set_default_device")
        findings += [_during(name) for name in _few(during)]
        if students_threads() and THREAD not in findings:
            findings.append(THREAD)
        namespace.update({name: names[name] for name in _imported(tree) if name in names})
        report.findings = findings
        return report, self._seal.close(report, nonce, source) if self._seal else {}

    def _restored(self, *, during: bool = False) -> tuple[list[str], list[str]]:
        """What of the modules had changed, before a test or during one, and what else was there."""
        hooks = stop_tracing() + self._audit.noted()
        changed = self._restored_modules(during)
        hooks += self._process.restore()
        if hooks:
            # They may have had their say until now.
            changed += self._restored_modules(during)
        return changed, hooks

    def _restored_modules(self, during: bool) -> list[str]:
        changed = self._snapshot.restore(functions=self._audit.functions_changed, during=during)
        self._audit.functions_changed = False
        return changed

    def _foreign(self, tree: ast.Module) -> list[str]:
        """Modules that a test imports, and that a notebook has put something of its own in the place of."""
        found = []
        for name in sorted(_modules(tree)):
            module = sys.modules.get(name)
            if module is not None and not self._snapshot.knows(name) and not is_library(module):
                found.append(name)
                del sys.modules[name]
        return found


def _run(tree: ast.Module, names: dict[str, Any]) -> Report:
    last = tree.body[-1] if tree.body else None
    body = tree.body[:-1] if isinstance(last, ast.Expr) else tree.body
    try:
        exec(compile(ast.Module(body, []), TEST, "exec", dont_inherit=True, optimize=0), names)
        value: Any = None
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), TEST, "eval", dont_inherit=True, optimize=0)
            value = eval(code, names)
    except BaseException as error:
        # KeyboardInterrupt too: it is how a grader stops a test that takes too long.
        return _failed(error)
    if type(value) in (int, float):
        return Report(True, float(value))
    return Report(True)


def _failed(error: BaseException) -> Report:
    ename = type(error).__name__
    try:
        evalue = str(error)
        lines = traceback.format_exception_only(error)
        # The checks' own: it has no source in it.
        if type(error).__module__ == "pytorch_learning.checks.failure":
            lines = error._render_traceback_()  # type: ignore[attr-defined]
    except Exception:
        evalue, lines = "", [ename]
    return Report(False, None, str(ename), str(evalue), [str(line).rstrip("\n") for line in lines])


def _modules(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in named:
            parts = name.split(".")
            found.update(".".join(parts[: end + 1]) for end in range(len(parts)))
    return found


def _imported(tree: ast.Module) -> list[str]:
    """The names that a test's own imports leave in the notebook, as they do when a student runs it."""
    return [
        alias.asname or alias.name.partition(".")[0]
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    ]


def _few(names: Iterable[str]) -> list[str]:
    """Each once, and the first ten only."""
    return list(dict.fromkeys(names))[:10]


THREAD = Text(
    "检查运行时，还有你的线程在运行。",
    "A thread of the notebook's was still running beside the test.",
)


def _changed(name: str) -> Text:
    return Text(
        f"代码改动了 `{name}`：检查之前已还原。",
        f"The code changes `{name}`: it was put back before the test.",
    )


def _hook(name: str) -> Text:
    return Text(
        f"代码用到了 `{name}`：检查之前已关闭。",
        f"The code makes use of `{name}`: it was switched off before the test.",
    )


def _module(name: str) -> Text:
    return Text(
        f"代码用别的东西代替了模块 `{name}`：检查之前已还原。",
        f"The code puts something else in the place of the module `{name}`: undone before the test.",
    )


def _looks(name: str) -> Text:
    return Text(f"代码在检查时查看调用栈（`{name}`）。", f"The code looks at frames in a test (`{name}`).")


def _during(name: str) -> Text:
    return Text(f"代码在检查时改动了 `{name}`。", f"The code changes `{name}` while a test runs.")
