"""Which mechanisms work here: found by using each of them, since all may be there and yet be forbidden."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache

from pytorch_learning.sandbox import landlock
from pytorch_learning.sandbox.commands import command
from pytorch_learning.sandbox.mechanisms import Mechanisms
from pytorch_learning.sandbox.policy import SYSTEM_PATHS, Policy, python_paths

_SECONDS = 60


@lru_cache
def detect() -> Mechanisms:
    """What works on this machine; tried once for each process, in child processes."""
    if sys.platform != "linux":
        return Mechanisms(problems=dict.fromkeys(("bubblewrap", "namespaces", "landlock"), "not Linux"))
    problems: dict[str, str] = {}
    version = landlock.abi()
    if not version:
        problems["landlock"] = "landlock_create_ruleset: not in this kernel, or disabled"
    problem = _problem(Mechanisms(namespaces=True))
    if problem:
        problems["namespaces"] = problem
    bubblewrap = shutil.which("bwrap") or ""
    wrong = _problem(Mechanisms(bubblewrap=bubblewrap)) if bubblewrap else "bwrap: not installed"
    if wrong:
        problems["bubblewrap"] = wrong
    return Mechanisms("" if wrong else bubblewrap, not problem, version, problems)


def _problem(using: Mechanisms) -> str:
    """What goes wrong when a command runs with these mechanisms; "" if nothing does."""
    with tempfile.TemporaryDirectory() as folder:
        policy = Policy(work=folder, temporary=folder, readable=(*SYSTEM_PATHS, *python_paths()))
        tried = [sys.executable, "-c", "print('ran')"]
        try:
            done = subprocess.run(
                command(tried, policy, using),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_SECONDS,
                env={**os.environ, "COURSE_LANGUAGE": "en"},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    if done.returncode == 0 and done.stdout == "ran\n":
        return ""
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"exit status {done.returncode}"
