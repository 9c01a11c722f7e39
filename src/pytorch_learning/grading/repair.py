"""Repair before grading: a submission becomes the section's own notebook with the student's answers in it.

Whatever was handed in, the result has each of the worksheet's graded cells once, in the worksheet's order, with
the worksheet's type and metadata.  Tests are always the worksheet's.  Answers are found by grade id; where that is
lost, by cell id, by the name they define, or by their place, as long as only one cell can be meant.  A student's
own cells stay behind the cell that they stood behind.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader.utils import is_grade, is_solution

from pytorch_learning.grading.matching import Finding, Matching
from pytorch_learning.grading.reading import NotGradable, SubmittedCell, read
from pytorch_learning.grading.worksheet import IMPORT, Worksheet, WorksheetCell, normal
from pytorch_learning.language import Language, Text

OWN_METADATA = "pytorch_learning"
REASON = "not_graded"
LECTURE = "lecture"
NOTES_CELL = "about-this-submission"
ELSEWHERE = "# 答案不在这个单元格里 · The answer is not in this cell"
SET_ASIDE = "不计分的另一份答案 · Another copy of the answer, which does not count"


@dataclass
class Repaired:
    """A notebook that can be graded, and what was done to make it so."""

    notebook: NotebookNode
    notes: list[Text] = field(default_factory=list)
    reason: Text | None = None
    """Why there is nothing to grade, if so: the notebook is the blank worksheet then."""

    def add_notes(self, notes: Iterable[Text]) -> None:
        """Say something more at the top of the notebook."""
        self.notes.extend(notes)
        cells = self.notebook.cells
        if cells and cells[0].id == NOTES_CELL:
            del cells[0]
        if self.reason is not None:
            title = Text("没有可以批改的内容，0 分", "There is nothing to grade: 0 points")
            cells.insert(0, _notes_cell(title, [self.reason, *self.notes]))
        elif self.notes:
            cells.insert(0, _notes_cell(Text("批改前修复了", "Repaired before grading"), self.notes))


def repair(data: bytes, worksheets: Sequence[Worksheet], language: Language = "en") -> Repaired:
    """Repair a submission, which may be any bytes.

    `worksheets` are the section's in each language, `language` the one to take where the submission does not
    say.  Where nothing can be graded, the result has the reason.
    """
    try:
        submission = read(data)
        worksheet = _chosen(submission.cells, worksheets, language)
        matching = Matching(worksheet, submission.cells)
    except NotGradable as error:
        return nothing_to_grade(error.reason, worksheets, language)
    return _Rebuilding(worksheet, matching).repaired(submission.notes)


def nothing_to_grade(reason: Text, worksheets: Sequence[Worksheet], language: Language = "en") -> Repaired:
    """The blank worksheet with the reason on top of it."""
    worksheet = next(sheet for sheet in worksheets if sheet.language == language)
    cells = [copy.deepcopy(cell.node) for cell in worksheet.cells]
    repaired = Repaired(_notebook(cells, worksheet), reason=reason)
    repaired.notebook.metadata[OWN_METADATA] = {REASON: {"zh": reason.zh, "en": reason.en}}
    repaired.add_notes([])
    return repaired


def reason_of(notebook: NotebookNode) -> Text | None:
    """Why there is nothing to grade in a notebook that `repair` made, or None."""
    given = notebook.metadata.get(OWN_METADATA, {}).get(REASON)
    return Text(**given) if given else None


def is_lecture(cell: NotebookNode) -> bool:
    """Whether a cell of a notebook that `repair` made is code of the lecture, as it was handed out."""
    return bool(cell.metadata.get(OWN_METADATA, {}).get(LECTURE))


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is one that nbgrader takes points from, and that students have no part in."""
    return bool(cell.cell_type == "code" and is_grade(cell) and not is_solution(cell))


def _chosen(cells: Sequence[SubmittedCell], worksheets: Sequence[Worksheet], language: Language) -> Worksheet:
    """The worksheet in the language that most of the submission's lessons are in."""
    ids = {cell.cell_id for cell in cells}
    sources = {normal(cell.source) for cell in cells}

    def shared(worksheet: Worksheet) -> tuple[int, bool]:
        lessons = [cell for cell in worksheet.cells if cell.grade_id is None]
        same = sum(cell.cell_id in ids or not sources.isdisjoint(cell.released) for cell in lessons)
        return same, worksheet.language == language

    return max(worksheets, key=shared)


