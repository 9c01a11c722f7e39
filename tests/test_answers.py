"""Every answer of the bank against the real test cells, in both languages.

Those that train for long, and those that are right in part, are in `test_slow_answers`.
"""

from collections import Counter

import pytest

from pytorch_learning import language, syllabus
from tests import bank

EXERCISES = [(s.id, e.id) for s in syllabus.sections() for e in s.exercises if not e.by_hand]
ANSWERS = bank.all_answers()
SLOW = sorted({(answer.section, answer.exercise) for answer in ANSWERS if answer.slow})
"""Exercises whose answers train for long."""


def every(kind: str, *, slow: bool | None = None) -> pytest.MarkDecorator:
    """Run a test with every answer of this kind, in each language; slow ones in the first only."""
    languages = {True: language.LANGUAGES[:1], False: language.LANGUAGES}
    wanted = [answer for answer in ANSWERS if answer.kind == kind and slow in (None, answer.slow)]
    pairs = [(answer, name) for answer in wanted for name in languages[answer.slow]]
    return pytest.mark.parametrize(
        ("answer", "language_name"), pairs, ids=[f"{answer.id}-{name}" for answer, name in pairs]
    )


@pytest.fixture(autouse=True)
def own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test cell chooses its language."""
    monkeypatch.setattr(language, "_chosen", None)


def gets_full_marks(answer: bank.Answer, language_name: str) -> None:
    """A right answer."""
    outcome = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert outcome == bank.Outcome(None, syllabus.exercise(answer.exercise).points)


def gets_its_points(answer: bank.Answer, language_name: str) -> None:
    """One that is right in part."""
    assert 0 < answer.points < syllabus.exercise(answer.exercise).points
    outcome = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert outcome == bank.Outcome(None, answer.points)


def is_told_why(answer: bank.Answer, language_name: str) -> None:
    """A wrong one."""
    outcome = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert outcome.message is not None, f"{outcome.points} points for a wrong answer"
    assert getattr(answer, language_name) in outcome.message


def solution_gets_full_marks(section: str, exercise: str) -> None:
    """The one of the source."""
    code = bank.source_cells(section)[exercise].source
    outcome = bank.run_test_cell(section, exercise, code, "en")
    assert outcome == bank.Outcome(None, syllabus.exercise(exercise).points)


@pytest.mark.parametrize(("section", "exercise"), EXERCISES)
def test_bank_has_enough_answers(section: str, exercise: str) -> None:
    answers = bank.answers(section, exercise)
    kinds = Counter(answer.kind for answer in answers)
    assert set(kinds) <= set(bank.KINDS)
    assert kinds["right"] >= 3
    assert kinds["wrong"] >= 5
    assert len({answer.name for answer in answers}) == len(answers)
    assert len({answer.code for answer in answers}) == len(answers)
    assert all(answer.zh and answer.en for answer in answers if answer.kind == "wrong")


@every("right", slow=False)
def test_right_answer_gets_full_marks(answer: bank.Answer, language_name: str) -> None:
    gets_full_marks(answer, language_name)


@every("wrong")
def test_wrong_answer_fails_and_is_told_why(answer: bank.Answer, language_name: str) -> None:
    is_told_why(answer, language_name)


@pytest.mark.parametrize(("section", "exercise"), [pair for pair in EXERCISES if pair not in SLOW])
def test_solution_of_the_source_gets_full_marks(section: str, exercise: str) -> None:
    solution_gets_full_marks(section, exercise)
