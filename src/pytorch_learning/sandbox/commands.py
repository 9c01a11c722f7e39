"""The command that runs another one in the sandbox."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache

from pytorch_learning.sandbox.mechanisms import Mechanisms
from pytorch_learning.sandbox.policy import Policy, view

MODULE = "pytorch_learning.sandbox"
_ENV = "/usr/bin/env"


def command(argv: Sequence[str], policy: Policy, using: Mechanisms) -> list[str]:
    """`argv` in bubblewrap if `using` has it, and in what else `using` has."""
    if os.name == "nt":
        # Neither a fork nor limits: `doctor` says so.
        return list(argv)
    if using.bubblewrap:
        return [*_bubblewrap(using.bubblewrap, policy), "--", *_launcher(argv, policy, using, inside=True)]
    return _launcher(argv, policy, using, inside=False)


def _launcher(argv: Sequence[str], policy: Policy, using: Mechanisms, *, inside: bool) -> list[str]:
    given = {"policy": policy.to_json(), "using": asdict(using), "inside": inside}
    # -P: the folder where this starts is the submission's, and must not be searched for modules.
    return [sys.executable, "-P", "-m", MODULE, json.dumps(given), "--", *argv]


def _bubblewrap(path: str, policy: Policy) -> list[str]:
    seen = view(policy)
    size = ["--size", str(policy.limits.file_bytes)] if _version(path) >= (0, 8) else []
    # bwrap is seen inside as process 1, with the environment that it was started with.
    variables = [f"{name}={value}" for name, value in policy.environment().items()]
    given = [
        _ENV,
        "-i",
        *variables,
        path,
        "--unshare-all",
        "--unshare-user",
        "--die-with-parent",
        "--new-session",
    ]
    given += ["--cap-drop", "ALL"]
    if _version(path) >= (0, 8):
        given.append("--disable-userns")
    for folder in ("/tmp", "/dev/shm"):
        given += ["--dev", "/dev"] if folder == "/dev/shm" else []
        given += [*size, "--tmpfs", folder]
    # Root's own files in /proc/sys are writable for whoever has root's number, even without a capability.
    given += ["--proc", "/proc", "--remount-ro", "/proc"]
    ways = dict.fromkeys(seen.paths, "--ro-bind") | dict.fromkeys(policy.all_writable, "--bind")
    # Parents first: what lies deeper covers a part of them.
    for place, way in sorted(ways.items(), key=lambda item: item[0].count("/")):
        given += [way, place, place]
    for link, target in seen.links.items():
        if not any(os.path.commonpath([link, place]) == place for place in ways):
            given += ["--symlink", target, link]
    return [*given, "--remount-ro", "/", "--chdir", policy.work]


@lru_cache
def _version(path: str) -> tuple[int, ...]:
    shown = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(number) for number in re.findall(r"\d+", shown)[:2])
