"""Running a submission: which pictures are drawn, and how much output is taken in."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from nbformat.v4 import new_code_cell
from traitlets.config import Config

from pytorch_learning.grading.execute import TOO_MUCH, ExecuteSubmission
from pytorch_learning.grading.repair import LECTURE, OWN_METADATA, is_lecture, repair
from pytorch_learning.patience import METADATA, SECONDS
from pytorch_learning.warm import sandboxed
from tests.grading import section
from tests.grading.section import SHEETS, released, to_bytes
from tests.guard.running import graded, run_cells

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need a safe fork")
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"


def test_only_the_lectures_pictures_are_left_out() -> None:
    lecture = new_code_cell(PLOT, metadata={OWN_METADATA: {LECTURE: True}})
    shown = new_code_cell("plt.figure()\nplt.show()", metadata={OWN_METADATA: {LECTURE: True}})
    cells = run_cells([lecture, new_code_cell(PLOT), shown, new_code_cell(PLOT)]).cells
    kinds = [
        {kind for output in cell.outputs for kind in output.get("data", {}) if "Figure" in str(output)}
        for cell in cells
    ]
    assert kinds == [{"text/plain"}, {"text/plain", "image/png"}] * 2


def test_what_a_student_has_changed_is_no_lecture() -> None:
    notebook = released("en")
    source = section.source()
    section.cell(source, "set-up").metadata.pop("tags")
    sheets = list(section.worksheets(source))
    for code, expected in (("import math", ["set-up"]), ("import  math", [])):
        section.cell(notebook, "set-up").source = code
        repaired = repair(to_bytes(notebook), sheets).notebook
        assert [cell.id for cell in repaired.cells if is_lecture(cell)] == expected


def test_cells_of_exercises_are_no_lecture() -> None:
    repaired = repair(to_bytes(released("en")), list(SHEETS.values())).notebook
    assert not any(map(is_lecture, repaired.cells))


def test_so_much_output_is_taken_in_and_no_more() -> None:
    config = Config({"Sandbox": {"output_bytes": 10_000}})
    loud = "for _ in range(100):\n    print('x' * 1000, flush=True)"
    first, second, last = run_cells(
        [new_code_cell(loud), new_code_cell("print('more')"), new_code_cell("1 / 0")], config=config
    ).cells
    text = "".join(output.text for output in first.outputs)
    assert 1000 <= len(text) < 12_000
    assert text.count(TOO_MUCH.en) == 1
    assert second.outputs == []
    assert last.outputs[0].ename == "ZeroDivisionError"


def test_what_is_beyond_the_limit_is_not_even_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    take_in = ExecuteSubmission.process_message

    def noting(self: Any, message: Any, *rest: Any) -> Any:
        sizes.append(len(str(message["content"])))
        return take_in(self, message, *rest)

    monkeypatch.setattr(ExecuteSubmission, "process_message", noting)
    loud = "for _ in range(50):\n    print('x' * 100_000, flush=True)"
    cells = [new_code_cell(loud), graded("raise ValueError('seen')", 1)]
    _, test = run_cells(cells, config=Config({"Sandbox": {"output_bytes": 300_000}})).cells
    assert 300_000 < sum(sizes) < 1_000_000
    assert test.outputs[-1].evalue == "seen"


def test_a_test_may_take_the_time_that_its_author_gives_it() -> None:
    config = Config({"Sandbox": {"notebook_seconds": 4.0}})
    patient = graded("import time\ntime.sleep(5)", 1)
    patient.metadata[METADATA] = {SECONDS: 30}
    other = graded("import time\ntime.sleep(5)", 2)
    cells = [patient, other, new_code_cell("1 + 1")]
    patient, other, last = run_cells(cells, config=config, kernel_name=sandboxed.NAME, timeout=2).cells
    assert patient.outputs == []
    assert other.outputs[0].ename == "CellTimeoutError"
    assert last.outputs[0].data["text/plain"] == "2"


def test_other_notebooks_get_no_more_time() -> None:
    config = Config({"Sandbox": {"notebook_seconds": 4.0}})
    cells = [new_code_cell("import time\ntime.sleep(20)")]
    ended = run_cells(cells, config=config, kernel_name=sandboxed.NAME).cells[0]
    assert "more than 4 seconds" in ended.outputs[0].evalue
