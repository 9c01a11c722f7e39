"""Short names for values, as they stand in a message."""

from __future__ import annotations

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


def shape_of(shape: torch.Size | tuple[int, ...]) -> str:
    """`(3, 4)`, `(5,)`, `()`."""
    return str(tuple(shape))


def dtype_of(dtype: object) -> str:
    """`float32` for torch.float32 as for NumPy's."""
    return str(dtype).removeprefix("torch.")


def value(x: object, limit: int = 120) -> str:
    """One line that shows x, at most `limit` characters long."""
    text = " ".join(str(x).split()) if isinstance(x, (torch.Tensor, np.ndarray)) else repr(x)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def argument(x: object) -> str:
    """What an argument is: kind, shape and dtype for tensors and arrays, the value for anything else."""
    if isinstance(x, torch.Tensor):
        return f"tensor{shape_of(x.shape)} {dtype_of(x.dtype)}"
    if isinstance(x, np.ndarray):
        return f"array{shape_of(x.shape)} {dtype_of(x.dtype)}"
    if isinstance(x, (list, tuple)) and len(x) and all(isinstance(item, torch.Tensor) for item in x):
        return f"[{len(x)} × {argument(x[0])}]"
    if isinstance(x, (torch.nn.Module, Dataset, DataLoader, torch.Generator)):
        return type(x).__name__
    if callable(x):
        return getattr(x, "__name__", type(x).__name__)
    return value(x, limit=40)


def call(function_name: str, arguments: tuple[object, ...]) -> str:
    """`` `mean_of(tensor(2, 3) float32)` ``."""
    return f"`{function_name}({', '.join(argument(a) for a in arguments)})`"
