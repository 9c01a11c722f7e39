"""The two languages of the course, and the choice between them."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from typing import Literal, cast

from pytorch_learning.errors import CourseError

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
VARIABLE = "COURSE_LANGUAGE"


@dataclass(frozen=True)
class Text:
    """The same sentence in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return say(self.zh, self.en)


_chosen: Language | None = None


def choose(language: str) -> None:
    """Set the language of this process's messages.  Raises CourseError for anything but "zh" and "en"."""
    global _chosen
    _chosen = parse(language)


def current() -> Language:
    """The language chosen by `choose`, else the one of the environment."""
    return _chosen or from_environment()


def parse(language: str) -> Language:
    """`language` if it is one of the two.  Raises CourseError if not."""
    if language not in LANGUAGES:
        raise CourseError(f"The course has no language {language!r}: choose 'zh' or 'en' ({VARIABLE}).")
    return cast(Language, language)


def from_environment() -> Language:
    """COURSE_LANGUAGE if it is set; else Chinese in a Chinese locale, English elsewhere."""
    named = os.environ.get(VARIABLE)
    if named:
        return parse(named)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        if os.environ.get(variable):
            return "zh" if os.environ[variable].lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def say(zh: str, en: str) -> str:
    """The sentence in the current language."""
    return zh if current() == "zh" else en
