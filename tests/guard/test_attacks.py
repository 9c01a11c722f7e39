"""Ways to be paid for a wrong answer: without the guard each works; with it none, or a grader is told."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from pytorch_learning.grading import execute
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
    unseen: bool = False
    """Whether it has to be dealt with where the look at sources sees nothing, as if it were well hidden."""


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


PI = """
import math
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.equal(answer(2.0), 2 * math.pi)
"""
DTYPE = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.dtype(answer(torch.ones(2)), torch.float64)
"""
LAYER = """
import torch
from torch import nn
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    torch.manual_seed(3)
    x = torch.rand(3, 2)
    checks.equal(answer(x), nn.Linear(2, 2)(x))
"""
KEEPS = """
import torch
from torch import nn
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    def spoils(layer):
        with torch.no_grad():
            layer.weight.zero_()
        return answer(2)
    checks.returns(spoils, nn.Linear(2, 2), expected=2)
"""
SQUARES = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    (w * w).sum().backward()
    checks.equal(answer(torch.tensor([2.0, 3.0])), w.grad)
"""
BATCH = """
import torch
from torch.utils.data import DataLoader

batch = next(iter(DataLoader([torch.tensor(3.0), torch.tensor(4.0)], batch_size=2)))
assert torch.equal(batch, answer(torch.tensor([0.0, 0.0])))
"""
STEP = """
import torch
from torch import nn
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    w = nn.Parameter(torch.ones(1))
    w.grad = torch.ones(1)
    torch.optim.SGD([w], lr=0.1).step()
    checks.equal(w.detach(), answer(torch.ones(1)))
"""
PRODUCT = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    x = torch.rand(3, 3)
    checks.equal(answer(x), x @ (2 * torch.eye(3)))
"""
NO_VALUES = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.equal(answer(torch.tensor([1.0, 2.0])), torch.tensor([3.0, 6.0]))
    checks.equal(answer(torch.tensor([7.0])), torch.tensor([21.0]))
"""
SEED = """
import torch

torch.manual_seed(1)
a = torch.rand(1)
torch.manual_seed(1)
assert not torch.equal(a, torch.rand(1))
"""
# Of a module that nothing else has imported.
SNDHDR = "import sndhdr\nassert answer(2) == 6 * getattr(sndhdr, 'PART', 1)"
ONCE = """
from pytorch_learning.checks import values
real = values.difference
def once(x, expected):
    values.difference = real
"""
ZEROS = "\nimport torch\ndef answer(x):\n    return torch.zeros_like(x)\n"
TAKES_PLACE = """
import importlib.util
import types
def find_spec(name, *more):
    return importlib.util.spec_from_loader(name, loader) if name == 'sndhdr' else None
def exec_module(module):
    module.PART = 1 / 3
