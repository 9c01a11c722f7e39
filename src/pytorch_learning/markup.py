"""Plain texts as HTML."""

from __future__ import annotations

import html
import re


def with_code(text: str) -> str:
    """A text as HTML, with what stands between `backticks` shown as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
