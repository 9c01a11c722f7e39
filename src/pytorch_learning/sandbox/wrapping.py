"""A command that runs in the sandbox, for what is executed and not forked."""

from __future__ import annotations

from collections.abc import Sequence

from pytorch_learning.sandbox.commands import command
from pytorch_learning.sandbox.detection import detect
from pytorch_learning.sandbox.mechanisms import Mechanisms
from pytorch_learning.sandbox.policy import Policy


def wrap(argv: Sequence[str], policy: Policy, using: Mechanisms | None = None) -> list[str]:
    """The command that runs `argv` in the sandbox, in the policy's working folder.

    It uses the mechanisms in `using`, by default all that work here.  `argv[0]` is looked up inside, on the
    policy's PATH.  What the command needs beyond the policy's paths, a kernel's connection file for instance,
    must be in a folder that the policy names.

    The command ends when the *thread* that has started it does.  In bubblewrap it is in a session of its
    own: a signal to the wrapper's process group ends it instead of reaching it.  So a kernel must be
    interrupted by message (`interrupt_mode` in its kernelspec).
    """
    return command(argv, policy, detect() if using is None else using)
