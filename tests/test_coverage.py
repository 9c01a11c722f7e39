"""The table of what is taught and graded where, against the syllabus and the document's own headings."""

import os
import re
from pathlib import Path

import pytest

from pytorch_learning import syllabus
from tests.bank import ROOT

DOCUMENT = "PYTORCH_LEARNING_DOCUMENT"
ROW = re.compile(r"\| (?P<heading>.+?) \| \[(?P<title>.+?)\]\((?P<link>\S+)\) \| (?P<graded>.*?) \|")
TABLE = ROOT / "docs" / "coverage.md"


def rows(text: str) -> list[re.Match[str]]:
    """The rows of a table, without its heads."""
    return [match for line in text.splitlines() if (match := ROW.fullmatch(line.strip()))]


OF_THE_DOCUMENT, BEYOND = map(
    rows, TABLE.read_text(encoding="utf-8").split("\n## Beyond the document\n", maxsplit=1)
)
ROWS = OF_THE_DOCUMENT + BEYOND


def headings_of(document: str) -> list[str]:
    r"""`1.2.1 …` for `#### 1.2.1 …`, `…` for `### …`; the document writes `\_\_init__` for `__init__`."""
    headings = re.findall(r"^#{3,4} (.+)$", document, re.MULTILINE)
    return [heading.replace("\\", "").strip() for heading in headings]


def test_every_subsection_is_taught_and_graded() -> None:
    assert ROWS
    for row in ROWS:
        assert (TABLE.parent / row["link"]).is_file()
        assert row["graded"], f"{row['heading']} has no exercise"


def test_every_exercise_is_in_the_table_once() -> None:
    graded = "\n".join(row["graded"] for row in ROWS)
    for section in syllabus.sections():
        for exercise in section.exercises:
            entry = f"{exercise.title.en} ({exercise.number}, {exercise.points})"
            assert graded.count(entry) == 1, entry


@pytest.mark.skipif(DOCUMENT not in os.environ, reason=f"{DOCUMENT} does not say where the document is")
def test_the_table_has_the_documents_headings() -> None:
    document = Path(os.environ[DOCUMENT]).read_text(encoding="utf-8")
    taught = [row["heading"].replace("\\", "").replace("`", "") for row in OF_THE_DOCUMENT]
    assert taught == headings_of(document)
