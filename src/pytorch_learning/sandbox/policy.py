"""What a submission may see and use: paths, environment and limits, as data that travels as JSON."""

from __future__ import annotations

import json
import os
import site
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pytorch_learning.errors import CourseError
from pytorch_learning.language import say

MIB = 2**20
GIB = 2**30

# Programs, libraries, and the parts of /etc that name no secret: resolving, fonts, time zone, certificates.
SYSTEM_PATHS = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/group",
    "/etc/hosts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/ssl/certs",
    "/etc/timezone",
    "/nix/store",
)
VARIABLES = (
    "COURSE_LANGUAGE",
    "CONDA_PREFIX",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LD_LIBRARY_PATH",
    "MKL_NUM_THREADS",
    "MPLBACKEND",
    "NUMEXPR_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "PATH",
    "PYTHONHASHSEED",
    "PYTHONPATH",
    "PYTHONUTF8",
    "TZ",
    "VIRTUAL_ENV",
)
"""Those of the grader's environment that a submission gets; the rest may hold tokens and addresses."""


@dataclass(frozen=True)
class Limits:
    """How much one submission may use."""

    memory_bytes: int = 2 * GIB
    """Private memory for each process, beyond what the libraries take; the parent watches the sum."""
    notebook_seconds: float = 600
    """Wall time for the whole notebook.  The parent keeps it; processor time is limited as a backstop."""
    processes: int = 256
    """Processes and threads together, as the kernel counts them."""
    open_files: int = 1024
    """Descriptors for each process."""
    file_bytes: int = 512 * MIB
    """The size of one file, and of all in /tmp together where that is private memory."""
    output_bytes: int = 2 * MIB
    """Output of the whole notebook, kept by the one who executes."""


@dataclass(frozen=True)
class Policy:
    """What one submission may see and use.  Paths are absolute; what none of them names is out of reach."""

    work: str
    """The working folder, which may be written to."""
    temporary: str
    """A private folder for HOME and TMPDIR.  The parent makes it, with mode 0700, and removes it."""
    readable: tuple[str, ...] = ()
    """System, Python environment and course data."""
    writable: tuple[str, ...] = ()
    """Besides the working folder and the temporary one: a folder for the kernel's sockets, for instance."""
    hidden: tuple[str, ...] = ()
    """Never to be seen, even beneath a readable path.  What lies beneath a hidden path and is itself named as
    readable or writable is seen."""
    allowed_variables: tuple[str, ...] = VARIABLES
    """Names that are taken from the environment of the process that enters."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Variables with values of their own; they go before the ones that are allowed."""
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        paths = (self.work, self.temporary, *self.readable, *self.writable, *self.hidden)
        relative = [path for path in paths if not os.path.isabs(path)]
        if relative:
            raise ValueError(f"{relative[0]!r} is not an absolute path")

    @property
    def all_writable(self) -> tuple[str, ...]:
        """Every path that may be written to, resolved."""
        return tuple(dict.fromkeys(map(os.path.realpath, (self.work, self.temporary, *self.writable))))

    def environment(self, source: Mapping[str, str] | None = None) -> dict[str, str]:
        """What the submission has as its environment, out of `source` (by default this process's)."""
        source = os.environ if source is None else source
        kept = {name: source[name] for name in self.allowed_variables if name in source}
        own = {"HOME": self.temporary, "TMPDIR": self.temporary}
        return {**kept, **own, **self.variables}

    def to_json(self) -> str:
        """The policy as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Policy:
        """The policy that `to_json` wrote.  Raises ValueError or TypeError for anything else."""
        given: dict[str, Any] = json.loads(text)
        for name in ("readable", "writable", "hidden", "allowed_variables"):
            given[name] = tuple(given[name])
        given["limits"] = Limits(**given["limits"])
        return cls(**given)

    def with_limits(self, **changes: Any) -> Policy:
        """The same policy with other limits."""
        return replace(self, limits=replace(self.limits, **changes))


@dataclass(frozen=True)
class View:
    """The readable part of the file system, resolved."""

    paths: tuple[str, ...]
    """Files and folders without a symbolic link in them, none of which holds a hidden path."""
    links: Mapping[str, str]
    """Symbolic links on the way to them, with their targets."""


def view(policy: Policy) -> View:
    """What the policy lets a submission read.  Paths that do not exist are left out."""
    hidden = {os.path.realpath(path) for path in policy.hidden}
    paths: dict[str, None] = {}
    links: dict[str, str] = {}
    for path in policy.readable:
        if not os.path.exists(path):
            continue
        links |= _links_on(path)
        for seen in _without(os.path.realpath(path), hidden, links):
            paths[seen] = None
    return View(tuple(paths), links)


def python_paths() -> tuple[str, ...]:
    """What this interpreter needs: its prefixes, its packages, and this package where it is elsewhere.

    Not sys.path: its first entry may be the course itself, with its sources and its gradebook.
    """
    # The folder that holds this package: an import lists it.
    package = str(Path(__file__).resolve().parents[2])
    packages = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    packages += site.getsitepackages()
    # A virtual environment's interpreter is a link, and its prefix may be one as well.
    prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    return tuple(dict.fromkeys(map(os.path.abspath, [*prefixes, *packages, package])))


def notebook_policy(
    work: Path,
    temporary: Path,
    *,
    data: Path | None = None,
    writable: Iterable[Path] = (),
    hidden: Iterable[Path] = (),
    limits: Limits | None = None,
    variables: Mapping[str, str] | None = None,
) -> Policy:
    """The policy for one notebook, which runs in `work`; `data` is what `data_root()` gives the grader."""
    from pytorch_learning.data import VARIABLE as DATA_VARIABLE

    readable = [*SYSTEM_PATHS, *python_paths()]
    own = dict(variables or {})
    if data is not None:
        readable.append(os.path.abspath(data))
        own.setdefault(DATA_VARIABLE, os.path.abspath(data))
    return Policy(
        work=os.path.abspath(work),
        temporary=os.path.abspath(temporary),
        readable=tuple(readable),
        writable=tuple(os.path.abspath(path) for path in writable),
        hidden=tuple(os.path.abspath(path) for path in hidden),
        variables=own,
        limits=limits or Limits(),
    )


def _links_on(path: str) -> dict[str, str]:
    """The symbolic links that are followed on the way to `path`, with their targets."""
    found: dict[str, str] = {}
    waiting = [part for part in path.split("/") if part]
    place = "/"
    while waiting:
        part = waiting.pop(0)
        if part in (".", ".."):
            place = os.path.dirname(place) if part == ".." else place
            continue
        step = os.path.join(place, part)
        if not os.path.islink(step):
            place = step
            continue
        if step in found:
            raise CourseError(say(f"{path} 是循环的链接。", f"{path} is a symbolic link to itself: mend it."))
        found[step] = os.readlink(step)
        place = "/" if os.path.isabs(found[step]) else place
        waiting = [part for part in found[step].split("/") if part] + waiting
    return found


def _without(path: str, hidden: set[str], links: dict[str, str]) -> list[str]:
    """`path`, or, where something hidden lies in it, what else is there."""
    if path in hidden:
        return []
    beneath = {other for other in hidden if other.startswith(path.rstrip("/") + "/")}
    if not beneath:
        return [path]
    seen = []
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        if entry.is_symlink():
            links[entry.path] = os.readlink(entry.path)
        else:
            seen += _without(entry.path, beneath, links)
    return seen
