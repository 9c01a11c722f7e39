"""A grader in small: forks, lets the child enter the sandbox and run code there, and ends as the child does.

Arguments: the policy and the mechanisms as JSON, then code or the path of a program, and its arguments.
"""

import json
import os
import runpy
import sys
import traceback

from pytorch_learning.sandbox import Mechanisms, Policy, enter


def main(policy: Policy, using: Mechanisms, program: str, arguments: list[str]) -> int:
    child = os.fork()
    if not child:
        try:
            enter(policy, using=using)
            sys.argv = [program, *arguments]
            if os.path.isabs(program):
                runpy.run_path(program, run_name="__main__")
            else:
                exec(program, {"__name__": "__main__"})
            os._exit(0)
        except SystemExit as end:
            os._exit(int(end.code or 0))
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(3)
    print(child, flush=True, file=sys.stderr)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    given = Policy.from_json(sys.argv[1])
    sys.exit(main(given, Mechanisms(**json.loads(sys.argv[2])), sys.argv[3], sys.argv[4:]))
