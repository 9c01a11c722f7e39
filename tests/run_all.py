"""Everything that CI runs, one step after the other, as `make test`.  Stops at the first that fails.

`python tests/run_all.py STEP ...` runs only these steps.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ["src", "source", "tests", "benchmarks", "setup_env.py", "nbgrader_config.py"]
PYTHON = sys.executable
# The last section trains for longest: whatever is short fills the gap at the end.
NOTEBOOKS = sorted(
    (
        str(path.relative_to(ROOT))
        for edition in ("notebooks", "solutions")
        for path in (ROOT / edition).glob("*/*.ipynb")
    ),
    key=lambda path: (Path(path).name, path),
    reverse=True,
)
# A module's tests stay together: they share a class that was graded, or a server of kernels.
# One more of them than there are cores: some wait, for a process or for a limit of time.
SIDE_BY_SIDE = ["-n", str(min((os.cpu_count() or 1) + 1, 5)), "--dist", "loadscope", "--no-loadscope-reorder"]

STEPS: dict[str, list[str]] = {
    "lint": [PYTHON, "-m", "ruff", "check", *CODE],
    "format": [PYTHON, "-m", "ruff", "format", "--check", *CODE],
    "types": [PYTHON, "-m", "mypy", "src", "setup_env.py"],
    "fresh": [PYTHON, "-m", "pytorch_learning.cli", "build", "--check"],
    "tests": [PYTHON, "-m", "pytest", *SIDE_BY_SIDE],
    "notebooks": [
        *(PYTHON, "-m", "pytest", *SIDE_BY_SIDE, "--nbval"),
        *("--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "--nbval-kernel-name", "pytorch-learning"),
        *(*NOTEBOOKS, "-p", "no:cacheprovider"),
    ],
}


# Processes side by side that each have a thread for every core keep each other waiting.
VARIABLES = {name: {"OMP_NUM_THREADS": "1"} for name in ("tests", "notebooks")}


def main(names: list[str]) -> int:
    """Run the named steps, or all.  Returns the exit code of the first that fails."""
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"There is no step {unknown[0]}: choose from {', '.join(STEPS)}.", file=sys.stderr)
        return 2
    times: dict[str, float] = {}
    failed = ""
    code = 0
    # As if the environment were activated: nbgrader calls `alembic` by name.
    path = os.pathsep.join([str(Path(PYTHON).parent), os.environ.get("PATH", os.defpath)])
    for name in names or STEPS:
        print(f"\n=== {name}: {' '.join(['python', *STEPS[name][1:]])}", flush=True)
        start = time.monotonic()
        variables = {**os.environ, "PATH": path, **VARIABLES.get(name, {})}
        code = subprocess.run(STEPS[name], cwd=ROOT, env=variables).returncode
        times[name] = time.monotonic() - start
        if code:
            failed = name
            break
    print("\n=== " + ", ".join(f"{name} {seconds:.0f} s" for name, seconds in times.items()))
    if failed:
        left = [name for name in names or STEPS if name not in times]
        print(f"=== {failed} FAILED" + (f"; not run: {', '.join(left)}" if left else ""), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
