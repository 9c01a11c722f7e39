"""What the grader and the guarded kernel tell each other, in the metadata of a request and in its reply."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytorch_learning.language import Text

FIELD = "pytorch_learning"
KEY = "key"
NONCE = "nonce"
OUTPUT = "output"
PICTURES = "pictures"


@dataclass
class Report:
    """How a test ended."""

    passed: bool
    points: float | None = None
    """The value of the expression that the test ends with, if it is a number."""
    ename: str = ""
    evalue: str = ""
    traceback: list[str] = field(default_factory=list)
    """Of the error, without the test's source."""
    findings: list[Text] = field(default_factory=list)
    """What a grader should look at."""


class Seal:
    """Signs reports, so that no other code in the kernel can make one.

    What a report is written with are methods of built-in types, which nothing can replace.
    """

    __slots__ = ("_sign",)

    def __init__(self, key: str) -> None:
        sha256, digest = hashlib.sha256, hmac.digest

        def sign(nonce: str, source: str, text: str) -> str:
            tested = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
            return digest(key.encode(), f"{nonce} {tested} {text}".encode(), "sha256").hex()

        self._sign = sign

    def close(self, report: Report, nonce: str, source: str) -> dict[str, str]:
        """The report on a test as a reply carries it.  A nonce is used for one test only."""
        parts = [
            "passed" if report.passed is True else "failed",
            "" if report.points is None else float.__repr__(report.points),
            *(report.ename, report.evalue, int.__repr__(len(report.traceback)), *report.traceback),
            *(text for finding in report.findings for text in (finding.zh, finding.en)),
        ]
        text = ".".join([bytes.hex(str.encode(part, "utf-8", "surrogatepass")) for part in parts])
        return {"report": text, "signature": self._sign(nonce, source, text)}

    def open(self, content: Mapping[str, Any], nonce: str, source: str) -> Report | None:
        """The report in a reply's content; None if there is none, or one that the guard didn't make.

        Nor does one on another test count.
        """
        try:
            sealed = content[FIELD]
            text, signature = str(sealed["report"]), str(sealed["signature"])
            if not hmac.compare_digest(self._sign(nonce, source, text).encode(), signature.encode()):
                return None
        except (KeyError, TypeError):
            return None
        parts = [bytes.fromhex(part).decode("utf-8", "surrogatepass") for part in text.split(".")]
        passed, points, ename, evalue, lines, *rest = parts
        texts = rest[int(lines) :]
        return Report(
            passed == "passed",
            float(points) if points else None,
            ename,
            evalue,
            rest[: int(lines)],
            [Text(zh, en) for zh, en in zip(texts[::2], texts[1::2], strict=True)],
        )
