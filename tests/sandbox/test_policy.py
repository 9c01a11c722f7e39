"""What a policy shows, and how it travels."""

import os
from pathlib import Path

import pytest
from traitlets import TraitError
from traitlets.config import Config

from pytorch_learning.sandbox import Limits, Policy, notebook_policy
from pytorch_learning.sandbox.policy import view
from pytorch_learning.sandbox.settings import Sandbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with folders in it, and with links."""
    for name in ("course/source/01.py", "course/.venv/bin/python", "course/data/images", "elsewhere/secret"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.touch()
    (tmp_path / "course/secrets").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "home").symlink_to("course")
    return tmp_path.resolve()


def policy(folder: Path, readable: list[str], hidden: list[str]) -> Policy:
    return Policy(
        work=str(folder / "work"),
        temporary=str(folder / "private"),
        readable=tuple(str(folder / path) for path in readable),
        hidden=tuple(str(folder / path) for path in hidden),
    )


@pytest.mark.parametrize(
    ("readable", "hidden", "seen"),
    [
        (["course"], [], ["course"]),
        (["course"], ["course"], []),
        (["course"], ["course/source"], ["course/.venv", "course/data"]),
        (["course/.venv", "course/data"], ["course"], ["course/.venv", "course/data"]),
        (["course"], ["course/source", "course/.venv/bin/python"], ["course/data"]),
        (["course"], ["cour"], ["course"]),
        (["missing", "course/data"], [], ["course/data"]),
        (["home/data"], [], ["course/data"]),
        (["home"], ["home/source"], ["course/.venv", "course/data"]),
    ],
)
def test_view(folder: Path, readable: list[str], hidden: list[str], seen: list[str]) -> None:
    shown = view(policy(folder, readable, hidden))
    # Empty folders on the way to something hidden are no loss.
    assert [path for path in shown.paths if os.listdir(path)] == [str(folder / path) for path in seen]


def test_links_on_the_way_are_kept_and_links_to_elsewhere_show_nothing(folder: Path) -> None:
    shown = view(policy(folder, ["home"], ["course/source"]))
    assert shown.links[str(folder / "home")] == "course"
    assert shown.links[str(folder / "course/secrets")] == str(folder / "elsewhere")
    assert not any(path.startswith(str(folder / "elsewhere")) for path in shown.paths)


def test_a_link_that_leads_nowhere_is_left_out(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    assert view(policy(folder, ["loop/x"], [])).paths == ()


def test_policy_travels_as_text(tmp_path: Path) -> None:
    given = notebook_policy(
        tmp_path / "工作 a",
        tmp_path / "private",
        data=tmp_path / "data",
        writable=[tmp_path / "sockets"],
        hidden=[tmp_path / "course"],
        limits=Limits(memory_bytes=10**9),
        variables={"COURSE_LANGUAGE": "zh"},
    )
    assert Policy.from_json(given.to_json()) == given


def test_relative_path_is_refused() -> None:
    with pytest.raises(ValueError, match="'work' is not an absolute path"):
        Policy(work="work", temporary="/tmp/private")


def test_environment_is_an_allow_list(tmp_path: Path) -> None:
    given = notebook_policy(
        tmp_path, tmp_path / "private", data=tmp_path / "data", variables={"COURSE_LANGUAGE": "zh"}
    )
    source = {"PATH": "/bin", "COURSE_LANGUAGE": "en", "HF_TOKEN": "secret", "HOME": "/home/instructor"}
    assert given.environment(source) == {
        "PATH": "/bin",
        "HOME": str(tmp_path / "private"),
        "TMPDIR": str(tmp_path / "private"),
        "COURSE_LANGUAGE": "zh",
        "PYTORCH_LEARNING_DATA": str(tmp_path / "data"),
    }


def test_course_in_the_module_path_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As `python -m nbgrader` has it.
    monkeypatch.syspath_prepend(str(tmp_path))
    assert str(tmp_path) not in notebook_policy(tmp_path / "w", tmp_path / "t").readable


def test_settings() -> None:
    settings = Sandbox(config=Config({"Sandbox": {"memory_bytes": 2**30, "open_files": 200}}))
    assert settings.limits() == Limits(memory_bytes=2**30, open_files=200)
    assert Sandbox().limits() == Limits()


@pytest.mark.parametrize("wrong", [{"memory_bytes": 0}, {"processes": -1}, {"mechanisms": {"chroot"}}])
def test_wrong_setting_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TraitError):
        Sandbox(**wrong)


def test_default_memory_and_time_are_as_promised() -> None:
    assert (Limits().memory_bytes, Limits().notebook_seconds) == (2 * 2**30, 600)
