"""The table of the document's subsections: where the course teaches and grades each of them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pytorch_learning.build.source import Course, SourceSection
from pytorch_learning.language import Text
from pytorch_learning.syllabus import Exercise

PATH = PurePosixPath("docs/coverage.md")
_HEADING = re.compile(r"^#{2,3} (?P<number>\d+(?:\.\d+)+) (?P<title>.+)$", re.MULTILINE)

_INTRODUCTION = """\
# Where the document is taught and graded

Every numbered subsection of the Chinese document that the course is made from, in its order and under its own
heading, with the lecture that teaches it and the exercises (number, points) that grade it. The build makes it
from `source/*.py`, and a test compares it with the document's headings.
"""


@dataclass(frozen=True)
class Subsection:
    """A numbered subsection, and the exercises that stand in it."""

    section: str
    number: str
    title: Text
    exercises: tuple[Exercise, ...]


def subsections(section: SourceSection) -> Iterator[Subsection]:
    """The numbered subsections of a section, in order."""
    titles: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    for cell in section.file.cells:
        if cell.kind == "markdown" and cell.language is not None:
            for match in _HEADING.finditer(cell.source):
                titles[cell.language][match["number"]] = match["title"].strip()
    for number, title in titles["zh"].items():
        inside = tuple(
            e for e in section.section.exercises if e.number.rstrip(string.ascii_lowercase) == number
        )
        yield Subsection(section.id, number, Text(title, titles["en"].get(number, "")), inside)


def page(course: Course) -> bytes:
    """The table as a Markdown file."""
    found = [entry for section in course.sections for entry in subsections(section)]
    rows = [_row(entry, found) for entry in found]
    heads = ["| Document | Taught in | Graded by |", "| :-- | :-- | :-- |"]
    return "\n".join([_INTRODUCTION, *heads, *rows, ""]).encode()


def _row(entry: Subsection, all_entries: list[Subsection]) -> str:
    link = f"[{_escaped(entry.title.en)}](../notebooks/en/{entry.section}.ipynb)"
    graded = ", ".join(f"{e.title.en} ({e.number}, {e.points})" for e in entry.exercises)
    inside = [other.number for other in all_entries if other.number.startswith(f"{entry.number}.")]
    if inside:
        reference = f"see {inside[0]} to {inside[-1]}"
        graded = f"{graded}; {reference}" if graded else reference
    return f"| {entry.number} {_escaped(entry.title.zh)} | {link} | {graded} |"


def _escaped(title: str) -> str:
    title = title.replace("|", r"\|")
    # In code, a backslash would be shown.
    return title if "`" in title else title.replace("__", r"\_\_")
