"""The command `pytorch-learning`.

Each subcommand is a module with `add_arguments(parser)` and `run(arguments) -> int` (the exit code).
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from pytorch_learning.errors import CourseError

COMMANDS = {
    "lab": ("pytorch_learning.lab", "put a copy of the course into work/ and open it in JupyterLab"),
    "data": ("pytorch_learning.data", "fetch Fashion-MNIST and say where it is"),
    "doctor": ("pytorch_learning.doctor", "say what works on this machine, what is missing and what to do"),
    "demo": ("pytorch_learning.demo", "generate, collect, grade and return four example submissions"),
    "grade": ("pytorch_learning.grading.command", "grade a class's submissions, many at a time"),
    "build": ("pytorch_learning.build.command", "make the notebooks from source/*.py"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand.  Returns its exit code: 2 for an error that the user can mend."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    parser = argparse.ArgumentParser(prog="pytorch-learning", description=__doc__.splitlines()[0])
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module_name, summary) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        # Only the chosen command is imported: `--help` must not wait for torch.
        if name in arguments[:1]:
            importlib.import_module(module_name).add_arguments(subparser)
    parsed = parser.parse_args(arguments)
    try:
        return int(importlib.import_module(COMMANDS[parsed.command][0]).run(parsed))
    except CourseError as error:
        print(f"pytorch-learning {parsed.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"pytorch-learning {parsed.command}: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
