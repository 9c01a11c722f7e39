"""`pytorch-learning doctor`: what works on this machine, what is missing, and what to do about it."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

from pytorch_learning import data, data_download
from pytorch_learning.data_files import SHAPES, problem, raw_folder
from pytorch_learning.language import LANGUAGES, choose, say
from pytorch_learning.sandbox.detection import detect
from pytorch_learning.sandbox.mechanisms import Mechanisms

MARKS = {"works": "[ok]", "could be better": "[ ! ]", "needed": "[ X ]"}
GIB = 2**30
FREE_NEEDED = GIB
"""Bytes: for the data, the gradebook and the notebooks of a class."""
# They are found without being imported, which takes ten seconds for these.
SHOWN = ("torch", "torchvision", "nbgrader", "jupyterlab")


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    state: Literal["works", "could be better", "needed"]
    text: str
    advice: str = ""
    """What the user can do; empty where nothing is missing."""

    def __str__(self) -> str:
        lines = [f"{MARKS[self.state]} {self.text}"]
        if self.advice:
            lines.append(f"      -> {self.advice}")
        return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--language", choices=LANGUAGES, help="the report's (default: COURSE_LANGUAGE)")


def run(arguments: argparse.Namespace) -> int:
    """Print the report.  Returns 1 if something needed is missing."""
    if arguments.language:
        choose(arguments.language)
    parts: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        (say("环境", "Environment"), environment),
        (say("数据", "Data"), dataset),
        (say("批改时的隔离（沙箱）", "Isolation while grading (sandbox)"), lambda: isolation(detect())),
    ]
    needed = 0
    for heading, check in parts:
        print(heading)
        for finding in check():
            needed += finding.state == "needed"
            print(finding)
        print()
    if needed:
        print(say(f"缺少 {needed} 项必需的东西。", f"{needed} of the things needed are missing."))
    else:
        print(say("必需的都有。", "Everything needed is there."))
    return 1 if needed else 0


def environment() -> Iterator[Finding]:
    """Python, the packages that this course declares, and room for them to work."""
    yield Finding("works", f"Python {platform.python_version()} ({sys.executable})")
    # Ours is pinned in pairs: torchvision does not say which torch it was built for.
    for line in metadata.requires("pytorch-learning") or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from _package(requirement)
    yield _disk(Path.cwd())


def dataset() -> Iterator[Finding]:
    """Where Fashion-MNIST is.  Nothing is fetched or drawn."""
    source = os.environ.get(data.VARIABLE, "").strip()
    if source == data.STAND_IN:
        yield Finding(
            "could be better",
            say("按设置使用替代数据", "the stand-in, as asked for"),
            say(f"要用真实数据，就取消 {data.VARIABLE}。", f"unset {data.VARIABLE} to use the real data."),
        )
        return
    in_folder = bool(source) and "://" not in source
    root = Path(source).expanduser().absolute() if in_folder else data.cache_folder() / "download"
    wrong = problem(raw_folder(root))
    packed = all((raw_folder(root) / f"{name}.gz").is_file() for name in SHAPES)
    if wrong is None or (in_folder and packed):
        kind = "Fashion-MNIST"
        if data.data_kind(root) == "stand-in":
            kind = say("替代数据", "the stand-in for Fashion-MNIST")
        yield Finding("works", f"{kind}: {root}")
    elif in_folder:
        yield Finding(
            "needed",
            say(
                f"{data.VARIABLE} 所指的 {root} 不能用：{wrong.zh}",
                f"{root}, which {data.VARIABLE} names, cannot be used: {wrong.en}",
            ),
            say(
                "换上完好的文件，或更正或取消这个变量。",
                "put sound files there, or mend or unset the variable.",
            ),
        )
    else:
        where = say(f"（从 {_shown(source)}）", f" (from {_shown(source)})") if source else ""
        yield Finding(
            "could be better",
            say("还没有 Fashion-MNIST", "Fashion-MNIST is not there yet"),
            say(
                f"运行 `pytorch-learning data` 下载{where}；批改时没有网络，所以先下载。",
                f"run `pytorch-learning data` to fetch it{where}: there is no network while grading.",
            ),
        )


def isolation(works: Mechanisms) -> Iterator[Finding]:
    """Which mechanism keeps submissions apart, and what those that are missing would add."""
    yield _active(works)
    if sys.platform != "linux":
        return
    if not works.bubblewrap:
        yield _bubblewrap(works.problems.get("bubblewrap", ""))
    if not works.namespaces:
        yield Finding(
            "could be better",
            say(
                f"不能使用命名空间：{works.problems.get('namespaces', '')}",
                f"namespaces cannot be used: {works.problems.get('namespaces', '')}",
            ),
            _allow_namespaces(),
        )
    yield from _landlock(works.landlock)
    if os.getuid() == 0:
        yield Finding(
            "could be better",
            say(
                "正以 root 运行：内核不限制 root 的进程数，只能由批改程序来数",
                "running as root, whose processes the kernel does not limit: only the grader counts them",
            ),
            say("用普通用户来批改。", "grade as an ordinary user."),
        )


def _package(requirement: Requirement) -> Iterator[Finding]:
    install = say(
        "在课程文件夹里运行 `make setup`（或 `pip install -e .`）。",
        "run `make setup` (or `pip install -e .`) in the course's folder.",
    )
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        yield Finding("needed", say(f"没有 {requirement.name}", f"{requirement.name} is missing"), install)
        return
    # A build for one kind of processor has a suffix: 2.15.0+cpu.
    if not requirement.specifier.contains(version, prereleases=True):
        text = say(
            f"{requirement.name} 是 {version}，需要 {requirement.specifier}",
            f"{requirement.name} is {version}, and {requirement.specifier} is needed",
        )
        yield Finding("needed", text, install)
    elif requirement.name in SHOWN:
        if util.find_spec(requirement.name) is None:
            text = say(f"{requirement.name} 无法导入", f"{requirement.name} cannot be imported")
            yield Finding("needed", text, install)
        else:
            yield Finding("works", f"{requirement.name} {version}")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    text = say(
        f"{folder} 所在的磁盘还有 {free / GIB:.1f} GiB", f"{free / GIB:.1f} GiB free on the disk of {folder}"
    )
    if free >= FREE_NEEDED:
        return Finding("works", text)
    wanted = FREE_NEEDED / GIB
    return Finding("needed", text, say(f"至少腾出 {wanted:g} GiB。", f"make room: at least {wanted:g} GiB."))


def _shown(source: str) -> str:
    return data_download.readable(source)


def _active(works: Mechanisms) -> Finding:
    limits = say("内存、时间、进程、文件的限制", "limits on memory, time, processes and files")
    used = [
        name
        for name, there in (
            ("bubblewrap", works.bubblewrap),
            (say("命名空间", "namespaces"), works.namespaces),
            (say(f"Landlock（第 {works.landlock} 版）", f"Landlock (ABI {works.landlock})"), works.landlock),
        )
        if there
    ]
    if works.separate:
        return Finding("works", say("在用：", "active: ") + ", ".join([*used, limits]))
    if used:
        return Finding(
            "could be better",
            say("在用：", "active: ") + ", ".join([*used, limits]),
            say(
                "Landlock 不管 UDP、有路径的套接字、System V 共享内存、文件的属性（stat、chmod）："
                "安装 bubblewrap，或允许命名空间。",
                "Landlock covers no UDP, no sockets with a path, no System V memory and no attributes of "
                "files (stat, chmod): install bubblewrap or allow namespaces.",
            ),
        )
    return Finding(
        "could be better",
        say(
            f"只有{limits}：提交的程序可以上网，可以读写您的文件，成绩册也在内",
            f"only {limits}: a submission has network, and may read and change your files, the gradebook too",
        ),
        say(
            "请在有 bubblewrap 的 Linux（WSL2、虚拟机、容器也可以）上批改。",
            "grade on Linux with bubblewrap (WSL2, a virtual machine or a container will do).",
        ),
    )


def _bubblewrap(wrong: str) -> Finding:
    if shutil.which("bwrap") is None:
        return Finding(
            "could be better",
            say("没有安装 bubblewrap", "bubblewrap is not installed"),
            say(
                "安装它：`apt install bubblewrap`、`dnf install bubblewrap` 或 "
                "`conda install -c conda-forge bubblewrap`。",
                "install it: `apt install bubblewrap`, `dnf install bubblewrap` or "
                "`conda install -c conda-forge bubblewrap`.",
            ),
        )
    return Finding(
        "could be better",
        say(f"bubblewrap 已安装，但不能用：{wrong}", f"bubblewrap is installed but does not work: {wrong}"),
        _allow_namespaces(),
    )


def _allow_namespaces() -> str:
    switches = {
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),
        "/proc/sys/kernel/unprivileged_userns_clone": ("0", "1"),
        "/proc/sys/user/max_user_namespaces": ("0", "10000"),
    }
    for file, (forbids, allows) in switches.items():
        path = Path(file)
        if path.is_file() and path.read_text(encoding="ascii").strip() == forbids:
            setting = ".".join(path.parts[3:])
            return say(
                f"请管理员允许：`sysctl -w {setting}={allows}`。",
                f"let an administrator allow it: `sysctl -w {setting}={allows}`.",
            )
    return say(
        "多半是容器禁止了它：启动容器时允许用户命名空间和挂载"
        "（例如 `--security-opt seccomp=unconfined --security-opt systempaths=unconfined`）。",
        "a container probably forbids it: start that so that it allows user namespaces and mounts "
        "(for instance `--security-opt seccomp=unconfined --security-opt systempaths=unconfined`).",
    )


def _landlock(version: int) -> Iterator[Finding]:
    if version >= 6:
        return
    if version == 0:
        yield Finding(
            "could be better",
            say("没有 Landlock", "there is no Landlock"),
            say(
                "需要 Linux 5.13 或更新的内核，并在启动参数 `lsm=` 中加上 landlock；它是第二道防线。",
                "it needs Linux 5.13 or newer, with landlock in the boot parameter `lsm=`: a second line.",
            ),
        )
        return
    missing = say("信号和抽象套接字", "signals and abstract sockets")
    if version < 4:
        missing = say("TCP、信号和抽象套接字", "TCP, signals and abstract sockets")
    yield Finding(
        "could be better",
        say(
            f"Landlock 第 {version} 版不管{missing}",
            f"version {version} of Landlock's interface does not cover {missing}",
        ),
        say("Linux 6.12 及以上的内核管这些。", "Linux 6.12 or newer covers them."),
    )
