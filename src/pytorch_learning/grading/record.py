"""Saving scores, so that none is left from an earlier run and none that a grader gave is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy.orm import scoped_session

from pytorch_learning.grading.exporter import EARLIER_ANSWERS
from pytorch_learning.grading.flags import flags_of
from pytorch_learning.grading.repair import reason_of
from pytorch_learning.language import Text

ON_EARLIER_ANSWER = Text("（对较早的答案）", "(on an earlier answer)")


class SaveGrades(SaveAutoGrades):
    """Sets every score of a submission.

    A grader's score and comment stay as long as the answer that they are about does.  When it has changed, the
    score goes, and the comment says that it is about an earlier answer.  Where no earlier answer is known, both
    stay, and the score is marked to be looked at, as nbgrader always does.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the notebook's scores."""
        given = resources["nbgrader"]
        self._unchanged = unchanged(nb, given.get(EARLIER_ANSWERS, {}))
        self.notebook_id, self.assignment_id = given["notebook"], given["assignment"]
        self.student_id, self.db_url = given["student"], given["db_url"]
        self.gradebook = Gradebook(self.db_url)
        with self.gradebook, _one_commit(self.gradebook.db):
            nb, resources = super(SaveAutoGrades, self).preprocess(nb, resources)
        if reason_of(nb) is not None:
            self._give_nothing()
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        grade = self._find(self.gradebook.find_grade, cell)
        before = (grade.auto_score, grade.needs_manual_grade)
        given = grade.manual_score is not None or grade.extra_credit is not None
        super()._add_score(cell, resources)
        same = self._unchanged.get(grade.name)
        if same is False and given:
            self.log.warning("%s: the answer has changed, the grader's score is removed", grade.name)
            grade.manual_score = None
            grade.extra_credit = None
            grade.needs_manual_grade = grade.auto_score is None
        elif same and given and grade.auto_score == before[0]:
            grade.needs_manual_grade = before[1]
        elif flags_of(cell):
            grade.needs_manual_grade = True
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_comment(cell, resources)
        if self._unchanged.get(cell.metadata.nbgrader.grade_id) is not False:
            return
        comment = self._find(self.gradebook.find_comment, cell)
        marks = (ON_EARLIER_ANSWER.zh, ON_EARLIER_ANSWER.en)
        if comment.manual_comment and not comment.manual_comment.startswith(marks):
            comment.manual_comment = f"{ON_EARLIER_ANSWER} {comment.manual_comment}"
            self.gradebook.db.commit()

    def _find(self, find: Any, cell: NotebookNode) -> Any:
        return find(cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)

    def _give_nothing(self) -> None:
        with Gradebook(self.db_url) as gradebook:
            notebook = gradebook.find_submission_notebook(
                self.notebook_id, self.assignment_id, self.student_id
            )
            for grade in notebook.grades:
                grade.auto_score = 0
                grade.manual_score = None
                grade.extra_credit = None
                grade.needs_manual_grade = False
            gradebook.db.commit()


@contextmanager
def _one_commit(session: scoped_session[Any]) -> Iterator[None]:
    """Keep all that is done in here for one commit at the end, as nbgrader would have one for each cell.

    A disk takes some milliseconds for each; and so a notebook has all its scores, or none.
    """
    commit = session.commit
    session.commit = session.flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        session.commit = commit  # type: ignore[method-assign]
    session.commit()


def unchanged(notebook: NotebookNode, earlier: Mapping[str, str]) -> dict[str, bool]:
    """For each graded or answer cell, by its grade id, whether the answers that it is about are as they were.

    A test is about the answers above it, up to the test before.  Cells whose earlier answers are not known are
    not in the result.
    """
    result: dict[str, bool] = {}
    since_last_test: dict[str, str] = {}
    for cell in notebook.cells:
        if not (is_grade(cell) or is_solution(cell) or is_task(cell)):
            continue
        grade_id = cell.metadata.nbgrader.grade_id
        answers = {grade_id: cell.source} if is_solution(cell) else since_last_test
        if answers and answers.keys() <= earlier.keys():
            result[grade_id] = all(earlier[name] == source for name, source in answers.items())
        if is_grade(cell):
            since_last_test = {}
        elif is_solution(cell):
            since_last_test = {**since_last_test, **answers}
    return result
