"""The pictures: the right cells are marked, everyone can read them, and no machine draws them differently."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pytest
import torch

matplotlib.use("agg")

import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from torch import nn

from pytorch_learning import plots
from pytorch_learning.errors import CourseError
from pytorch_learning.paper_gpu import PaperGPU
from pytorch_learning.plots import canvas, palette
from pytorch_learning.plots.values import elements

MATRIX = torch.arange(1, 17).reshape(4, 4)


@pytest.fixture(autouse=True)
def strict_and_clean() -> Iterator[None]:
    """A warning is an error (a missing glyph is one), and no figure outlives its test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # What earlier tests have left open may be collected in this one.
        warnings.simplefilter("ignore", ResourceWarning)
        yield
    plt.close("all")


def draw_shared() -> None:
    array = np.ones(5)
    tensor = torch.from_numpy(array)
    np.add(array, 1, out=array)
    plots.shared_memory(n=array, t=tensor, copy=tensor.clone())


def draw_graph() -> None:
    x = torch.tensor([1.0, 2.0])
    w = torch.tensor([3.0, 4.0], requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)
    loss = ((w * x + b) ** 2).mean()
    plots.autograd_graph(loss, loss=loss, w=w, b=b, x=x)


def draw_strides() -> None:
    plots.strides(torch.arange(10, 22).reshape(3, 4), "x", "x.T", "x[:, ::2]")


def paper_gpu(waits: bool = False) -> PaperGPU:
    gpu = PaperGPU()
    for _ in range(3):
        gpu.compute("batch", 0.003)
        for name, seconds in (("forward", 0.003), ("backward", 0.006)):
            gpu.launch(name, seconds)
        if waits:
            gpu.synchronize()
    gpu.synchronize()
    return gpu


