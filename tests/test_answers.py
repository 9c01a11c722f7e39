"""Every answer of the bank against the real test cells, in both languages."""

from collections import Counter

import pytest

from pytorch_learning import language, syllabus
from tests import bank

EXERCISES = [(s.id, e.id) for s in syllabus.sections() for e in s.exercises if not e.by_hand]
ANSWERS = bank.all_answers()


def every(kind: str) -> pytest.MarkDecorator:
    """Run a test with every answer of this kind, in each language; slow ones in the first only."""
    languages = {True: language.LANGUAGES[:1], False: language.LANGUAGES}
    pairs = [(answer, name) for answer in ANSWERS if answer.kind == kind for name in languages[answer.slow]]
    return pytest.mark.parametrize(
        ("answer", "language_name"), pairs, ids=[f"{answer.id}-{name}" for answer, name in pairs]
    )


@pytest.fixture(autouse=True)
def _own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_chosen", None)


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


@every("right")
def test_right_answer_gets_full_marks(answer: bank.Answer, language_name: str) -> None:
    outcome = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert outcome == bank.Outcome(None, syllabus.exercise(answer.exercise).points)


@every("partial")
def test_answer_that_is_right_in_part_gets_its_points(answer: bank.Answer, language_name: str) -> None:
    assert 0 < answer.points < syllabus.exercise(answer.exercise).points
    outcome = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert outcome == bank.Outcome(None, answer.points)


@every("wrong")
def test_wrong_answer_fails_and_is_told_why(answer: bank.Answer, language_name: str) -> None:
    outcome = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert outcome.message is not None, f"{outcome.points} points for a wrong answer"
    assert getattr(answer, language_name) in outcome.message


@pytest.mark.parametrize(("section", "exercise"), EXERCISES)
def test_solution_of_the_source_gets_full_marks(section: str, exercise: str) -> None:
    code = bank.source_cells(section)[exercise].source
    outcome = bank.run_test_cell(section, exercise, code, "en")
    assert outcome == bank.Outcome(None, syllabus.exercise(exercise).points)
