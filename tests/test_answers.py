"""Every answer of the bank against the real test cells, in both languages."""

from collections import Counter

import pytest

from pytorch_learning import language, syllabus
from tests import bank

EXERCISES = [(s.id, e.id) for s in syllabus.sections() for e in s.exercises]
ANSWERS = bank.all_answers()


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


@pytest.mark.parametrize("language_name", language.LANGUAGES)
@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.kind == "right"], ids=lambda a: a.id)
def test_right_answer_passes(answer: bank.Answer, language_name: str) -> None:
    assert bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name) is None


@pytest.mark.parametrize("language_name", language.LANGUAGES)
@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.kind == "wrong"], ids=lambda a: a.id)
def test_wrong_answer_fails_and_is_told_why(answer: bank.Answer, language_name: str) -> None:
    message = bank.run_test_cell(answer.section, answer.exercise, answer.code, language_name)
    assert message is not None, "full marks for a wrong answer"
    assert getattr(answer, language_name) in message


@pytest.mark.parametrize(("section", "exercise"), EXERCISES)
def test_solution_of_the_source_passes(section: str, exercise: str) -> None:
    code = bank.source_cells(section)[exercise].source
    assert bank.run_test_cell(section, exercise, code, "en") is None