class _Rebuilding:
    """Puts the worksheet together again, with a submission's answers and own cells."""

    def __init__(self, worksheet: Worksheet, matching: Matching) -> None:
        self.worksheet = worksheet
        self.matching = matching
        self.findings = matching.findings
        self.notes: list[Text] = []

    def repaired(self, notes: Iterable[Text]) -> Repaired:
        """The notebook, with these notes and those on what was found."""
        own: dict[int, list[NotebookNode]] = defaultdict(list)
        behind = -1
        for index, submitted in enumerate(self.matching.cells):
            behind = self.matching.anchors.get(index, behind)
            if index not in self.matching.position:
                own[behind].append(_own(submitted))
        cells = own[-1]
        for position, cell in enumerate(self.worksheet.cells):
            cells.extend(self._cell(position, cell))
            cells.extend(own[position])
        if self.matching.is_out_of_order():
            self.notes.append(
                Text("单元格的顺序变了，已恢复。", "The cells were in another order: put back.")
            )
        result = Repaired(_notebook(cells, self.worksheet))
        result.add_notes(dict.fromkeys([*notes, *self.notes, *self.findings.notes()]))
        return result

    def _cell(self, position: int, cell: WorksheetCell) -> list[NotebookNode]:
        if cell.is_answer:
            return self._answer(position, cell)
        copies = [self.matching.cells[i] for i in self.matching.copies(position)]
        if cell.grade_id:
            self._look_at_test(cell, [submitted.source for submitted in copies])
            return [copy.deepcopy(cell.node)]
        if copies:
            own = _own(copies[0], cell.cell_id)
            if cell.is_lecture and own.cell_type == "code" and normal(own.source) in cell.released:
                own.metadata[OWN_METADATA] = {LECTURE: True}
            return [own]
        if cell.node.cell_type == "code" and IMPORT.search(cell.node.source):
            self.notes.append(
                Text("导入模块的单元格不见了，已放回。", "A cell with imports was missing: put back.")
            )
            return [copy.deepcopy(cell.node)]
        return []

    def _answer(self, position: int, cell: WorksheetCell) -> list[NotebookNode]:
        chosen, left = self.matching.answer(position)
        parts = [self.matching.cells[i] for i in chosen]
        others = [self.matching.cells[i] for i in left]
        shown = {normal(part.source) for part in parts}
        others = [
            submitted
            for submitted in others
            if not cell.is_blank(submitted.source) and normal(submitted.source) not in shown
        ]
        node = copy.deepcopy(cell.node)
        if parts:
            between = "\n" if node.cell_type == "code" else "\n\n"
            node.source = between.join(part.source for part in parts)
            attachments = {name: given for part in parts for name, given in part.attachments.items()}
            if attachments and node.cell_type == "markdown":
                node.attachments = attachments
        elif self.matching.defines_elsewhere(cell.names):
            # The placeholder would undo what the other cell defines.
            node.source = ELSEWHERE
        if not self.matching.copies(position):
            self.findings.add(Finding.MISSING_ANSWER, cell)
        if any(part.cell_type != node.cell_type for part in parts):
            self.findings.add(Finding.OTHER_TYPE, cell)
        if others:
            self.findings.add(Finding.COPIES, cell)
        if len(parts) > 1:
            self.findings.add(Finding.SPLIT, cell)
        return [node, *(_set_aside(submitted) for submitted in others)]

    def _look_at_test(self, cell: WorksheetCell, sources: Sequence[str]) -> None:
        if not sources:
            self.findings.add(Finding.MISSING_TEST, cell)
        if len(sources) > 1:
            self.findings.add(Finding.SEVERAL_TESTS, cell)
        if any(normal(source) not in cell.released for source in sources):
            self.findings.add(Finding.EDITED_TEST, cell)


def _own(submitted: SubmittedCell, cell_id: str | None = None) -> NotebookNode:
    """A student's own cell: its text, without tags or anything else that would change how it is run."""
    make = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}[submitted.cell_type]
    node = make(submitted.source)
    node.id = cell_id or ""
    if submitted.attachments and submitted.cell_type != "code":
        node.attachments = submitted.attachments
    return node


def _set_aside(submitted: SubmittedCell) -> NotebookNode:
    """A copy of an answer that does not count, to be seen but not run."""
    fence = "```"
    while fence in submitted.source:
        fence += "`"
    node = new_markdown_cell(f"{SET_ASIDE}:\n\n{fence}python\n{submitted.source}\n{fence}")
    node.id = ""
    return node


def _notebook(cells: Sequence[NotebookNode], worksheet: Worksheet) -> NotebookNode:
    taken = {cell.id for cell in cells}
    number = 0
    for cell in cells:
        while not cell.id:
            number += 1
            if f"own-{number}" not in taken:
                cell.id = f"own-{number}"
    return new_notebook(cells=cells, metadata=copy.deepcopy(worksheet.metadata))


def _notes_cell(title: Text, notes: Iterable[Text]) -> NotebookNode:
    cell = new_markdown_cell(f"**{title.zh} · {title.en}**\n" + "".join(_bullets(notes)))
    cell.id = NOTES_CELL
    return cell


def _bullets(notes: Iterable[Text]) -> Iterator[str]:
    for note in notes:
        yield f"\n- {note.zh}<br>{note.en}"
