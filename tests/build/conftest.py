# ruff: noqa: E501 (nbgrader's metadata has to be on one line)
"""A tiny course: one section of two exercises, in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pytorch_learning.cli import main

REPOSITORY = Path(__file__).parents[2]

SECTION = """\
# ---
# jupyter:
#   jupytext:
#     formats: 01_tensors//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 1 张量
#
# 2 道练习，共 5 分

# %% [markdown] tags=["en"]
# # 1 Tensors
#
# 2 exercises, 5 points

# %% tags=["zh"]
language = "zh"

# %% tags=["en"]
language = "en"


# %%
class checks:
    @staticmethod
    def exercise(name):
        return name


# %% [markdown] tags=["zh"]
# ## 1.1 列表
#
# **列表**（list）

# %% [markdown] tags=["en"]
# ## 1.1 Lists
#
# A **list**

# %%
numbers = [1, 2, 3]
print("lesson", numbers)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.1a · 最后一个（2 分）
#
# <details><summary>提示</summary>用负的下标</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.1a · The last one (2 points)
#
# <details><summary>Hint</summary>Use a negative index</details>

# %% nbgrader={"grade": false, "grade_id": "last_item", "locked": false, "schema_version": 3, "solution": true, "task": false}
def last_item(items):
    ### BEGIN SOLUTION
    position_of_last = len(items) - 1
    return items[position_of_last]
    ### END SOLUTION


# %% tags=["exercise"]
last_item(numbers)

# %% nbgrader={"grade": true, "grade_id": "last_item-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.exercise("last_item")
assert last_item([1, 2]) == 2
### BEGIN HIDDEN TESTS
assert last_item(list("secret")) == "t"
### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.1b · 求和（3 分）

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.1b · A sum (3 points)

# %% nbgrader={"grade": false, "grade_id": "add_up", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add_up(items):
    ### BEGIN SOLUTION
    return sum(items, start=0)
    ### END SOLUTION


# %% tags=["exercise"]
add_up(numbers)

# %% nbgrader={"grade": true, "grade_id": "add_up-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
import sys

checks.exercise("add_up")
print("a warning", file=sys.stderr)
assert add_up([1, 2]) == 3
### BEGIN HIDDEN TESTS
concealed = add_up([40, 2])
assert concealed == 42
### END HIDDEN TESTS

# %% tags=["exercise"]
print("summary")
"""

WELCOME = """\
# %% [markdown] tags=["zh"]
# # 欢迎
#
# {{ sections }}

# %% [markdown] tags=["en"]
# # Welcome
#
# {{ sections }}
"""


GLOSSARY = """\
[[term]]
section = "01_tensors"
zh = "列表"
en = "list"
meaning_zh = "一串东西"
meaning_en = "Things in a row"
"""


class TinyCourse:
    """A course folder and the command that builds it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = root / "source" / "01_tensors.py"
        (root / "source").mkdir()
        self.source.write_text(SECTION, encoding="utf-8")
        (root / "source" / "welcome.py").write_text(WELCOME, encoding="utf-8")
        self.glossary = root / "source" / "glossary.toml"
        self.glossary.write_text(GLOSSARY, encoding="utf-8")
        (root / "pyproject.toml").touch()
        (root / "README.md").write_text("before\n<!-- sections -->\n<!-- /sections -->\nafter\n")
        shutil.copy(REPOSITORY / "nbgrader_config.py", root)

    def build(self, *options: str) -> int:
        """Run `pytorch-learning build` and return its exit code."""
        return main(["build", "--root", str(self.root), *options])

    def replace(self, old: str, new: str, count: int = 1) -> int:
        """Change the section; returns the line of the change."""
        text = self.source.read_text(encoding="utf-8")
        assert old in text
        self.source.write_text(text.replace(old, new, count), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def files(self) -> dict[str, bytes]:
        """Every file of the course."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def course(tmp_path: Path) -> TinyCourse:
    """A course that has not been built."""
    return TinyCourse(tmp_path)


@pytest.fixture(scope="session")
def executed_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a course that was built with execution, which takes some seconds."""
    made = TinyCourse(tmp_path_factory.mktemp("executed"))
    assert made.build() == 0
    return made.files()


@pytest.fixture
def built(course: TinyCourse, executed_files: dict[str, bytes]) -> TinyCourse:
    """A course that has been built."""
    for name, content in executed_files.items():
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).write_bytes(content)
    return course
