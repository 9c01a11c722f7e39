"""The glossary: one line for each term in each language, from `source/glossary.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from pytorch_learning.build.percent import PercentFile, Problem
from pytorch_learning.language import Language, Text
from pytorch_learning.syllabus import Section

FILE_NAME = "glossary.toml"
PAGE = "glossary.ipynb"
# A Chinese cell introduces a term like this: **张量**（tensor）, **维度**（dimension，代码里写 `dim`）.
INTRODUCTION = re.compile(r"\*\*(?P<zh>[^*\n]+)\*\*（(?P<en>[A-Za-z][A-Za-z0-9 /'-]*)[，）]")

_TITLE = Text("# 术语表", "# Glossary")
_EXPLANATION = Text(
    "课程里的术语，按出现的先后排列，一条一行。",
    "The terms of the course in the order in which they appear, one line each.",
)
_HEADS = Text("| 术语 | 英文 | 意思 |", "| Term | Chinese | Meaning |")


@dataclass(frozen=True)
class Term:
    """A term in both languages, what it means in one line of each, and the section that introduces it."""

    section: str
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str


def load(root: Path, files: list[PercentFile]) -> tuple[tuple[Term, ...], list[Problem]]:
    """The terms in order, and what is wrong with them; no terms where there is no glossary."""
    path = root / "source" / FILE_NAME
    name = path.relative_to(root).as_posix()
    if not path.exists():
        return (), []
    text = path.read_text(encoding="utf-8")
    try:
        entries = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError as error:
        return (), [Problem(name, 1, f"the file is not TOML ({error}): mend it")]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[term]]"]
    wanted = {field.name for field in fields(Term)}
    terms: list[Term] = []
    problems: list[Problem] = []
    for line, entry in zip(lines, entries, strict=True):
        if set(entry) != wanted or not all(isinstance(value, str) and value for value in entry.values()):
            problems.append(Problem(name, line, f"a term has {', '.join(sorted(wanted))}, each a text"))
            continue
        term = Term(**entry)
        problems += [Problem(name, line, message) for message in _term_problems(term, terms, files)]
        terms.append(term)
    for file in files:
        problems += _missing(file, terms)
    return tuple(terms), problems


def texts(terms: tuple[Term, ...], sections: tuple[Section, ...], language: Language, link: str) -> list[str]:
    """The page's markdown cells; `link` is a pattern such as "{id}/{id}.ipynb"."""
    cells = [f"{_in(_TITLE, language)}\n\n{_in(_EXPLANATION, language)}"]
    for section in sections:
        own = [term for term in terms if term.section == section.id]
        if own:
            title = f"## [{_in(section.title, language)}]({link.format(id=section.id)})"
            rows = [_row(term, language) for term in own]
            cells.append("\n".join([title, "", _in(_HEADS, language), "| :-- | :-- | :-- |", *rows]))
    return cells


def _row(term: Term, language: Language) -> str:
    if language == "zh":
        return f"| {term.zh} | {term.en} | {term.meaning_zh} |"
    return f"| {term.en} | {term.zh} | {term.meaning_en} |"


def _in(text: Text, language: Language) -> str:
    return str(getattr(text, language))


def _term_problems(term: Term, before: list[Term], files: list[PercentFile]) -> Iterator[str]:
    if any(other.zh == term.zh or other.en == term.en for other in before):
        yield f"{term.zh} ({term.en}) is there twice: keep one"
    if any("\n" in text or "|" in text for text in (term.zh, term.en, term.meaning_zh, term.meaning_en)):
        yield f"{term.zh} ({term.en}) does not fit into one line of a table: leave out line breaks and |"
    file = next((file for file in files if file.path.stem == term.section), None)
    if file is None:
        yield f"there is no section {term.section!r}: take the name of a file in source/"
        return
    if term.zh not in _prose(file, "zh") or term.en.lower() not in _prose(file, "en").lower():
        yield f"{term.section} does not use {term.zh} and {term.en}: give the words that stand there"


def _missing(file: PercentFile, terms: list[Term]) -> Iterator[Problem]:
    known = {(term.zh, term.en) for term in terms}
    for cell in file.cells:
        if cell.kind == "markdown" and cell.language == "zh":
            for match in INTRODUCTION.finditer(cell.source):
                if (match["zh"], match["en"]) not in known:
                    yield Problem(
                        file.name,
                        cell.line_of(match[0]),
                        f"the glossary has no {match['zh']} ({match['en']}): add it to source/{FILE_NAME}",
                    )


def _prose(file: PercentFile, language: Language) -> str:
    return "\n".join(c.source for c in file.cells if c.kind == "markdown" and c.language == language)
