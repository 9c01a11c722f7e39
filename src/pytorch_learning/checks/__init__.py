"""Checks that compare as a teacher does: what was expected, what came, and the likely mistake.

Every check returns nothing (or the value it looked at) if all is well and raises `CheckFailed` if not; its
message is in the notebook's language.  They work in a scratch cell as well as in a test cell.
"""

from pytorch_learning.checks.devices import Crossing, crossings, everywhere, runs_on_meta
from pytorch_learning.checks.failure import CheckFailed
from pytorch_learning.checks.functions import agrees, follows_device, raises, returns
from pytorch_learning.checks.modules import is_module, moves, output, own_parameters, parameter_shapes
from pytorch_learning.checks.score import Score
from pytorch_learning.checks.session import exercise, hidden, summary
from pytorch_learning.checks.training import clears_gradients, evaluates, parameters_change
from pytorch_learning.checks.values import (
    device,
    dtype,
    equal,
    gradient,
    is_tensor,
    own_memory,
    shape,
    shared_memory,
    true,
)
from pytorch_learning.language import choose as language
from pytorch_learning.language import say

__all__ = [
    "CheckFailed",
    "Crossing",
    "Score",
    "agrees",
    "clears_gradients",
    "crossings",
    "device",
    "dtype",
    "equal",
    "evaluates",
    "everywhere",
    "exercise",
    "follows_device",
    "gradient",
    "hidden",
    "is_module",
    "is_tensor",
    "language",
    "moves",
    "output",
    "own_memory",
    "own_parameters",
    "parameter_shapes",
    "parameters_change",
    "raises",
    "returns",
    "runs_on_meta",
    "say",
    "shape",
    "shared_memory",
    "summary",
    "true",
]
