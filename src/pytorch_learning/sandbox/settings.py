"""The limits as an instructor sets them.

Apart from the package's other modules: what starts inside the sandbox should not wait for traitlets.
"""

from __future__ import annotations

from traitlets import Enum, Float, Integer, Set
from traitlets.config import Configurable

from pytorch_learning.sandbox.detection import detect
from pytorch_learning.sandbox.mechanisms import NAMES, Mechanisms
from pytorch_learning.sandbox.policy import MIB, Limits


class Sandbox(Configurable):
    """Limits for submissions, for nbgrader_config.py: `c.Sandbox.memory_bytes = 4 * 2**30`."""

    memory_bytes = Integer(
        Limits.memory_bytes,
        min=64 * MIB,
        help="Memory for one submission, in bytes, beyond what the libraries take.",
    ).tag(config=True)
    notebook_seconds = Float(
        Limits.notebook_seconds, min=1, help="Wall time for a whole notebook, in seconds."
    ).tag(config=True)
    processes = Integer(
        Limits.processes, min=32, help="Processes and threads of one submission, together."
    ).tag(config=True)
    open_files = Integer(Limits.open_files, min=64, help="Open files of one process.").tag(config=True)
    file_bytes = Integer(Limits.file_bytes, min=MIB, help="Size of one file, in bytes.").tag(config=True)
    output_bytes = Integer(Limits.output_bytes, min=1, help="Output of one notebook, in bytes.").tag(
        config=True
    )
    mechanisms = Set(
        Enum(NAMES),
        default_value=set(NAMES),
        help="What may be used, where it works, to keep submissions apart.",
    ).tag(config=True)

    def limits(self) -> Limits:
        """The limits as they are set."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    def using(self) -> Mechanisms:
        """The mechanisms that work here, as far as they are wanted."""
        return detect().only(self.mechanisms)
