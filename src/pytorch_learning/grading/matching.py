"""Which cells of a submission are which cells of the worksheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum

from pytorch_learning import syllabus
from pytorch_learning.grading.reading import NotGradable, SubmittedCell
from pytorch_learning.grading.worksheet import Worksheet, WorksheetCell, names, normal
from pytorch_learning.language import Text


class Finding(Enum):
    """What was found out about some cells, to be said once for all of them."""

    MOVED = ("答案在别的单元格里，已放回原处", "answers that stood in another cell: put where they belong")
    BY_NAME = (
        "答案单元格丢了编号，按定义的名字认出",
        "answers that had lost their id: known by what they define",
    )
    BY_CELL_ID = ("单元格的编号变了，已认出", "cells whose id had changed: recognised")
    BY_PLACE = ("答案单元格丢了编号，按位置认出", "answers that had lost their id: known by their place")
    AMBIGUOUS = (
        "几个单元格都可能是答案，没有猜，都留在原处",
        "several cells could be the answer: not guessed, all stay where they are",
    )
    MISSING_ANSWER = ("答案单元格不见了", "answer cells that were missing")
    OTHER_TYPE = ("单元格的类型变了，已改回", "cells that had another type: changed back")
    COPIES = (
        "有几份答案：只算检查单元格上方的最后一份，别的只给人看",
        "several copies of the answer: the last one above the test counts, the others are only shown",
    )
    SPLIT = ("答案分在几个单元格里，已合在一起", "answers that were split into several cells: joined")
    MISSING_TEST = ("检查单元格不见了，已放回", "test cells that were missing: put back")
    EDITED_TEST = (
        "检查单元格被改过，按原来的批改",
        "test cells that had been edited: graded with the original",
    )
    SEVERAL_TESTS = ("检查单元格有几份，只算一份", "test cells that were there several times: graded once")

    def about(self, grade_ids: Sequence[str]) -> Text:
        """The sentence about these cells."""
        zh, en = self.value
        listed = [f"`{grade_id}`" for grade_id in grade_ids]
        return Text(f"{zh}：{'、'.join(listed)}。", f"{en[0].upper()}{en[1:]}: {', '.join(listed)}.")


class Findings:
    """Findings with the grade ids that they are about."""

    def __init__(self) -> None:
        self._ids: dict[Finding, list[str]] = {}

    def add(self, finding: Finding, cell: WorksheetCell) -> None:
        """Note something about a cell of the worksheet that has a grade id."""
        assert cell.grade_id is not None
        self._ids.setdefault(finding, []).append(cell.grade_id)

    def notes(self) -> list[Text]:
        """One sentence for each finding."""
        return [finding.about(self._ids[finding]) for finding in Finding if finding in self._ids]


class Matching:
    """Finds the worksheet's cells in a submission, the sure signs first.

    Raises NotGradable if the submission is no worksheet of this section.
    """

    def __init__(self, worksheet: Worksheet, cells: Sequence[SubmittedCell]) -> None:
        self.worksheet = worksheet
        self.cells = cells
        self.findings = Findings()
        self.position: dict[int, int] = {}
        """Where in the worksheet a cell of the submission belongs; without a student's own cells."""
        self.anchors: dict[int, int] = {}
        """The same, without cells that were found somewhere else: what follows an anchor stays behind it."""
        self._copies: dict[int, list[int]] = {}
        self._by_grade_id()
        if not self.position:
            self._refuse_if_of_another_section()
        self._by_cell_id()
        self._by_source()
        self.anchors.update(self.position)
        self._answers_by_name()
        self._answers_by_place()
        if not any(self.copies(i) for i, cell in enumerate(worksheet.cells) if cell.grade_id):
            raise _another_section(None)

    def copies(self, position: int) -> list[int]:
        """The cells of the submission, in order, that are this cell of the worksheet."""
        return self._copies.get(position, [])

    def own(self) -> Iterator[int]:
        """The student's own cells."""
        return (index for index in range(len(self.cells)) if index not in self.position)

    def answer(self, position: int) -> tuple[list[int], list[int]]:
        """The cells that make up an answer, and its other copies, which do not count.

        Of several copies the last one counts that is above the test, as when all cells are run from the top;
        cells that an answer was split into are all part of it.
        """
        cell = self.worksheet.cells[position]
        chosen = self._parts(cell, self._filled(position), self._test_of(position))
        return chosen, [i for i in self.copies(position) if i not in chosen]

    def is_out_of_order(self) -> bool:
        """Whether graded cells stand in another order than in the worksheet."""
        graded = [
            position
            for _, position in sorted(self.anchors.items())
            if self.worksheet.cells[position].grade_id and len(self.copies(position)) == 1
        ]
        return graded != sorted(graded)

    def defines_elsewhere(self, wanted: frozenset[str]) -> bool:
        """Whether any cell that will be run, other than as released, defines one of these names."""
        for index, submitted in enumerate(self.cells):
            position = self.position.get(index)
            cell = None if position is None else self.worksheet.cells[position]
            runs = cell is None or (not cell.is_test and not cell.is_blank(submitted.source))
            if runs and submitted.cell_type == "code" and wanted & names(submitted.source):
                return True
        return False

    def _parts(self, cell: WorksheetCell, filled: list[int], test: int | None) -> list[int]:
        if len(filled) < 2:
            return filled
        in_time = [i for i in filled if test is None or i < test] or filled
        last = {name: i for i in in_time for name in cell.names & names(self.cells[i].source)}
        # What defines none of the names is no other answer, but was split off; so is prose, which has no names.
        parts = [i for i in in_time if not cell.names & names(self.cells[i].source)]
        sources = [self.cells[i].source for i in parts]
        distinct = [i for n, i in enumerate(parts) if sources[n] not in sources[:n]]
        return sorted({*last.values(), *distinct})

    def _test_of(self, position: int) -> int | None:
        for later in range(position, len(self.worksheet.cells)):
            if self.worksheet.cells[later].is_grade:
                found = self.copies(later) if later != position else []
                return found[0] if found else None
        return None

    def _filled(self, position: int) -> list[int]:
        cell = self.worksheet.cells[position]
        return [i for i in self.copies(position) if not cell.is_blank(self.cells[i].source)]

    def _blank_answers(self) -> list[tuple[int, WorksheetCell]]:
        answers = [(i, cell) for i, cell in enumerate(self.worksheet.cells) if cell.is_answer]
        return [(i, cell) for i, cell in answers if not self._filled(i)]

    def _claim(self, index: int, position: int) -> None:
        self.position[index] = position
        self._copies[position] = sorted([*self.copies(position), index])

    def _by_grade_id(self) -> None:
        where = {cell.grade_id: i for i, cell in enumerate(self.worksheet.cells) if cell.grade_id}
        for index, cell in enumerate(self.cells):
            if cell.grade_id in where:
                self._claim(index, where[cell.grade_id])

    def _by_cell_id(self) -> None:
        where = {cell.cell_id: i for i, cell in enumerate(self.worksheet.cells) if cell.cell_id}
        found: dict[int, list[int]] = defaultdict(list)
        for index in self.own():
            cell_id = self.cells[index].cell_id
            if cell_id in where:
                found[where[cell_id]].append(index)
        for position, indices in found.items():
            # Two cells with the same id are no sign of anything, and a grade id is a better one.
            if len(indices) == 1 and not self.copies(position):
                self._claim(indices[0], position)
                if self.worksheet.cells[position].grade_id:
                    self.findings.add(Finding.BY_CELL_ID, self.worksheet.cells[position])

    def _by_source(self) -> None:
        """Lessons and tests that stand there as released.  A blank answer says nothing of itself."""
        where: dict[str, list[int]] = defaultdict(list)
        for position, cell in enumerate(self.worksheet.cells):
            if not cell.is_answer and not self.copies(position):
                for source in cell.released:
                    where[source].append(position)
        for index in list(self.own()):
            free = (p for p in where.get(normal(self.cells[index].source), ()) if not self.copies(p))
            first = next(free, None)
            if first is not None:
                self._claim(index, first)

    def _answers_by_name(self) -> None:
        """An answer that is blank, or lost, stands in the only other cell that defines what it must."""
        defining: dict[str, set[int]] = defaultdict(set)
        for index, submitted in enumerate(self.cells):
            position = self.position.get(index)
            cell = None if position is None else self.worksheet.cells[position]
            # Also in a test cell, where some students write; but not in another answer, or a lesson.
            if cell is None or (cell.is_test and not cell.is_blank(submitted.source)):
                for name in names(submitted.source):
                    defining[name].add(index)
        answers_in: dict[int, list[int]] = defaultdict(list)
        for position, cell in self._blank_answers():
            candidates = set.intersection(*(defining[name] for name in cell.names)) if cell.names else set()
            if len(candidates) == 1:
                answers_in[candidates.pop()].append(position)
            elif candidates:
                self.findings.add(Finding.AMBIGUOUS, cell)
        for index, positions in answers_in.items():
            # With several answers in one cell, the others find it there: it is above them.
            position = positions[0]
            was_there = bool(self.copies(position)) or index in self.position
            self.findings.add(Finding.MOVED if was_there else Finding.BY_NAME, self.worksheet.cells[position])
            self._copies[position] = [index]
            self.position[index] = position
            self._anchor(index, position)

    def _answers_by_place(self) -> None:
        """A lost answer without a name, such as prose, is the only new cell between its neighbours."""
        for position, cell in self._blank_answers():
            if cell.names or self.copies(position):
                continue
            after = max((i for i, p in self.anchors.items() if p < position), default=-1)
            before = min((i for i, p in self.anchors.items() if p > position), default=len(self.cells))
            between = [
                i for i in self.own() if after < i < before and self.cells[i].cell_type == cell.node.cell_type
            ]
            if len(between) == 1:
                self._claim(between[0], position)
                self._anchor(between[0], position)
                self.findings.add(Finding.BY_PLACE, cell)
            elif between:
                self.findings.add(Finding.AMBIGUOUS, cell)

    def _anchor(self, index: int, position: int) -> None:
        """Make it an anchor if it is where it belongs."""
        before = max((p for i, p in self.anchors.items() if i < index), default=-1)
        after = min((p for i, p in self.anchors.items() if i > index), default=len(self.worksheet.cells))
        if before < position < after:
            self.anchors[index] = position

    def _refuse_if_of_another_section(self) -> None:
        answers = {cell.grade_id.removesuffix("-test") for cell in self.cells if cell.grade_id}
        shared = {
            section.id: len(answers & {exercise.id for exercise in section.exercises})
            for section in syllabus.sections()
        }
        best = max(shared, key=lambda name: shared[name], default=None)
        if best is not None and shared[best]:
            raise _another_section(best)


def _another_section(name: str | None) -> NotGradable:
    what = (
        Text(f"这是 {name} 的作业", f"this is the worksheet of {name}")
        if name
        else Text("里面没有这一节的练习", "it has none of the section's exercises")
    )
    return NotGradable(
        Text(
            f"交错了笔记本：{what.zh}。请提交这一节的作业。",
            f"This is not the section's worksheet: {what.en}. Hand in the one of this section.",
        )
    )