class Network(nn.Module):
    """The course's network: a layer, and a module of five layers."""

    def __init__(self) -> None:
        super().__init__()
        self.flatten = nn.Flatten()
        self.stack = nn.Sequential(
            nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.stack(self.flatten(x))


class Residual(nn.Module):
    """Adds its input to what its layers give."""

    def __init__(self) -> None:
        super().__init__()
        self.block = nn.Sequential(nn.Linear(4, 4, bias=False), nn.Dropout(0.2), nn.BatchNorm1d(4))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.block(x)


PICTURES: dict[str, Callable[[], None]] = {
    "dimensions": lambda: plots.tensor_grid(
        torch.tensor(7),
        torch.tensor([1, 2, 3]),
        torch.tensor([[1, 2], [3, 4]]),
        torch.arange(24).reshape(2, 3, 4),
        titles=["0-d", "1-d", "2-d", "3-d"],
    ),
    "values": lambda: plots.tensor_grid(
        torch.tensor([[0.6068, -1.5, 1e9], [float("nan"), float("inf"), 1e-7]]),
        torch.tensor([True, False]),
        torch.tensor([1 + 2j]),
        torch.ones(2, 3, dtype=torch.bfloat16),
        torch.zeros(0, 3),
        torch.zeros(0, 2, 3),
    ),
    "slices": lambda: plots.slices(MATRIX, "x[0]", "x[:, 0]", "x[..., -1]", "x[1:3, ::2]"),
    "masks": lambda: plots.slices(MATRIX, "x[x % 2 == 0]", "x[(x > 3) & (x < 9)]", "x[[0, 0]]", "x[1][2]"),
    "cat": lambda: plots.cat_and_stack(MATRIX[:2, :3], MATRIX[2:, :3]),
    "cat of vectors": lambda: plots.cat_and_stack(MATRIX[0], MATRIX[1]),
    "row": lambda: plots.broadcast(torch.tensor([1.0, 2.0, 3.0]), torch.rand(5, 3), names=("x", "y")),
    "outer": lambda: plots.broadcast(torch.tensor([[0], [10], [20]]), torch.tensor([1, 2, 3, 4]), "*"),
    "number": lambda: plots.broadcast(torch.tensor(10), torch.arange(6).reshape(2, 3), ">"),
    "sheets": lambda: plots.broadcast(torch.arange(12).reshape(2, 2, 3), torch.arange(3)),
    "shared": draw_shared,
    "strides": draw_strides,
    "convolution": lambda: plots.convolution(torch.rand(5, 6), torch.rand(3, 3), 1, 2),
    "convolution with a wide kernel": lambda: plots.convolution(MATRIX, torch.tensor([[1, -1, 1]]), 3, 0),
    "contiguous": lambda: plots.strides(torch.arange(6.0).reshape(2, 3), "x", "x.T", "x.T.contiguous()"),
    "graph": draw_graph,
    "network": lambda: plots.network(Network(), torch.rand(1, 28, 28)),
    "network with a detour": lambda: plots.network(Residual(), torch.rand(5, 4)),
    "long network": lambda: plots.network(
        nn.Sequential(nn.Flatten(), *[layer for _ in range(6) for layer in (nn.Linear(9, 9), nn.ReLU())]),
        torch.rand(2, 3, 3),
    ),
    "timeline": lambda: plots.timeline(paper_gpu()),
    "timelines": lambda: plots.timeline(paper_gpu(True), paper_gpu(), titles=["item()", "detach()"]),
    "float formats": lambda: plots.float_formats(torch.float32, torch.bfloat16, torch.float16),
    "flatten": lambda: plots.layer_shapes(nn.Flatten(), torch.rand(3, 28, 28)),
    "linear": lambda: plots.layer_shapes(nn.Linear(784, 20), torch.rand(3, 784)),
    "linear without bias": lambda: plots.layer_shapes(nn.Linear(5, 2, bias=False), torch.rand(2, 3, 5)),
    "softmax": lambda: plots.layer_shapes(nn.Softmax(dim=1), torch.rand(0, 10)),
    "sequential": lambda: plots.layer_shapes(
        nn.Sequential(nn.Flatten(), nn.Linear(784, 20), nn.ReLU(), nn.Linear(20, 10)), torch.rand(3, 28, 28)
    ),
}


def artists(kind: type[Artist]) -> list[Artist]:
    return [artist for artist in plt.gcf().axes[0].get_children() if isinstance(artist, kind)]


def roles(kind: type[Artist] = Rectangle) -> Counter[str]:
    return Counter(artist.get_gid() for artist in artists(kind) if artist.get_gid())


def texts(role: str | None = None) -> list[str]:
    return [t.get_text() for t in artists(Text) if t.get_text() and (role is None or t.get_gid() == role)]


def png() -> bytes:
    """The picture as the inline backend makes it."""
    buffer = io.BytesIO()
    plt.gcf().savefig(buffer, format="png", bbox_inches="tight")
    return buffer.getvalue()


def boxes_of(kind: type[Artist], role: str) -> list[Bbox]:
    return [a.get_window_extent() for a in artists(kind) if a.get_gid() == role]


class TestEveryPicture:
    @pytest.fixture(params=PICTURES, autouse=True)
    def picture(self, request: pytest.FixtureRequest) -> str:
        torch.manual_seed(0)
        assert PICTURES[request.param]() is None
        return request.param

    def test_is_one_figure_small_enough_for_a_notebook(self, picture: str) -> None:
        assert len(plt.get_fignums()) == 1
        width, height = plt.gcf().get_size_inches()
        assert width < 9.8
        assert height < 5
        assert 100 <= plt.gcf().dpi <= 120
        # A bound on the encoder too: Pillow's versions differ by a few per cent.
        assert len(png()) < 42_000

    def test_uses_only_the_font_that_comes_with_matplotlib(self, picture: str) -> None:
        known = font_manager.get_font(font_manager.findfont(canvas.FONT)).get_charmap()
        for text in artists(Text):
            assert text.get_text().isascii()
            assert all(ord(character) in known for character in text.get_text())
            if text.get_text():
                assert text.get_fontfamily() == [canvas.FONT]

    def test_is_the_same_every_time(self, picture: str) -> None:
        first = png()
        torch.manual_seed(0)
        PICTURES[picture]()
        assert png() == first

    def test_does_not_depend_on_the_notebooks_style(self, picture: str) -> None:
        first = png()
        torch.manual_seed(0)
        with plt.style.context(["dark_background", {"font.family": "serif", "font.size": 20}]):
            PICTURES[picture]()
            assert png() == first

    def test_clips_nothing_and_lets_no_texts_overlap(self, picture: str) -> None:
        plt.gcf().canvas.draw()
        page = plt.gcf().bbox
        extents = [text.get_window_extent() for text in artists(Text) if text.get_text()]
        for extent in extents:
            assert page.x0 <= extent.x0 < extent.x1 <= page.x1
            assert page.y0 <= extent.y0 < extent.y1 <= page.y1
        for one, other in combinations(extents, 2):
            overlap = Bbox.intersection(one, other)
            # Extents reach from line to line; ink begins some pixels inside.
            assert overlap is None or min(overlap.width, overlap.height) <= 5

    def test_has_readable_text(self, picture: str) -> None:
        plt.gcf().canvas.draw()
        grounds = sorted(
            (patch for kind in (Rectangle, FancyBboxPatch) for patch in artists(kind) if patch.get_gid()),
            key=lambda patch: patch.get_zorder(),
        )
        for text in artists(Text):
            if text.get_text():
                extent = text.get_window_extent()
                middle = ((extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2)
                under = [patch for patch in grounds if patch.get_window_extent().contains(*middle)]
                ground = to_hex(under[-1].get_facecolor()) if under else palette.PAPER
                assert palette.contrast(text.get_color(), ground) >= 4.5, text.get_text()


class TestTensorGrid:
    def test_draws_each_element_with_shape_and_dtype(self) -> None:
        plots.tensor_grid(torch.arange(12.0).reshape(2, 2, 3), torch.tensor(7), titles=["x", "y"])
        assert roles()["cell"] == 13
        assert [texts("title"), texts("caption")] == [
            ["x", "y"],
            ["shape (2, 2, 3)", "float32", "shape ()", "int64"],
        ]
        assert {"[0]", "[1]", "11.", "7"} <= set(texts())

    def test_one_colour_is_one_value(self) -> None:
        plots.tensor_grid(torch.tensor([0.0, 1.0]), torch.tensor([1, 2]))
        faces = [to_hex(cell.get_facecolor()) for cell in artists(Rectangle) if cell.get_gid() == "cell"]
        assert faces[1] == faces[2]
        assert len(set(faces)) == 3

    def test_shows_that_a_tensor_is_empty(self) -> None:
        plots.tensor_grid(torch.zeros(0, 3), torch.zeros(2, 0), torch.zeros(0))
        assert roles()["empty"] == 3
        assert roles()["cell"] == 0

    def test_takes_what_requires_grad_and_leaves_it_alone(self) -> None:
        x = torch.ones(2, requires_grad=True)
        plots.tensor_grid(x, (x * 2).T if x.ndim > 1 else x * 2)
        assert x.grad is None
        assert x.requires_grad

    @pytest.mark.parametrize(
        ("tensor", "said"),
        [
            (torch.tensor([1, -20]), ["1", "-20"]),
            (torch.tensor([1.0, 0.6068, -1.04549]), ["1.", "0.61", "-1.05"]),
            (torch.tensor([1e9, 1e-7, 1234.5, 123456.0]), ["1e9", "1e-7", "1234.5", "1e5"]),
            (torch.tensor([1234567, 10**12]), ["1.2e6", "1e12"]),
            (torch.tensor([float("nan"), float("-inf")]), ["nan", "-inf"]),
            (torch.tensor([True, False]), ["True", "False"]),
            (torch.tensor([1.0, 2.5]).to(torch.float8_e4m3fn), ["1.", "2.50"]),
        ],
    )
    def test_writes_numbers_as_print_does_where_there_is_room(
        self, tensor: torch.Tensor, said: list[str]
    ) -> None:
        assert elements(tensor) == said


class TestSlices:
    @pytest.mark.parametrize(
        ("expression", "count", "shape"),
        [
            ("x[0]", 4, "(4,)"),
            ("x[:, 0]", 4, "(4,)"),
            ("x[..., -1]", 4, "(4,)"),
            ("x[1:3, ::2]", 4, "(2, 2)"),
            ("x[2, 3]", 1, "()"),
            ("x[:, 1:2]", 4, "(4, 1)"),
            ("x[None, 0]", 4, "(1, 4)"),
            ("x[x > 10]", 6, "(6,)"),
            ("x[[0, 0]]", 4, "(2, 4)"),
            ("x[1:][0, :2]", 2, "(2,)"),
            ("x[4:]", 0, "(0, 4)"),
            ("tensor[~(tensor > 1)]", 1, "(1,)"),
        ],
    )
    def test_marks_what_torch_selects(self, expression: str, count: int, shape: str) -> None:
        plots.slices(MATRIX, expression)
        assert roles()["selected"] == count
        assert roles()["left out"] == 16 - count
        assert texts("title") == [expression]
        assert texts("caption") == [f"shape {shape}"]
        selected = eval(expression, {"x": MATRIX, "tensor": MATRIX})
        assert roles()["result"] == selected.numel()

    def test_marks_the_right_cells(self) -> None:
        plots.slices(MATRIX, "x[:, 1]")
        marked = boxes_of(Rectangle, "selected")
        grid = marked + boxes_of(Rectangle, "left out")
        columns = sorted({round(box.x0) for box in grid})
        assert {round(box.x0) for box in marked} == {columns[1]}

    def test_says_it_with_outlines_too(self) -> None:
        plots.slices(MATRIX, "x[0]")
        width = {cell.get_gid(): cell.get_linewidth() for cell in artists(Rectangle)}
        assert width["selected"] >= 2 * width["left out"]

    @pytest.mark.parametrize(
        "expression",
        [
            "",
            "x",
            "x +",
            "x[9]",
            "x[0] + y[0]",
            "__import__('os').getcwd()",
            "x.__class__",
            "len(x)",
            "x[0].T",
            "x[y]",
        ],
    )
    def test_refuses_anything_but_an_index(self, expression: str) -> None:
        with pytest.raises(CourseError):
            plots.slices(MATRIX, expression)
        assert not plt.get_fignums()


class TestCatAndStack:
    def test_every_cell_keeps_its_input(self) -> None:
        plots.cat_and_stack(MATRIX[:2, :3], MATRIX[2:, :3])
        # The input itself, two ways to cat and three to stack: six times six cells of each.
        assert roles()["from 0"] == roles()["from 1"] == 36
        assert texts("title") == ["a", "b"] + [
            f"torch.{function}([a, b], dim={dim})"
            for function, dims in (("cat", 2), ("stack", 3))
            for dim in range(dims)
        ]
        shapes = ["(2, 3)", "(2, 3)", "(4, 3)", "(2, 6)", "(2, 2, 3)", "(2, 2, 3)", "(2, 3, 2)"]
        assert texts("caption") == [f"shape {shape}" for shape in shapes]

    def test_says_it_with_hatching_too(self) -> None:
        plots.cat_and_stack(torch.tensor([1]), torch.tensor([2]))
        hatched = sum(a.get_gid() == "hatching" for a in plt.gcf().axes[0].get_children())
        assert hatched == roles()["from 1"]

    def test_leaves_out_what_the_shapes_do_not_allow(self) -> None:
        plots.cat_and_stack(torch.ones(2, 3), torch.ones(1, 3))
        assert texts("title") == ["a", "b", "torch.cat([a, b], dim=0)"]

    def test_refuses_what_cannot_be_joined(self) -> None:
        with pytest.raises(CourseError, match=r"\(2, 3\)"):
            plots.cat_and_stack(torch.ones(2, 3), torch.ones(3, 2))


class TestBroadcast:
    @pytest.mark.parametrize(
        ("one", "other", "originals"),
        [
            ((3,), (5, 3), 3 + 15),
            ((3, 1), (4,), 3 + 4),
            ((), (2, 3), 1 + 6),
            ((), (), 1 + 1),
            ((2, 1, 3), (2, 1), 6 + 2),
            ((1,), (1, 1), 1 + 1),
            ((0, 3), (3,), 0),
        ],
    )
    def test_tells_elements_from_copies(
        self, one: tuple[int, ...], other: tuple[int, ...], originals: int
    ) -> None:
        a, b = torch.rand(one), torch.rand(other)
        plots.broadcast(a, b)
        cells = (a + b).numel()
        assert roles()["original"] == originals
        assert roles()["copy"] == 2 * cells - originals
        assert roles()["cell"] == cells
        assert texts("caption")[-1] == f"shape {tuple((a + b).shape)}"
        dashed = {cell.get_gid(): cell.get_linestyle() for cell in artists(Rectangle)}
        assert dashed.get("copy", "--") == "--"
        assert dashed.get("original", "-") == "-"

    def test_shows_the_result(self) -> None:
        plots.broadcast(torch.tensor([[10], [20]]), torch.tensor([1, 2]), "-", names=("p", "q"))
        assert texts("title") == ["p", "q", "p - q"]
        assert texts("sign") == ["-", "="]
        assert {"9", "8", "19", "18"} <= set(texts())

    def test_refuses_shapes_that_do_not_fit(self) -> None:
        with pytest.raises(CourseError, match=r"\(4,\)"):
            plots.broadcast(torch.ones(2, 3), torch.ones(4))


class TestSharedMemory:
    def test_finds_out_who_shares(self) -> None:
        array = np.arange(5.0)
        tensor = torch.from_numpy(array)
        plots.shared_memory(n=array, t=tensor)
        assert roles()["memory"] == 5
        assert roles(FancyArrowPatch)["points to"] == 2
        plt.close("all")
        plots.shared_memory(n=array, t=torch.tensor(array))
        assert roles()["memory"] == 10

    def test_shows_what_is_in_memory(self) -> None:
        array = np.ones(3)
        tensor = torch.from_numpy(array)
        copy = tensor.clone()
        array += 1
        plots.shared_memory(n=array, t=tensor, copy=copy)
        assert Counter(texts())["2."] == 3
        assert Counter(texts())["1."] == 3
        assert texts("title") == ["n", "t", "copy"]

    def test_arrays_stand_above_and_tensors_below(self) -> None:
        array = np.ones(3)
        plots.shared_memory(n=array, t=torch.from_numpy(array))
        (above, below), strip = boxes_of(FancyBboxPatch, "name"), boxes_of(Rectangle, "memory")[0]
        assert above.y0 > strip.y1 > strip.y0 > below.y1

    def test_marks_the_part_that_a_view_uses(self) -> None:
        tensor = torch.arange(8)
        plots.shared_memory(t=tensor, even=tensor[::2], end=tensor[5:])
        assert roles()["memory"] == 8
        used = Counter(line.get_gid() for line in plt.gcf().axes[0].lines)
        assert [used[f"{name} uses"] for name in ("t", "even", "end")] == [8, 4, 3]

    def test_neighbours_in_memory_do_not_share(self) -> None:
        tensor = torch.arange(6)
        plots.shared_memory(left=tensor[:3], right=tensor[3:])
        assert roles()["memory"] == 6
        assert len({round(box.x0) for box in boxes_of(Rectangle, "memory")}) == 6
        assert roles(FancyBboxPatch)["name"] == 2

    def test_reads_arrays_backwards_and_transposed(self) -> None:
        array = np.arange(6).reshape(2, 3)
        plots.shared_memory(n=array, back=array[::-1], t=torch.from_numpy(array).T)
        assert roles()["memory"] == 6
        assert [text for text in texts() if text.isdigit()] == list("012345")

    @pytest.mark.parametrize("things", [{}, {"t": torch.zeros(0)}, {"n": [1, 2]}])
    def test_refuses_what_has_no_memory(self, things: dict) -> None:
        with pytest.raises(CourseError):
            plots.shared_memory(**things)


class TestStrides:
    def test_each_cell_tells_where_it_lives(self) -> None:
        plots.strides(torch.arange(12).reshape(3, 4), "x.T")
        assert roles()["memory"] == 12
        assert all(roles()[f"at {position}"] == 1 for position in range(12))
        colour = {
            cell.get_gid(): cell.get_facecolor()
            for cell in artists(Rectangle)
            if str(cell.get_gid()).startswith("at")
        }
        strip = [cell.get_facecolor() for cell in artists(Rectangle) if cell.get_gid() == "memory"]
        assert [colour[f"at {position}"] for position in range(12)] == strip

    @pytest.mark.parametrize(
        ("view", "stride", "contiguous", "backward", "verdict"),
        [
            ("x", "(4, 1)", True, 0, "shape (12,)"),
            ("x.T", "(1, 4)", False, 3, "RuntimeError"),
            ("x.t()", "(1, 4)", False, 3, "RuntimeError"),
            ("x[:, ::2]", "(4, 2)", False, 0, "shape (6,)"),
            ("x[1:, 1:3]", "(4, 1)", False, 0, "RuntimeError"),
            ("x.view(2, 6)", "(6, 1)", True, 0, "shape (12,)"),
            ("x[0].expand(2, 4)", "(0, 1)", False, 1, "RuntimeError"),
        ],
    )
    def test_follows_the_order_of_reading(
        self, view: str, stride: str, contiguous: bool, backward: int, verdict: str
    ) -> None:
        plots.strides(torch.arange(12).reshape(3, 4), view)
        assert f"stride {stride}" in texts("caption")
        assert f"is_contiguous() = {contiguous}" in texts("caption")
        assert roles(FancyArrowPatch)["backward"] == backward
        assert texts("verdict") == [f"{view}.view(-1)  {verdict}"]

    def test_positions_are_those_that_torch_reads(self) -> None:
        stored = torch.arange(24)
        for view in (stored.view(2, 3, 4).permute(2, 0, 1), stored.view(4, 6)[1:, ::2], stored[5]):
            # Each element of `stored` is its own position.
            assert plots.striding._positions(view) == view.reshape(-1).tolist()

    def test_a_copy_has_memory_of_its_own(self) -> None:
        plots.strides(torch.arange(6).reshape(2, 3), "x", "x.T", "x.T.contiguous()")
        assert roles()["memory"] == 12

    @pytest.mark.parametrize("view", ["x.view(5)", "x + y", "x.__class__", "x.shape", "x[:0]"])
    def test_refuses_what_is_no_view(self, view: str) -> None:
        with pytest.raises(CourseError):
            plots.strides(torch.arange(6).reshape(2, 3), "x", view)
        assert not plt.get_fignums()


class TestAutogradGraph:
    def test_draws_leaves_operations_and_output(self) -> None:
        draw_graph()
        assert roles(FancyBboxPatch) == {"leaf": 2, "constant": 1, "operation": 4, "output": 1}
        operations = {"MulBackward0", "AddBackward0", "PowBackward0", "MeanBackward0"}
        assert set(texts("label")) == {"w", "b", "x", "loss"} | operations
        assert set(texts("note")) == {"w.grad", "b.grad", "requires_grad=False"}
        # x, which requires no gradient, gets none: one arrow fewer goes back.
        assert roles(FancyArrowPatch)["forward"] == 7
        assert roles(FancyArrowPatch)["backward"] == 6
        assert "loss.backward()" in texts()

    def test_goes_from_left_to_right_and_overlaps_nothing(self) -> None:
        a = torch.tensor(3.0, requires_grad=True)
        b = torch.tensor(2.0, requires_grad=True)
        y = a * b
        z = y + a.sin() * y.exp()
        plots.autograd_graph(z, a=a, b=b, z=z)
        for arrow in artists(FancyArrowPatch):
            # After the line's two points come those of the head.
            (start, _), (end, _) = arrow.get_path().vertices[:2]
            if arrow.get_gid() in ("forward", "backward"):
                assert (end > start) == (arrow.get_gid() == "forward")
            # No edge hides behind a box.
            ends = plt.gca().transData.transform(arrow.get_path().vertices[:2])
            for share in np.linspace(0.02, 0.98, 49):
                at = ends[0] * (1 - share) + ends[1] * share
                assert not any(box.get_window_extent().contains(*at) for box in artists(FancyBboxPatch))
        placed = [box.get_window_extent() for box in artists(FancyBboxPatch)]
        assert not any(one.overlaps(other) for one, other in combinations(placed, 2))

    def test_draws_a_tensor_used_twice_once(self) -> None:
        x = torch.tensor(3.0, requires_grad=True)
        plots.autograd_graph(x * x, x=x)
        assert texts("label") == ["output", "MulBackward0", "x"]

    def test_draws_even_after_backward(self) -> None:
        x = torch.tensor(3.0, requires_grad=True)
        y = x * torch.tensor(2.0)
        y.backward()
        plots.autograd_graph(y, y=y, x=x)
        assert x.grad is not None
        assert x.grad.item() == 2

    def test_asks_for_the_gradient_of_what_is_no_scalar(self) -> None:
        x = torch.ones(2, requires_grad=True)
        y = x * 2
        plots.autograd_graph(y, y=y, x=x)
        assert "y.backward(gradient=...)" in texts()

    def test_refuses_what_has_no_graph(self) -> None:
        for tensor in (torch.ones(2), torch.ones(2, requires_grad=True)):
            with pytest.raises(CourseError, match="grad_fn"):
                plots.autograd_graph(tensor)


class TestNetwork:
    def test_draws_the_layers_in_the_order_of_their_calls(self) -> None:
        plots.network(Network(), torch.rand(1, 28, 28))
        assert texts("kind") == ["Flatten", "Linear", "ReLU", "Linear", "ReLU", "Linear"]
        assert texts("arguments") == ["784, 512", "512, 512", "512, 10"]
        assert texts("parameters")[:2] == ["0 parameters", "401,920 parameters"]
        assert texts("name") == ["flatten", *"01234"]
        assert texts("shape") == ["(1, 28, 28)", "(1, 784)", *["(1, 512)"] * 4, "(1, 10)"]
        assert texts("caption") == ["Network: 669,706 parameters"]
        assert set(texts("group")) == {"stack"}
        assert texts("end") == ["x", "model(x)"]

    def test_frames_lie_around_their_own_layers_only(self) -> None:
        plots.network(Network(), torch.rand(1, 28, 28))
        frames, layers = boxes_of(Rectangle, "group"), boxes_of(FancyBboxPatch, "layer")
        inside = [
            any(f.x0 < b.x0 < b.x1 < f.x1 and f.y0 < b.y0 < b.y1 < f.y1 for f in frames) for b in layers
        ]
        assert inside == [False, True, True, True, True, True]
        assert not any(one.overlaps(other) for one, other in combinations(layers, 2))

    def test_a_layer_called_twice_is_drawn_twice(self) -> None:
        relu = nn.ReLU()
        plots.network(nn.Sequential(nn.Linear(2, 2), relu, nn.Linear(2, 1), relu), torch.rand(3, 2))
        assert texts("kind") == ["Linear", "ReLU", "Linear", "ReLU"]

    def test_what_happens_between_layers_is_dashed(self) -> None:
        plots.network(Residual(), torch.rand(5, 4))
        dashed = [a.get_linestyle() != "-" for a in artists(FancyArrowPatch) if a.get_gid() == "tensor"]
        assert dashed == [False, False, False, True]
        assert "computed between" in texts("caption")[0]
        assert texts("arguments") == ["4, 4, bias=False", "p=0.2", "4"]

    @pytest.mark.parametrize("draw", [plots.network, plots.layer_shapes])
    def test_leaves_the_model_as_it_is(self, draw: Callable[[nn.Module, torch.Tensor], None]) -> None:
        model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(), nn.Linear(4, 2)).train()
        model[1].eval()
        before = {key: value.clone() for key, value in model.state_dict().items()}
        x = torch.rand(5, 4)
        dice = torch.get_rng_state()
        draw(model, x)
        assert [module.training for module in model.modules()] == [True, True, False, True, True]
        assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())
        assert not any(module._forward_hooks for module in model.modules())
        assert all(parameter.grad is None for parameter in model.parameters())
        assert torch.equal(dice, torch.get_rng_state())

    def test_leaves_no_hooks_where_the_model_fails(self) -> None:
        model = nn.Sequential(nn.Linear(4, 4), nn.Linear(3, 2))
        with pytest.raises(RuntimeError):
            plots.network(model, torch.rand(5, 4))
        assert not any(module._forward_hooks for module in model.modules())
        assert model.training
        assert not plt.get_fignums()

    def test_needs_no_values(self) -> None:
        plots.network(Network().to("meta"), torch.rand(1, 28, 28, device="meta"))
        assert texts("shape")[-1] == "(1, 10)"


