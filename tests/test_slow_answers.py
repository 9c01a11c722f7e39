"""The answers of the bank that train for long: apart, so that they can run beside the others."""

import pytest

from tests import bank
from tests.test_answers import (
    SLOW,
    every,
    gets_full_marks,
    gets_its_points,
    own_language,
    solution_gets_full_marks,
)

__all__ = ["own_language"]


@every("right", slow=True)
def test_right_answer_gets_full_marks(answer: bank.Answer, language_name: str) -> None:
    gets_full_marks(answer, language_name)


@every("partial")
def test_answer_that_is_right_in_part_gets_its_points(answer: bank.Answer, language_name: str) -> None:
    gets_its_points(answer, language_name)


@pytest.mark.parametrize(("section", "exercise"), SLOW)
def test_solution_of_the_source_gets_full_marks(section: str, exercise: str) -> None:
    solution_gets_full_marks(section, exercise)
