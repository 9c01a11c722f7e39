"""What the data tells the user while it is prepared: notices, progress bars and the stand-in's banner."""

from __future__ import annotations

import html
import sys
from typing import TYPE_CHECKING, TextIO

from pytorch_learning.language import Text, current, say

if TYPE_CHECKING:
    from tqdm import tqdm

_HEADING = Text(
    zh="这不是真正的 Fashion-MNIST，而是替代数据",
    en="This is not the real Fashion-MNIST but a stand-in",
)
_ABOUT = Text(
    zh="图片由程序绘制，类别、格式和数量与真实数据相同，准确率也大致相当，但不会完全一样。",
    en="Its pictures are drawn by a program: the same classes, format and number, and accuracies much like "
    "the real ones, but not the same.",
)
_WAY_OUT = Text(
    zh="要用真实数据：请连接网络后再运行一次，或把环境变量 PYTORCH_LEARNING_DATA "
    "设为已有数据的文件夹或镜像网址。",
    en="For the real data, connect to the internet and run this again, or set the environment variable "
    "PYTORCH_LEARNING_DATA to a folder that has it or to the address of a mirror.",
)
_WAY_BACK = Text(
    zh="要用真实数据：请取消环境变量 PYTORCH_LEARNING_DATA（或选项 --stand-in），联网后再运行一次，"
    "或把该变量设为已有真实数据的文件夹或镜像网址。",
    en="For the real data, unset the environment variable PYTORCH_LEARNING_DATA (or leave out --stand-in) "
    "and run this again with internet, or set it to a folder that has the real data or to a mirror.",
)


def in_notebook() -> bool:
    """Whether this is a Jupyter kernel, where a message can be more than text."""
    # A kernel has imported IPython long before; a script must not wait for it.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return hasattr(shell, "kernel")


def notify(text: Text) -> None:
    """Tell the user something that is no result."""
    print(text, file=_stream(), flush=True)


def progress_bar(description: str, unit: str) -> tqdm:
    """A bar whose `total` its user sets."""
    # The plain one: tqdm.auto warns where ipywidgets is missing, and a widget is lost in a saved notebook.
    from tqdm import tqdm

    # disable=None draws nothing into a log file.
    disable = False if in_notebook() else None
    # total=1 because pooch asks for the bar's truth, which a bar without a total does not have.
    return tqdm(
        desc=description, total=1, unit=unit, unit_scale=True, ncols=79, file=_stream(), disable=disable
    )


def show_banner(reason: Text | None, *, asked_for: bool) -> None:
    """Say that the data is the stand-in, why, and how to get the real data.

    `asked_for` is whether PYTORCH_LEARNING_DATA or an option led to it.
    """
    lines = [str(_ABOUT), str(_WAY_BACK if asked_for else _WAY_OUT)]
    if reason:
        lines.insert(0, str(reason))
    if not in_notebook():
        print("\n  ".join([say(zh=f"注意：{_HEADING}。", en=f"Note: {_HEADING}."), *lines]), file=sys.stderr)
        return
    from IPython.display import display

    body = "<br>".join(html.escape(line) for line in lines)
    markup = (
        f'<div class="alert alert-block alert-warning" lang="{current()}" style="border-left: 4px solid; '
        f'padding: 8px 12px;"><strong>⚠ {html.escape(str(_HEADING))}</strong><br>{body}</div>'
    )
    display({"text/html": markup, "text/plain": "\n".join([f"⚠ {_HEADING}", *lines])}, raw=True)


def _stream() -> TextIO:
    # In a notebook stderr looks like an error, and nbgrader takes anything there for one.
    return sys.stdout if in_notebook() else sys.stderr
