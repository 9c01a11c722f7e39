"""The table of sections, for the welcome page and the READMEs."""

from __future__ import annotations

from pytorch_learning.errors import CourseError
from pytorch_learning.language import Language
from pytorch_learning.syllabus import Section

BEGIN, END = "<!-- sections -->", "<!-- /sections -->"
COLUMNS: dict[Language, tuple[str, str, str]] = {
    "zh": ("章节", "练习", "分数"),
    "en": ("Section", "Exercises", "Points"),
}


def table(sections: tuple[Section, ...], language: Language, link: str) -> str:
    """A Markdown table; `link` is a pattern such as "{id}/{id}.ipynb"."""
    rows = [
        f"| [{getattr(section.title, language)}]({link.format(id=section.id)}) "
        f"| {len(section.exercises)} | {section.points} |"
        for section in sections
    ]
    return "\n".join([f"| {' | '.join(COLUMNS[language])} |", "| :-- | --: | --: |", *rows])


def insert(text: str, table: str, name: str) -> str | None:
    """`text` with the table between the markers, None without.  Raises CourseError for half a pair."""
    if BEGIN not in text and END not in text:
        return None
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise CourseError(f"{name}: the table of sections needs both {BEGIN} and {END}: add the other one.")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"
