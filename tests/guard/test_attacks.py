"""Ways to be paid for a wrong answer: without the guard each works; with it none, or a grader is told."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from tests.guard.running import NUMBERS, POINTS, TENSORS, WRONG, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need a safe fork")

EXPECTED = """
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.returns(answer, 2, expected=6)
"""
CLOSE = """
import torch

torch.testing.assert_close(answer(torch.ones(2)), torch.full((2,), 3.0))
"""
ALL = "assert all(answer(n) == 3 * n for n in range(5))"
VALUES = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.equal(answer(torch.tensor([1.0, 2.0])), torch.tensor([3.0, 6.0]))
"""
# Of the modules that nothing else has imported.
WAVE = "import wave\nassert answer(2) == 6 * wave.WAVE_FORMAT_PCM"
INSTALLED = "import alembic\nassert answer(2) == 6 * getattr(alembic, 'PART', 1)"
PART = """
class Score:
    points = 1

assert answer(1) == 1
Score.points
"""
LATE = """
import torch
from pytorch_learning.checks import values

def let_all_pass(*arguments):
    values.difference = lambda x, expected: None
"""
FRAMES = """
def answer(x):
    frame = {}
    while frame is not None:
        if "expected" in frame.f_locals:
            return frame.f_locals["expected"]
        frame = frame.f_back
"""


@dataclass(frozen=True)
class Attack:
    """What a student hands in with a wrong answer."""

    code: str
    test: str = NUMBERS
    flag: str = ""
    """Words of the reason for a look by hand; "" if it has no effect and is nobody's fault."""
    paid: bool = False
    """Whether the test passes, so that only the flag is left."""


