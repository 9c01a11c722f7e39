"""The ways in which this machine can keep a submission to itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

NAMES = ("bubblewrap", "namespaces", "landlock")


@dataclass(frozen=True)
class Mechanisms:
    """What is used, or works.  Limits (setrlimit) are there with any of them, and with none."""

    bubblewrap: str = ""
    """The path of bwrap."""
    namespaces: bool = False
    """Namespaces of user, network, files, processes and IPC, without bubblewrap."""
    landlock: int = 0
    """The version of Landlock's interface, 0 for none."""
    problems: Mapping[str, str] = field(default_factory=dict, compare=False)
    """For each mechanism that does not work, what the attempt to use it said."""

    def only(self, names: Collection[str]) -> Mechanisms:
        """Those of them that are in `names`."""
        unwanted = {name: type(getattr(self, name))() for name in NAMES if name not in names}
        return replace(self, **unwanted)

    @property
    def separate(self) -> bool:
        """Whether a submission has no network at all and sees no file and no process that it should not."""
        return bool(self.bubblewrap or self.namespaces)
