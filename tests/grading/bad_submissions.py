"""A class of ten good submissions and many hostile or broken ones: what each hands in, and what it gets.

`python -m tests.grading.bad_submissions` writes the table of docs/bad_submissions.md from it.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from pytorch_learning.grading.worksheet import worksheets
from tests.grading import section
from tests.grading.section import DOUBLE, ESSAY, NAME, POINTS, SQUARE, cell, filled_in, place
from tests.grading.tiny_class import ALL_POINTS as FULL
from tests.guard.test_attacks import ATTACKS

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "bad_submissions.md"
COURSE = """class "3b" 课's work"""
TOKEN = ("GRADER_TOKEN", "nobody-must-see-this")
SECRET = "nobody must read this"
NONE = dict.fromkeys(POINTS, 0.0)
NO_DOUBLE = {**FULL, "double-test": 0.0}
NO_SQUARE = {**FULL, "square-test": 0.0}
WRONG = "def double(x):\n    return x"
TEST = """
import torch
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    checks.returns(double, 1, expected=2)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        checks.returns(double, 21, expected=42)
        checks.equal(double(torch.tensor([3.0])), torch.tensor([6.0]))
        assert torch.equal(double(torch.tensor([7.0])), torch.tensor([14.0])), "not twice as much"
        torch.testing.assert_close(double(torch.ones(2)), torch.full((2,), 2.0))
    ### END HIDDEN TESTS
""".strip()


@dataclass(frozen=True)
class Submission:
    """What one student hands in, and what that deserves."""

    does: str
    """For the page, as a phrase."""
    submit: Callable[[Path], None]
    """Fills the submission's folder."""
    scores: dict[str, float] = field(default_factory=lambda: FULL)
    words: tuple[str, ...] = ()
    """What the feedback must say."""
    flagged: tuple[str, ...] = ()
    """The tests that a grader is asked to look at, which may have their points until then."""
    steals: bool = False
    """Whether the answer to `double` is right only where what it tries works."""


def source() -> NotebookNode:
    """What the author wrote: a test with all kinds of comparison for `double`, an `assert` for `square`."""
    notebook = section.source()
    cell(notebook, "double-test").source = TEST
    return notebook


SHEETS = {sheet.language: sheet for sheet in worksheets(source())}


def worksheet(language: str = "en", **answers: str) -> NotebookNode:
    """As it was handed out, with right answers to all but these."""
    return filled_in(SHEETS[language], **{"double": DOUBLE, "square": SQUARE, **answers})


def save(folder: Path, notebook: Any, name: str = f"{NAME}.ipynb") -> None:
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def handed_in(notebook: Callable[[], Any]) -> Callable[[Path], None]:
    """A submission of one notebook file."""
    return lambda folder: save(folder, notebook())


def answering(code: str, **others: str) -> Callable[[Path], None]:
    """A submission with this answer to `double`."""
    return handed_in(lambda: worksheet(double=code, **others))


def running(code: str, before: str = "double-task-en", **answers: str) -> Callable[[Path], None]:
    """A submission with a cell of the student's own before this one."""

    def notebook() -> NotebookNode:
        made = worksheet(**answers)
        made.cells.insert(place(made, before), new_code_cell(code))
        return made

    return handed_in(notebook)


def edited(change: Callable[[NotebookNode], None], **answers: str) -> Callable[[Path], None]:
    """A submission that was changed as a notebook."""

    def notebook() -> NotebookNode:
        made = worksheet(**answers)
        change(made)
        return made

    return handed_in(notebook)


def content(data: bytes) -> Callable[[Path], None]:
    """A submission of these bytes."""
    return lambda folder: (folder / f"{NAME}.ipynb").write_bytes(data) and None


def course_of(folder: Path) -> Path:
    """The course that a submission's folder is in."""
    return folder.parent.parent.parent


