"""What students do in all innocence costs no points and raises no flag."""

from __future__ import annotations

import sys

import pytest
from nbformat.v4 import new_code_cell

from tests.guard.running import NUMBERS, POINTS, RIGHT, TENSORS, Outcome, graded, run_cells

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need a safe fork")

INNOCENT = {
    "a thread that has ended": (
        "import threading\nt = threading.Thread(target=lambda: None)\nt.start()\nt.join()"
    ),
    "a pool": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "pool = ThreadPoolExecutor(2)\n"
        "assert [*pool.map(str, range(4))]"
    ),
    "warnings": (
        "import warnings\nwarnings.warn('old')\n"
        "def answer(x):\n    warnings.warn('careful', stacklevel=2)\n    return 3 * x"
    ),
    "logging": (
        "import logging\nlogging.basicConfig(level='DEBUG')\nlogging.captureWarnings(True)\n"
        "def answer(x):\n    logging.getLogger('mine').info('%s', x)\n    return 3 * x"
    ),
    "dataclass and named tuple": (
        "from collections import namedtuple\nfrom dataclasses import dataclass\n"
        "def answer(x):\n"
        "    @dataclass\n"
        "    class Pair:\n"
        "        a: object\n"
        "        b: int = 3\n"
        "    Point = namedtuple('Point', 'a b')\n"
        "    assert Pair(1) == Pair(1)\n"
        "    return Pair(x).a * Point(1, 3).b"
    ),
    "progress bar": (
        "from tqdm.auto import tqdm\n"
        "def answer(x):\n    for _ in tqdm(range(3)):\n        pass\n    return 3 * x"
    ),
    "traceback": (
        "import traceback\n"
        "def answer(x):\n"
        "    try:\n"
        "        return 3 * x.nothing\n"
        "    except AttributeError:\n"
        "        assert traceback.format_exc()\n"
        "        return 3 * x"
    ),
    "signature": (
        "import inspect\ndef answer(x):\n    assert inspect.signature(answer).parameters\n    return 3 * x"
    ),
    "gradients": (
        "import torch\n"
        "def answer(x):\n"
        "    w = torch.tensor(1.0, requires_grad=True)\n"
        "    (3 * w).backward()\n"
        "    return x * int(w.grad)"
    ),
    "settings": (
        "import torch, numpy as np\n"
        "torch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)\ntorch.manual_seed(0)\n"
        "torch.set_printoptions(precision=2)\nnp.seterr(all='ignore')"
    ),
    "data loader": (
        "from torch.utils.data import DataLoader\n"
        "def answer(x):\n    assert len(list(DataLoader(range(4), batch_size=2))) == 2\n    return 3 * x"
    ),
    "plots": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "magics and await": "%timeit -n 1 -r 1 3 * 4\nimport asyncio\nawait asyncio.sleep(0)",
    "settings of torch left on": (
        "import torch\ntorch.autocast('cpu')\ntorch.autograd.set_detect_anomaly(False)\n"
        "mode = torch.inference_mode()\nwith mode:\n    torch.ones(1) + 1"
    ),
    "a compiled function": (
        "import torch\n@torch.compile(backend='eager')\ndef compiled(x):\n    return 3 * x\n"
        "def answer(x):\n    return compiled(x) if torch.is_tensor(x) else 3 * x"
    ),
    "a look for what is left": "import gc\ngc.collect()",
    "own imports": "import pandas, wave, numpy.testing, torch.nn.utils.prune",
    "at exit": "import atexit\natexit.register(print, 'bye')",
    "imitation": "def answer(x):\n    print('all tests passed', 4)\n    return 3 * x",
    "hooks": (
        "import torch\nlayer = torch.nn.Linear(1, 1)\nlayer.register_forward_hook(lambda *a: None)\n"
        "layer(torch.ones(1, 1))"
    ),
    "special methods": (
        "class Pair:\n    def __repr__(self):\n        return 'pair'\n"
        "    def __len__(self):\n        return 2"
    ),
    # These two stay in the way of what comes after them.
    "own classes": (
        "class CheckFailed(Exception): pass\nclass Score: points = 7\nchecks = torch = values = equal = Score"
    ),
    "names of builtins": "sum = 3\nlist = [1, 2]\nall = any = print = None\ntype = 'linear'",
}
TESTS = (NUMBERS, TENSORS)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """All of it in one notebook, each followed by tests of its own."""
    cells = []
    for number, code in enumerate(INNOCENT.values()):
        cells += [new_code_cell(RIGHT), new_code_cell(code)]
        cells += [graded(source, number * len(TESTS) + n) for n, source in enumerate(TESTS)]
    return run_cells(cells)


@pytest.mark.parametrize("name", INNOCENT)
def test_full_marks_and_no_flag(outcome: Outcome, name: str) -> None:
    first = list(INNOCENT).index(name) * len(TESTS)
    cell = outcome.cells[list(INNOCENT).index(name) * 4 + 1]
    assert not [output for output in cell.outputs if output.output_type == "error"]
    assert outcome.points[first : first + len(TESTS)] == [POINTS] * len(TESTS)
    assert outcome.flags[first : first + len(TESTS)] == [[]] * len(TESTS)
