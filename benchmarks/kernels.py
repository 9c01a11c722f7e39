"""How long until a kernel is ready, with torchvision imported? The stock one, a warm one, one in the sandbox.

python benchmarks/kernels.py [--starts N]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

import common
from jupyter_client.manager import start_new_kernel

from pytorch_learning.warm import provisioner, sandboxed

CODE = "import torch, torchvision, pandas, matplotlib.pyplot"


def seconds(name: str) -> float:
    """From the request to the answer of the first cell."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        manager, channels = start_new_kernel(kernel_name=name, startup_timeout=300, cwd=folder)
        reply = channels.execute_interactive(CODE, timeout=300)
        taken = time.monotonic() - start
        channels.stop_channels()
        manager.shutdown_kernel(now=True)
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"{name}: {reply['content']}")
    return taken


def main() -> None:
    """Print a Markdown table and, where asked, write it between the page's markers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    lines = [
        "| kernel | starts | median, s | fastest | slowest | the first one |",
        "|---|---|---|---|---|---|",
    ]
    for name in (provisioner.NAME, sandboxed.NAME, "python3"):
        first = seconds(name)
        found = [seconds(name) for _ in range(arguments.starts if name != "python3" else 3)]
        times = " | ".join(f"{taken:.2f}" for taken in (median(found), min(found), max(found), first))
        lines.append(f"| {name} | {len(found)} | {times} |")
    table = "\n".join([*lines, "", f"Measured on {common.MACHINE}, with {common.VERSIONS}."])
    print(table)
    if arguments.write:
        common.insert(arguments.write, table, "kernels")


if __name__ == "__main__":
    main()
