"""What the course consists of: its sections and exercises, as the build found them in the sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pytorch_learning.errors import CourseError
from pytorch_learning.language import Text

FILE_NAME = "syllabus.json"


@dataclass(frozen=True)
class Exercise:
    """One exercise: `id` is the grade id of its answer cell, `number` what its heading says ("1.4.1a").

    One that is graded `by_hand` has no test: somebody reads it in the formgrader.
    """

    id: str
    number: str
    title: Text
    points: int
    by_hand: bool = False


@dataclass(frozen=True)
class Section:
    """One section, in the order of its exercises.  `id` is also nbgrader's assignment name."""

    id: str
    title: Text
    points: int
    exercises: tuple[Exercise, ...]


@cache
def sections() -> tuple[Section, ...]:
    """All sections, in order.  Raises CourseError if the course has not been built."""
    try:
        text = (resources.files("pytorch_learning") / FILE_NAME).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CourseError(f"The package has no {FILE_NAME}: run `pytorch-learning build`.") from error
    return loads(text)


def section(section_id: str) -> Section:
    """The section with this id.  Raises CourseError if there is none."""
    for candidate in sections():
        if candidate.id == section_id:
            return candidate
    raise CourseError(f"The course has no section {section_id!r}: take an id from {FILE_NAME}.")


def exercise(exercise_id: str) -> Exercise:
    """The exercise with this id.  Raises CourseError if there is none."""
    for section in sections():
        for candidate in section.exercises:
            if candidate.id == exercise_id:
                return candidate
    raise CourseError(
        f"The course has no exercise {exercise_id!r}: "
        f"take an id from {FILE_NAME}, or run `pytorch-learning build`."
    )


def loads(text: str) -> tuple[Section, ...]:
    """Sections from the text that `dumps` wrote."""
    return tuple(
        Section(
            id=section["id"],
            title=Text(**section["title"]),
            points=section["points"],
            exercises=tuple(_exercise(entry) for entry in section["exercises"]),
        )
        for section in json.loads(text)["sections"]
    )


def dumps(sections: tuple[Section, ...]) -> str:
    """Sections as JSON, the same text for the same sections."""
    entries = [
        {
            "id": section.id,
            "title": _both(section.title),
            "points": section.points,
            "exercises": [_entry(exercise) for exercise in section.exercises],
        }
        for section in sections
    ]
    return json.dumps({"sections": entries}, ensure_ascii=False, indent=1) + "\n"


def _entry(exercise: Exercise) -> dict[str, Any]:
    entry = {
        "id": exercise.id,
        "number": exercise.number,
        "title": _both(exercise.title),
        "points": exercise.points,
    }
    return entry | ({"by_hand": True} if exercise.by_hand else {})


def _exercise(entry: dict[str, Any]) -> Exercise:
    return Exercise(**{**entry, "title": Text(**entry["title"])})


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
