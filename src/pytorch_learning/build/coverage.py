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
# The document numbers its sections up to here; what follows are parts of it without a number, a section each.
_NUMBERED = 4
_BEYOND = ("08_capstone",)
_HEADING = re.compile(r"^#{2,3} (?P<number>\d+(?:\.\d+)+) (?P<title>.+)$", re.MULTILINE)

_INTRODUCTION = """\
# Where the document is taught and graded

Every numbered subsection of the Chinese document that the course is made from, then its parts without a
number, in its order and under its own headings, with the lecture that teaches it and the exercises (number,
points) that grade it. The build makes it from `source/*.py`, and a test compares it with the headings.
"""
_BEYOND_TITLE = """
## Beyond the document
"""


@dataclass(frozen=True)
class Part:
    """A part of the document, with its number if it has one, and the exercises that stand in it."""

    section: str
    number: str
    title: Text
    exercises: tuple[Exercise, ...]


def parts(section: SourceSection) -> Iterator[Part]:
    """A section's numbered subsections, in order; all of it where the document has no numbers."""
    if int(section.id.split("_")[0]) > _NUMBERED:
        whole = section.section.title
        without_number = Text(whole.zh.partition(" ")[2], whole.en.partition(" ")[2])
        yield Part(section.id, "", without_number, section.section.exercises)
        return
    titles: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    for cell in section.file.cells:
        if cell.kind == "markdown" and cell.language is not None:
            for match in _HEADING.finditer(cell.source):
                titles[cell.language][match["number"]] = match["title"].strip()
    for number, title in titles["zh"].items():
        inside = tuple(
            e for e in section.section.exercises if e.number.rstrip(string.ascii_lowercase) == number
        )
        yield Part(section.id, number, Text(title, titles["en"].get(number, "")), inside)


def page(course: Course) -> bytes:
    """The table as a Markdown file."""
    found = [part for section in course.sections for part in parts(section)]
    beyond = [part for part in found if part.section in _BEYOND]
    lines = [_INTRODUCTION, *_table("Document", [part for part in found if part not in beyond])]
    if beyond:
        lines += [_BEYOND_TITLE, *_table("Section", beyond)]
    return "\n".join([*lines, ""]).encode()


def _table(first_column: str, parts: list[Part]) -> list[str]:
    heads = [f"| {first_column} | Taught in | Graded by |", "| :-- | :-- | :-- |"]
    return [*heads, *(_row(part, parts) for part in parts)]


def _row(entry: Part, all_entries: list[Part]) -> str:
    link = f"[{_escaped(entry.title.en)}](../notebooks/en/{entry.section}.ipynb)"
    graded = ", ".join(f"{e.title.en} ({e.number}, {e.points})" for e in entry.exercises)
    inside = [
        other.number for other in all_entries if entry.number and other.number.startswith(f"{entry.number}.")
    ]
    if inside:
        reference = f"see {inside[0]} to {inside[-1]}"
        graded = f"{graded}; {reference}" if graded else reference
    heading = f"{entry.number} {_escaped(entry.title.zh)}".strip()
    return f"| {heading} | {link} | {graded} |"


def _escaped(title: str) -> str:
    title = title.replace("|", r"\|")
    # In code, a backslash would be shown.
    return title if "`" in title else title.replace("__", r"\_\_")
