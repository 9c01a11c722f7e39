"""How outputs of the course's own are told from those of a student's code."""

from __future__ import annotations

OUTPUT_METADATA = "pytorch_learning"
"""A key in the metadata of an output that is part of a test's result."""