def stealing(attempt: str) -> Callable[[Path], None]:
    """A submission whose `double` is right if the attempt, lines of code with {course} in it, raises no
    OSError."""

    def submit(folder: Path) -> None:
        course = course_of(folder)
        lines = attempt.replace("{course}", str(course).replace('"', '\\"'))
        lines = lines.replace("{port}", (course / "port").read_text())
        body = "".join(f"    {line}\n" for line in lines.splitlines())
        code = (
            "import os, socket\nfrom pathlib import Path\n"
            f"try:\n{body}    stolen = True\nexcept (OSError, LookupError):\n    stolen = False\n"
            "def double(x):\n    return 2 * x if stolen else x"
        )
        save(folder, worksheet(double=code))

    return submit


# Files that are no worksheet


def half_a_file(folder: Path) -> None:
    text = json.dumps(worksheet())
    (folder / f"{NAME}.ipynb").write_text(text[: len(text) // 2])


def no_notebook(folder: Path) -> None:
    (folder / "notes.txt").write_text("I have finished")


def renamed(folder: Path) -> None:
    save(folder, worksheet(), "my homework (1).ipynb")


def two_candidates(folder: Path) -> None:
    save(folder, worksheet(), "a.ipynb")
    save(folder, worksheet(double=WRONG), "b.ipynb")


def link_out(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").symlink_to(course_of(folder) / "source" / NAME / f"{NAME}.ipynb")


def folder_as_notebook(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").mkdir()


def pipe_as_notebook(folder: Path) -> None:
    os.mkfifo(folder / f"{NAME}.ipynb")


def links_and_pipes(folder: Path) -> None:
    save(folder, worksheet())
    os.mkfifo(folder / "pipe")
    (folder / "secret.txt").symlink_to(course_of(folder) / "secret.txt")
    (folder / "all").symlink_to(course_of(folder))
    (folder / "round").symlink_to("round")
    (folder / "data.csv").write_text("1,2")
    (folder / "timestamp.txt").write_bytes(b"\xffyesterday")


def strange_names(folder: Path) -> None:
    name = """data of "Bob" 课's.csv"""
    (folder / "a b").mkdir()
    (folder / "a b" / name).write_text("2")
    running(f"factor = int(open({'a b/' + name!r}).read())", double="def double(x):\n    return factor * x")(
        folder
    )


def with_mark_and_line_ends(folder: Path) -> None:
    text = json.dumps(worksheet(), indent=1).replace("\n", "\r\n")
    (folder / f"{NAME}.ipynb").write_bytes(b"\xef\xbb\xbf" + text.encode())


def format_3(folder: Path) -> None:
    notebook = nbformat.convert(nbformat.from_dict(worksheet()), 3)
    (folder / f"{NAME}.ipynb").write_text(nbformat.v3.writes_json(notebook), encoding="utf-8")


# Changed notebooks


def duplicate(notebook: NotebookNode) -> None:
    notebook.cells += copy.deepcopy(notebook.cells)
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.schema_version = 2


def delete_tests(notebook: NotebookNode) -> None:
    notebook.cells = [each for each in notebook.cells if not each.id.endswith("-test")]


def edit_test(notebook: NotebookNode) -> None:
    cell(notebook, "double-test").source = "2  # points"


def retype_test(notebook: NotebookNode) -> None:
    cell(notebook, "double-test").cell_type = "markdown"


def reverse(notebook: NotebookNode) -> None:
    notebook.cells.reverse()


def rename_ids(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.grade_id += "-1"


def forget_metadata(notebook: NotebookNode) -> None:
    notebook.metadata.clear()
    for each in notebook.cells:
        each.metadata.clear()


def lock_answers(notebook: NotebookNode) -> None:
    """Answers that say that they are tests, worth a thousand points."""
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.update(points=1000, grade=True, solution=False, schema_version=1)


def skip_tests(notebook: NotebookNode) -> None:
    cell(notebook, "double-test").metadata.tags = ["skip-execution", "raises-exception"]


def fake_output(notebook: NotebookNode) -> None:
    cell(notebook, "double-test").execution_count = 7
    cell(notebook, "double-test").outputs = [
        new_output("execute_result", {"text/plain": "2"}, execution_count=7)
    ]


def lone_surrogate(notebook: NotebookNode) -> None:
    cell(notebook, "double").source += "\n# \udc80"


def old_output(notebook: NotebookNode) -> None:
    notebook.cells.insert(0, new_code_cell("1", outputs=[new_output("stream", text="x" * 8_000_000)]))


def another_section(notebook: NotebookNode) -> None:
    for number, each in enumerate(notebook.cells):
        each.id = f"cell-{number}"
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.grade_id = "dice"


# Programs

LOOP = "def double(x):\n    while True:\n        pass"
STUBBORN = """
def double(x):
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass
"""
UNREADABLE = 'display({"text/plain": 5}, raw=True)'
UNWRITABLE = """
import json
get_ipython().kernel.session.pack = lambda message: json.dumps(message, default=str).encode()
print("\\udc80")
"""
MALFORMED = """
kernel = get_ipython().kernel
forged = {"execution_count": "many", "code": ""}
_ = kernel.session.send(kernel.iopub_socket, "execute_input", forged, parent=kernel.get_parent())
"""
WRITES_TO_TERMINAL = """
import os
from pathlib import Path

for place in Path("/proc").glob("[0-9]*/fd/*"):
    try:
        if os.readlink(place).startswith(("pipe:", "/dev/pts", "/tmp", "socket:")):
            with open(place, "wb", buffering=0) as file:
                file.write(b"\\x1b[31mowned\\n")
    except OSError:
        pass
"""
FORK_BOMB = """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""
THREAD_BOMB = """
import threading, time
threading.stack_size(2**16)
try:
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError:
    time.sleep(1000)
"""
MEMORY_BOMB = """
import os
hoard = []
while True:
    hoard.append(os.urandom(2**24))
"""
MEMORY_BOMB_IN_CHILDREN = """
import os, time
for _ in range(20):
    if not os.fork():
        hoard = os.urandom(2**26)
        time.sleep(1000)
time.sleep(1000)
"""
FULL_DISK = """
for number in range(10_000):
    with open(f"{number}.bin", "wb") as file:
        file.write(b"x" * 2**22)
"""
BIG_FILE = """
try:
    with open("big.bin", "wb") as file:
        for _ in range(1000):
            file.write(b"x" * 2**20)
except OSError:
    pass
"""
LOUD = """
for _ in range(100):
    print("x" * 1_000_000, flush=True)
"""
DELETES = """
import os, shutil
folder = os.getcwd()
for name in os.listdir(folder):
    shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
try:
    os.rmdir(folder)
except OSError:
    pass
"""
KILLS = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
KILLS_PARENT = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"
CRASHES = "import ctypes\nctypes.string_at(0)"
CLOSES = "import os\nos.closerange(0, 256)"
CHILDREN = """
import subprocess
subprocess.Popen(["sleep", "1000"], start_new_session=True)
"""
RECURSION = """
def double(x):
    try:
        return double(x)
    except RecursionError:
        return x
"""
ENDED = ("The program ended in this cell", "没有运行这个检查")
PLOT = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint(7)"


def tampering(name: str) -> Submission:
    """An attack on the checks, by the name that it has in the tests of the guard."""
    attack = ATTACKS[name]
    # What stays in the way of all that comes after it is found there as well.
    lasting = name in ("events", "a thread", "the kernel's reply")
    seen = attack.flag or name in ("assert", "run_cell")
    flagged = ("double-test", "square-test") if lasting else ("double-test",) if seen else ()
    return Submission(
        f"changes what tests rely on, or reads it: {name}",
        answering(f"def answer(x):\n    return x\n\n{attack.code}\ndouble = answer"),
        NONE if name == "the kernel's reply" else NO_DOUBLE,
        (attack.flag,) if attack.flag else (),
        flagged,
    )


GOOD = {
    "good-1": Submission("right answers", handed_in(lambda: worksheet(essay=ESSAY)), words=(ESSAY,)),
    "good-2": Submission("the Chinese worksheet", handed_in(lambda: worksheet("zh")), words=("两倍",)),
    "good-3": Submission("`lambda`", answering("double = lambda x: x + x")),
    "good-4": Submission("an alias and a helper", answering("def f(x):\n    return x * 2\n\ndouble = f")),
    "good-5": Submission(
        "with a class and type hints",
        answering(
            "from __future__ import annotations\n\nclass Twice:\n    def __call__(self, x: float) -> float:\n"
            "        return x * 2\n\ndouble = Twice()"
        ),
    ),
    "good-6": Submission(
        "own cells, prints, a plot",
        running(PLOT),
    ),
    "good-7": Submission(
        "torch, seeds and a thread that ends",
        running(
            "import threading, torch\ntorch.manual_seed(0)\nt = threading.Thread(target=print)\n"
            "t.start()\nt.join()"
        ),
    ),
    "good-8": Submission(
        "an error in a cell of the student's own", running("1 / 0", before="square-task-en")
    ),
    "good-9": Submission("a data file with blanks, quotes and Chinese in its path", strange_names),
    """李 明 "Bob" D'Arcy""": Submission("a name with blanks, quotes and Chinese", handed_in(worksheet)),
}

BROKEN = {
    "half-a-file": Submission("broken JSON", half_a_file, NONE, ("The file is damaged", "文件已损坏")),
    "empty-file": Submission("an empty file", content(b""), NONE, ("that was handed in is empty",)),
    "picture": Submission(
        "a picture named .ipynb",
        lambda folder: content(
            (ROOT / "docs/images").glob("*.png").__next__().read_bytes()  # any of them
        )(folder),
        NONE,
        ("a picture", "not a notebook"),
    ),
    "json-list": Submission("JSON that is no notebook", content(b"[1, 2]"), NONE, ("a notebook",)),
    "deep-json": Submission(
        "JSON nested 100,000 deep", content(b"[" * 100_000), NONE, ("nested too deeply",)
    ),
    "no-notebook": Submission(
        "no notebook at all", no_notebook, NONE, (f"There is no {NAME}.ipynb", f"没有收到 {NAME}.ipynb")
    ),
    "renamed": Submission(
        "the notebook under another name", renamed, words=("my homework (1).ipynb", "文件名应为")
    ),
    "two-candidates": Submission(
        "two notebooks under other names", two_candidates, NONE, ("is not clear", "看不出是哪一个")
    ),
    "link-out": Submission(
        "a link to the source in place of the notebook",
        link_out,
        NONE,
        ("is a link to somewhere else", "链接"),
    ),
    "folder": Submission("a folder named .ipynb", folder_as_notebook, NONE, ("is a folder", "是一个文件夹")),
    "pipe": Submission(
        "a pipe named .ipynb", pipe_as_notebook, NONE, ("no permission, or not a file", "读不了")
    ),
    "links-and-pipes": Submission(
        "links out of the folder, to itself, and a pipe, beside the notebook",
        links_and_pipes,
        words=("Files left out", "没有用的文件"),
    ),
    "crlf-and-bom": Submission("a byte order mark and CRLF", with_mark_and_line_ends),
    "format-3": Submission("notebook format 3", format_3),
    "surrogate": Submission("a lone surrogate", edited(lone_surrogate)),
    "old-output": Submission("8 MB of old output", edited(old_output)),
    "duplicated": Submission(
        "every cell twice, in nbgrader's old format", edited(duplicate), words=("several times", "有几份")
    ),
    "without-tests": Submission("test cells deleted", edited(delete_tests), words=("put back", "已放回")),
    "edited-test": Submission(
        "a test replaced by its points",
        edited(edit_test, double=WRONG),
        NO_DOUBLE,
        ("graded with the original",),
    ),
    "retyped-test": Submission("a test made text", edited(retype_test, double=WRONG), NO_DOUBLE),
    "reversed": Submission("all cells in reverse order", edited(reverse), words=("in another order",)),
    "renamed-ids": Submission("every grade_id changed", edited(rename_ids)),
    "no-metadata": Submission("all metadata missing", edited(forget_metadata)),
    "self-assessed": Submission(
        "answers marked as tests for 1000 points", edited(lock_answers, double=WRONG), NO_DOUBLE
    ),
    "skips-tests": Submission("a test tagged `skip-execution`", edited(skip_tests, double=WRONG), NO_DOUBLE),
    "faked-output": Submission("a faked result of a test", edited(fake_output, double=WRONG), NO_DOUBLE),
    "another-section": Submission(
        "another section's worksheet",
        edited(another_section),
        NONE,
        ("worksheet of 01_tensors", "交错了笔记本"),
    ),
}

PROGRAMS = {
    "loops": Submission("an infinite loop", answering(LOOP), NO_DOUBLE, ("CellTimeoutError",)),
    "stubborn": Submission(
        "a loop that ignores interrupts", answering(STUBBORN), NONE, ("could not be interrupted", "停不下来")
    ),
    "sleeps": Submission(
        "sleeps for an hour", answering("import time\ntime.sleep(3600)"), NO_DOUBLE, ("CellTimeoutError",)
    ),
    "recursion": Submission("endless recursion", answering(RECURSION), NO_DOUBLE),
    "input": Submission("asks for input", running("input('your name?')")),
    "fork-bomb": Submission(
        "a fork bomb", running(FORK_BOMB, "square-task-en"), NO_SQUARE, ("没有运行这个检查",)
    ),
    "thread-bomb": Submission(
        "thousands of threads", running(THREAD_BOMB, "square-task-en"), NO_SQUARE, ("processes and threads",)
    ),
    "memory-bomb": Submission("a memory bomb", running(MEMORY_BOMB), words=("MemoryError",)),
    "memory-bomb-in-children": Submission(
        "a memory bomb in child processes",
        running(MEMORY_BOMB_IN_CHILDREN, "square-task-en"),
        NO_SQUARE,
        ("没有运行这个检查",),
    ),
    "full-disk": Submission("40 GB of files", running(FULL_DISK, "square-task-en"), NO_SQUARE, ("of files",)),
    "big-file": Submission("one file of 1 GB", running(BIG_FILE)),
    "loud": Submission("100 MB of output", running(LOUD), words=("too much output", "输出太多")),
    "deletes-folder": Submission("deletes its working directory", running(DELETES)),
    "exits": Submission("`sys.exit()`", running("import sys\nsys.exit()"), words=("SystemExit",)),
    "dies": Submission("`os._exit`", running("import os\nos._exit(1)", "square-task-en"), NO_SQUARE, ENDED),
    "kills-kernel": Submission(
        "kills its kernel",
        running(KILLS, "square-task-en"),
        NO_SQUARE,
        ENDED,
        flagged=("square-test",),
    ),
    "kills-parent": Submission("kills its kernel's parent", running(KILLS_PARENT, "end-en")),
    "crashes": Submission(
        "reads address 0",
        running(CRASHES, "square-task-en"),
        NO_SQUARE,
        ENDED,
        flagged=("square-test",),
    ),
    "closes-files": Submission(
        "closes all open files, its sockets too", running(CLOSES, "square-task-en"), NO_SQUARE
    ),
    "leaves-processes": Submission("leaves a process running", running(CHILDREN)),
    "writes-to-terminal": Submission("writes to the grader's terminal", running(WRITES_TO_TERMINAL)),
    "unwritable": Submission(
        "output that no file can hold", running(UNWRITABLE), words=("\ufffd",), flagged=("double-test",)
    ),
    "unreadable": Submission(
        "output that no notebook can hold", running(UNREADABLE), words=("could not be taken in", "无法读取")
    ),
    "malformed": Submission(
        "a forged message", running(MALFORMED), words=("malformed", "不合格式"), flagged=("double-test",)
    ),
}

THEFTS = {
    "reads-gradebook": Submission(
        "reads the gradebook",
        stealing('Path("{course}/gradebook.db").read_bytes()'),
        NO_DOUBLE,
        steals=True,
    ),
    "reads-sources": Submission(
        "reads the sources, with the hidden tests",
        stealing(f'Path("{{course}}/source/{NAME}/{NAME}.ipynb").read_bytes()'),
        NO_DOUBLE,
        steals=True,
    ),
    "reads-neighbour": Submission(
        "reads a neighbour's work",
        stealing(f'Path("{{course}}/submitted/good-1/{NAME}/{NAME}.ipynb").read_bytes()'),
        NO_DOUBLE,
        steals=True,
    ),
    "reads-environment": Submission(
        "reads the grader's environment, in its own and in every process",
        stealing(
            f'name = "{TOKEN[0]}"\n'
            "seen = [name] if name in os.environ else []\n"
            'for path in Path("/proc").glob("[0-9]*/environ"):\n'
            "    try:\n"
            "        seen += [path] if name.encode() in path.read_bytes() else []\n"
            "    except OSError:\n"
            "        pass\n"
            "seen[0]"
        ),
        NO_DOUBLE,
        steals=True,
    ),
    "looks-around": Submission(
        "lists the course's folder",
        stealing('dict.fromkeys(os.listdir("{course}"))["source"]'),
        NO_DOUBLE,
        steals=True,
    ),
    "opens-socket": Submission(
        "opens a socket to the grader's machine",
        stealing('socket.create_connection(("127.0.0.1", {port}), timeout=5).close()'),
        NO_DOUBLE,
        steals=True,
    ),
    "changes-gradebook": Submission(
        "gives itself points in the gradebook",
        stealing(
            "import sqlite3\n"
            "try:\n"
            '    with sqlite3.connect("{course}/gradebook.db", timeout=1) as gradebook:\n'
            '        gradebook.execute("UPDATE grade SET manual_score = 1000")\n'
            "except sqlite3.Error as error:\n"
            "    raise OSError from error"
        ),
        NO_DOUBLE,
    ),
    "deletes-sources": Submission(
        "deletes sources and gradebook",
        stealing(f'os.remove("{{course}}/source/{NAME}/{NAME}.ipynb")\nos.remove("{{course}}/gradebook.db")'),
        NO_DOUBLE,
    ),
    "writes-outside": Submission(
        "leaves files in the course's folder, beside it and in /tmp",
        stealing(
            'for place in ("{course}", "{course}/..", "/tmp"):\n'
            "    try:\n"
            '        Path(place, "left-behind").write_text("here")\n'
            "    except OSError:\n"
            "        pass"
        ),
    ),
}

TAMPERING = {
    f"tampers-{number}": tampering(name)
    for number, name in enumerate(
        (
            "assert",
            "torch.equal",
            "torch.testing",
            "torch.Tensor",
            "checks",
            "code of checks",
            "sys.modules",
            "builtins",
            "events",
            "run_cell",
            "input transformers",
            "ast_transformers",
            "the kernel's reply",
            "settrace",
            "setprofile",
            "a timer",
            "a thread",
            "frames",
            "frames by inspect",
            "equal to everything",
            "a result of its own",
        ),
        1,
    )
} | {
    "at-exit": Submission(
        "a result put out at the end, by `atexit`",
        answering(f"import atexit\natexit.register(print, 2)\n{WRONG}"),
        NO_DOUBLE,
    )
}

BAD = BROKEN | PROGRAMS | THEFTS | TAMPERING
CLASS = GOOD | BAD
FEW = (
    GOOD
    | BROKEN
    | {name: PROGRAMS[name] for name in ("loops", "fork-bomb", "memory-bomb", "dies", "malformed")}
    | {name: THEFTS[name] for name in ("reads-gradebook", "reads-environment", "changes-gradebook")}
    | {name: TAMPERING[name] for name in ("tampers-1", "tampers-18", "at-exit")}
)
"""All that differs in what is handed in, and of what runs some of each kind."""


def table() -> str:
    """The page's table."""
    lines = ["| name | hands in, or does | double, of 2 | square, of 3 | |", "|---|---|---|---|---|"]
    for name, given in CLASS.items():
        points = (f"{given.scores[test]:g}" for test in ("double-test", "square-test"))
        looks = " and ".join(f"`{test.removesuffix('-test')}`" for test in given.flagged)
        note = f"{looks} flagged" if looks else ""
        lines.append(f"| {name} | {given.does} | {' | '.join(points)} | {note} |")
    return "\n".join(lines)


def main() -> None:
    """Write the table into the page."""
    from benchmarks.common import insert

    insert(PAGE, table(), "class")


if __name__ == "__main__":
    main()
