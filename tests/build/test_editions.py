"""What the build writes, and that it writes it once."""

from __future__ import annotations

import json

import nbformat
import pytest
from conftest import TinyCourse
from nbformat import NotebookNode

from pytorch_learning import syllabus
from pytorch_learning.errors import CourseError
from pytorch_learning.language import Text


def read(course: TinyCourse, name: str) -> NotebookNode:
    return nbformat.read(course.root / name, as_version=4)


def text(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells)


@pytest.mark.parametrize(
    ("language", "stub"),
    [("zh", "# 在这里写你的代码，替换下面这一行"), ("en", "# YOUR CODE HERE: replace the line below")],
)
def test_worksheet(built: TinyCourse, language: str, stub: str) -> None:
    worksheet = read(built, f"release/{language}/01_tensors/01_tensors.ipynb")
    assert f"    {stub}\n    raise NotImplementedError()" in text(worksheet)
    assert "secret" not in text(worksheet)
    assert "position_of_last" not in text(worksheet)
    assert f'language = "{language}"' in text(worksheet)
    assert ("最后一个" in text(worksheet)) == (language == "zh")
    assert set(worksheet.metadata) == {"kernelspec", "language_info"}
    for cell in worksheet.cells:
        assert cell.metadata.get("tags", []) in ([], ["raises-exception"])
        if "nbgrader" in cell.metadata:
            assert cell.id == cell.metadata.nbgrader.grade_id
            assert cell.metadata.tags == ["raises-exception"]
            assert cell.metadata.get("jupyter", {}) == (
                {"source_hidden": True} if cell.metadata.nbgrader.grade else {}
            )


def test_nbgrader_accepts_the_worksheets_checksums(built: TinyCourse) -> None:
    from nbgrader.utils import compute_checksum

    for cell in read(built, "release/en/01_tensors/01_tensors.ipynb").cells:
        if "nbgrader" in cell.metadata:
            assert compute_checksum(cell) == cell.metadata.nbgrader.checksum


def test_lecture(built: TinyCourse) -> None:
    lecture = read(built, "notebooks/en/01_tensors.ipynb")
    assert [cell.source.split("\n")[0] for cell in lecture.cells] == [
        "# 1 Tensors",
        'language = "en"',
        "class checks:",
        "## 1.1 Lists",
        "numbers = [1, 2, 3]",
    ]
    assert lecture.cells[-1].outputs[0].text == "lesson [1, 2, 3]\n"
    assert all(not cell.metadata for cell in lecture.cells)
    assert lecture.metadata.language_info == {"name": "python"}


def test_answer_key(built: TinyCourse) -> None:
    key = read(built, "solutions/zh/01_tensors.ipynb")
    assert "position_of_last = len(items) - 1" in text(key)
    assert "secret" not in text(key)
    assert "BEGIN" not in text(key)
    assert all(cell.execution_count for cell in key.cells if cell.cell_type == "code")
    folded = [cell.metadata for cell in key.cells if cell.metadata]
    assert folded == [{"jupyter": {"source_hidden": True}}] * 2


def test_welcome(built: TinyCourse) -> None:
    welcome = read(built, "release/zh/welcome.ipynb")
    assert len(welcome.cells) == 1
    assert "| [1 张量](01_tensors/01_tensors.ipynb) | 2 | 5 |" in welcome.cells[0].source
    assert "{{" not in welcome.cells[0].source


def test_glossary(built: TinyCourse) -> None:
    cells = read(built, "release/zh/glossary.ipynb").cells
    assert "## [1 张量](01_tensors/01_tensors.ipynb)" in cells[1].source
    assert "| 列表 | list | 一串东西 |" in cells[1].source
    cells = read(built, "notebooks/en/glossary.ipynb").cells
    assert "## [1 Tensors](01_tensors.ipynb)" in cells[1].source
    assert "| list | 列表 | Things in a row |" in cells[1].source


def test_coverage(built: TinyCourse) -> None:
    table = (built.root / "docs" / "coverage.md").read_text(encoding="utf-8")
    row = "| 1.1 列表 | [Lists](../notebooks/en/01_tensors.ipynb) | "
    assert row + "The last one (1.1a, 2), A sum (1.1b, 3) |" in table


