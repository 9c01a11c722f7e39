"""nbgrader's marks in source code: what lies between them, and what lies outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"
# Anything that an author may have meant as a mark, so that a misspelt one cannot publish what it should hide.
LOOKS_LIKE_MARK = re.compile(r"^\s*#+\s*(?:BEGIN|END)\s+(?:SOLUTION|HIDDEN|TEST|MARK|ANSWER)", re.IGNORECASE)


@dataclass(frozen=True)
class Regions:
    """The lines of a cell's source inside and outside one kind of region, and its faults."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]
    found: bool
    faults: tuple[tuple[str, str], ...]
    """(offending line, what is wrong with it)"""


def regions(source: str, name: str) -> Regions:
    """Split a cell's source at `### BEGIN name` and `### END name`, as nbgrader does."""
    inside: list[str] = []
    outside: list[str] = []
    faults: list[tuple[str, str]] = []
    begun: str | None = None
    found = False
    for line in source.split("\n"):
        if f"BEGIN {name}" in line:
            if begun is not None:
                faults.append((line, f"a second `BEGIN {name}` before `END {name}`: end the first region"))
            begun, found = line, True
        elif f"END {name}" in line:
            if begun is None:
                faults.append(
                    (line, f"`END {name}` without `BEGIN {name}`: add the mark that begins the region")
                )
            begun = None
        else:
            (outside if begun is None else inside).append(line)
    if begun is not None:
        faults.append((begun, f"`BEGIN {name}` without `END {name}`: add the mark that ends the region"))
    return Regions(tuple(inside), tuple(outside), found, tuple(faults))


def misspelt(source: str) -> Iterator[str]:
    """Lines that look like a mark and are none that nbgrader acts on."""
    known = [f"### {edge} {name}" for edge in ("BEGIN", "END") for name in (SOLUTION, HIDDEN_TESTS)]
    for line in source.split("\n"):
        if LOOKS_LIKE_MARK.match(line) and line.strip() not in known:
            yield line


def has_code(lines: tuple[str, ...]) -> bool:
    """Whether any line is more than blank or a comment."""
    return any(line.strip() and not line.strip().startswith("#") for line in lines)


_SPEAKS_OF_NOTHING = re.compile(
    r"^#"  # a comment
    r"|^return [\w.]+$"
    r"|^(?:import|from) "
    # A line that opens a block, or a call without arguments (`loss.backward()`), is an idiom that the lesson
    # teaches and the exercise asks for: to find it in both gives nothing away.
    r"|:(?:\s*#.*)?$"
    r"|^[\w.()]+\(\)$"
)


def significant(lines: tuple[str, ...]) -> Iterator[str]:
    """The lines, with normalised whitespace, that would give a solution away."""
    for line in lines:
        normalised = " ".join(line.split())
        if len(normalised) >= 12 and not _SPEAKS_OF_NOTHING.search(normalised):
            yield normalised
