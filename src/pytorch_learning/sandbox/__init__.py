"""A submission is a stranger's program: what keeps it from network, files, other processes and resources.

- `enter(policy)` restricts a process that was just forked, `wrap(argv, policy)` a command that is executed.
- `detect()` says which of the mechanisms work on this machine.
- `usage(pid)` and `kill(pid)` are for the parent, which watches and ends a submission.
- `settings.Sandbox` has the limits that an instructor can set.
"""

from pytorch_learning.sandbox.detection import detect
from pytorch_learning.sandbox.entering import enter
from pytorch_learning.sandbox.mechanisms import Mechanisms
from pytorch_learning.sandbox.policy import Limits, Policy, notebook_policy
from pytorch_learning.sandbox.watch import Usage, exceeded, kill, resident, resident_set, usage
from pytorch_learning.sandbox.wrapping import wrap

__all__ = [
    "Limits",
    "Mechanisms",
    "Policy",
    "Usage",
    "detect",
    "enter",
    "exceeded",
    "kill",
    "notebook_policy",
    "resident",
    "resident_set",
    "usage",
    "wrap",
]
