"""Which accuracy may a training exercise ask for? Trains its recipe from many seeds, right and wrong.

    python benchmarks/thresholds.py [--real FOLDER] [--seeds N] [--wrong-seeds N] [--only NAME ...]
                                    [--jobs N] [--write docs/thresholds.md]

`--real` is a folder with `FashionMNIST/raw/`, compressed or not; without it, the one that
PYTORCH_LEARNING_DATA names; without that, only the stand-in is measured. Each run is a process with one
thread, `--jobs` of them at a time. `--write` puts the tables into the page; with `--only` it is refused,
since it would lose the other recipes. All of it takes about a quarter of an hour on two free cores.

To add a recipe, write a function that trains a model in a variant, and add a `Recipe` to RECIPES.
"""

import argparse
import os
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from statistics import mean, median, stdev
from typing import NamedTuple

import common
import torch
from common import Data, load
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from pytorch_learning import thresholds
from pytorch_learning.checks import learning

DEVIATIONS = 6
"""How many standard deviations below the mean a threshold has to lie."""


class Recipe(NamedTuple):
    """A training exercise: how it trains, and the variants of it, right and wrong."""

    name: str
    exercise: str
    constant: str  # in pytorch_learning.thresholds
    train: Callable[
        [Data, str], nn.Module
    ]  # (data, variant) -> the trained model; it draws from the global seed
    right: tuple[str, ...]
    wrong: dict[str, str]  # variant -> what else than the accuracy the test sees of it


def batches(images: Tensor, labels: Tensor, variant: str) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches of 64 for one epoch, as a variant makes them."""
    if variant == "a DataLoader":
        yield from DataLoader(TensorDataset(images, labels), batch_size=64, shuffle=True)
        return
    rows = torch.randperm(len(labels))
    shuffled = torch.randperm(len(labels)) if variant == "labels shuffled against images" else rows
    for some, others in zip(rows.split(64), shuffled.split(64), strict=True):
        yield images[some], labels[others]


def epochs(data: Data, variant: str, size: int, number: int) -> nn.Module:
    """Train the document's network with Adam on the first `size` images, `number` times."""
    images, labels = data.images[:size], data.labels[:size]
    model = learning.network().train()
    rate = 1e-5 if variant == "learning rate 1e-5" else 1e-3
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(number):
        for some_images, some_labels in batches(images, labels, variant):
            if variant == "cleared before the forward pass, to zeros":
                optimizer.zero_grad(set_to_none=False)
            logits = model(some_images)
            if variant == "softmax before the loss":
                logits = logits.softmax(1)
            if variant == "sum of the losses, divided":
                loss = F.cross_entropy(logits, some_labels, reduction="sum") / len(some_labels)
            else:
                loss = F.cross_entropy(logits, some_labels)
            if variant != "no zero_grad" and not variant.startswith("cleared"):
                optimizer.zero_grad()
            loss.backward()
            if variant != "no step":
                optimizer.step()
            if variant == "cleared after the step":
                optimizer.zero_grad()
            if variant == "only the first batch":
                break
    return model


def one_epoch(data: Data, variant: str) -> nn.Module:
    """Exercise 5.5: all images, once."""
    return epochs(data, variant, 60_000, 1)


def fit(data: Data, variant: str) -> nn.Module:
    """Exercise 5.7b: 6,000 images, three times."""
    return epochs(data, variant, 6_000, 3)


RECIPES = (
    Recipe(
        "one epoch",
        "5.5",
        "ONE_EPOCH",
        one_epoch,
        right=("slices of a tensor", "a DataLoader", "cleared before the forward pass, to zeros"),
        wrong={
            "no zero_grad": "parameters after the epoch",
            "no step": "number of steps",
            "softmax before the loss": "parameters after the epoch",
            "only the first batch": "number of steps",
        },
    ),
    Recipe(
        "fit",
        "5.7b",
        "FIT",
        fit,
        right=("slices of a tensor", "a DataLoader", "cleared after the step", "sum of the losses, divided"),
        wrong={
            "no zero_grad": "losses of the epochs",
            "no step": "losses of the epochs",
            "softmax before the loss": "losses of the epochs",
            "labels shuffled against images": "losses of the epochs",
            "learning rate 1e-5": "losses of the epochs",
            "only the first batch": "which samples the model sees",
        },
    ),
)


class Run(NamedTuple):
    """One training: all that a worker needs to know."""

    recipe: str
    variant: str
    data: str
    seed: int


_loaded: dict[str, Data] = {}