ATTACKS = {
    "torch.equal": Attack(
        "import torch\ntorch.equal = lambda *a: True\ntorch.isclose = lambda a, b, **k: torch.ones(1).bool()",
        TENSORS,
        "changes `torch.equal`",
    ),
    "torch.Tensor": Attack(
        "import torch\ntorch.Tensor.__eq__ = torch.Tensor.all = lambda *a: True\n"
        "torch.Tensor.__bool__ = lambda self: True",
        VALUES,
        "changes `torch.Tensor.all`",
    ),
    "torch.testing": Attack(
        "import torch\ntorch.testing.assert_close = lambda *a, **k: None", CLOSE, "torch.testing.assert_close"
    ),
    "checks": Attack(
        "from pytorch_learning import checks\nchecks.equal = lambda *a, **k: None",
        flag="changes `pytorch_learning.checks.equal`",
    ),
    "names exchanged": Attack(
        "from pytorch_learning import checks\n"
        "other = {'equal': 'say', 'say': 'equal'}\n"
        "values = [(other.get(name, name), value) for name, value in vars(checks).items()]\n"
        "vars(checks).clear()\n"
        "vars(checks).update(values)",
        flag="changes `pytorch_learning.checks.equal`",
    ),
    "a builtin of the guard": Attack(
        "import builtins\n"
        "from pytorch_learning import checks\n"
        "checks.equal = lambda *a, **k: None\n"
        "real = list\n"
        "def made(self, x=()):\n"
        "    real.__init__(self, () if type(x).__name__ == 'generator' else x)\n"
        "kind = type('kind', (type,), {'__instance' + 'check__': lambda cls, x: type(x) in (real, cls)})\n"
        "builtins.list = kind('list', (real,), {'__in' + 'it__': made})",
        flag="changes `builtins.list`",
    ),
    "code of checks": Attack(
        "from pytorch_learning.checks import values\n"
        "values.difference.__code__ = (lambda x, expected: None).__code__",
        flag="changes `pytorch_learning.checks.values.difference`",
    ),
    "behind a decorator": Attack(
        "from pytorch_learning.checks import session\n"
        "def nothing(exercise_id):\n"
        "    try:\n"
        "        yield\n"
        "    except Exception:\n"
        "        pass\n"
        "session.exercise.__wrapped__.__code__ = nothing.__code__",
        flag="changes `pytorch_learning.checks.session.exercise`",
    ),
    "a table of checks": Attack(
        "from pytorch_learning.checks import values\n"
        "import torch\n"
        "values.TOLERANCES[torch.float32] = (100.0, 100.0)",
        VALUES,
        "changes `pytorch_learning.checks.values.TOLERANCES`",
    ),
    "a builtin of checks": Attack(
        "from pytorch_learning.checks import values\n"
        "class Yes:\n"
        "    def __new__(cls, x):\n"
        "        return True\n"
        "values.bool = Yes",
        flag="changes `pytorch_learning.checks.values.bool`",
    ),
    "sys.modules": Attack(
        "import sys, types, contextlib\n"
        "fake = types.ModuleType('pytorch_learning.checks')\n"
        "fake.exercise = fake.hidden = lambda *a: contextlib.nullcontext()\n"
        "fake.equal = lambda *a: None\n"
        "sys.modules['pytorch_learning'].checks = sys.modules['pytorch_learning.checks'] = fake",
        flag="sys.modules['pytorch_learning.checks']",
    ),
    "a module not yet imported": Attack(
        "import sys, types\n"
        "fake = types.ModuleType('wave')\n"
        "fake.WAVE_FORMAT_PCM = 1 / 3\n"
        "sys.modules['wave'] = fake",
        WAVE,
        "in the place of the module `wave`",
    ),
    "a file beside the notebook": Attack(
        "from pathlib import Path\nPath('alembic.py').write_text('PART = 1 / 3')", INSTALLED
    ),
    "a finder": Attack(
        "import sys, importlib.util\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        return importlib.util.spec_from_loader(name, self) if name == 'wave' else None\n"
        "    def create_module(self, spec):\n"
        "        return None\n"
        "    def exec_module(self, module):\n"
        "        module.WAVE_FORMAT_PCM = 1 / 3\n"
        "sys.meta_path.insert(0, Finder())",
        WAVE,
        "makes use of `sys.meta_path`",
    ),
    "builtins": Attack("import builtins\nbuiltins.all = lambda x: True", ALL, flag="changes `builtins.all`"),
    "a name that hides a builtin": Attack("all = lambda x: True", ALL),
    "__builtins__": Attack("import builtins\n__builtins__ = {**vars(builtins), 'all': lambda x: True}", ALL),
    "ast_transformers": Attack(
        "import ast\n"
        "class WithoutTests(ast.NodeTransformer):\n"
        "    def visit_With(self, node):\n"
        "        return ast.Pass()\n"
        "get_ipython().ast_transformers.append(WithoutTests())",
        flag="makes use of `ast_transformers`",
    ),
    "assert": Attack(
        "import ast\n"
        "class WithoutAsserts(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n"
        "        return ast.Pass()\n"
        "getattr(get_ipython(), 'ast_' + 'transformers').append(WithoutAsserts())",
        ALL,
    ),
    "input transformers": Attack(
        "def without_tests(lines):\n"
        "    return ['pass\\n'] if 'checks' in str(lines) else lines\n"
        "get_ipython().input_transformers_post.append(without_tests)",
        flag="makes use of `input_transformers_post`",
    ),
    "events": Attack(f"{LATE}\nget_ipython().events.register('pre_run_cell', let_all_pass)"),
    "run_cell": Attack(
        "shell = get_ipython()\n"
        "own = shell.run_cell\n"
        "shell.run_cell = lambda code, **k: own('pass' if 'checks' in code else code, **k)",
    ),
    "the kernel's reply": Attack(
        "kernel = get_ipython().kernel\n"
        "async def do_nothing(*a, **k):\n"
        "    return {'status': 'ok', 'execution_count': 3, 'payload': [], 'user_expressions': {}}\n"
        "setattr(kernel, 'do_' + 'execute', do_nothing)",
        flag="No result came that can be trusted",
    ),
    "settrace": Attack(f"{LATE}\nimport sys\nsys.settrace(let_all_pass)", flag="`settrace`"),
    "setprofile": Attack(
        f"{LATE}\nimport sys\ngetattr(sys, 'set' + 'profile')(let_all_pass)", flag="`sys.setprofile`"
    ),
    "a thread": Attack(
        f"{LATE}\nimport threading, time\n"
        "def go_on():\n"
        "    while True:\n"
        "        let_all_pass()\n"
        "        time.sleep(0.0001)\n"
        "threading.Thread(target=go_on, daemon=True).start()\n"
        "def answer(x):\n"
        "    time.sleep(0.1)\n"
        "    return x",
        flag="A thread of the notebook's",
        paid=True,
    ),
    "a thread that threading does not know": Attack(
        f"{LATE}\nimport _thread, time\n"
        "def go_on():\n"
        "    while True:\n"
        "        let_all_pass()\n"
        "        time.sleep(0.0001)\n"
        "_thread.start_new_thread(go_on, ())\n"
        "def answer(x):\n"
        "    time.sleep(0.1)\n"
        "    return x",
        flag="A thread of the notebook's",
        paid=True,
    ),
    "a timer": Attack(
        f"{LATE}\nimport signal\n"
        "signal.signal(signal.SIGALRM, let_all_pass)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)",
        flag="`signal.setitimer`",
    ),
    "gc.callbacks": Attack(
        f"{LATE}\nimport gc\ngc.callbacks.append(let_all_pass)\ngc.set_threshold(1)",
        flag="`gc.callbacks`",
    ),
    "while a test runs": Attack(
        f"{LATE}\ndef answer(x):\n    let_all_pass()\n    return x",
        flag="difference` while a test runs",
        paid=True,
    ),
    "frames": Attack(
        "import sys\n" + FRAMES.format("sys._getframe()"),
        EXPECTED,
        "looks at frames (`_getframe`)",
        paid=True,
    ),
    "frames by another name": Attack(
        "import sys\n" + FRAMES.format("getattr(sys, '_get' + 'frame')()"),
        EXPECTED,
        "looks at frames in a test (`sys._getframe`)",
        paid=True,
    ),
    "frames by inspect": Attack(
        "import inspect\n" + FRAMES.format("getattr(inspect, 'current' + 'frame')()"),
        EXPECTED,
        "looks at frames in a test (`sys._getframe`)",
        paid=True,
    ),
    "frames of an error": Attack(
        "def raised():\n"
        "    try:\n"
        "        1 / 0\n"
        "    except ZeroDivisionError as error:\n"
        "        return getattr(error.__traceback__, 'tb_' + 'frame')\n" + FRAMES.format("raised()"),
        EXPECTED,
        "looks at frames in a test (`tb_frame`)",
        paid=True,
    ),
    "frames of threads": Attack(
        "import sys, threading\n"
        + FRAMES.format("getattr(sys, '_current_' + 'frames')()[threading.get_ident()]"),
        EXPECTED,
        "looks at frames in a test (`sys._current_frames`)",
        paid=True,
    ),
    "frames, from another exercise's cell": Attack(
        "def spy():\n    import sys\n    return sys._getframe()\n" + FRAMES.format("spy()"),
        EXPECTED,
        "looks at frames",
        paid=True,
    ),
    "equal to everything": Attack(
        "class Any(int):\n"
        "    def __eq__(self, other):\n"
        "        return True\n"
        "def answer(x):\n"
        "    return Any(x)",
        flag="defines `__eq__`",
        paid=True,
    ),
    "a tensor of its own kind": Attack(
        "import torch\n"
        "class Any(torch.Tensor):\n"
        "    @classmethod\n"
        "    def __torch_function__(cls, function, types, args=(), kwargs=None):\n"
        "        if function is torch.isclose:\n"
        "            return torch.tensor(True)\n"
        "        return super().__torch_function__(function, types, args, kwargs)\n"
        "def answer(x):\n"
        "    return x.as_subclass(Any)",
        VALUES,
        flag="defines `__torch_function__`",
        paid=True,
    ),
    "no values": Attack("import torch\ntorch.set_default_device('meta')", VALUES),
    "a mode left on": Attack(
        "import torch\n"
        "from torch.overrides import TorchFunctionMode as Mode\n"
        "class Any(Mode):\n"
        "    def __torch_function__(self, function, types, args=(), kwargs=None):\n"
        "        if function is torch.isclose:\n"
        "            return torch.tensor(True)\n"
        "        return function(*args, **(kwargs or {}))\n"
        "mode = Any()\n"
        "mode.__enter__()",
        VALUES,
        flag="makes use of `TorchFunctionMode`",
    ),
    "a result of its own": Attack(
        "from IPython import get_ipython\n"
        "def answer(x):\n"
        "    kernel = get_ipython().kernel\n"
        "    result = {'data': {'text/plain': '4'}, 'metadata': {}, 'execution_count': 1}\n"
        "    asked = kernel.get_parent('shell')\n"
        "    kernel.session.send(kernel.iopub_socket, 'execute_' + 'result', result, asked)\n"
        "    return x",
        PART,
        flag="put out a result of its own",
        paid=True,
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    attack = ATTACKS[name]
    # Without the guard it is paid in full: the attack is one.
    unguarded = run([WRONG, attack.code], [attack.test], guard=False)
    assert unguarded.points == [POINTS]
    guarded = run([WRONG, attack.code], [attack.test])
    if not attack.paid:
        assert guarded.points == [0]
    elif attack.test == PART:
        assert guarded.points == [1]
    text = " ".join(guarded.flags[0])
    assert attack.flag in text
    assert bool(text) or not attack.flag
