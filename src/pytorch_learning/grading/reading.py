"""Reading what a student handed in: any bytes, of which as much as possible becomes cells."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pytorch_learning.language import Text

CELL_TYPES = ("code", "markdown", "raw")
# How files begin that students hand in by mistake.
KINDS: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG", Text("一张图片", "a picture")),
    (b"\xff\xd8\xff", Text("一张图片", "a picture")),
    (b"GIF8", Text("一张图片", "a picture")),
    (b"%PDF", Text("一个 PDF 文件", "a PDF file")),
    (b"PK\x03\x04", Text("一个压缩包", "an archive")),
    (b"\x1f\x8b", Text("一个压缩包", "an archive")),
    (b"Rar!", Text("一个压缩包", "an archive")),
    (b"<!DOCTYPE", Text("一个网页", "a web page")),
    (b"<html", Text("一个网页", "a web page")),
)
REPLACEMENT = "\ufffd"


class NotGradable(Exception):
    """There is nothing to grade.  `reason` says why, as a sentence for the student and the instructor."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass
class SubmittedCell:
    """What counts of a cell: no outputs, no tags, no settings."""

    cell_type: str
    source: str
    grade_id: str | None = None
    cell_id: str | None = None
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Submission:
    """The cells of a notebook, and what had to be mended to read them."""

    cells: list[SubmittedCell]
    notes: list[Text] = field(default_factory=list)


def read(data: bytes) -> Submission:
    """The cells of a notebook of any format.  Raises NotGradable for what is no notebook."""
    notes: list[Text] = []
    notebook = _parse(_decode(data, notes))
    cells = _cells_of(notebook, notes)
    found: list[SubmittedCell] = []
    damaged = 0
    for cell in cells:
        if isinstance(cell, dict):
            damaged += not _has_source(cell)
            found.append(_cell(cell))
        else:
            damaged += 1
    if damaged:
        notes.append(
            Text(f"{damaged} 个单元格已损坏，读不出内容。", f"{damaged} damaged cells could not be read.")
        )
    if any(REPLACEMENT in cell.source for cell in found) and not any("U+FFFD" in note.en for note in notes):
        notes.append(_replaced())
    return Submission(found, notes)


def clean(text: str) -> str:
    """The text with lone surrogates replaced, which no file can hold, and with `\\n` at the ends of lines."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, notes: list[Text]) -> str:
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotGradable(
            Text(
                "交上来的文件是空的：请重新提交。", "The file that was handed in is empty: hand it in again."
            )
        )
    for beginning, kind in KINDS:
        if data.lstrip()[: len(beginning)].lower() == beginning.lower():
            raise NotGradable(
                Text(
                    f"交上来的不是笔记本，而是{kind.zh}：请提交 .ipynb 文件本身。",
                    f"What was handed in is {kind.en}, not a notebook: hand in the .ipynb file itself.",
                )
            )
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        notes.append(
            Text("文件是 UTF-16 或 UTF-32 编码的，已转换。", "The file was UTF-16 or UTF-32: converted.")
        )
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        pass
    if encoding.startswith("utf-8"):
        try:
            # What an editor on a Chinese Windows makes of a file.
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            notes.append(
                Text("文件是 GBK 编码的，已转换为 UTF-8。", "The file was encoded as GBK: converted.")
            )
            return text
    notes.append(_replaced())
    return data.decode(encoding, "replace")


def _replaced() -> Text:
    return Text(
        "文件里有不是文字的字节，已换成 U+FFFD（\ufffd）。",
        "The file had characters that are none: replaced by U+FFFD (\ufffd).",
    )


def _parse(text: str) -> dict[str, Any]:
    try:
        # Raw tabs and line breaks inside of strings do no harm.
        notebook = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise NotGradable(
            Text(
                f"交上来的文件已损坏，不是笔记本（第 {error.lineno} 行不是 JSON）：请在 JupyterLab 里打开检查，再重新提交。",
                f"The file is damaged: not a notebook, not JSON at line {error.lineno}. "
                "See whether it opens in JupyterLab, and hand it in again.",
            )
        ) from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise NotGradable(
            Text(
                "交上来的文件读不了（嵌套太深，或者数太长）：请在 JupyterLab 里重新保存，再提交。",
                "The file can't be read (nested too deeply, or a number too long): "
                "save it anew in JupyterLab, and hand it in again.",
            )
        ) from error
    if not isinstance(notebook, dict):
        raise _no_cells()
    return notebook


def _no_cells() -> NotGradable:
    return NotGradable(
        Text(
            "交上来的文件里没有单元格，不是笔记本：请提交 .ipynb 文件本身。",
            "The file has no cells, so it is not a notebook: hand in the .ipynb file itself.",
        )
    )


def _cells_of(notebook: dict[str, Any], notes: list[Text]) -> list[Any]:
    cells = notebook.get("cells")
    if isinstance(cells, list) and cells:
        return cells
    # Before format 4 a notebook had worksheets, of which each had cells.
    worksheets = notebook.get("worksheets")
    if isinstance(worksheets, list):
        old = [sheet["cells"] for sheet in worksheets if isinstance(sheet, dict) and "cells" in sheet]
        cells = [cell for sheet in old if isinstance(sheet, list) for cell in sheet]
        if cells:
            notes.append(Text("笔记本是旧格式的，已转换。", "The notebook was in an old format: converted."))
            return cells
    raise _no_cells()


def _has_source(cell: dict[str, Any]) -> bool:
    return isinstance(_raw_source(cell), str | list)


def _raw_source(cell: dict[str, Any]) -> Any:
    # "input" in format 3 and 2, "code" and "text" in format 1.
    return next((cell[key] for key in ("source", "input", "code", "text") if key in cell), None)


def _cell(cell: dict[str, Any]) -> SubmittedCell:
    raw = _raw_source(cell)
    source = "".join(line for line in raw if isinstance(line, str)) if isinstance(raw, list) else raw
    source = clean(source) if isinstance(source, str) else ""
    cell_type = cell.get("cell_type")
    if cell_type == "heading":
        level = cell.get("level")
        source = f"{'#' * (level if isinstance(level, int) and 1 <= level <= 6 else 1)} {source}"
    metadata = cell.get("metadata")
    known = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = known.get("grade_id") if isinstance(known, dict) else None
    return SubmittedCell(
        cell_type=cell_type if cell_type in CELL_TYPES else "markdown",
        source=source,
        grade_id=grade_id if isinstance(grade_id, str) else None,
        cell_id=cell["id"] if isinstance(cell.get("id"), str) else None,
        attachments=_attachments(cell.get("attachments")),
    )


def _attachments(found: Any) -> dict[str, dict[str, str]]:
    if not isinstance(found, dict):
        return {}
    return {
        clean(name): {clean(kind): clean(value) for kind, value in bundle.items()}
        for name, bundle in found.items()
        if isinstance(bundle, dict) and all(isinstance(value, str) for value in bundle.values())
    }