def start_worker(sources: dict[str, str]) -> None:
    """One thread for each process, and the data in its memory."""
    torch.set_num_threads(1)
    _loaded.update({name: load(source) for name, source in sources.items()})


def accuracy_of(run: Run) -> float:
    """Train and test: percent of the test images in the right class."""
    data = _loaded[run.data]
    # Every variant has seeds of its own: variants that compute the same would give the same runs.
    torch.manual_seed(zlib.crc32(repr(run).encode()))
    recipe = next(recipe for recipe in RECIPES if recipe.name == run.recipe)
    return 100 * learning.accuracy(recipe.train(data, run.variant), data.test_images, data.test_labels)


Results = dict[tuple[str, str, str], list[float]]
"""(recipe, variant, data) -> accuracies, in percent."""


def measure(
    recipes: list[Recipe], sources: dict[str, str], seeds: int, wrong_seeds: int, jobs: int
) -> Results:
    """Every variant of every recipe on every data set."""
    runs = [
        Run(recipe.name, variant, data, seed)
        for recipe in recipes
        for data in sources
        for variants, number in ((recipe.right, seeds), (recipe.wrong, wrong_seeds))
        for variant in variants
        for seed in range(number)
    ]
    results: Results = defaultdict(list)
    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(sources,)) as pool:
        futures = {pool.submit(accuracy_of, run): run for run in runs}
        for done, future in enumerate(as_completed(futures), 1):
            run = futures[future]
            results[run.recipe, run.variant, run.data].append(future.result())
            print(f"{done}/{len(runs)}", *run, f"{future.result():.1f}", flush=True)
    return results


def limit(recipe: Recipe, results: Results, data: list[str]) -> float:
    """The mean less DEVIATIONS standard deviations, for the worst of the right variants."""
    found = [results[recipe.name, variant, name] for variant in recipe.right for name in data]
    return min(mean(values) - DEVIATIONS * stdev(values) for values in found)


def report(recipes: list[Recipe], results: Results, data: list[str]) -> str:
    """The tables in Markdown, with what they were measured with."""
    lines = [
        f"| threshold | exercise | asked for | lowest right run | mean − {DEVIATIONS} sd, worst variant |",
        "|---|---|---|---|---|",
    ]
    for recipe in recipes:
        lowest = min(min(results[recipe.name, variant, name]) for variant in recipe.right for name in data)
        asked = 100 * getattr(thresholds, recipe.constant)
        lines.append(
            f"| `{recipe.constant}` | {recipe.exercise} | {asked:g} % | {lowest:.1f} % | "
            f"{limit(recipe, results, data):.1f} % |"
        )
    for recipe in recipes:
        lines += ["", f"### {recipe.exercise}, {recipe.name}", ""]
        lines += ["| right | data | runs | lowest | median | mean | sd |", "|---|---|---|---|---|---|---|"]
        for variant in recipe.right:
            for name in data:
                values = results[recipe.name, variant, name]
                lines.append(
                    f"| {variant} | {name} | {len(values)} | {min(values):.1f} | {median(values):.1f} | "
                    f"{mean(values):.1f} | {stdev(values):.2f} |"
                )
        lines += [
            "",
            "| wrong | data | runs | lowest | median | highest | seen by |",
            "|---|---|---|---|---|---|---|",
        ]
        asked = 100 * getattr(thresholds, recipe.constant)
        for variant, behaviour in recipe.wrong.items():
            for name in data:
                values = results[recipe.name, variant, name]
                seen = f"accuracy, {behaviour}" if max(values) < asked else behaviour
                lines.append(
                    f"| {variant} | {name} | {len(values)} | {min(values):.1f} | {median(values):.1f} | "
                    f"{max(values):.1f} | {seen} |"
                )
    note = f"Test accuracy in percent. Measured on {common.MACHINE}, one a run, with {common.VERSIONS}."
    return "\n".join([*lines, "", note])


def main() -> None:
    """Measure, print the tables and, where asked, write them between the page's markers."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep_lines)
    parser.add_argument("--real", default=common.REAL)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--wrong-seeds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=[recipe.name for recipe in RECIPES])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    if args.write and args.only:
        parser.error("--write needs all recipes: leave out --only")
    if args.seeds < 2:
        parser.error("a standard deviation needs --seeds of at least 2")
    recipes = [recipe for recipe in RECIPES if not args.only or recipe.name in args.only]

    sources = common.sources(args.real)
    results = measure(recipes, sources, args.seeds, args.wrong_seeds, args.jobs)
    table = report(recipes, results, list(sources))
    print(table)
    if args.write:
        common.insert(args.write, table)


if __name__ == "__main__":
    main()
