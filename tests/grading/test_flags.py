"""What a grader sees of a flag."""

from nbformat.v4 import new_code_cell

from pytorch_learning.grading.flags import flag, flags_of
from pytorch_learning.language import Text


def test_code_is_shown_as_code_and_nothing_of_it_is_markup() -> None:
    cell = new_code_cell("")
    reason = Text("代码改动了 `<b>a</b>`。", "The code changes `<b>a</b>`.")
    flag(cell, [reason, reason])
    assert flags_of(cell) == [reason]
    [output] = cell.outputs
    assert output.data["text/html"].count("The code changes <code>&lt;b&gt;a&lt;/b&gt;</code>.") == 1
    assert "The code changes `<b>a</b>`." in output.data["text/plain"]


def test_nothing_to_say_leaves_the_cell_as_it_is() -> None:
    cell = new_code_cell("")
    flag(cell, [])
    assert cell.outputs == []
    assert flags_of(cell) == []
