"""What the grader and the guarded kernel tell each other, in the metadata of a request and in its reply."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
    """Signs reports, so that no other code in the kernel can make one."""

    __slots__ = ("_sign",)

    def __init__(self, key: str) -> None:
        def sign(nonce: str, text: str) -> str:
            return hmac.new(key.encode(), f"{nonce} {text}".encode(), hashlib.sha256).hexdigest()

        self._sign = sign

    def close(self, report: Report, nonce: str) -> dict[str, str]:
        """The report as a reply carries it.  A nonce is used for one test only."""
        text = json.dumps(asdict(report))
        return {"report": text, "signature": self._sign(nonce, text)}

    def open(self, content: Mapping[str, Any], nonce: str) -> Report | None:
        """The report in a reply's content; None if there is none, or one that the guard didn't make."""
        try:
            sealed = content[FIELD]
            text, signature = str(sealed["report"]), str(sealed["signature"])
            if not hmac.compare_digest(self._sign(nonce, text).encode(), signature.encode()):
                return None
        except (KeyError, TypeError):
            return None
        given = json.loads(text)
        return Report(**{**given, "findings": [Text(**finding) for finding in given["findings"]]})