class TestLayerShapes:
    def test_equal_sizes_are_equally_long(self) -> None:
        plots.layer_shapes(nn.Linear(784, 20), torch.rand(3, 784))
        x, out = boxes_of(Rectangle, "tensor")
        weight, bias = boxes_of(Rectangle, "parameter")
        assert x.width == pytest.approx(weight.height)
        assert weight.width == pytest.approx(bias.width) == pytest.approx(out.width)
        assert x.height == pytest.approx(out.height)
        assert out.height < out.width < x.width
        assert texts("shape") == ["(3, 784)", "(784, 20)", "(20,)", "(3, 20)"]
        assert texts("title") == ["x", "weight.T", "bias", "layer(x)"]
        assert texts("sign") == ["@", "+", "="]

    def test_a_sample_keeps_its_colour(self) -> None:
        plots.layer_shapes(nn.Flatten(), torch.rand(3, 28, 28))
        sheets = [a for a in artists(Rectangle) if a.get_gid() == "tensor"][:3]
        rows = [a for a in artists(Rectangle) if a.get_gid() == "sample"]
        # Sheets are drawn from back to front.
        assert [s.get_facecolor() for s in reversed(sheets)] == [r.get_facecolor() for r in rows]
        assert texts("layer") == ["Flatten()"]

    def test_a_sequential_is_drawn_step_by_step(self) -> None:
        layers = nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(784, 20), nn.ReLU()), nn.Softmax(dim=1))
        plots.layer_shapes(layers, torch.rand(3, 28, 28))
        assert texts("layer") == ["Flatten()", "Linear(784, 20)", "ReLU()", "Softmax(dim=1)"]
        assert texts("shape") == ["(3, 28, 28)", "(3, 784)", "(3, 20)", "(3, 20)", "(3, 20)"]
        assert texts("title") == ["x", "layer(x)"]

    def test_draws_batches_of_every_size(self) -> None:
        for shape in [(4,), (0, 4), (100, 4), (2, 3, 4), (10, 2, 3, 4)]:
            plots.layer_shapes(nn.Linear(4, 2), torch.rand(shape))
            assert texts("shape")[-1] == str((*shape[:-1], 2))


