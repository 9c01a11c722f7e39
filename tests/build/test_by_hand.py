"""Exercises that somebody reads and gives points to: refused where wrong, released in one language each."""

from __future__ import annotations

import json
import os

import nbformat
import pytest
from conftest import TinyCourse

METADATA = json.dumps(
    {
        "grade": True,
        "grade_id": "describe",
        "locked": False,
        "points": 4,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
)
BY_HAND = f"""
# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.1c · 说明（4 分）

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.1c · Description (4 points)

# %% [markdown] tags=["zh"] nbgrader={METADATA}
# 我的列表
#
# ### BEGIN SOLUTION
# 一串有次序的东西。
# ### END SOLUTION

# %% [markdown] tags=["en"] nbgrader={METADATA}
# My list
#
# ### BEGIN SOLUTION
# Things in an order.
# ### END SOLUTION
"""
END = '\n# %% tags=["exercise"]\nprint("summary")\n'

FAULTS = {
    "one language": (BY_HAND[BY_HAND.index('# %% [markdown] tags=["en"] nb') :], "", "tagged zh and en"),
    "points": ('"points": 4', '"points": 3', "write the same three times"),
    "no solution": ("# 一串有次序的东西。\n", "", "no solution"),
    "two ids": ('"describe"', '"other"', "give both the same"),
    "nobody grades it": (
        '"grade": true, "grade_id": "describe"',
        '"grade": false, "grade_id": "describe"',
        "nothing can test a markdown cell",
    ),
}


@pytest.fixture
def with_text(course: TinyCourse) -> TinyCourse:
    """The tiny course with an exercise that is graded by hand."""
    for old, new in ((END, BY_HAND + END), ("2 道练习，共 5 分", "3 道练习，共 9 分")):
        course.replace(old, new)
    course.replace("2 exercises, 5 points", "3 exercises, 9 points")
    return course


def test_each_language_gets_its_own_text(with_text: TinyCourse) -> None:
    assert with_text.build("--no-execute") == 0
    for language, kept, answer, stub in (
        ("zh", "我的列表", "一串有次序的东西。", "在这里写你的回答"),
        ("en", "My list", "Things in an order.", "YOUR ANSWER HERE"),
    ):
        release = with_text.root / "release" / language / "01_tensors" / "01_tensors.ipynb"
        cells = nbformat.read(release, as_version=4).cells
        texts = [c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == "describe"]
        assert len(texts) == 1
        assert kept in texts[0].source
        assert stub in texts[0].source
        assert answer not in texts[0].source
        key = (with_text.root / "solutions" / language / "01_tensors.ipynb").read_text(encoding="utf-8")
        assert answer in key
        assert "SOLUTION" not in key
        lecture = (with_text.root / "notebooks" / language / "01_tensors.ipynb").read_text(encoding="utf-8")
        assert kept not in lecture
    syllabus = json.loads(
        (with_text.root / os.path.join("src", "pytorch_learning", "syllabus.json")).read_text("utf-8")
    )
    assert [e.get("by_hand", False) for e in syllabus["sections"][0]["exercises"]] == [False, False, True]


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_refused(with_text: TinyCourse, capsys: pytest.CaptureFixture[str], name: str) -> None:
    old, new, message = FAULTS[name]
    with_text.replace(old, new)
    assert with_text.build("--check") == 2
    assert message in capsys.readouterr().err


def test_a_cell_that_gives_some_points_ends_with_them(
    course: TinyCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    course.replace(
        'checks.exercise("last_item")\n', 'score = checks.exercise("last_item")\nscore.steps(1, {})\n'
    )
    assert course.build("--check") == 2
    assert "end the cell with `score.points`" in capsys.readouterr().err
    course.replace("### END HIDDEN TESTS\n", "### END HIDDEN TESTS\nscore.points\n")
    assert course.build("--no-execute") == 0


def test_no_other_cell_ends_with_a_number(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    course.replace("### END HIDDEN TESTS\n", "### END HIDDEN TESTS\nlen([])\n")
    assert course.build("--check") == 2
    assert "nbgrader would take the value of `len([])`" in capsys.readouterr().err
