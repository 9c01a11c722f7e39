"""Fixtures that several tests share."""

import pytest

from pytorch_learning import language


@pytest.fixture(params=language.LANGUAGES)
def course_language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each language of the course in turn, chosen as a notebook chooses it."""
    monkeypatch.setattr(language, "_chosen", request.param)
    return request.param


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """English messages."""
    monkeypatch.setattr(language, "_chosen", "en")
