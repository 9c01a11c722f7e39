"""What a grader should look at: kept with the test that it is about, and shown with its outputs."""

from __future__ import annotations

from collections.abc import Iterable

from nbformat import NotebookNode
from nbformat.v4 import new_output

from pytorch_learning.language import Text
from pytorch_learning.markup import with_code
from pytorch_learning.outputs import OUTPUT_METADATA

METADATA = "pytorch_learning"
TITLE = Text("请老师人工查看这道题", "For a look by hand")


def flag(cell: NotebookNode, reasons: Iterable[Text]) -> None:
    """Mark a test's score as one to look at, and say why in its outputs."""
    given = list(dict.fromkeys(reasons))
    if not given:
        return
    known = cell.metadata.setdefault(METADATA, NotebookNode())
    known["flags"] = [{"zh": reason.zh, "en": reason.en} for reason in given]
    lines = [f"{reason.zh} {reason.en}" for reason in given]
    title = f"⚑ {TITLE.zh} · {TITLE.en}"
    items = "".join(f"<li>{with_code(line)}</li>" for line in lines)
    data = {"text/plain": "\n".join([title, *lines]), "text/html": f"<b>{title}</b><ul>{items}</ul>"}
    cell.outputs.append(new_output("display_data", data, metadata={OUTPUT_METADATA: "flags"}))


def flags_of(cell: NotebookNode) -> list[Text]:
    """Why a test's score is to be looked at; nothing if it need not be."""
    return [Text(**reason) for reason in cell.metadata.get(METADATA, {}).get("flags", [])]
