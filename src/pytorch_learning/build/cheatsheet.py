"""The cheat sheet: the course on one printed page, from `source/cheatsheet.toml`."""

from __future__ import annotations

import html
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pytorch_learning.errors import CourseError
from pytorch_learning.language import LANGUAGES, Language, Text
from pytorch_learning.markup import with_code
from pytorch_learning.syllabus import Section

FILE_NAME = "cheatsheet.toml"
PAGE = "cheatsheet.html"

_TITLE = Text("PyTorch 速查表", "PyTorch cheat sheet")
_LANGUAGE_TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
_STYLE = """\
@page { size: A4 landscape; margin: 7mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 283mm; color: #1a1a1a; background: white; font: 8pt/1.25
  "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 12pt; margin: 0 0 1.5mm; color: #8f2d12; }
main { columns: 3; column-gap: 4mm; }
h2 { font-size: 9pt; margin: 0 0 0.6mm; padding: 0.4mm 1mm; background: #8f2d12; color: white;
  break-after: avoid; }
section { margin-bottom: 1.8mm; }
dl { margin: 0; }
div { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; column-gap: 2mm;
  break-inside: avoid; border-bottom: 0.1mm solid #ddd; padding: 0.4mm 1mm; }
dt, dd code { font: 7.2pt/1.25 Menlo, Consolas, "DejaVu Sans Mono", monospace; }
dt { white-space: pre-wrap; overflow-wrap: anywhere; }
dd { margin-left: auto; color: #00604a; text-align: right; }
"""


@dataclass(frozen=True)
class Line:
    """Code that runs after the lines above it, and what it is for."""

    code: str
    meaning: Text


@dataclass(frozen=True)
class Box:
    """What the sheet has of one section."""

    section: str
    lines: tuple[Line, ...]


def load(root: Path, sections: tuple[Section, ...]) -> tuple[Box, ...]:
    """The boxes in order, none where there is no sheet.  Raises CourseError for a file that needs mending."""
    path = root / "source" / FILE_NAME
    if not path.exists():
        return ()
    name = path.relative_to(root).as_posix()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["box"]
        boxes = tuple(
            Box(entry["section"], tuple(Line(code, Text(zh, en)) for code, zh, en in entry["lines"]))
            for entry in entries
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CourseError(
            f"{name}: a box has a section and lines of code, Chinese and English: mend it ({error})"
        ) from error
    if [box.section for box in boxes] != [section.id for section in sections]:
        raise CourseError(f"{name}: give every section a box, in the order of the sections")
    return boxes


def page(boxes: tuple[Box, ...], sections: tuple[Section, ...], language: Language) -> bytes:
    """One page of HTML, which prints on one sheet of A4."""
    title = html.escape(getattr(_TITLE, language))
    body = [
        f"<section><h2>{html.escape(getattr(section.title, language))}</h2>"
        f"<dl>{''.join(_line(line, language) for line in box.lines)}</dl></section>"
        for section, box in zip(sections, boxes, strict=True)
    ]
    head = f'<meta charset="utf-8"><title>{title}</title><style>\n{_STYLE}</style>'
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{_LANGUAGE_TAGS[language]}"><head>{head}</head>',
            f"<body><h1>{title}</h1><main>",
            *body,
            "</main></body></html>",
            "",
        ]
    ).encode()


def pages(root: Path, sections: tuple[Section, ...]) -> dict[Language, bytes]:
    """The sheet in each language, none where there is no sheet."""
    boxes = load(root, sections)
    return {language: page(boxes, sections, language) for language in LANGUAGES} if boxes else {}


def _line(line: Line, language: Language) -> str:
    meaning = with_code(getattr(line.meaning, language))
    return f"<div><dt>{html.escape(line.code)}</dt><dd>{meaning}</dd></div>"
