"""Reports get to the grader as they were, and count for the test that they are on."""

from __future__ import annotations

from pytorch_learning.guard.report import FIELD, Report, Seal
from pytorch_learning.language import Text

FAILED = Report(
    False, None, "Error", "a.b \ud800\n中", ["one", "", "three"], [Text("中", "en"), Text("", "")]
)


def test_what_is_sealed_is_what_is_read() -> None:
    seal = Seal("key")
    for report in (Report(True), Report(True, 2.5), FAILED):
        sealed = {FIELD: seal.close(report, "nonce", "x = 1")}
        assert Seal("key").open(sealed, "nonce", "x = 1") == report


def test_a_report_counts_for_its_own_test_only() -> None:
    sealed = {FIELD: Seal("key").close(Report(True), "nonce", "x = 1")}
    assert Seal("key").open(sealed, "nonce", "x = 2") is None
    assert Seal("key").open(sealed, "another", "x = 1") is None
    assert Seal("another").open(sealed, "nonce", "x = 1") is None
    assert Seal("key").open({}, "nonce", "x = 1") is None
