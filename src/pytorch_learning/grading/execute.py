"""Running a submission's cells, so that whatever they do leaves every test with a result."""

from __future__ import annotations

from typing import Any

import nbformat
from jupyter_client.manager import KernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import determine_grade, is_grade, is_solution

from pytorch_learning.grading.repair import reason_of
from pytorch_learning.language import Text
from pytorch_learning.sandbox.settings import Sandbox

NOT_RUN = Text(
    "没有运行这个检查，0 分：程序在前面的单元格里中断了。",
    "This test was not run, so it gives 0 points: the program had ended in a cell above.",
)


TOO_MUCH = Text("输出太多，后面的不再显示。", "That was too much output: the rest is not shown.")
# What an error says is always taken in: a test must not pass because it was not heard.
_OUTPUTS = ("stream", "display_data", "execute_result", "update_display_data")


def fail(cell: NotebookNode, reason: Text) -> None:
    """Add an error to a code cell, by which nbgrader gives a test 0 points and the feedback says why."""
    cell.outputs.append(
        new_output(
            "error",
            ename="NotGraded",
            evalue=f"{reason.zh} {reason.en}",
            traceback=[f"NotGraded: {reason.zh}", f"NotGraded: {reason.en}"],
        )
    )


class ExecuteSubmission(Execute):
    """Runs all cells that can be run.  What fails is the cell, never the submission.

    A kernel that can't be started is no student's fault and raises as ever.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, km: KernelManager | None = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the notebook, unless there is nothing in it to grade."""
        self._ended = False
        self._left = Sandbox(parent=self).output_bytes
        if reason_of(nb) is not None:
            return nb, resources or {}
        nb, resources = super().preprocess(nb, resources, km)
        # Not cell by cell: code can change what a cell above it has put out.
        for cell in nb.cells:
            if cell.cell_type == "code":
                _mend_outputs(cell)
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell, if the program is still there."""
        if self._ended or cell.cell_type != "code":
            return cell, resources
        try:
            super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._ended = True
            self._failed(
                cell,
                self._end_of_kernel()
                or Text(
                    "程序在这个单元格里意外结束（例如退出、内存不够），后面的都没有运行。",
                    "The program ended in this cell (it exited, or ran out of memory): nothing below it was run.",
                ),
            )
        except CellTimeoutError:
            self._ended = True
            self._failed(
                cell,
                Text(
                    "这个单元格停不下来，中断也没有用，后面的都没有运行。",
                    "This cell did not end, and could not be interrupted: nothing below it was run.",
                ),
            )
        except Exception:
            self.log.exception("The outputs of cell %d could not be taken in", index)
            self._failed(
                cell, Text("这个单元格的输出无法读取。", "The outputs of this cell could not be taken in.")
            )
        return cell, resources

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take in a message of the kernel, unless it is more output than a submission may have."""
        if msg["msg_type"] in _OUTPUTS:
            before = self._left
            self._left -= len(str(msg["content"]))
            if self._left < 0:
                if before >= 0:
                    cell.outputs.append(new_output("stream", name="stderr", text=f"{TOO_MUCH}\n"))
                return None
        return super().process_message(msg, cell, cell_index)

    def _end_of_kernel(self) -> Text | None:
        """Why the sandbox ended the kernel, if it did."""
        return getattr(self.km.provisioner, "ended_because", None)

    def _failed(self, cell: NotebookNode, reason: Text) -> None:
        self.log.error("%s", reason)
        fail(cell, reason)


def _mend_outputs(cell: NotebookNode) -> None:
    """Make a cell's outputs such as a file can hold."""
    cell.outputs = [_cleaned(output) for output in cell.outputs]
    try:
        nbformat.validate(cell, ref="code_cell", version=4, version_minor=5)
    except nbformat.ValidationError:
        cell.outputs, cell.execution_count = [], None
        fail(
            cell,
            Text(
                "这个单元格的输出不合格式，已去掉。",
                "The outputs of this cell were malformed, and are left out.",
            ),
        )


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return type(value)({_cleaned(key): _cleaned(item) for key, item in value.items()})
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


class SettleTests(NbGraderPreprocessor):
    """Sees to it that each test has a result that nbgrader can make a score of: 0 where there is none."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Goes after the cells were run and before the scores are saved."""
        reason = reason_of(nb)
        for cell in nb.cells:
            if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
                continue
            if reason is not None:
                cell.outputs = []
                fail(cell, reason)
            elif cell.execution_count is None and not cell.outputs:
                fail(cell, NOT_RUN)
            else:
                self._settle(cell)
        return nb, resources

    def _settle(self, cell: NotebookNode) -> None:
        try:
            determine_grade(cell)
        except (ValueError, KeyError, TypeError) as error:
            self.log.error("No score in the result of %s: %s", cell.metadata.nbgrader.grade_id, error)
            fail(
                cell,
                Text(
                    "检查的结果不是分数，0 分。", "The result of the test is no score, so it gives 0 points."
                ),
            )
            cell.outputs = cell.outputs[-1:]
