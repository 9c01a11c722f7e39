"""Repair of submissions: all that happens to a notebook on its way from the worksheet to the grader."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from pytorch_learning.grading.reading import NotGradable, read
from pytorch_learning.grading.repair import ELSEWHERE, NOTES_CELL, SET_ASIDE, Repaired, reason_of, repair
from pytorch_learning.language import LANGUAGES
from pytorch_learning.nbgrader_settings import STUBS
from tests.grading.section import (
    ANSWERS,
    DOUBLE,
    ESSAY,
    SHEETS,
    SQUARE,
    cell,
    place,
    released,
    to_bytes,
)

GRADED = ["double", "double-test", "square", "square-test", "essay"]
OTHER_DOUBLE = "def double(x):\n    return x * 2"


def repaired(submitted: NotebookNode | bytes, language: str = "en") -> Repaired:
    """The result: always a valid notebook that has each graded cell once, as the worksheet has it."""
    data = submitted if isinstance(submitted, bytes) else to_bytes(submitted)
    result = repair(data, list(SHEETS.values()), language)
    nbformat.validate(result.notebook)
    json.dumps(result.notebook, ensure_ascii=False).encode("utf-8")
    graded = [c for c in result.notebook.cells if "nbgrader" in c.metadata]
    assert [c.metadata.nbgrader.grade_id for c in graded] == GRADED
    for mine in graded:
        theirs = cell_of_worksheet(mine.id)
        assert mine.metadata.nbgrader.keys() == theirs.metadata.nbgrader.keys()
        assert mine.cell_type == theirs.cell_type
        if mine.id.endswith("-test"):
            assert mine.source == theirs.source
            assert "HIDDEN" in mine.source
    for mine in result.notebook.cells:
        assert "tags" not in mine.metadata
        assert not mine.get("outputs")
    assert (result.notebook.cells[0].id == NOTES_CELL) == bool(result.notes or result.reason)
    return result


def cell_of_worksheet(cell_id: str) -> NotebookNode:
    return next(c.node for c in SHEETS["en"].cells if c.cell_id == cell_id)


def answers(result: Repaired) -> dict[str, str]:
    """The answers in a repaired notebook."""
    return {name: cell(result.notebook, name).source for name in ANSWERS}


def said(result: Repaired) -> str:
    """All notes in English."""
    return " ".join(note.en for note in result.notes)


def remove(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    """Take a cell out."""
    return notebook.cells.pop(place(notebook, cell_id))


def filled(language: str = "en") -> NotebookNode:
    """A worksheet with all answers."""
    return released(language, **ANSWERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_repair(language: str) -> None:
    result = repaired(filled(language))
    assert answers(result) == ANSWERS
    assert not result.notes
    assert result.reason is None
    prose = [c.source for c in result.notebook.cells if c.id.startswith("title")]
    assert prose == [{"zh": "一", "en": "One"}[language]]
    assert [c.id for c in result.notebook.cells] == [c.id for c in filled(language).cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_blank_worksheet_is_blank_in_either_language(language: str) -> None:
    """nbgrader knows a blank answer by its checksum."""
    from nbgrader.utils import compute_checksum

    submitted = released(language)
    cell(submitted, "double").source += "  \n\n"
    result = repaired(submitted, "en")
    for name in ANSWERS:
        blank = cell(result.notebook, name)
        assert compute_checksum(blank) == blank.metadata.nbgrader.checksum
        assert not result.notes
    assert STUBS[language].split("\n")[0] in cell(result.notebook, "double").source


def test_stub_of_the_other_language_is_blank() -> None:
    submitted = released("en", double=cell(released("zh"), "double").source)
    assert answers(repaired(submitted))["double"] == cell(released("en"), "double").source


def test_edited_test() -> None:
    submitted = filled()
    cell(submitted, "double-test").source = "pass"
    result = repaired(submitted)
    assert "edited: graded with the original: `double-test`" in said(result)
    assert "square" not in said(result)


def test_deleted_test_goes_where_it_was() -> None:
    submitted = filled()
    remove(submitted, "double-test")
    submitted.cells.insert(place(submitted, "try-double") + 1, new_code_cell("mine = 1"))
    result = repaired(submitted)
    ids = [c.id for c in result.notebook.cells]
    assert ids.index("double-test") == ids.index("try-double") + 2
    assert ids[ids.index("double-test") + 1] == "square-task-en"
    assert "missing: put back: `double-test`" in said(result)


def test_deleted_answer() -> None:
    submitted = filled()
    remove(submitted, "square")
    result = repaired(submitted)
    assert "NotImplementedError" in answers(result)["square"]
    assert "were missing: `square`" in said(result)


def test_tests_that_were_retyped_reordered_and_duplicated() -> None:
    submitted = filled()
    cell(submitted, "double-test").cell_type = "raw"
    del cell(submitted, "double-test")["outputs"]
    submitted.cells.append(copy.deepcopy(cell(submitted, "square-test")))
    submitted.cells.insert(0, remove(submitted, "square"))
    result = repaired(submitted)
    assert answers(result) == ANSWERS
    assert "several times: graded once: `square-test`" in said(result)
    assert "another order" in said(result)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_answer_turned_into_text(kind: str) -> None:
    submitted = filled()
    retyped = cell(submitted, "double")
    retyped.cell_type = kind
    result = repaired(submitted)
    assert answers(result) == ANSWERS
    assert "another type: changed back: `double`" in said(result)


def test_prose_turned_into_code() -> None:
    submitted = filled()
    cell(submitted, "essay").cell_type = "code"
    assert answers(repaired(submitted)) == ANSWERS


def test_changed_grade_id_is_known_by_cell_id() -> None:
    submitted = filled()
    for name in ("double", "square-test", "essay"):
        cell(submitted, name).metadata.nbgrader.grade_id = "mine"
    result = repaired(submitted)
    assert answers(result) == ANSWERS
    assert "id had changed: recognised: `double`, `square-test`, `essay`" in said(result)


def stripped(notebook: NotebookNode) -> NotebookNode:
    """Without any metadata or ids, as some tools leave it."""
    for each in notebook.cells:
        each.metadata = {}
        del each["id"]
    return notebook


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_metadata_lost(language: str) -> None:
    result = repaired(stripped(filled(language)), language="en")
    assert answers(result) == ANSWERS
    assert "known by what they define: `double`, `square`" in said(result)
    assert "known by their place: `essay`" in said(result)
    # Nothing is there twice.
    own = [c.source for c in result.notebook.cells if c.id.startswith("own")]
    assert own == []


def test_place_that_is_not_certain_is_not_guessed() -> None:
    submitted = filled()
    submitted.cells.insert(place(submitted, "essay"), new_markdown_cell("Also mine."))
    result = repaired(stripped(submitted))
    assert answers(result)["essay"] == cell(released(), "essay").source
    assert "several cells could be the answer" in said(result).lower()
    assert {"Also mine.", ESSAY} <= {c.source for c in result.notebook.cells}


def test_two_cells_with_the_same_cell_id() -> None:
    submitted = filled()
    for each in submitted.cells:
        each.id = "same"
    assert answers(repaired(submitted)) == ANSWERS


def test_answer_written_below_the_test() -> None:
    submitted = released("en", square=SQUARE, essay=ESSAY)
    submitted.cells.append(new_code_cell(DOUBLE))
    result = repaired(submitted)
    assert answers(result) == ANSWERS
    assert "put where they belong: `double`" in said(result)
    assert [c.source for c in result.notebook.cells].count(DOUBLE) == 1


def test_answer_written_into_the_test() -> None:
    submitted = released("en", square=SQUARE, essay=ESSAY)
    cell(submitted, "double-test").source = f"{DOUBLE}\nassert double(1) == 2"
    result = repaired(submitted)
    assert answers(result)["double"].startswith(DOUBLE)
    assert "edited" in said(result)


def test_answers_of_two_exercises_in_one_cell() -> None:
    submitted = released("en", essay=ESSAY, double=f"{DOUBLE}\n\n\n{SQUARE}")
    remove(submitted, "square")
    result = repaired(submitted)
    assert answers(result)["double"] == f"{DOUBLE}\n\n\n{SQUARE}"
    # The placeholder would define `square` anew.
    assert answers(result)["square"] == ELSEWHERE


@pytest.mark.parametrize("blank_cells_left", [True, False])
@pytest.mark.parametrize("where", ["set-up", "end-en"])
def test_two_answers_in_a_cell_of_the_students_own(where: str, blank_cells_left: bool) -> None:
    submitted = released("en", essay=ESSAY)
    if not blank_cells_left:
        remove(submitted, "double")
        remove(submitted, "square")
    submitted.cells.insert(place(submitted, where), new_code_cell(f"{DOUBLE}\n{SQUARE}"))
    result = repaired(submitted)
    assert answers(result) == {"double": f"{DOUBLE}\n{SQUARE}", "square": ELSEWHERE, "essay": ESSAY}
    assert DOUBLE not in "".join(c.source for c in result.notebook.cells if c.id != "double")


def test_variable_of_the_same_name_is_no_answer() -> None:
    submitted = released("en", square=SQUARE)
    submitted.cells.append(new_code_cell("double = 2 * 3"))
    result = repaired(submitted)
    assert "NotImplementedError" in answers(result)["double"]
    assert result.notebook.cells[-1].source == "double = 2 * 3"


def test_own_cell_behind_an_answer_that_lost_its_id() -> None:
    submitted = filled()
    submitted.cells.insert(place(submitted, "double") + 1, new_code_cell("mine = double(5)"))
    result = repaired(stripped(submitted))
    sources = [c.source for c in result.notebook.cells]
    at = sources.index("mine = double(5)")
    assert place(result.notebook, "double") < at < place(result.notebook, "try-double")


def test_several_cells_that_could_be_the_answer_stay_where_they_are() -> None:
    submitted = filled()
    where = place(submitted, "double")
    submitted.cells[where : where + 1] = [new_code_cell(DOUBLE), new_code_cell(OTHER_DOUBLE)]
    result = repaired(submitted)
    assert answers(result)["double"] == ELSEWHERE
    assert "several cells could be the answer" in said(result).lower()
    sources = [c.source for c in result.notebook.cells]
    assert sources.index(DOUBLE) < sources.index(OTHER_DOUBLE) < place(result.notebook, "double-test")


def duplicate(notebook: NotebookNode, name: str, after: str, text: str) -> None:
    """Put a copy of a cell with another text behind some cell."""
    other = copy.deepcopy(cell(notebook, name))
    other.source = text
    other.id = f"copy-{len(notebook.cells)}"
    notebook.cells.insert(place(notebook, after) + 1, other)


def test_last_copy_above_the_test_wins() -> None:
    submitted = filled()
    duplicate(submitted, "double", "double", OTHER_DOUBLE)
    duplicate(submitted, "double", "essay", "def double(x):\n    return 'scratch'")
    result = repaired(submitted)
    assert answers(result) == {**ANSWERS, "double": OTHER_DOUBLE}
    assert "only shown: `double`" in said(result)
    aside = [c for c in result.notebook.cells if c.source.startswith(SET_ASIDE)]
    assert [c.cell_type for c in aside] == ["markdown", "markdown"]
    assert DOUBLE in aside[0].source


def test_copy_below_the_test_counts_if_there_is_no_other() -> None:
    submitted = released("en", square=SQUARE, essay=ESSAY)
    duplicate(submitted, "double", "essay", DOUBLE)
    assert answers(repaired(submitted)) == ANSWERS


def test_blank_copy_does_not_undo_an_answer() -> None:
    submitted = filled()
    duplicate(submitted, "double", "double", cell(released(), "double").source)
    result = repaired(submitted)
    assert answers(result) == ANSWERS
    sources = "".join(c.source for c in result.notebook.cells)
    assert "NotImplementedError" not in sources


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("def double(x):", "    return 2 * x"),
        ("%matplotlib inline", "def double(x):\n    return 2 * x"),
        ("def helper(x):\n    return 2 * x", "def double(x):\n    return helper(x)"),
        ("def double(x):\n    return helper(x)", "def helper(x):\n    return 2 * x"),
    ],
)
def test_answer_split_over_two_cells(first: str, second: str) -> None:
    submitted = released("en", double=first)
    duplicate(submitted, "double", "double", second)
    result = repaired(submitted)
    assert answers(result)["double"] == f"{first}\n{second}"
    assert "split into several cells: joined: `double`" in said(result)


def test_prose_in_two_copies_is_all_kept() -> None:
    submitted = filled()
    duplicate(submitted, "essay", "essay", "And so on.")
    duplicate(submitted, "essay", "essay", ESSAY)
    assert answers(repaired(submitted))["essay"] == f"{ESSAY}\n\nAnd so on."


def test_own_cells_stay_behind_what_they_stood_behind() -> None:
    submitted = filled()
    helper = new_code_cell("helper = 1", metadata={"tags": ["skip-execution"], "nbgrader": {"grade": True}})
    submitted.cells.insert(place(submitted, "square"), helper)
    submitted.cells.insert(0, new_raw_cell("first"))
    result = repaired(submitted)
    sources = [c.source for c in result.notebook.cells]
    assert sources.index("helper = 1") == place(result.notebook, "square") - 1
    assert sources[0] == "first"
    assert "nbgrader" not in result.notebook.cells[sources.index("helper = 1")].metadata


def test_lesson_cells_stay_the_students() -> None:
    submitted = filled()
    cell(submitted, "try-double").source = "double(3)"
    remove(submitted, "end-en")
    result = repaired(submitted)
    assert cell(result.notebook, "try-double").source == "double(3)"
    assert "end-en" not in [c.id for c in result.notebook.cells]
    assert not result.notes


def test_deleted_imports_come_back() -> None:
    submitted = filled()
    remove(submitted, "set-up")
    result = repaired(submitted)
    assert cell(result.notebook, "set-up").source == "import math"
    assert place(result.notebook, "set-up") < place(result.notebook, "double")


@pytest.mark.parametrize("version", [1, 2, 4, "3", None, [3]])
def test_schema_version(version: Any) -> None:
    submitted = filled()
    for each in submitted.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.schema_version = version
    assert answers(repaired(submitted)) == ANSWERS


def test_points_that_a_student_changed() -> None:
    submitted = filled()
    cell(submitted, "double-test").metadata.nbgrader.points = 1000
    assert cell(repaired(submitted).notebook, "double-test").metadata.nbgrader.points == 2


def test_outputs_and_widgets_are_dropped() -> None:
    submitted = filled()
    cell(submitted, "double").outputs = [new_output("stream", text="x" * 5_000_000)]
    submitted.metadata["widgets"] = {"state": "y" * 5_000_000}
    submitted.metadata["kernelspec"] = {"name": "no-such-kernel"}
    result = repaired(submitted)
    assert len(to_bytes(result.notebook)) < 10_000
    assert result.notebook.metadata.kernelspec.name == "python3"


def format_3(notebook: NotebookNode, minor: int = 0, major: int = 3) -> bytes:
    """The notebook as IPython 2 wrote it."""
    cells = []
    for each in notebook.cells:
        if each.cell_type == "code":
            old = {"cell_type": "code", "input": each.source.splitlines(True), "language": "python"}
            cells.append({**old, "outputs": [], "metadata": each.metadata})
        else:
            cells.append({"cell_type": each.cell_type, "source": each.source, "metadata": each.metadata})
    cells.append({"cell_type": "heading", "level": 2, "source": "Mine", "metadata": {}})
    return json.dumps(
        {"nbformat": major, "nbformat_minor": minor, "metadata": {}, "worksheets": [{"cells": cells}]}
    ).encode()


@pytest.mark.parametrize("major", [3, 2])
def test_old_format(major: int) -> None:
    result = repaired(format_3(filled(), major=major))
    assert answers(result) == ANSWERS
    assert "old format" in said(result)
    assert "## Mine" in [c.source for c in result.notebook.cells]


@pytest.mark.parametrize(("major", "minor"), [(4, 99), (5, 0), ("four", None)])
def test_unknown_format(major: Any, minor: Any) -> None:
    submitted = filled()
    submitted.nbformat, submitted.nbformat_minor = major, minor
    assert answers(repaired(submitted)) == ANSWERS


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "BOM": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 big": lambda text: "\ufeff".encode("utf-16-be") + text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "GBK": lambda text: text.encode("gbk"),
    "invalid bytes": lambda text: text.encode().replace("一".encode(), b"\xff\xfe\x81"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac": lambda text: text.replace("\\n", "\\r").encode(),
    "CRLF in cells": lambda text: text.replace("\\n", "\\r\\n").encode(),
    "raw line breaks": lambda text: text.replace("\\n", "\n").encode(),
    "NaN": lambda text: text.replace('"metadata": {', '"metadata": {"nan": NaN,', 1).encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding(encoding: str) -> None:
    submitted = filled("zh")
    cell(submitted, "essay").source = "因为\n就是"
    text = json.dumps(submitted, ensure_ascii=False, indent=1)
    assert answers(repaired(ENCODINGS[encoding](text))) == {**ANSWERS, "essay": "因为\n就是"}


def test_lone_surrogates() -> None:
    submitted = filled()
    cell(submitted, "essay").source = "half \ud83d, whole \U0001f600"
    submitted.cells.append(new_code_cell("x = '\udc80'"))
    result = repaired(submitted)
    assert answers(result)["essay"] == "half \ufffd, whole \U0001f600"
    assert "U+FFFD" in said(result)


def wrong_types(name: str, key: str, value: Any) -> bytes:
    submitted = filled()
    cell(submitted, name)[key] = value
    return to_bytes(submitted)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("metadata", []),
        ("metadata", {"nbgrader": []}),
        ("metadata", {"nbgrader": {"grade_id": 7}}),
        ("metadata", {"nbgrader": {"grade_id": ["double"]}}),
        ("id", 5),
        ("id", "double test " * 20),
        ("cell_type", None),
        ("cell_type", ["code"]),
        ("outputs", 5),
        ("attachments", [1]),
        ("source", SQUARE.splitlines(True)),
    ],
)
def test_wrong_types(key: str, value: Any) -> None:
    assert answers(repaired(wrong_types("square", key, value))) == ANSWERS


@pytest.mark.parametrize("value", [5, None, {"a": 1}, [1, 2]])
def test_source_that_is_no_text(value: Any) -> None:
    result = repaired(wrong_types("square", "source", value))
    assert answers(result) == {**ANSWERS, "square": cell(released(), "square").source}


def test_cells_that_are_none() -> None:
    submitted = filled()
    submitted.cells[3:3] = [None, 5, "text", [], {}]
    data = to_bytes(submitted)
    result = repaired(data)
    assert answers(result) == ANSWERS
    assert "5 damaged cells" in said(result)


def test_attachments_of_prose_are_kept() -> None:
    submitted = filled()
    cell(submitted, "essay")["attachments"] = {"a.png": {"image/png": "aGk="}, "b": 5}
    assert cell(repaired(submitted).notebook, "essay").attachments == {"a.png": {"image/png": "aGk="}}


def another_section() -> bytes:
    submitted = filled()
    for each in submitted.cells:
        each.id = f"other-{each.id}"
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.grade_id = "count_numbers"
    return to_bytes(submitted)


NOTHING: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \n\0\0", "is empty"),
    "half": (to_bytes(filled())[:300], "not JSON at line 1"),
    "merge conflict": (b"{\n<<<<<<< HEAD\n" + to_bytes(filled()), "not JSON at line 2"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "PDF": (b"%PDF-1.7 ...", "a PDF"),
    "archive": (b"PK\x03\x04" + bytes(range(256)), "an archive"),
    "web page": (b"\n<!doctype html><html>", "a web page"),
    "bytes": (bytes(range(256)), "not JSON"),
    "list": (b"[1, 2]", "no cells"),
    "number": (b"5", "no cells"),
    "no cells": (b"{}", "no cells"),
    "no cell": (b'{"cells": []}', "no cells"),
    "cells a number": (b'{"cells": 5}', "no cells"),
    "worksheets of numbers": (b'{"worksheets": [1, {"cells": 5}]}', "no cells"),
    "deep": (b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
    "long number": (b'{"cells": ' + b"9" * 5000 + b"}", "a number too long"),
    "another section": (another_section(), "the worksheet of 01_tensors"),
    "another notebook": (to_bytes({"cells": [{"cell_type": "code", "source": "1"}]}), "none of the section"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_to_grade(name: str) -> None:
    data, reason = NOTHING[name]
    result = repaired(data, "zh")
    assert result.reason is not None
    assert reason in result.reason.en
    assert reason_of(result.notebook) == result.reason
    top = result.notebook.cells[0].source
    assert result.reason.zh in top
    assert result.reason.en in top
    assert answers(result) == {name: cell(released("zh"), name).source for name in ANSWERS}


def test_reason_cannot_be_forged() -> None:
    submitted = filled()
    submitted.metadata["pytorch_learning"] = {"not_graded": {"zh": "a", "en": "b"}}
    assert reason_of(repaired(submitted).notebook) is None


def test_notes_in_both_languages_and_once() -> None:
    submitted = filled()
    cell(submitted, "double-test").source = "pass"
    result = repaired(submitted)
    result.add_notes(result.notes[:0])
    top = result.notebook.cells[0].source
    assert "被改过" in top
    assert "had been edited" in top
    assert [c.id for c in result.notebook.cells].count(NOTES_CELL) == 1


def test_reading_a_large_file_of_outputs() -> None:
    submitted = filled()
    cell(submitted, "double").outputs = [new_output("stream", text="x" * 50_000_000)]
    assert answers(repaired(submitted)) == ANSWERS


def test_read_refuses() -> None:
    with pytest.raises(NotGradable):
        read(b"")
