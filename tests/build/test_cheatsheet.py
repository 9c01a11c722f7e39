"""The cheat sheet as the build makes it."""

from __future__ import annotations

import pytest
from conftest import TinyCourse

SHEET = """\
[[box]]
section = "01_tensors"
lines = [["x = [1 < 2]", "一个`列表`", "a `list`"]]
"""
FAULTS = {
    "not TOML": ('section = "01_tensors"', "section = 01_tensors"),
    "one language": (', "a `list`"', ""),
    "no lines": ("lines =", "rows ="),
    "another section": ("01_tensors", "02_datasets"),
}


def test_both_languages_in_both_places(course: TinyCourse) -> None:
    (course.root / "source" / "cheatsheet.toml").write_text(SHEET, encoding="utf-8")
    assert course.build("--no-execute") == 0
    for folder in ("release", "notebooks"):
        texts = {
            language: (course.root / folder / language / "cheatsheet.html").read_text(encoding="utf-8")
            for language in ("zh", "en")
        }
        assert "<dt>x = [1 &lt; 2]</dt><dd>一个<code>列表</code></dd>" in texts["zh"]
        assert "<dt>x = [1 &lt; 2]</dt><dd>a <code>list</code></dd>" in texts["en"]
        assert "1 Tensors" in texts["en"]
    (course.root / "source" / "cheatsheet.toml").unlink()
    assert course.build("--no-execute") == 0
    assert not list(course.root.rglob("cheatsheet.html"))


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_refused(course: TinyCourse, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (course.root / "source" / "cheatsheet.toml").write_text(SHEET.replace(*FAULTS[name]), encoding="utf-8")
    assert course.build("--check") == 2
    assert "source/cheatsheet.toml" in capsys.readouterr().err
