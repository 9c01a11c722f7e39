"""The look at sources: it finds nothing in right answers, and what it finds spreads with the names."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from pytorch_learning import syllabus
from pytorch_learning.grading.repair import LECTURE, OWN_METADATA
from pytorch_learning.guard.look import UNREAD, look
from tests import bank
from tests.guard.running import NUMBERS, graded

RIGHT = [answer for answer in bank.all_answers() if answer.kind != "wrong"]
SECTIONS = [section.id for section in syllabus.sections()]


def flagged(*cells: str) -> list[list[str]]:
    """The reasons for each test; a cell "TEST" is one."""
    made = [graded(NUMBERS, n) if cell == "TEST" else new_code_cell(cell) for n, cell in enumerate(cells)]
    found = look(new_notebook(cells=made))
    return [[text.en for text in found.get(n, [])] for n, cell in enumerate(cells) if cell == "TEST"]


def cells_of(section: str) -> list[NotebookNode]:
    """The code of a section, with solutions and lectures."""
    notebook = jupytext.read(bank.ROOT / "source" / f"{section}.py")
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_in_right_answers(section: str) -> None:
    set_up = cells_of(section)[0].source
    answers = [answer for answer in RIGHT if answer.section == section]
    assert {a.id: found for a in answers if (found := flagged(set_up, "TEST", a.code, "TEST")[1])} == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_in_solutions_and_lectures(section: str) -> None:
    cells = cells_of(section)
    assert look(new_notebook(cells=cells)) == {}
    assert len(cells) > 20


ATTACKS = {
    "frames": [
        ("import sys\nsys._getframe()", "`_getframe`"),
        ("from sys import _getframe as f", "`_getframe`"),
        ("from inspect import stack", "`currentframe`"),
        ("import inspect\ninspect.stack()", "`currentframe`"),
        ("import gc\ngc.get_referrers(1)", "`get_referrers`"),
        ("getattr(error, 'tb_frame')", "`tb_frame`"),
        ("import traceback as t\nt.walk_tb(error.__traceback__)", "`walk_tb`"),
        ("import inspect\ninspect.getclosurevars(hook)", "`getclosurevars`"),
        ("import traceback\ntraceback.TracebackException.from_exception(e, capture_locals=True)", "capture_"),
    ],
    "names put together": [
        ("getattr(error, 'tb_' + 'frame')", "`tb_frame`"),
        ("getattr(error, f\"tb_{'frame'}\")", "`tb_frame`"),
        ("getattr(error, ''.join(['tb_', 'frame']))", "`tb_frame`"),
        ("getattr(error, 'emarf_bt'[::-1])", "`tb_frame`"),
        ("import sys\ngetattr(sys, name)", "`getattr`"),
        ("getattr(error, f'tb_{part}')", "`getattr`"),
        ("getattr(error, a + b)", "`getattr`"),
        ("map(getattr, [error], ['tb_frame'])", "`getattr`"),
        ("__import__('ct' + 'ypes')", "`ctypes`"),
        ("import importlib\nimportlib.import_module(name)", "`import_module`"),
        ("import sys\nsys.modules['pytorch_learning.' + 'guard.snapshot'].a", "`pytorch_learning.guard`"),
    ],
    "text as code": [
        ("exec('import sys; sys.settrace(None)')", "`settrace`"),
        ("exec(text)", "`exec`"),
        ("run = exec\nrun('x')", "`exec`"),
        ("import builtins as b\nb.eval(text)", "`eval`"),
        ("compile(open('x').read(), 'x', 'exec')", "`compile`"),
        ("%time sys._getframe()\nx = 1", "`_getframe`"),
        ("%%time\nimport sys\nsys._getframe()", "`_getframe`"),
        ("%%capture\n%time sys._getframe()", "`_getframe`"),
        ("time sys._getframe()", "`_getframe`"),
        ("%%writefile mine.py\nclass A(int):\n    __eq__ = None", "`__eq__`"),
        ("get_ipython().run_line_magic(name, '')", "`run_line_magic`"),
        ("%run mine.txt", "`%run`"),
        ("%env PYTORCH_LEARNING_DATA=.", "`os.environ`"),
        ("!echo 'x = 1' > mine.py", "`.py`"),
        ("import pickle\npickle.loads(b'x')", "`pickle.loads`"),
        ("import os\nos.rename('mine.txt', 'mine.py')", "`mine.py`"),
        ("import operator\noperator.methodcaller('__setattr__', 'a', 1)(math)", "`methodcaller`"),
        ("open('mine.py', 'w').write(text)", "`mine.py`"),
        ("from pathlib import Path\nPath('mine.py').write_text(text)", "`mine.py`"),
    ],
    "IPython": [
        ("get_ipython().kernel", "`get_ipython`"),
        ("shell = get_ipython()", "`get_ipython`"),
        ("ask = get_ipython", "`get_ipython`"),
        ("get_ipython().events.register('pre_run_cell', f)", "`get_ipython`"),
        ("x = exit\nx._ip", "`exit`"),
        ("from IPython import get_ipython as g\ng().kernel", "`get_ipython`"),
        ("import sys\nsys.stdout.session", "`sys.stdout.session`"),
        ("import sys\nsys.displayhook.shell", "`sys.displayhook.shell`"),
        ("from ipykernel.zmqshell import ZMQInteractiveShell", "`ipykernel`"),
    ],
    "modules": [
        ("import ctypes", "`ctypes`"),
        ("import signal", "`signal`"),
        ("from signal import signal", "`signal`"),
        ("import asyncio\nasyncio.unix_events.signal.alarm(1)", "signal`"),
        ("import bdb", "`bdb`"),
        ("from unittest import mock", "`unittest.mock`"),
        ("from unittest.mock import ANY", "`unittest.mock`"),
        ("from torch.library import Library", "`torch.library.Library`"),
        ("import torch\ntorch.library.Library('aten', 'IMPL')", "`torch.library.Library`"),
        ("from pytorch_learning.guard import kernel", "`pytorch_learning.guard`"),
        ("from pytorch_learning.checks import values", "`pytorch_learning.checks.values`"),
        (
            "import pytorch_learning\npytorch_learning.checks.values.difference",
            "`pytorch_learning.checks.values`",
        ),
        ("import __main__", "`__main__`"),
    ],
    "hooks": [
        (
            "import torch\ntorch.nn.modules.module.register_module_forward_hook(f)",
            "register_module_forward_hook",
        ),
        (
            "from torch.optim.optimizer import register_optimizer_step_pre_hook",
            "register_optimizer_step_pre_hook",
        ),
        ("torch.autograd.graph.saved_tensors_hooks(f, g)", "`saved_tensors_hooks`"),
        ("import torch\ntorch.autocast('cpu').__enter__()", "`__enter__`"),
    ],
    "stores": [
        ("import torch\ntorch.equal = None", "`torch.equal`"),
        ("import torch as t\nt.pi += 1", "`torch.pi`"),
        ("import torch\ntorch.pi: float = 1", "`torch.pi`"),
        ("import torch\ndel torch.equal", "`torch.equal`"),
        ("import torch\nfor torch.equal in [f]: pass", "`torch.equal`"),
        ("import torch\nwith f() as torch.equal: pass", "`torch.equal`"),
        ("import torch\nsetattr(torch, 'equal', f)", "`torch.equal`"),
        ("import torch\ndelattr(torch, name)", "`torch`"),
        ("import torch\nobject.__setattr__(torch, 'equal', f)", "`torch`"),
        ("import torch\nvars(torch)['equal'] = f", "`torch.__dict__`"),
        ("import torch\nvars(torch).update(equal=f)", "`torch.__dict__`"),
        ("import torch\ntorch.__dict__['equal'] = f", "`torch.__dict__`"),
        ("import torch, operator\noperator.setitem(vars(torch), 'equal', f)", "`torch.__dict__`"),
        ("import torch\ndict.update(vars(torch), equal=f)", "`torch.__dict__`"),
        ("import copy\nc = copy\nc.deepcopy = f", "`copy.deepcopy`"),
        ("import copy\nd = copy._deepcopy_dispatch\nd[bool] = f", "`copy._deepcopy_dispatch`"),
        ("import torch, numpy as np\na, b = torch, np\nb.isclose = f", "`numpy.isclose`"),
        ("import sys\nm = sys.modules['math']\nm.pi = 3", "`math.pi`"),
        ("import math\nv = [math][0]\nv.pi = 3", "`math.pi`"),
        ("import math\nv = {'m': math}\nv['m'].pi = 3", "`math.pi`"),
        ("import math\nv = {}\nv['m'] = math\nv['m'].pi = 3", "`math.pi`"),
        ("import math\nfor m in (math,):\n    m.pi = 3", "`math.pi`"),
        ("import math\ndef f(m):\n    m.pi = 3\nf(math)", "`math.pi`"),
        ("import math\nclass A:\n    def f(self, m):\n        m.pi = 3\nA().f(math)", "`math.pi`"),
        (
            "import math\nclass A:\n    def __init__(self, m):\n        self.m = m\nA(math).m.pi = 3",
            "`math.pi`",
        ),
        ("import math\n(lambda m: setattr(m, 'pi', 3))(math)", "`math.pi`"),
        ("import math\n[setattr(m, 'pi', 3) for m in [math]]", "`math.pi`"),
        ("import math\ndef f():\n    return math\nf().pi = 3", "`math.pi`"),
        ("import math\nf = lambda: math\nf().pi = 3", "`math.pi`"),
        ("import math\n(m := math)\nm.pi = 3", "`math.pi`"),
        ("import math\nmax([math], key=id).pi = 3", "`math"),
        ("import math\nm = 1\nm = math\nm.pi = 3", "`math.pi`"),
        ("import math\nmatch math:\n    case m:\n        m.pi = 3", "`math.pi`"),
        ("import torch, operator\noperator.attrgetter('nn')(torch).Linear = f", "`torch.nn.Linear`"),
        ("import torch\ntype(torch.ones(1)).all = f", "`type().all`"),
        ("import torch\ntorch.ones(1).__class__.all = f", "`type().all`"),
        ("from torch import *\nnn.Linear = f", "`torch.nn.Linear`"),
        ("globals()['torch'].equal = f", "`locals()[].equal`"),
        ("import os\nos.environ['PYTORCH_LEARNING_DATA'] = '.'", "`os.environ`"),
        ("import os\nos.environ.update(PYTORCH_LEARNING_DATA='.')", "`os.environ`"),
        ("import os\nos.environ[name] = '.'", "`os.environ`"),
        ("import os\nos.environ = {}", "`os.environ`"),
        ("other.difference = f", "`difference`"),
        ("setattr(other, 'differ' + 'ence', f)", "`difference`"),
    ],
    "changes in place": [
        ("import sys\nsys.meta_path.insert(0, f)", "`sys.meta_path`"),
        ("import sys\nhooks = sys.path_hooks\nhooks.append(f)", "`sys.path_hooks`"),
        ("import gc\ngc.callbacks.append(f)", "`gc.callbacks`"),
        ("import gc\ngc.callbacks[:] = [f]", "`gc.callbacks`"),
        ("from copyreg import dispatch_table as d\nd.update({})", "`copyreg.dispatch_table`"),
        ("import torchvision\ntorchvision.models.zero_()", "`torchvision.models`"),
    ],
    "private": [
        ("import json\njson._default_encoder", "`json._default_encoder`"),
        ("import torch\ntorch._C", "`torch._C`"),
        ("import torch\ngetattr(torch, '_' + 'C')", "`torch._C`"),
        ("from torch import _C", "`torch._C`"),
        ("triple.__globals__", "`__globals__`"),
        ("f.__wrapped__", "`__wrapped__`"),
        ("answer.__self__", "`__self__`"),
        ("import torch\ntorch.__dict__", "`torch.__dict__`"),
    ],
    "values that lie": [
        ("type('A', (int,), {'__eq__': None})", "`__eq__`"),
        ("type('A', (int,), {'__e' + 'q__': None})", "`__eq__`"),
        ("type('A', (int,), space)", "`type`"),
        ("type('A', (int,), {name: None})", "`type`"),
        ("type.__new__(type, 'A', (int,), space)", "`type.__new__`"),
        ("make = type\nmake('A', (int,), {'__eq__': None})", "`__eq__`"),
        ("class A(int):\n    __eq__ = None", "`__eq__`"),
        ("class A(int):\n    def __lt__(self, other): return True", "`__lt__`"),
        ("class A(str):\n    def __hash__(self): return 1", "`__hash__`"),
        ("class A(int):\n    locals()[name] = f", "`locals()`"),
        ("class A(int):\n    locals()['__e' + 'q__'] = f", "`__eq__`"),
        ("class M(type): pass", "`metaclass`"),
        ("class B(int): pass\nclass A(B):\n    def __lt__(self, other): return True", "`__lt__`"),
        ("I = int\nclass A(I):\n    def __lt__(self, other): return True", "`__lt__`"),
        ("class A(int): pass\nA.__lt__ = f", "`__lt__`"),
        ("class A:\n    def __array_function__(self, *a): return 1", "`__array_function__`"),
        ("import torch\nclass A(torch.Tensor):\n    dtype = torch.float64", "`dtype`"),
        ("import torch\nclass A(torch.Tensor):\n    @property\n    def shape(self): return 1", "`shape`"),
        ("import torch\nclass A(torch.Tensor):\n    def detach(self): return self", "`detach`"),
        ("A.__eq__ = f", "`__eq__`"),
        ("setattr(A, '__eq__', f)", "`__eq__`"),
        ("exec('class A(int):\\n    __eq__ = None')", "`__eq__`"),
    ],
}


@pytest.mark.parametrize(
    ("code", "words"), [case for cases in ATTACKS.values() for case in cases], ids=lambda value: value[:60]
)
def test_found(code: str, words: str) -> None:
    assert words in " ".join(flagged(code, "TEST")[0])


INNOCENT = [
    "torch.stack([a, b])\nx.stack",
    "print('sys._getframe and f_locals')",
    "self.__class__.__name__",
    "a.__eq__(b)",
    "import inspect\ninspect.signature(f)",
    "def f(x: this is no Python",
    "import gc\ngc.collect()",
    "hasattr(x, '__array__')",
    "import re\nre.compile(pattern)",
    "import torch\ntorch.compile(model)",
    "model.eval()\ndf.eval(text)",
    "import torch.nn as nn\ngetattr(nn, name)()\ngetattr(self, f'layer{i}')\ngetattr(model, name)",
    "setattr(self, f'layer{i}', layer)\nsetattr(model, name, layer)\ngetattr(model, f'fc{i}')",
    "import torch\nmodel = torch.nn.Linear(1, 1)\nmodel.weight.data = x\n"
    "model.weight.data[0] = 1\nmodel.bias.zero_()",
    "import torch\no = torch.optim.SGD(p, 0.1)\no.param_groups[0]['lr'] = 1\no.state.clear()",
    "import torch\nx = torch.ones(3)\nx[0] = torch.inf\nx[1] = torch.pi\nx[0].add_(1)",
    "import torch\nlayers = {'relu': torch.nn.ReLU}\nlayers['tanh'] = torch.nn.Tanh\n"
    "layers.update(a=torch.nn.GELU)",
    "import torch\nsteps = []\nsteps.append(torch.relu)\nsteps += [torch.tanh]",
    "import torch\nclass Net(torch.nn.Module):\n    count = 0\n    def __init__(self, act=torch.relu):\n"
    "        super().__init__()\n        self.act = act\n        self.shape = 3\n"
    "        type(self).count += 1",
    "import torch\ntorch.nn.init.zeros_(w)\ntorch.relu_(x)\ntorch.nn.utils.clip_grad_norm_(p, 1)",
    "import torch\ndef init(m):\n    m.bias = None\n    m.weight.data.fill_(1)\nmodel.apply(init)\n"
    "def train(model, loss):\n    model.weight = 1\ntrain(model, torch.nn.functional.mse_loss)",
    "import numpy as np\nnp.append(a, b)\nnp.add(a, b)\nnp.set_printoptions(precision=2)",
    "import matplotlib.pyplot as plt, matplotlib as mpl\nplt.rcParams['figure.dpi'] = 50\n"
    "mpl.rcParams.update(a=1)",
    "import os, sys\nos.environ['CUBLAS_WORKSPACE_CONFIG'] = ':4096:8'\nsys.path.append('.')\n"
    "sys.path.insert(0, '.')",
    "import torch\ntorch.backends.cudnn.benchmark = False\ntorch._dynamo.config.verbose = True",
    "import pandas as pd\npd.options.display.max_rows = 5",
    "%matplotlib inline\n%timeit -n 1 f()\n!nvidia-smi\nfiles = !ls",
    "%%time\nx = 1",
    "%%bash\nls -l | grep x",
    "pip install torch",
    "'google.colab' in str(get_ipython())",
    "from IPython.display import display",
    "class Pair:\n    def __len__(self): return 2\n    def __lt__(self, other): return True",
    "class Mine(torch.utils.data.Dataset):\n    def __len__(self): return 2\n"
    "    def __getitem__(self, i): return i",
    "class Timer:\n    def __enter__(self): return self\n    def __exit__(self, *a): pass\n"
    "with Timer() as t: pass",
    "globals()['x'] = 1\nd = vars(args)",
    "open('log.txt', 'w').write(text)\nopen('mine.py').read()",
    "import sys, io\nsys.stdout = io.StringIO()\nsys.stdout.write('x')\nsys.stdout.flush()",
    "import pickle\npickle.loads(pickle.dumps(x))\nx = int\nisinstance(y, (int, float, str))",
    "%run mine.py",
    "import torch\noptimizer = torch.optim.SGD\noptimizer = optimizer(p)\n"
    "optimizer.param_groups[0]['lr'] = 1",
    "import torch\nclass Config:\n    optimizer = torch.optim.SGD\n"
    "trainer.optimizer = Config.optimizer(p)\ntrainer.optimizer.param_groups[0]['lr'] = 1",
    "import torch\nx = torch.relu\nx = torch.ones(3)\nx[0] = 1",
    "from scipy import signal\nsignal = 3",
]


@pytest.mark.parametrize("code", INNOCENT, ids=lambda value: value[:60])
def test_not_found(code: str) -> None:
    assert flagged(code, "TEST") == [[]]


def test_names_of_a_tests_imports_and_of_other_cells_are_known() -> None:
    assert "`checks`" not in " ".join(flagged("checks.summary()", "TEST")[0])
    found = flagged("TEST", "c = checks", "TEST", "c.exercise = None", "TEST")
    assert [bool(reasons) for reasons in found] == [False, False, True]


def test_what_is_known_by_its_full_name_is_named_once() -> None:
    assert [len(reasons) for reasons in flagged("import torch\ntorch.equal = None", "TEST")] == [1]
    assert [len(reasons) for reasons in flagged("given.equal = None", "TEST")] == [1]


def test_a_name_in_another_function_is_another_name() -> None:
    code = (
        "from torch import nn as values\ndef f(values):\n    values.x = 1\n"
        "def g():\n    values = f()\n    values.y = 1"
    )
    assert flagged(code, "TEST") == [[]]


def test_a_lecture_is_not_looked_at() -> None:
    cell = new_code_cell("import sys\nsys._getframe()", metadata={OWN_METADATA: {LECTURE: True}})
    assert look(new_notebook(cells=[cell, graded(NUMBERS, 0)])) == {}


DEEP = "x = " + "(" * 150 + "1" + ")" * 150 + "\ny = " + "+".join(["1"] * 3000)


@pytest.mark.parametrize("source", ["x = 1\ndef f(x: this is no Python", DEEP])
def test_what_ran_and_cannot_be_read(source: str) -> None:
    cell = new_code_cell(source)
    notebook = new_notebook(cells=[cell, graded(NUMBERS, 0), graded(NUMBERS, 1)])
    assert look(notebook) == {}
    cell.execution_count = 1
    assert look(notebook) == {1: [UNREAD], 2: [UNREAD]}
    cell.outputs = [new_output("error", ename="SyntaxError", evalue="", traceback=[])]
    assert look(notebook) == {}


def test_programs_beside_the_notebook_count_for_every_test(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[graded(NUMBERS, 0), graded(NUMBERS, 1)])
    (tmp_path / "mine.py").write_text("import torch\ndef f(x):\n    return x")
    assert look(notebook, tmp_path) == {}
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "mine.py").write_text("class A(int):\n    __eq__ = None")
    assert ["`__eq__`" in text.en for texts in look(notebook, tmp_path).values() for text in texts] == [
        True
    ] * 2
    (tmp_path / "package" / "mine.py").write_bytes("# coding: utf-16\nx".encode("utf-16"))
    assert look(notebook, tmp_path) == {0: [UNREAD], 1: [UNREAD]}


def test_a_finding_counts_for_the_test_below_and_where_its_names_are_used() -> None:
    spy = "def spy():\n    return sys._getframe()"
    found = flagged(spy, "TEST", "def other():\n    pass", "TEST", "def third():\n    return spy()", "TEST")
    assert [bool(reasons) for reasons in found] == [True, False, True]
