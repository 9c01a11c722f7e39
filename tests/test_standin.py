"""The stand-in for Fashion-MNIST: its format, that it is the same every time, and that it can be learnt."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F
from torchvision.datasets import FashionMNIST

from pytorch_learning import standin

SIZES = {"train": 60_000, "t10k": 10_000}


@pytest.fixture(scope="session")
def progress() -> list[tuple[int, int]]:
    """What write() reported."""
    return []


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, progress: list[tuple[int, int]]) -> Path:
    """A data folder with the stand-in, written once for all tests."""
    root = tmp_path_factory.mktemp("data")
    raw = root / "FashionMNIST" / "raw"
    raw.mkdir(parents=True)
    standin.write(raw, progress=lambda done, total: progress.append((done, total)))
    return root


@pytest.fixture(scope="session")
def training_set(root: Path) -> FashionMNIST:
    return FashionMNIST(root, train=True, download=False)


@pytest.fixture(scope="session")
def held_out(root: Path) -> FashionMNIST:
    return FashionMNIST(root, train=False, download=False)


def few(n: int, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """`n` pictures and their labels."""
    labels = np.arange(n) % 10
    return standin.draw(labels, np.random.default_rng(seed)), labels


def test_files_are_those_of_fashion_mnist(root: Path) -> None:
    sizes = {file.name: file.stat().st_size for file in (root / "FashionMNIST" / "raw").iterdir()}
    images = {f"{split}-images-idx3-ubyte": 16 + n * 28 * 28 for split, n in SIZES.items()}
    labels = {f"{split}-labels-idx1-ubyte": 8 + n for split, n in SIZES.items()}
    assert sizes == images | labels


def test_torchvision_reads_the_files(training_set: FashionMNIST, held_out: FashionMNIST) -> None:
    for data, n in ((training_set, 60_000), (held_out, 10_000)):
        assert data.data.shape == (n, 28, 28)
        assert data.data.dtype == torch.uint8
        assert data.targets.dtype == torch.int64
        assert data.targets.bincount().tolist() == [n // 10] * 10
    image, label = training_set[0]
    assert image.size == (28, 28)
    assert image.mode == "L"
    assert label in range(10)


def test_labels_are_shuffled(training_set: FashionMNIST, held_out: FashionMNIST) -> None:
    for data in (training_set, held_out):
        assert data.targets[:200].bincount(minlength=10).min() >= 5
        repeats = (data.targets[10:] == data.targets[:-10]).float().mean()
        assert repeats == pytest.approx(0.1, abs=0.02)


def test_no_image_comes_twice(training_set: FashionMNIST, held_out: FashionMNIST) -> None:
    seen = {image.numpy().tobytes() for image in training_set.data}
    assert len(seen) == 60_000
    assert not any(image.numpy().tobytes() in seen for image in held_out.data)


def test_progress_is_reported(root: Path, progress: list[tuple[int, int]]) -> None:
    done = [d for d, _ in progress]
    assert done == sorted(done)
    assert len(done) >= 20
    assert progress[-1] == (70_000, 70_000)


def test_same_pictures_for_the_same_seed_only() -> None:
    assert np.array_equal(few(50, seed=3)[0], few(50, seed=3)[0])
    assert not np.array_equal(few(50, seed=3)[0], few(50, seed=4)[0])


def test_new_pictures_get_a_new_version() -> None:
    pictures = standin.draw(np.arange(10).repeat(20), np.random.default_rng(0)).reshape(10, -1)
    # Loose enough for another processor's rounding, too strict for another drawing.
    means = [75.49, 55.75, 90.43, 65.97, 107.72, 27.78, 95.44, 41.25, 92.56, 78.58]
    assert standin.VERSION == 1
    assert pictures.mean(1) == pytest.approx(means, abs=0.05), "raise VERSION, and put the new means here"


def test_workers_change_nothing() -> None:
    labels = (np.arange(2 * standin.CHUNK + 7) % 10).astype(np.uint8)
    one, two, five = (
        np.concatenate(list(standin._chunks(labels, np.random.SeedSequence(1), workers)))
        for workers in (1, 2, 5)
    )
    assert one.shape == (2 * standin.CHUNK + 7, 28, 28)
    assert np.array_equal(one, two)
    assert np.array_equal(one, five)


def test_write_repeats_itself(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test split alone: its random streams do not depend on how long the other one is.
    monkeypatch.setattr(standin, "SPLITS", {"train": 10, "t10k": 10_000})
    standin.write(tmp_path)
    for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"):
        assert (tmp_path / name).read_bytes() == (root / "FashionMNIST" / "raw" / name).read_bytes()


@pytest.mark.parametrize("label", range(10))
@pytest.mark.parametrize("n", [0, 1, 50])
def test_draws_any_number_of_a_class(label: int, n: int) -> None:
    images = standin.draw(np.full(n, label), np.random.default_rng(0))
    assert images.shape == (n, 28, 28)
    assert images.dtype == np.uint8


@pytest.mark.parametrize("label", range(10))
def test_pictures_of_a_class_differ_but_fill_the_frame(label: int) -> None:
    images = standin.draw(np.full(200, label), np.random.default_rng(0)) / 255
    assert len(np.unique(images.reshape(200, -1), axis=0)) == 200
    assert images.std(axis=0).max() > 0.15
    lit = images > 0.02
    # Garments are centred and reach near two opposite sides; corners are background.
    width = lit.any(axis=1).sum(axis=1)
    height = lit.any(axis=2).sum(axis=1)
    assert np.quantile(np.maximum(width, height), 0.1) >= 20
    assert images[:, 0, 0].mean() < 0.1
    assert 0.08 < images.mean() < 0.5


def test_brightness_is_near_the_real_one(training_set: FashionMNIST) -> None:
    pixels = training_set.data.float() / 255
    assert pixels.mean().item() == pytest.approx(0.286, abs=0.02)
    assert pixels.std().item() == pytest.approx(0.353, abs=0.02)


def fit(images: torch.Tensor, labels: torch.Tensor, epochs: int = 3) -> nn.Module:
    """A small network trained on 6,000 images with Adam."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    for _ in range(epochs):
        for batch in torch.randperm(len(labels)).split(64):
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def test_about_as_hard_as_the_real_data(training_set: FashionMNIST, held_out: FashionMNIST) -> None:
    model = fit(training_set.data[:6000] / 255, training_set.targets[:6000])
    with torch.no_grad():
        right = model(held_out.data / 255).argmax(1) == held_out.targets
    # The real data give 0.83 here, blank images or shuffled labels 0.1.
    assert 0.77 < right.float().mean().item() < 0.85
    by_class = torch.stack([right[held_out.targets == label].float().mean() for label in range(10)])
    assert by_class.argmin() == 6, "shirts are the hardest class, as in the real data"


def test_needs_numpy_only() -> None:
    code = "import sys, pytorch_learning.standin; print({'torch', 'matplotlib'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
