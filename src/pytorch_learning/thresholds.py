"""The accuracies that training exercises ask for.  `docs/thresholds.md` says where they come from."""

from __future__ import annotations

ONE_EPOCH = 0.75
"""Test accuracy after one epoch over all 60,000 pictures (exercise 5.5)."""

FIT = 0.65
"""Test accuracy after three epochs over 6,000 pictures (exercise 5.7b)."""
