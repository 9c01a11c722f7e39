"""The answers of the bank that train for long, and those that are right in part.

Apart from the others, and in classes, so that they can run side by side.  The source's own solutions to these
exercises are run by `test_class_cycle`.
"""

from tests import bank
from tests.test_answers import (
    every,
    gets_full_marks,
    gets_its_points,
    own_language,
)

__all__ = ["own_language"]


class TestRight:
    """Answers in other styles."""

    @every("right", slow=True)
    def test_right_answer_gets_full_marks(self, answer: bank.Answer, language_name: str) -> None:
        gets_full_marks(answer, language_name)


class TestPartial:
    """Answers that reach a lower step."""

    @every("partial")
    def test_answer_that_is_right_in_part_gets_its_points(
        self, answer: bank.Answer, language_name: str
    ) -> None:
        gets_its_points(answer, language_name)
