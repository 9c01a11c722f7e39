"""A test that trains against the clock takes longer than others: its header in the source says how long.

`pytorch_learning={"seconds": 900}` is wall time on the slowest machine that is to finish it.  What any cell
gets (nbgrader's `Execute.timeout`) and the whole notebook (`Sandbox.notebook_seconds`) is for all else.
"""

from __future__ import annotations

from nbformat import NotebookNode

METADATA = "pytorch_learning"
SECONDS = "seconds"


def own_seconds(cell: NotebookNode) -> float:
    """Seconds that the author gives a cell for itself; 0 for most."""
    return float(cell.metadata.get(METADATA, {}).get(SECONDS, 0))
