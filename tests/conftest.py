"""Fixtures that several tests share."""

import pytest

from pytorch_learning import language

LONG = (
    *("test_class_cycle.py", "test_slow_answers.py", "test_bad_submissions.py", "test_grade.py"),
    *("guard/test_attacks.py", "test_answers.py", "test_warm_kernel.py", "test_dask.py", "test_plots.py"),
    *("test_postgres.py", "test_demo.py", "test_regrading.py", "test_setup.py", "test_execute.py"),
)
"""Modules that take minutes, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what takes long begin first, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: _place(item.path.as_posix()))


def _place(path: str) -> int:
    return next((place for place, name in enumerate(LONG) if path.endswith(f"/{name}")), len(LONG))


@pytest.fixture(params=language.LANGUAGES)
def course_language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each language of the course in turn, chosen as a notebook chooses it."""
    monkeypatch.setattr(language, "_chosen", request.param)
    return request.param


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """English messages."""
    monkeypatch.setattr(language, "_chosen", "en")