class TestConvolution:
    def test_marks_the_patch_and_the_number_that_comes_of_it(self) -> None:
        plots.convolution(MATRIX, torch.tensor([[1, 0], [0, 10]]), 2, 1)
        assert roles() == {"marked": 5, "unmarked": 12 + 8, "kernel": 4}
        assert {"x[2:4, 1:3]", "result[2, 1]", "shape (3, 3)", "shape (2, 2)"} <= set(texts("caption"))
        assert str(10 + 10 * 15) in texts()


def long_chain() -> torch.Tensor:
    x = torch.ones(1, requires_grad=True)
    for _ in range(2000):
        x = x + 1
    return x


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.tensor_grid(torch.zeros(100, 100)),
        lambda: plots.tensor_grid(torch.zeros(1, 2, 3, 4)),
        lambda: plots.tensor_grid(torch.zeros(1, 60)),
        lambda: plots.tensor_grid(torch.zeros(60, 1)),
        lambda: plots.tensor_grid(torch.zeros(2, 3, device="meta")),
        lambda: plots.tensor_grid(torch.eye(3).to_sparse()),
        lambda: plots.tensor_grid([1, 2]),  # type: ignore[arg-type]
        lambda: plots.tensor_grid(),
        lambda: plots.tensor_grid(torch.ones(1), titles=["a", "b"]),
        lambda: plots.slices(torch.zeros(30, 30), "x[0]"),
        lambda: plots.slices(torch.zeros(2, 3, 4), "x[0]"),
        lambda: plots.cat_and_stack(torch.zeros(12, 12), torch.zeros(12, 12)),
        lambda: plots.convolution(MATRIX, torch.ones(5, 1), 0, 0),
        lambda: plots.convolution(MATRIX, torch.ones(3, 3), 0, 2),
        lambda: plots.convolution(torch.zeros(2), torch.zeros(1), 0, 0),
        lambda: plots.convolution(torch.zeros(20, 20), torch.zeros(3, 3), 0, 0),
        lambda: plots.broadcast(torch.zeros(100, 1), torch.zeros(100)),
        lambda: plots.broadcast(torch.zeros(2), torch.zeros(2), "@"),
        lambda: plots.shared_memory(n=np.zeros(100)),
        lambda: plots.strides(torch.zeros(10, 10), "x"),
        lambda: plots.autograd_graph(long_chain()),
        lambda: plots.network(nn.Linear, torch.zeros(1)),  # type: ignore[arg-type]
        lambda: plots.network(nn.Flatten(), [1]),  # type: ignore[arg-type]
        lambda: plots.network(nn.Sequential(), torch.zeros(1)),
        lambda: plots.network(nn.Sequential(*[nn.ReLU()] * 21), torch.zeros(1)),
        lambda: plots.network(nn.LSTM(2, 2), torch.zeros(1, 2)),
        lambda: plots.layer_shapes(torch.relu, torch.zeros(1)),  # type: ignore[arg-type]
        lambda: plots.layer_shapes(nn.ReLU(), 1),  # type: ignore[arg-type]
        lambda: plots.layer_shapes(nn.Sequential(), torch.zeros(1)),
        lambda: plots.layer_shapes(nn.LSTM(2, 2), torch.zeros(1, 2)),
    ],
)
def test_too_much_is_refused_in_both_languages_and_leaves_no_figure(
    draw: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for language in ("zh", "en"):
        monkeypatch.setenv("COURSE_LANGUAGE", language)
        with pytest.raises(CourseError) as caught:
            draw()
        said.append(str(caught.value))
    assert not said[0].isascii()
    assert said[1].isascii()
    assert not plt.get_fignums()


# How people without one kind of cone see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
DEFICIENCIES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "none": np.eye(3).tolist(),
}