def test_coverage_of_a_subsection_inside_another(course: TinyCourse) -> None:
    for heading in ("练习 1.1", "Exercise 1.1"):
        course.replace(heading, f"{heading}.1", count=2)
    course.replace(
        '# %% [markdown] tags=["zh", "exercise"]',
        '# %% [markdown] tags=["zh"]\n# ### 1.1.1 __len__\n\n'
        '# %% [markdown] tags=["en"]\n# ### 1.1.1 The length\n\n'
        '# %% [markdown] tags=["zh", "exercise"]',
    )
    assert course.build("--no-execute") == 0
    table = (course.root / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert "| 1.1 列表 | [Lists](../notebooks/en/01_tensors.ipynb) | see 1.1.1 to 1.1.1 |" in table
    row = r"| 1.1.1 \_\_len\_\_ | [The length](../notebooks/en/01_tensors.ipynb) | "
    assert row + "The last one (1.1.1a, 2), A sum (1.1.1b, 3) |" in table


def test_readme(built: TinyCourse) -> None:
    readme = (built.root / "README.md").read_text()
    assert "| [1 Tensors](notebooks/en/01_tensors.ipynb) | 2 | 5 |" in readme
    assert readme.startswith("before\n<!-- sections -->\n|")
    assert readme.endswith("|\n<!-- /sections -->\nafter\n")


def test_half_a_pair_of_markers_is_refused(course: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    (course.root / "README.md").write_text("<!-- sections -->\n")
    assert course.build("--check") == 2
    assert "README.md" in capsys.readouterr().err


def test_syllabus(built: TinyCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    path = built.root / "src" / "pytorch_learning"
    section = syllabus.loads((path / "syllabus.json").read_text(encoding="utf-8"))[0]
    assert (section.id, section.title, section.points) == ("01_tensors", Text("1 张量", "1 Tensors"), 5)
    assert section.exercises[1] == syllabus.Exercise("add_up", "1.1b", Text("求和", "A sum"), 3)

    monkeypatch.setattr(syllabus.resources, "files", lambda package: path)
    syllabus.sections.cache_clear()
    try:
        assert syllabus.exercise("add_up").points == 3
        with pytest.raises(CourseError, match="no exercise 'add_down'"):
            syllabus.exercise("add_down")
        syllabus.sections.cache_clear()
        (path / "syllabus.json").unlink()
        with pytest.raises(CourseError, match="pytorch-learning build"):
            syllabus.sections()
    finally:
        syllabus.sections.cache_clear()


def test_building_twice_changes_nothing(built: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    before = built.files()
    assert built.build() == 0
    assert built.files() == before
    assert capsys.readouterr().out == ""


def test_files_beside_a_section_are_released(built: TinyCourse) -> None:
    (built.root / "source" / "01_tensors" / "image.txt").write_text("picture")
    assert built.build("--no-execute") == 0
    assert (built.root / "release" / "zh" / "01_tensors" / "image.txt").read_text() == "picture"
    (built.root / "source" / "01_tensors" / "image.txt").unlink()
    assert built.build("--no-execute") == 0
    assert not (built.root / "release" / "zh" / "01_tensors" / "image.txt").exists()


GENERATED = [
    "docs/coverage.md",
    "src/pytorch_learning/syllabus.json",
    "README.md",
    "source/01_tensors/01_tensors.ipynb",
    *(
        name
        for language in ("zh", "en")
        for name in (
            f"release/{language}/welcome.ipynb",
            f"release/{language}/glossary.ipynb",
            f"notebooks/{language}/glossary.ipynb",
            f"release/{language}/01_tensors/01_tensors.ipynb",
            f"notebooks/{language}/01_tensors.ipynb",
            f"solutions/{language}/01_tensors.ipynb",
        )
    ),
]


def test_check_passes_on_a_fresh_course(built: TinyCourse) -> None:
    assert built.build("--check") == 0


def test_check_finds_each_file(built: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    for name in GENERATED:
        path = built.root / name
        content = path.read_bytes()
        for old, new in ((b"1 \xe5\xbc\xa0\xe9\x87\x8f", b"2 Wrong"), (b"1 Tensors", b"2 Wrong")):
            path.write_bytes(path.read_bytes().replace(old, new))
        if path.read_bytes() == content:
            path.write_bytes(content + b"more\n")
        before = built.files()
        assert built.build("--check") == 1
        assert capsys.readouterr().out == f"stale: {name}\n"
        if name != "README.md":
            path.unlink()
            assert built.build("--check") == 1
            assert capsys.readouterr().out == f"missing: {name}\n"
            assert not path.exists()
        else:
            assert built.files() == before
        path.write_bytes(content)


@pytest.mark.parametrize("part", ["metadata", "cell_type"])
def test_check_compares_more_than_sources(built: TinyCourse, part: str) -> None:
    path = built.root / "release" / "en" / "01_tensors" / "01_tensors.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0][part] = {"editable": False} if part == "metadata" else "raw"
    path.write_text(json.dumps(notebook))
    assert built.build("--check") == 1


def test_check_ignores_outputs(built: TinyCourse) -> None:
    path = built.root / "notebooks" / "en" / "01_tensors.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = 99
    nbformat.write(notebook, path)
    assert built.build("--check") == 0


def test_files_without_a_source_are_removed(built: TinyCourse, capsys: pytest.CaptureFixture[str]) -> None:
    source = built.source.rename(built.source.with_name("02_more.py"))
    source.write_text(
        source.read_text(encoding="utf-8").replace("01_tensors//", "02_more//"), encoding="utf-8"
    )
    built.glossary.unlink()
    kept = [
        built.root / name
        for name in ("release/zh/notes.md", "notebooks/en/picture.png", "source/data/x.ipynb")
    ]
    for path in kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    gone = [name for name in GENERATED if "01_tensors" in name or "glossary" in name]

    assert built.build("--check") == 1
    listed = capsys.readouterr().out.splitlines()
    assert {f"superfluous: {name}" for name in gone} <= set(listed)
    assert built.build("--no-execute") == 0
    printed = capsys.readouterr().out.splitlines()
    assert {line for line in printed if line.startswith("removed")} == {f"removed {name}" for name in gone}
    assert not any((built.root / name).exists() for name in gone)
    assert not (built.root / "source" / "01_tensors").exists()
    assert not (built.root / "release" / "zh" / "01_tensors").exists()
    assert all(path.exists() for path in kept)
    assert built.build("--check") == 0


def test_nothing_is_left_half_written(built: TinyCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OSError("disk full")

    before = built.files()
    monkeypatch.setattr("os.replace", fail)
    built.replace("numbers = [1, 2, 3]", "numbers = [1, 2]")
    with pytest.raises(OSError, match="disk full"):
        built.build("--no-execute")
    after = built.files()
    assert {name for name in after if after[name] != before.get(name)} == {"source/01_tensors.py"}
