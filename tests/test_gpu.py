"""The section about GPUs on the accelerator, where there is one; its paper GPU and stopwatch everywhere."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from typing import Any

import jupytext
import matplotlib
import nbformat
import pytest
import torch
from nbclient import NotebookClient

from pytorch_learning import checks, language, syllabus
from pytorch_learning.paper_gpu import PaperGPU
from pytorch_learning.stopwatch import seconds
from pytorch_learning.warm.provisioner import NAME
from tests import bank

matplotlib.use("agg")

import matplotlib.pyplot as plt

SECTION = "06_gpu"
needs_accelerator = pytest.mark.skipif(
    not torch.accelerator.is_available(), reason="this machine has no accelerator (CUDA, MPS, XPU, ...)"
)


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_chosen", "en")
    yield
    plt.close("all")


@pytest.mark.gpu
@needs_accelerator
def test_lessons_solutions_and_checks_run_on_the_accelerator() -> None:
    run_section(torch.accelerator.current_accelerator().type)


@pytest.mark.gpu
@needs_accelerator
@pytest.mark.parametrize("exercise", [e.id for e in syllabus.section(SECTION).exercises])
def test_right_answers_pass_on_the_accelerator(exercise: str) -> None:
    assert checks.everywhere()[-1] == torch.accelerator.current_accelerator().type
    for answer in bank.answers(SECTION, exercise):
        if answer.kind == "right":
            assert bank.run_test_cell(SECTION, exercise, answer.code, "en").message is None, answer.name


@pytest.mark.gpu
@needs_accelerator
def test_a_warm_kernel_can_use_the_accelerator() -> None:
    ones = "torch.ones(100, 100, device=torch.accelerator.current_accelerator())"
    cell = nbformat.v4.new_code_cell(f"import torch\nprint(({ones} @ {ones}).mean().item())")
    NotebookClient(nbformat.v4.new_notebook(cells=[cell]), kernel_name=NAME, timeout=120).execute()
    assert cell.outputs[0].text == "100.0\n"


def run_section(accelerator: str) -> None:
    """Every code cell in order, with the solutions, as the answer key runs them."""
    names: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # plt.show() says that agg shows nothing
        for cell in jupytext.read(bank.ROOT / "source" / f"{SECTION}.py").cells:
            if cell.cell_type == "code" and "zh" not in cell.metadata.get("tags", []):
                bank.run_cell(cell.source, f"<cell of {SECTION}>", names)
    assert names["device"] == accelerator
    assert all(parameter.device.type == accelerator for parameter in names["net"].parameters())


def test_the_paper_gpu_works_in_order_and_alone() -> None:
    gpu = PaperGPU(launch_cost=0.001)
    gpu.compute("batch", 0.002)
    gpu.launch("a", 0.010)
    gpu.launch("b", 0.005)
    assert gpu.clock() == pytest.approx(0.004)
    assert gpu.busy
    gpu.synchronize()
    assert gpu.clock() == pytest.approx(0.018)
    assert not gpu.busy
    count = len(gpu.events)
    gpu.synchronize()
    assert (len(gpu.events), gpu.clock()) == (count, pytest.approx(0.018))
    gpu.launch("c", 0.001)
    work = [(event.name, round(event.start, 3)) for event in gpu.events if event.lane == "GPU"]
    assert work == [("a", 0.003), ("b", 0.013), ("c", 0.019)]


def test_the_stopwatch_measures_one_call() -> None:
    calls = []

    def nap() -> None:
        calls.append(1)
        time.sleep(0.002)

    assert 0.002 <= seconds(nap, at_least=0.02) < 0.2
    assert len(calls) >= 7
    assert 0 < seconds(lambda: None, at_least=0.001) < 0.01
