"""The thresholds of training exercises, against the page that says where they come from."""

import re

import pytest

from pytorch_learning import thresholds
from tests.bank import ROOT

ROW = re.compile(
    r"\| `(?P<name>\w+)` \| (?P<exercise>\S+) \| (?P<asked>[\d.]+) % \| (?P<lowest>[\d.]+) % \| "
    r"(?P<limit>[\d.]+) % \|"
)
PAGE = (ROOT / "docs" / "thresholds.md").read_text(encoding="utf-8")
ROWS = {match["name"]: match for match in ROW.finditer(PAGE)}
CONSTANTS = {name: value for name, value in vars(thresholds).items() if name.isupper()}


def test_every_threshold_is_on_the_page() -> None:
    assert CONSTANTS
    assert set(ROWS) == set(CONSTANTS)


@pytest.mark.parametrize("name", CONSTANTS)
def test_threshold_follows_from_what_was_measured(name: str) -> None:
    row = ROWS[name]
    assert float(row["asked"]) / 100 == pytest.approx(CONSTANTS[name])
    assert float(row["asked"]) <= min(float(row["limit"]), float(row["lowest"]))
