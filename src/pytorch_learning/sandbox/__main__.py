"""The first program in the sandbox (see `commands`): restricts itself and becomes the wanted one."""

from __future__ import annotations

import json
import os
import sys

from pytorch_learning.errors import CourseError
from pytorch_learning.sandbox.entering import confine, enter
from pytorch_learning.sandbox.mechanisms import Mechanisms
from pytorch_learning.sandbox.policy import Policy, view
from pytorch_learning.sandbox.supervising import open_descriptors

# PyTorch's build with CUDA counts for this much private memory once it is imported.
LIBRARIES_BYTES = 2**30


def main(arguments: list[str]) -> int:
    """Run the command after "--" with what the JSON before it says.  Returns only if that fails."""
    given = json.loads(arguments[0])
    command = arguments[2:]
    policy = Policy.from_json(given["policy"])
    using = Mechanisms(**given["using"])
    variables = policy.environment()
    try:
        if given["inside"]:
            confine(policy, view(policy), using, inside=True, libraries_bytes=LIBRARIES_BYTES)
        else:
            enter(policy, open_descriptors(), using, libraries_bytes=LIBRARIES_BYTES)
        os.execvpe(command[0], command, variables)
    except (CourseError, OSError) as error:
        print(error, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
