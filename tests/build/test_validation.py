# ruff: noqa: E501 (a table is read by its rows)
"""Each fault of a source is refused, at its line, with what to do about it."""

from __future__ import annotations

import re

import pytest
from conftest import TinyCourse

ANSWER = '"grade_id": "last_item", "locked": false'
TEST = '"grade_id": "last_item-test"'
LESSON = "numbers = [1, 2, 3]"

# name: (text to find, its replacement, text whose line is to be named, what the message says, the advice)
FAULTS = {
    "duplicate id": ('"add_up", "locked"', '"last_item", "locked"', '"last_item", "locked": false, "sc', "taken by", "choose another"),
    "missing id": (ANSWER, '"locked": false', '"locked": false, "sc', "no grade_id", "give it one"),
    "empty id": (ANSWER, '"grade_id": "", "locked": false', '"grade_id": ""', "no grade_id", "give it one"),
    "old schema": (f'{ANSWER}, "schema_version": 3', f'{ANSWER}, "schema_version": 2', ANSWER, "nbgrader rejects", "see an exercise"),
    "unknown key": (f"{ANSWER},", f'{ANSWER}, "pionts": 2,', ANSWER, "nbgrader rejects", "see an exercise"),
    "no en twin": ('# %% [markdown] tags=["en"]\n# ## 1.1 Lists\n', "", '# %% [markdown] tags=["zh"]\n# ## 1.1', "no en twin", "directly below"),
    "two zh cells": ('tags=["en"]\n# ## 1.1', 'tags=["zh"]\n# ## 1.1', '# %% [markdown] tags=["zh"]\n# ## 1.1 列表', "no en twin", "directly below"),
    "no zh twin": ('# %% [markdown] tags=["zh"]\n# ## 1.1 列表\n', "", '# %% [markdown] tags=["en"]\n# ## 1.1', "no zh twin", "directly above"),
    "no zh twin of code": ('# %% tags=["zh"]\nlanguage = "zh"\n', "", '# %% tags=["en"]\nlanguage', "no zh twin", "directly above"),
    "heading levels": ("# ## 1.1 Lists", "# ### 1.1 Lists", '# %% [markdown] tags=["en"]\n# ### 1.1', "headings differ", "same levels"),
    "untagged markdown": ('# %% [markdown] tags=["en"]\n# ## 1.1', '# %% [markdown]\n# ## 1.1', "# %% [markdown]\n", "no language", "tag it"),
    "both tags": ('tags=["en"]\nlanguage', 'tags=["zh", "en"]\nlanguage', '# %% tags=["zh", "en"]', "tagged zh and en", "leave one"),
    "one twin an exercise": ('tags=["en", "exercise"]', 'tags=["en"]', '# %% [markdown] tags=["en"]\n# #### Ex', "one twin is tagged", "both or neither"),
    "unknown tag": ('tags=["exercise"]', 'tags=["exercize"]', 'tags=["exercize"]', "unknown tag exercize", "take one of"),
    "points in English": ("(2 points)", "(4 points)", '# %% [markdown] tags=["zh", "exercise"]', "2 points in Chinese, 4", "same three times"),
    "points in Chinese": ("（2 分）", "（4 分）", '# %% [markdown] tags=["zh", "exercise"]', "4 points in Chinese, 2", "same three times"),
    "points of the test": ('"points": 2', '"points": 4', '# %% [markdown] tags=["zh", "exercise"]', "4 in the cell that is graded", "same three times"),
    "number": ("Exercise 1.1a", "Exercise 1.1c", '# %% [markdown] tags=["en", "exercise"]', "is 1.1c here", "same number"),
    "same number twice": ("1.1b", "1.1a", '# %% [markdown] tags=["zh", "exercise"]\n# #### 练习 1.1a · 求和', "another exercise 1.1a", "number them"),
    "in another subsection": ("练习 1.1b", "练习 1.2", '# %% [markdown] tags=["zh", "exercise"]\n# #### 练习 1.2 ·', "exercise 1.2 stands in 1.1", "call it"),
    "heading": ("练习 1.1a ·", "练习 1.1a:", '# %% [markdown] tags=["zh", "exercise"]', "heading is malformed", "write it like"),
    "totals in Chinese": ("2 道练习，共 5 分", "2 道练习，共 6 分", "# 2 道练习，共 6 分", "is not what follows", "2 exercises with 5 points"),
    "totals in English": ("2 exercises, 5 points", "3 exercises, 5 points", "# 3 exercises", "is not what follows", "2 exercises with 5 points"),
    "no totals": ("# 2 exercises, 5 points", "# Welcome", '# %% [markdown] tags=["en"]\n# # 1 Tensors', "does not state the totals", "add `24"),
    "no title": ("# # 1 Tensors", "# Tensors", '# %% [markdown] tags=["en"]\n# Tensors', "its title", "begin this cell"),
    "no hidden tests": ('### BEGIN HIDDEN TESTS\nassert last_item(list("secret")) == "t"\n### END HIDDEN TESTS\n', "", TEST, "no hidden tests", "put some between"),
    "empty hidden tests": ('assert last_item(list("secret")) == "t"', "# later", TEST, "no hidden tests", "put some between"),
    "no solution": ("    position_of_last = len(items) - 1\n    return items[position_of_last]\n", "", ANSWER, "no solution", "put one between"),
    "no end of solution": ("    ### END SOLUTION\n", "", "### BEGIN SOLUTION", "without `END SOLUTION`", "add the mark"),
    "no begin of hidden tests": ("### BEGIN HIDDEN TESTS\n", "", "### END HIDDEN TESTS", "without `BEGIN HIDDEN TESTS`", "add the mark"),
    "misspelt mark": ("### BEGIN HIDDEN TESTS", "### BEGIN HIDDEN TEST", "### BEGIN HIDDEN TEST\n", "does not know the mark", "spelling"),
    "mark in a lesson": (LESSON, f"### BEGIN SOLUTION\n{LESSON}\n### END SOLUTION", "### BEGIN SOLUTION", "outside the answer cell", "move it"),
    "no call": ('checks.exercise("last_item")\n', "", TEST, "does not call its exercise", 'checks.exercise("last_item")'),
    "wrong call": ('checks.exercise("last_item")', 'checks.exercise("add_up")', 'checks.exercise("add_up")', "is not this exercise", 'write `checks.exercise("last_item")`'),
    "wrong test id": (TEST, '"grade_id": "last-test"', '"grade_id": "last-test"', "grade_id is `last-test`", "call it `last_item-test`"),
    "syntax of a test": ("assert last_item([1, 2]) == 2", "assert last_item([1, 2) == 2", "assert last_item([1, 2)", "not Python", "mend it"),
    "no test cell": ('"grade": true, "grade_id": "last_item-test"', '"grade": false, "grade_id": "last_item-test"', '# %% [markdown] tags=["zh", "exercise"]', "1 answer and 0 test cells", "one of each"),
    "no task": ('# %% [markdown] tags=["zh", "exercise"]\n# #### 练习 1.1a · 最后一个（2 分）', '# %% [markdown] tags=["zh", "exercise"]\n# #### 一个', ANSWER, "no task stands above", "start one"),
    "solution in a lesson": (LESSON, f"{LESSON}\n# see below\nposition_of_last  =  len(items) - 1", "position_of_last  =", "solution of `last_item`", "differently"),
    "solution in a test": ("assert last_item([1, 2]) == 2", "items = [1]\nposition_of_last = len(items) - 1", "position_of_last = len(items) - 1\n### BEGIN HID", "solution of `last_item`", "differently"),
    "solution in a hint": ("Use a negative index", "Write `return items[position_of_last]`", None, "", ""),
    "solution line in a hint": ("Use a negative index", "\n# `position_of_last = len(items) - 1`", "# `position_of_last", "the hints show", "name the function"),
    "text in no cell": ('# %% [markdown] tags=["zh"]\n# # 1 张量', 'x = 1\n\n# %% [markdown] tags=["zh"]\n# # 1 张量', "x = 1", "in no cell", "put a line"),
    "bad JSON": ('# %% tags=["exercise"]', '# %% tags=["exercise"', '# %% tags=["exercise"\n', "no valid JSON", "write it like"),
    "unknown header": ('# %% tags=["exercise"]', '# %% tag=["exercise"]', '# %% tag=["exercise"]', "has tag", "only `tags"),
    "time of an answer": (f'# %% nbgrader={{"grade": false, {ANSWER}', f'# %% pytorch_learning={{"seconds": 60}} nbgrader={{"grade": false, {ANSWER}', "# %% pytorch_learning", "only a test", "move it"),
    "time without a unit": (f'# %% nbgrader={{"grade": true, {TEST}', f'# %% pytorch_learning=60 nbgrader={{"grade": true, {TEST}', "# %% pytorch_learning", "the time a test takes", '={"seconds": 900}'),
    "no time at all": (f'# %% nbgrader={{"grade": true, {TEST}', f'# %% pytorch_learning={{"seconds": 0}} nbgrader={{"grade": true, {TEST}', "# %% pytorch_learning", "the time a test takes", '={"seconds": 900}'),
    "two times": (f'# %% nbgrader={{"grade": true, {TEST}', f'# %% pytorch_learning={{"seconds": 60, "minutes": 1}} nbgrader={{"grade": true, {TEST}', "# %% pytorch_learning", "the time a test takes", '={"seconds": 900}'),
    "no pairing": ("formats: 01_tensors//ipynb", "formats: ipynb", "# ---\n# jupyter", "does not pair", "start the file with"),
    "nbgrader in one language": ('# %% nbgrader={"grade": false, "grade_id": "add_up"', '# %% tags=["zh"] nbgrader={"grade": false, "grade_id": "add_up"', '# %% tags=["zh"] nbgrader', "for both languages", "drop its tag"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_refused(course: TinyCourse, capsys: pytest.CaptureFixture[str], name: str) -> None:
    old, new, at, message, advice = FAULTS[name]
    course.replace(old, new)
    text = course.source.read_text(encoding="utf-8")
    if at is None:  # `return x[y]` is no bare return, so it must not pass either.
        at, message, advice = "# <details><summary>Hint", "the hints show", "name the function"
    assert at in text
    # The second of two cells with the same id is the one to change.
    index = text.rindex(at) if name == "duplicate id" else text.index(at)
    line = text[:index].count("\n") + 1

    assert course.build("--check") == 2
    refusals = [
        refusal
        for refusal in capsys.readouterr().err.splitlines()
        if refusal.startswith(f"source/01_tensors.py:{line}: ")
    ]
    assert any(message in refusal and advice in refusal for refusal in refusals), refusals


def test_the_source_without_faults_is_accepted(course: TinyCourse) -> None:
    assert course.build("--no-execute") == 0


def test_all_faults_are_listed(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    course.replace('"points": 2', '"points": 4')
    course.replace('checks.exercise("add_up")', "pass")
    course.build()
    assert capsys.readouterr().err.count("source/01_tensors.py:") == 2


def test_nothing_is_written_for_a_faulty_source(course: TinyCourse) -> None:
    course.replace('"points": 2', '"points": 4')
    before = course.files()
    assert course.build() == 2
    assert course.files() == before


def test_ids_of_two_sections_must_differ(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    other = course.source.with_name("02_more.py")
    other.write_text(
        course.source.read_text(encoding="utf-8").replace("01_tensors//", "02_more//"), encoding="utf-8"
    )
    assert course.build("--check") == 2
    errors = capsys.readouterr().err
    assert errors.count("source/02_more.py:") == 4
    assert "`last_item` is taken by source/01_tensors.py:" in errors


@pytest.mark.parametrize(
    "idiom",
    [
        "import collections",
        "with open(path) as stream:",
        "loss.backward()",
        "return position_of",
        "# a long comment",
    ],
)
def test_an_idiom_is_no_leak(course: TinyCourse, idiom: str) -> None:
    course.replace("    position_of_last =", f"    {idiom}\n    position_of_last =")
    course.replace(LESSON, f"{LESSON}\n{idiom}")
    assert course.build("--no-execute") == 0


def test_a_marker_in_a_string_is_no_cell(course: TinyCourse) -> None:
    course.replace(LESSON, f'{LESSON}\ntext = """\n# %% [markdown]\n"""')
    assert course.build("--no-execute") == 0


@pytest.mark.parametrize("name", ["concealed", "last_item"])
def test_a_lesson_must_not_use_what_an_exercise_binds(
    course: TinyCourse, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    line = course.replace('# %% tags=["exercise"]\nprint("summary")', f"# %%\nprint({name})")
    assert course.build("--check") == 2
    told = capsys.readouterr().err
    assert f"source/01_tensors.py:{line + 1}: the lesson uses `{name}`, which an exercise binds" in told


@pytest.mark.parametrize(
    "lesson",
    [
        "concealed = 1\nprint(concealed)",
        "def show(concealed):\n    print(concealed)",
        "print([concealed for concealed in numbers])",
        "print(sys)",
    ],
)
def test_a_lesson_may_bind_the_same_name(course: TinyCourse, lesson: str) -> None:
    course.replace('# %% tags=["exercise"]\nprint("summary")', f"# %%\n{lesson}")
    assert course.build("--no-execute") == 0


GLOSSARY_FAULTS = {
    "another word": ('zh = "列表"', 'zh = "清单"', 1, "does not use 清单"),
    "no such section": ('"01_tensors"', '"02_more"', 1, "there is no section '02_more'"),
    "no meaning": ('meaning_en = "Things in a row"', "", 1, "a term has .*meaning_en"),
    "two lines": ("一串东西", r"一串\n东西", 1, "does not fit into one line"),
    "no TOML": ('zh = "', "zh = ", 1, "not TOML"),
}


@pytest.mark.parametrize("name", GLOSSARY_FAULTS)
def test_fault_of_the_glossary_is_refused(
    course: TinyCourse, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    old, new, line, message = GLOSSARY_FAULTS[name]
    text = course.glossary.read_text(encoding="utf-8")
    assert old in text
    course.glossary.write_text(text.replace(old, new), encoding="utf-8")
    assert course.build("--check") == 2
    refusals = [r for r in capsys.readouterr().err.splitlines() if f"source/glossary.toml:{line}: " in r]
    assert any(re.search(message, refusal) for refusal in refusals), refusals


def test_a_term_twice_is_refused(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    course.glossary.write_text(course.glossary.read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert course.build("--check") == 2
    assert "source/glossary.toml:7: 列表 (list) is there twice" in capsys.readouterr().err


def test_a_term_that_the_glossary_lacks_is_refused(
    course: TinyCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    line = course.replace("**列表**（list）", "**列表**（list）和**数**（number，整数）")
    assert course.build("--check") == 2
    assert f"source/01_tensors.py:{line}: the glossary has no 数 (number)" in capsys.readouterr().err


def test_welcome_needs_its_list(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    welcome = course.source.with_name("welcome.py")
    welcome.write_text(welcome.read_text(encoding="utf-8").replace("{{ sections }}", "", 1), encoding="utf-8")
    assert course.build("--check") == 2
    assert "source/welcome.py:1: the zh text has no `{{ sections }}`: add it" in capsys.readouterr().err


def test_a_folder_without_sources(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (course.root / "source").iterdir():
        path.unlink()
    assert course.build() == 2
    assert "write one" in capsys.readouterr().err