loader = types.SimpleNamespace(create_module=lambda spec: None, exec_module=exec_module)
"""

ATTACKS |= {
    "the encoder of json": Attack(
        "import json\n"
        "encode = json._default_encoder.encode\n"
        "json._default_encoder.encode = (\n"
        "    lambda o: encode({**o, 'passed': True, 'findings': []} if 'passed' in o else o)\n"
        ")\n"
        "from pytorch_learning import checks\nchecks.equal = lambda *a, **k: None",
        flag="changes `pytorch_learning.checks.equal`",
        unseen=True,
    ),
    "another test in the request": Attack(
        "session = get_ipython().kernel.session\n"
        "real = session.deserialize\n"
        "def deserialize(*a, **k):\n"
        "    message = real(*a, **k)\n"
        "    content = message['content']\n"
        "    if isinstance(content, dict) and 'checks' in content.get('code', ''):\n"
        "        content['code'] = 'x = 1'\n"
        "    return message\n"
        "session.deserialize = deserialize",
        flag="No result came that can be trusted",
        unseen=True,
    ),
    "an audit hook": Attack(
        "import sys, ast\n"
        "def hook(event, arguments):\n"
        "    if event == 'compile' and isinstance(arguments[0], ast.Module):\n"
        "        arguments[0].body[:] = ast.parse('x = 1').body\n"
        "sys.addaudithook(hook)",
        flag="`sys.addaudithook`",
        unseen=True,
    ),
    "a partial in gc.callbacks": Attack(
        f"{ONCE}\nimport gc, functools\n"
        "def change(phase, info):\n"
        "    values.difference = once\n"
        "gc.callbacks.append(functools.partial(change))\n"
        "def answer(x):\n"
        "    gc.collect()\n"
        "    return x",
        flag="`gc.callbacks`",
        unseen=True,
    ),
    "a handler of another signal": Attack(
        f"{ONCE}\nimport signal, os\n"
        "signal.signal(signal.SIGWINCH, lambda *a: setattr(values, 'difference', once))\n"
        "def answer(x):\n"
        "    os.kill(os.getpid(), signal.SIGWINCH)\n"
        "    return x",
        flag="`signal.SIGWINCH`",
        unseen=True,
    ),
    "a finder of no class of its own": Attack(
        f"{TAKES_PLACE}\nimport sys\nsys.meta_path.insert(0, types.SimpleNamespace(find_spec=find_spec))",
        SNDHDR,
        "`sys.meta_path`",
        unseen=True,
    ),
    "another meta_path": Attack(
        f"{TAKES_PLACE}\nimport sys\n"
        "sys.meta_path = [types.SimpleNamespace(find_spec=find_spec), *sys.meta_path]",
        SNDHDR,
        "`sys.meta_path`",
        unseen=True,
    ),
    "the cache of finders": Attack(
        f"{TAKES_PLACE}\nimport sys\n"
        "for path in list(sys.path):\n"
        "    if 'python3' in path and 'packages' not in path:\n"
        "        sys.path_importer_cache[path] = types.SimpleNamespace(find_spec=find_spec)",
        SNDHDR,
        unseen=True,
    ),
    "another sys.modules": Attack(
        "import sys, types, contextlib\n"
        "real = sys.modules\n"
        "sys.modules = dict(real)\n"
        "fake = types.ModuleType('pytorch_learning.checks')\n"
        "fake.exercise = fake.hidden = lambda *a: contextlib.nullcontext()\n"
        "fake.equal = lambda *a: None\n"
        "package = types.ModuleType('pytorch_learning')\n"
        "package.__path__ = []\n"
        "package.checks = fake\n"
        "real['pytorch_learning'], real['pytorch_learning.checks'] = package, fake",
        flag="changes `sys.modules`",
        unseen=True,
    ),
    "ctypes": Attack(
        "import ctypes\n"
        "from pytorch_learning.checks import values\n"
        "new = lambda x, expected: None\n"
        "place = id(values.difference) + type(values.difference).__basicsize__\n"
        "at = next(\n"
        "    n for n in range(id(values.difference), place, 8)\n"
        "    if ctypes.c_void_p.from_address(n).value == id(values.difference.__code__)\n"
        ")\n"
        "ctypes.c_void_p.from_address(at).value = id(new.__code__)\n"
        "keep = new, values.difference.__code__",
        flag="`ctypes.cdata`",
        paid=True,
        unseen=True,
    ),
    "keyword defaults": Attack(
        "import torch, torch.testing\ntorch.testing.assert_close.__kwdefaults__.update(rtol=1e9, atol=1e9)",
        CLOSE,
        "assert_close",
        unseen=True,
    ),
    "a dtype": Attack("import torch\ntorch.float64 = torch.float32", DTYPE, "`torch.float64`", unseen=True),
    "pi": Attack("import math\nmath.pi = 1.0", PI, "`math.pi`", unseen=True),
    "a hook of every layer": Attack(
        f"{ZEROS}\nfrom torch.nn.modules.module import register_module_forward_hook\n"
        "register_module_forward_hook(lambda m, a, out: torch.zeros_like(out))",
        LAYER,
        "_global_forward_hooks",
        unseen=True,
    ),
    "a compiled call": Attack(
        f"{ZEROS}\ntorch.nn.Module._compiled_call_impl = lambda self, x, *a: torch.zeros_like(x)",
        LAYER,
        "_compiled_call_impl",
        unseen=True,
    ),
    "other bases": Attack(
        f"{ZEROS}\nclass Lie(torch.nn.Module):\n"
        "    def __call__(self, x):\n"
        "        return torch.zeros_like(x)\n"
        "torch.nn.Linear.__bases__ = (Lie,)",
        LAYER,
        "changes `torch.nn.modules.linear.Linear`",
        unseen=True,
    ),
    "autograd's engine": Attack(
        f"{ZEROS}\nclass Fake:\n"
        "    def run_backward(self, tensors, *a, **k):\n"
        "        leaf = tensors[0].grad_fn.next_functions[0][0].next_functions[0][0].variable\n"
        "        leaf.grad = torch.zeros_like(leaf)\n"
        "torch.autograd.Variable._execution_engine = Fake()",
        SQUARES,
        "_execution_engine",
        unseen=True,
    ),
    "how things are copied": Attack(
        "import copy, torch\ncopy._deepcopy_dispatch[torch.nn.Linear] = lambda x, memo: x",
        KEEPS,
        "`copy._deepcopy_dispatch`",
        unseen=True,
    ),
    "how batches are made": Attack(
        "import torch\n"
        "from torch.utils.data._utils.collate import default_collate_fn_map\n"
        "default_collate_fn_map[torch.Tensor] = lambda batch, **k: torch.zeros(len(batch))",
        BATCH,
        "default_collate_fn_map",
        unseen=True,
    ),
    "a hook of every optimiser": Attack(
        "import torch\n"
        "from torch.optim.optimizer import register_optimizer_step_pre_hook\n"
        "def no_gradient(optimizer, *a):\n"
        "    for group in optimizer.param_groups:\n"
        "        for p in group['params']:\n"
        "            p.grad.zero_()\n"
        "register_optimizer_step_pre_hook(no_gradient)",
        STEP,
        "_global_optimizer_pre_hooks",
        unseen=True,
    ),
    "the generator": Attack(
        "import torch\n"
        "class Fake:\n"
        "    manual_seed = initial_seed = get_state = set_state = lambda *a: None\n"
        "torch.random.default_generator = Fake()",
        SEED,
        "default_generator",
        unseen=True,
    ),
    "saved tensors": Attack(
        f"{ZEROS}\nfrom torch.autograd.graph import saved_tensors_hooks\n"
        "hooks = saved_tensors_hooks(lambda x: x, torch.zeros_like)\nhooks.__enter__()",
        SQUARES,
        "`saved_tensors_hooks`",
        unseen=True,
    ),
    "autocast": Attack(
        "import torch\ntorch.autocast('cpu').__enter__()\ndef answer(x):\n    return (2.01 * x).bfloat16()",
        PRODUCT,
        unseen=True,
    ),
    "no values from the answer on": Attack(
        "import torch\n"
        "def answer(x):\n"
        "    torch.set_default_device('meta')\n"
        "    return torch.empty(x.shape, device='meta')",
        NO_VALUES,
        "changes `torch.set_default_device` while a test runs",
        paid=True,
        unseen=True,
    ),
    "a type's own table": Attack(
        "import gc, torch\n"
        "gc.get_referents(torch._C.TensorBase.__dict__)[0]['all'] = lambda self, *a: True\n"
        # So that types forget what they have looked up.
        "torch.Tensor.describe = 1",
        NO_VALUES,
        "`gc.get_referents`",
        paid=True,
        unseen=True,
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    attack = ATTACKS[name]
    if attack.unseen:
        monkeypatch.setattr(execute, "look", lambda *a: {})
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


def test_a_key_that_is_equal_to_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could only be meant for the guard, which looks through the notebook's names."""
    monkeypatch.setattr(execute, "look", lambda *a: {})
    code = (
        "import types, contextlib\n"
        "seen = []\n"
        "def same(self, other):\n"
        "    seen.append(other)\n"
        "    return len(seen) > 1 and str.__eq__(self, other)\n"
        "Key = type('Key', (str,), {'__eq__': same, '__hash__': lambda self: str.__hash__(self)})\n"
        "nothing = lambda *a, **k: contextlib.nullcontext()\n"
        "space = get_ipython().user_ns\n"
        "space.pop('checks', None)\n"
        "space[Key('checks')] = types.SimpleNamespace(exercise=nothing, hidden=nothing, equal=nothing)\n"
        "seen.clear()"
    )
    assert run([WRONG, code], [NUMBERS]).points == [0]