def lab(colour: str, deficiency: str) -> np.ndarray:
    """CIELAB of a colour as it is seen: 100 from black to white, and about 2 is just noticeable."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(DEFICIENCIES[deficiency]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


class TestPalette:
    @pytest.mark.parametrize("deficiency", DEFICIENCIES)
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            palette.CATEGORIES,  # one input and the other
            (palette.ORANGE, palette.PALE),  # selected and left out
            (palette.BLUE, palette.VERMILLION),  # forward and back
            (palette.INK, palette.VERMILLION),
            *[(colour, palette.mix(colour, palette.PAPER, 0.8)) for colour in palette.CATEGORIES],
        ],
    )
    def test_everyone_tells_the_colours_apart(self, deficiency: str, one: str, other: str) -> None:
        assert np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)) > 20

    @pytest.mark.parametrize("deficiency", DEFICIENCIES)
    def test_the_scale_rises_in_lightness_for_everyone(self, deficiency: str) -> None:
        lightness = [lab(palette.scale(share), deficiency)[0] for share in np.linspace(0, 1, 21)]
        assert all(later > earlier for earlier, later in pairwise(lightness))
        assert lightness[-1] - lightness[0] > 30

    def test_numbers_can_be_read_on_the_whole_scale(self) -> None:
        for share in np.linspace(0, 1, 101):
            face = palette.scale(share)
            assert palette.contrast(palette.ink_on(face), face) >= 4.5

    def test_contrast_is_wcags(self) -> None:
        assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
        assert palette.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_importing_needs_matplotlib_and_torch_only() -> None:
    code = (
        "import sys, pytorch_learning.plots; "
        "heavy = {'pandas', 'torchvision', 'nbgrader', 'IPython', 'jupytext'} & set(sys.modules); "
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def drawn() -> list[np.ndarray]:
    """What each picture of the figure shows."""
    return [axes.get_images()[0].get_array() for axes in plt.gcf().axes]


class TestImages:
    def test_shows_the_values_in_one_grey_scale(self) -> None:
        pictures = torch.arange(2 * 28 * 28).reshape(2, 1, 28, 28)
        plots.images(pictures, ["first", "second"])
        assert [axes.get_title() for axes in plt.gcf().axes] == ["first", "second"]
        assert all(np.array_equal(shown, x[0]) for shown, x in zip(drawn(), pictures, strict=True))
        assert {axes.get_images()[0].get_clim() for axes in plt.gcf().axes} == {(0.0, 1567.0)}

    @pytest.mark.parametrize("dtype", [torch.uint8, torch.float32])
    def test_shows_colours(self, dtype: torch.dtype) -> None:
        red = torch.zeros(3, 4, 5, dtype=dtype)
        red[0] = 255 if dtype == torch.uint8 else 1.0
        plots.images([red])
        assert drawn()[0].shape == (4, 5, 3)
        assert np.array_equal(drawn()[0][2, 3], [1.0, 0.0, 0.0])

    def test_fills_rows(self) -> None:
        plots.images(torch.rand(7, 28, 28), columns=3)
        lefts = [round(axes.get_position().x0, 3) for axes in plt.gcf().axes]
        assert len(set(lefts)) == 3
        assert lefts[0] == lefts[3] == lefts[6]

    def test_keeps_to_a_notebooks_width(self) -> None:
        plots.images(torch.rand(40, 28, 28), ["Ankle boot"] * 40)
        assert len({round(axes.get_position().x0, 3) for axes in plt.gcf().axes}) > 5
        assert plt.gcf().get_size_inches()[0] < 9.9

    def test_a_picture_of_one_value_is_no_error(self) -> None:
        plots.images(torch.zeros(1, 28, 28))
        assert np.array_equal(drawn()[0], np.zeros((28, 28)))

    @pytest.mark.parametrize(
        ("pictures", "options", "message"),
        [
            (torch.rand(0, 28, 28), {}, "1 to 100"),
            (torch.rand(101, 28, 28), {}, "1 to 100"),
            (torch.rand(2, 28, 28), {"titles": ["one"]}, "one title for each"),
            (torch.rand(2, 2, 28, 28), {}, r"not \(2, 28, 28\)"),
            ([np.zeros((28, 28))], {}, "not a ndarray"),
            (torch.rand(50, 28, 28), {"columns": 1}, "too big"),
        ],
    )
    def test_refuses(
        self, english: None, pictures: torch.Tensor, options: dict[str, list[str]], message: str
    ) -> None:
        with pytest.raises(CourseError, match=message):
            plots.images(pictures, **options)
        assert not plt.get_fignums()


class TestTimeline:
    def test_bars_lie_where_the_events_are(self) -> None:
        gpu = paper_gpu()
        plots.timeline(gpu)
        ground = boxes_of(Rectangle, "ground")[0]
        inch = ground.width / gpu.clock()
        for lane in ("CPU", "GPU"):
            work = [e for e in gpu.events if e.lane == lane and e.name != "wait"]
            bars = boxes_of(Rectangle, f"{lane} work")
            assert [round((bar.x0 - ground.x0) / inch, 3) for bar in bars] == [
                round(e.start, 3) for e in work
            ]
            assert [round(bar.width / inch, 3) for bar in bars] == [round(e.end - e.start, 3) for e in work]
        assert roles()["waiting"] == 1
        assert texts("lane") == ["CPU", "GPU"]
        assert "ms" in texts("unit")

    def test_all_have_one_scale(self) -> None:
        plots.timeline(paper_gpu(True), paper_gpu(), titles=["a", "b"])
        assert texts("title") == ["a", "b"]
        assert roles()["waiting"] == 4
        widths = sorted({round(bar.width) for bar in boxes_of(Rectangle, "GPU work")})
        assert len(widths) == 2

    def test_refuses_what_it_cannot_draw(self) -> None:
        for wrong in ((), (PaperGPU(),), ("gpu",)):
            with pytest.raises(CourseError):
                plots.timeline(*wrong)
        with pytest.raises(CourseError):
            plots.timeline(paper_gpu(), titles=["a", "b"])
        assert not plt.get_fignums()


class TestFloatFormats:
    @pytest.mark.parametrize(
        ("dtype", "parts"),
        [(torch.float32, (1, 8, 23)), (torch.bfloat16, (1, 8, 7)), (torch.float16, (1, 5, 10))],
    )
    def test_draws_each_bit(self, dtype: torch.dtype, parts: tuple[int, int, int]) -> None:
        plots.float_formats(dtype)
        assert tuple(roles()[part] for part in ("sign", "exponent", "fraction")) == parts
        assert texts("title") == [str(dtype).removeprefix("torch.")]

    @pytest.mark.parametrize("dtypes", [(), (torch.int32,), (torch.float64,), ("float16",)])
    def test_refuses_other_dtypes(self, dtypes: tuple[object, ...]) -> None:
        with pytest.raises(CourseError):
            plots.float_formats(*dtypes)
