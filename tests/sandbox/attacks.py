"""What a submission might try.  Runs as a program, with only the standard library: prints what became of it.

Each attack returns if it has succeeded, and raises if it was stopped.  Each runs in a process of its own.
"""

import contextlib
import ctypes
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Facts = dict[str, Any]
PR_GET_NO_NEW_PRIVS = 39
libc = ctypes.CDLL(None, use_errno=True)


class Stopped(Exception):
    """The attack had no effect."""


def called(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def found(marker: str, text: str) -> None:
    if marker not in text:
        raise Stopped


# Network


def tcp(facts: Facts) -> None:
    socket.create_connection(("127.0.0.1", facts["tcp"]), timeout=5).close()


def udp(facts: Facts) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        # Connected, so that an error that comes back is seen.
        sender.connect(("127.0.0.1", facts["udp"]))
        sender.settimeout(2)
        sender.send(b"hello")
        sender.recv(10)


def udp_far_away(facts: Facts) -> None:
    # Sends nothing: the system only has to find a way to the address (of a network for documentation).
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("192.0.2.1", 53))


def abstract_socket(facts: Facts) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + facts["abstract"])


def socket_file(facts: Facts) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(facts["socket_file"])


def shared_memory(facts: Facts) -> None:
    called(libc.shmget(facts["shared_memory"], 4096, 0o600))


# Files


def read_secret(facts: Facts) -> None:
    Path(facts["secret"]).read_text()


def list_sources(facts: Facts) -> None:
    os.listdir(facts["sources"])


def read_other_submission(facts: Facts) -> None:
    Path(facts["other"]).read_text()


def read_hidden_beneath_readable(facts: Facts) -> None:
    Path(facts["hidden"]).read_text()


def read_through_link(facts: Facts) -> None:
    link = Path(facts["work"], "link")
    link.symlink_to(facts["secret"])
    try:
        link.read_text()
    finally:
        link.unlink()


def read_through_parents(facts: Facts) -> None:
    os.chdir(facts["work"])
    found("secret", Path("../" * 40, facts["secret"].lstrip("/")).read_text())


def read_through_hard_link(facts: Facts) -> None:
    link = Path(facts["work"], "hard")
    os.link(facts["secret"], link)
    link.unlink()


def read_through_root_of_process(facts: Facts) -> None:
    Path(f"/proc/{facts['victim']}/root{facts['secret']}").read_text()


def read_through_own_root(facts: Facts) -> None:
    Path(f"/proc/self/root{facts['secret']}").read_text()


def write_outside(facts: Facts) -> None:
    # Who asks must look outside: a private /tmp may hold a file of the same name.
    Path(facts["new_file"]).write_text("new")


def change_gradebook(facts: Facts) -> None:
    with open(facts["gradebook"], "r+") as gradebook:
        gradebook.write(" ")


def truncate_gradebook(facts: Facts) -> None:
    os.truncate(facts["gradebook"], os.stat(facts["gradebook"]).st_size)


def replace_gradebook(facts: Facts) -> None:
    new = Path(facts["gradebook"] + ".new")
    os.rename(facts["gradebook"], new)
    os.rename(new, facts["gradebook"])


def close_gradebook(facts: Facts) -> None:
    os.chmod(facts["gradebook"], 0o644)


def look_at_gradebook(facts: Facts) -> None:
    os.stat(facts["gradebook"])


def change_data(facts: Facts) -> None:
    with open(facts["data"], "r+b"):
        pass


def change_package(facts: Facts) -> None:
    with open(facts["package"], "r+"):
        pass


def change_kernel_setting(facts: Facts) -> None:
    # Opened only.  For root, what is written there is a command that the kernel runs outside.
    os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))


def read_log_of_kernel(facts: Facts) -> None:
    os.close(os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK))


def make_device(facts: Facts) -> None:
    device = Path(facts["work"], "device")
    os.mknod(device, 0o600 | 0o020000, os.makedev(1, 3))
    device.unlink()


def change_root(facts: Facts) -> None:
    os.chroot(facts["work"])


def mount(facts: Facts) -> None:
    new_user_and_mounts = 0x1002_0000
    called(libc.unshare(new_user_and_mounts))
    called(libc.mount(b"tmpfs", facts["work"].encode(), b"tmpfs", ctypes.c_ulong(0), None))


# The grader and other processes


def environment(facts: Facts) -> None:
    found(facts["marker"], repr(dict(os.environ)))


