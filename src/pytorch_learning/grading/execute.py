"""Running a submission's cells, so that whatever they do leaves every test with a result."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import KernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import determine_grade
from traitlets import Bool
from traitlets.config import Config

from pytorch_learning.grading.flags import flag
from pytorch_learning.grading.repair import is_lecture, is_test, reason_of
from pytorch_learning.guard.look import UNREAD, look
from pytorch_learning.guard.report import FIELD, KEY, NONCE, OUTPUT, PICTURES, Report, Seal
from pytorch_learning.language import Text
from pytorch_learning.patience import own_seconds
from pytorch_learning.sandbox.settings import Sandbox

GUARDED = "--IPKernelApp.kernel_class=pytorch_learning.guard.kernel.GuardedKernel"
NO_REPORT = Text(
    "没有收到可信的检查结果，0 分。",
    "No result came that can be trusted, so this test gives 0 points.",
)
OWN_RESULT = Text(
    "检查运行时，代码自己发出了结果：没有算分。",
    "The code put out a result of its own while the test ran: it does not count.",
)
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

    Tests are run by a kernel that is on its guard: what it reports is their result, whatever else they put out.
    A kernel that can't be started is no student's fault and raises as ever.
    """

    extra_arguments: list[str]
    guard = Bool(True, help="Whether tests are kept from what a notebook has changed.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, km: KernelManager | None = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the notebook, unless there is nothing in it to grade."""
        self._ended = False
        self._left = Sandbox(parent=self).output_bytes
        if reason_of(nb) is not None:
            return nb, resources or {}
        self._seal: Seal | None = None
        self._nonce = ""
        self._reports: dict[int, Report] = {}
        self.timeout_func = self._seconds_for
        nb, resources = super().preprocess(nb, resources, km)
        # Only now is it known which of the cells that can't be read have run.
        findings = self._look(nb, resources) if self.guard else {}
        # Not cell by cell: code can change what a cell above it has put out.
        for index, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            settled: list[Text] = []
            if self.guard and is_test(cell):
                settled = _settled(cell, self._reports.get(index))
            cell.outputs = [_cleaned(output) for output in cell.outputs]
            flag(cell, [*settled, *findings.get(index, [])])
        try:
            nbformat.validate(nb)
        except nbformat.ValidationError:
            # Ten times as slow, but then it is known where.
            for cell in nb.cells:
                _drop_malformed_outputs(cell)
        return nb, resources

    def _look(self, nb: NotebookNode, resources: dict[str, Any]) -> dict[int, list[Text]]:
        """What the sources show.  Where they can't be looked at, a grader has to."""
        folder = resources.get("metadata", {}).get("path")
        try:
            return look(nb, Path(folder) if folder else None)
        except Exception:
            self.log.exception("The look at the sources failed")
            return {index: [UNREAD] for index, cell in enumerate(nb.cells) if is_test(cell)}

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell, if the program is still there."""
        if self._ended or cell.cell_type != "code":
            return cell, resources
        try:
            if self.guard:
                self._address(cell)
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

    def create_kernel_manager(self) -> KernelManager:
        """One that knows how long this notebook may take."""
        manager = super().create_kernel_manager()
        if own := sum(map(own_seconds, self.nb.cells)):
            seconds = Sandbox(parent=self).notebook_seconds + own
            manager.update_config(Config({"Sandbox": {"notebook_seconds": seconds}}))
        return manager

    def _seconds_for(self, cell: NotebookNode) -> float:
        return max(self.timeout, own_seconds(cell)) if self.timeout else 0

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel that the guard is in."""
        if self.guard and GUARDED not in self.extra_arguments:
            self.extra_arguments = [*self.extra_arguments, GUARDED]
        super().start_new_kernel(**kwargs)

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Take in what the guard reports of a test."""
        super().on_cell_executed(**kwargs)
        if self._nonce and self._seal is not None:
            report = self._seal.open(kwargs["execute_reply"]["content"], self._nonce, kwargs["cell"].source)
            if report is not None:
                self._reports[kwargs["cell_index"]] = report

    def _address(self, cell: NotebookNode) -> None:
        """Put into the request that follows what the guard needs for it."""
        assert self.kc is not None
        if self._seal is None:
            key = secrets.token_hex(32)
            self._seal = Seal(key)
            # In a request of its own, which is over when a student's code runs.
            self.kc.session.metadata = {FIELD: {KEY: key, OUTPUT: self._left}}
            self.wait_for_reply(self.kc.execute("", silent=True))
        self._nonce = secrets.token_hex(16) if is_test(cell) else ""
        order: dict[str, Any] = {NONCE: self._nonce} if self._nonce else {}
        if is_lecture(cell):
            # They are the same for everybody, and drawing them takes longer than all else in some sections.
            order[PICTURES] = False
        self.kc.session.metadata = {FIELD: order} if order else {}

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take in a message of the kernel, unless it is more output than a submission may have."""
        if msg["msg_type"] in _OUTPUTS:
            before = self._left
            self._left -= _characters(msg["content"])
            if self._left < 0:
                if before >= 0:
                    # What is on stderr is left out of feedback.
                    cell.outputs.append(
                        new_output("stream", name="stdout", text=f"{TOO_MUCH.zh} {TOO_MUCH.en}\n")
                    )
                return None
        return super().process_message(msg, cell, cell_index)

    async def _async_check_alive(self) -> None:
        if self.kc is None:
            # The cell that this is about has ended, and nbclient has forgotten to stop looking.
            raise asyncio.CancelledError
        await super()._async_check_alive()

    def _end_of_kernel(self) -> Text | None:
        """Why the sandbox ended the kernel, if it did."""
        return getattr(self.km.provisioner, "ended_because", None)

    def _failed(self, cell: NotebookNode, reason: Text) -> None:
        self.log.error("%s", reason)
        fail(cell, reason)


def _characters(value: Any) -> int:
    """How long the texts in a message are, together."""
    if isinstance(value, dict):
        return sum(map(_characters, value.values()))
    if isinstance(value, list):
        return sum(map(_characters, value))
    return len(str(value))


def _settled(cell: NotebookNode, report: Report | None) -> list[Text]:
    """Make a test's outputs what the guard reports.  Returns what a grader should look at."""
    if report is None:
        if cell.execution_count is None or any(output.output_type == "error" for output in cell.outputs):
            # It did not run to its end, and gives no points.
            return []
        fail(cell, NO_REPORT)
        return [NO_REPORT]
    findings = list(report.findings)
    # The guard itself puts out neither.
    if any(output.output_type == "execute_result" for output in cell.outputs):
        findings.append(OWN_RESULT)
    cell.outputs = [o for o in cell.outputs if o.output_type not in ("execute_result", "error")]
    if not report.passed:
        error = {"ename": report.ename, "evalue": report.evalue, "traceback": report.traceback}
        cell.outputs.append(new_output("error", **error))
    elif report.points is not None:
        data = {"text/plain": f"{report.points:g}"}
        cell.outputs.append(new_output("execute_result", data, execution_count=cell.execution_count))
    return findings


def _drop_malformed_outputs(cell: NotebookNode) -> None:
    """Leave out what a file of a notebook can't hold."""
    if cell.cell_type != "code":
        return
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
            if not is_test(cell):
                continue
            if reason is not None:
                cell.outputs = []
                fail(cell, reason)
            elif cell.execution_count is None and not any(o.output_type == "error" for o in cell.outputs):
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
