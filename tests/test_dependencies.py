"""Dependencies are declared once, in pyproject.toml; the lock and conda's file follow it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [
    Requirement(line)
    for line in sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])
    # The extra for developers has all others in it.
    if Requirement(line).name != PROJECT["name"]
]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
PLATFORMS = [
    {"sys_platform": platform, "os_name": os_name, "platform_system": system, "platform_machine": machine}
    for platform, os_name, system, machine in (
        ("linux", "posix", "Linux", "x86_64"),
        ("linux", "posix", "Linux", "aarch64"),
        ("darwin", "posix", "Darwin", "arm64"),
        ("win32", "nt", "Windows", "AMD64"),
    )
]


def locked() -> list[Requirement]:
    """The lock's lines."""
    return [Requirement(line) for line in LOCK.splitlines() if line and not line.lstrip().startswith("#")]


def pin(requirement: Requirement) -> str:
    """The one version that a line allows."""
    (specifier,) = requirement.specifier
    assert specifier.operator == "==", requirement
    assert not specifier.version.endswith("*"), requirement
    return specifier.version


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform["platform_machine"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_lock_satisfies_the_declaration(platform: dict[str, str], python: str) -> None:
    environment = {
        **default_environment(),
        **platform,
        "python_version": python,
        "python_full_version": f"{python}.7",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    versions: dict[str, str] = {}
    for line in locked():
        if line.marker is None or line.marker.evaluate(environment):
            assert canonicalize_name(line.name) not in versions, f"two versions of {line.name}"
            versions[canonicalize_name(line.name)] = pin(line)
    for requirement in DECLARED:
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement}, but {version}"


def test_torch_and_torchvision_are_a_pair() -> None:
    declared = {requirement.name: pin(requirement) for requirement in DECLARED if "torch" in requirement.name}
    assert declared == {line.name: pin(line) for line in locked() if line.name in ("torch", "torchvision")}
    # torchvision 0.N+14 has gone with torch 2.N from the start, as its own requirement says.
    torch, torchvision = Version(declared["torch"]), Version(declared["torchvision"])
    assert (torchvision.major, torchvision.minor) == (0, torch.minor + 14 + (torch.major - 2))


def test_installed_pair_is_the_declared_one() -> None:
    from importlib.metadata import requires, version

    # The small build's version has "+cpu" at its end, and the pin admits it.
    for requirement in DECLARED:
        if requirement.name in ("torch", "torchvision"):
            assert requirement.specifier.contains(version(requirement.name))
            assert requirement.specifier.contains(f"{pin(requirement)}+cpu")
    needs = [Requirement(line) for line in requires("torchvision") or ()]
    (torch,) = [requirement for requirement in needs if requirement.name == "torch"]
    assert torch.specifier.contains(version("torch"))


@pytest.mark.parametrize("name", ["requirements.lock", "environment.yml", "pyproject.toml"])
def test_no_address_of_an_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.findall(r"https?:|file:|index[-_]url|find[-_]links|trusted[-_]host| @ ", text)


def test_conda_installs_the_declaration_in_the_locks_versions() -> None:
    conda = yaml.safe_load(CONDA)
    (pip,) = [entry for entry in conda["dependencies"] if isinstance(entry, dict)]
    assert pip == {"pip": ["-c requirements.lock", "-e .[dev]"]}
    # Nothing else, so nothing twice.
    others = [entry for entry in conda["dependencies"] if isinstance(entry, str)]
    assert others == [f"python{PROJECT['requires-python']}", "pip"]