def environment_at_start(facts: Facts) -> None:
    found(facts["marker"], Path("/proc/self/environ").read_text())


def environment_of_grader(facts: Facts) -> None:
    found(facts["marker"], Path(f"/proc/{facts['victim']}/environ").read_text())


def environments_of_all(facts: Facts) -> None:
    for name in os.listdir("/proc"):
        try:
            found(facts["marker"], Path("/proc", name, "environ").read_text())
        except (OSError, Stopped):
            continue
        return
    raise Stopped


def commands_of_all(facts: Facts) -> None:
    found(facts["marker"], Path(f"/proc/{facts['victim']}/cmdline").read_text())


def memory_of_grader(facts: Facts) -> None:
    os.close(os.open(f"/proc/{facts['victim']}/mem", os.O_RDWR))


def trace_grader(facts: Facts) -> None:
    seize, detach = 0x4206, 17
    libc.ptrace.argtypes = [ctypes.c_long] * 4
    called(libc.ptrace(seize, facts["victim"], 0, 0))
    libc.ptrace(detach, facts["victim"], 0, 0)


def signal_grader(facts: Facts) -> None:
    # Signal 0 asks for leave and does nothing.
    os.kill(facts["victim"], 0)


def kill_grader(facts: Facts) -> None:
    os.kill(facts["prey"], signal.SIGKILL)


def descriptors(facts: Facts) -> None:
    for descriptor in range(200):
        with contextlib.suppress(OSError):
            if os.fstat(descriptor).st_ino == facts["secret_inode"]:
                return
    raise Stopped


def new_privileges(facts: Facts) -> None:
    if libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0):
        raise Stopped


# Resources


def memory(facts: Facts) -> None:
    bytearray(facts["memory"])


def big_file(facts: Facts) -> None:
    file = Path(facts["work"], "big")
    try:
        with file.open("wb") as stream:
            stream.truncate(10 * 2**30)
    finally:
        file.unlink()


def big_temporary_file(facts: Facts) -> None:
    file = Path(tempfile.gettempdir(), f"big-{os.getpid()}")
    try:
        with file.open("wb") as stream:
            stream.seek(facts["file"])
            stream.write(b"1")
    finally:
        file.unlink(missing_ok=True)


def open_files(facts: Facts) -> None:
    for _ in range(facts["files"]):
        os.open("/dev/null", os.O_RDONLY)


def fork_bomb(facts: Facts) -> None:
    children = []
    try:
        for _ in range(facts["processes"]):
            child = os.fork()
            if not child:
                time.sleep(60)
                os._exit(0)
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


ATTACKS: list[Callable[[Facts], None]] = [
    tcp,
    udp,
    udp_far_away,
    abstract_socket,
    socket_file,
    shared_memory,
    read_secret,
    list_sources,
    read_other_submission,
    read_hidden_beneath_readable,
    read_through_link,
    read_through_parents,
    read_through_hard_link,
    read_through_root_of_process,
    read_through_own_root,
    write_outside,
    change_gradebook,
    truncate_gradebook,
    replace_gradebook,
    close_gradebook,
    look_at_gradebook,
    change_data,
    change_package,
    change_kernel_setting,
    read_log_of_kernel,
    make_device,
    change_root,
    mount,
    environment,
    environment_at_start,
    environment_of_grader,
    environments_of_all,
    commands_of_all,
    memory_of_grader,
    trace_grader,
    signal_grader,
    kill_grader,
    descriptors,
    new_privileges,
    memory,
    big_file,
    big_temporary_file,
    open_files,
    fork_bomb,
]


def attempt(attack: Callable[[Facts], None], facts: Facts) -> str:
    """ "" if the attack succeeded, else what stopped it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        outcome = ""
        try:
            attack(facts)
        except BaseException as error:
            outcome = f"{type(error).__name__}: {error}"
        os.write(writing, outcome.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        outcome = pipe.read().decode()
    status = os.waitpid(child, 0)[1]
    return f"ended with {status}" if status else outcome


def attempt_here(attack: Callable[[Facts], None], facts: Facts) -> str:
    """The same in this process, which Landlock lets see more of itself than its children."""
    try:
        attack(facts)
    except (OSError, Stopped) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def main(facts: Facts) -> None:
    """Try everything, and print the outcomes as JSON."""
    outcomes = {attack.__name__: attempt(attack, facts) for attack in ATTACKS}
    outcomes[environment_at_start.__name__] = attempt_here(environment_at_start, facts)
    print(json.dumps(outcomes), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
