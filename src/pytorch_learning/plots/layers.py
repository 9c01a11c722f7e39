"""One layer with the shapes of what goes in and out, and what all pictures of layers share."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn

from pytorch_learning.plots.canvas import LARGE, MEDIUM, SMALL, Canvas, Point, text_width
from pytorch_learning.plots.palette import INK, ORANGE, PALE, PAPER, SKY, mix
from pytorch_learning.plots.values import MAX_WIDTH, refuse, shape_of

MAX_LAYERS = 20
LEARNS, LEARNS_NOT = mix(SKY, PAPER, 0.55), PALE
_LONGEST = 26  # characters of a layer's arguments
_UNIT, _POWER = 0.2, 0.35  # how long a dimension of a given size is drawn
_SHEETS = 4
_STRIPES = 6  # samples that are told apart by their colour
_OFFSET = 0.09
_ARROW = 0.3
_GAP = 0.14
_TITLE = 0.22
_CAPTION = 0.2
_BOX = 0.34


def layer_shapes(layer: nn.Module, x: torch.Tensor) -> None:
    """Draw `x`, the layer and `layer(x)` as blocks with their shapes; of an nn.Sequential, every step.

    Equal sizes are drawn equally long, and greater ones longer (but less so than they are); stripes and
    sheets of one colour are one sample, that is one position along dim 0.  An nn.Linear is drawn as the
    product that it is, with `weight.T` and `bias`.  The layer stays as it is and records no gradients.
    """
    check_arguments(layer, x)
    steps = _steps(layer)
    if not 0 < len(steps) <= MAX_LAYERS:
        refuse_layers()
    with looking_at(layer):
        tensors = [x]
        for step in steps:
            tensors.append(check_output(step, step(tensors[-1])))
    items: list[_Item] = [_Block("x", shape_of(x), tuple(x.shape))]
    if len(steps) == 1 and isinstance(layer, nn.Linear):
        items += _product(layer)
        items.append(_Sign("="))
        items.append(_Block("layer(x)", shape_of(tensors[-1]), tuple(tensors[-1].shape)))
    else:
        for number, (step, after) in enumerate(zip(steps, tensors[1:], strict=True)):
            items.append(_Sign(""))
            items.append(_Step(signature(step), any(True for _ in step.parameters())))
            items.append(_Sign(""))
            title = "layer(x)" if number == len(steps) - 1 else ""
            items.append(_Block(title, shape_of(after), tuple(after.shape)))
    _draw(items)


def check_arguments(model: nn.Module, x: torch.Tensor) -> None:
    """Raise CourseError unless it is a module and a tensor."""
    if not isinstance(model, nn.Module):
        found = model.__name__ if isinstance(model, type) else type(model).__name__
        refuse(
            f"只能画 nn.Module 的实例，得到的是 {found}：类的名字后面要加括号，例如 nn.Flatten()。",
            f"Only an instance of nn.Module can be drawn, not {found}: a class needs parentheses after its "
            "name, as in nn.Flatten().",
        )
    if not isinstance(x, torch.Tensor):
        found = type(x).__name__
        refuse(
            f"输入应是 torch.Tensor，得到的是 {found}：请先用 torch.tensor(...) 转换。",
            f"The input should be a torch.Tensor, not a {found}: convert it with torch.tensor(...).",
        )


def check_output(module: nn.Module, output: object) -> torch.Tensor:
    """The output, if it is one tensor; else raise CourseError."""
    if not isinstance(output, torch.Tensor):
        kind, found = type(module).__name__, type(output).__name__
        refuse(
            f"{kind} 给出的不是一个张量，而是 {found}：这里只能画每层都给出一个张量的模型。",
            f"{kind} gives a {found}, not one tensor: only models whose layers give one each can be drawn.",
        )
    return output


def refuse_layers() -> None:
    """Raise CourseError because there is no layer to draw, or too many."""
    refuse(
        f"能画 1 到 {MAX_LAYERS} 层的模型：这个模型没有层被调用，或者层数太多。请画其中的一部分。",
        f"A model of 1 to {MAX_LAYERS} layers can be drawn; this one calls none or more: draw a part.",
    )


@contextmanager
def looking_at(model: nn.Module) -> Iterator[None]:
    """In here the model can be run without a trace: in eval mode, without gradients, with its own dice."""
    modes = [(module, module.training) for module in model.modules()]
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        try:
            model.eval()
            yield
        finally:
            for module, training in modes:
                module.training = training


def arguments_of(layer: nn.Module) -> str:
    """What the layer was made with, as it would be written: "784, 512", "dim=1"; defaults are left out."""
    said = []
    for name, parameter in inspect.signature(type(layer).__init__).parameters.items():
        if (
            parameter.kind is not parameter.POSITIONAL_OR_KEYWORD
            or not hasattr(layer, name)
            or name == "self"
        ):
            continue
        value, usual = getattr(layer, name), parameter.default
        if isinstance(usual, bool) and not isinstance(value, bool):
            value = value is not None  # a bias is a parameter of its own, or None
        if isinstance(value, (torch.Tensor, nn.Module)):
            continue
        if isinstance(value, tuple) and len(set(value)) == 1:
            value = value[0]  # a convolution keeps (3, 3) where 3 was written
        if usual is parameter.empty:
            said.append(ascii(value))
        elif name == "p" or value != usual:
            said.append(f"{name}={value!a}")
    text = ", ".join(said)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def signature(layer: nn.Module) -> str:
    """ "Linear(784, 512)"."""
    return f"{kind_of(layer)}({arguments_of(layer)})"


def kind_of(layer: nn.Module) -> str:
    """The name of the layer's class, in ASCII."""
    return ascii(type(layer).__name__)[1:-1]


def _steps(layer: nn.Module) -> list[nn.Module]:
    """The layer itself, or what an nn.Sequential is made of."""
    # Only nn.Sequential itself runs its children in a row for sure: a subclass may do otherwise.
    if type(layer) is not nn.Sequential:
        return [layer]
    return [step for child in layer for step in _steps(child)]


def _length(size: int) -> float:
    """How long a dimension is drawn, in inches."""
    return _UNIT * size**_POWER


@dataclass
class _Item:
    """Something in a row: how much room it takes, and how it is drawn around the height `middle`."""

    @property
    def width(self) -> float:
        raise NotImplementedError

    @property
    def height(self) -> float:
        return 0.0

    def draw(self, canvas: Canvas, left: float, middle: float) -> None:
        raise NotImplementedError


@dataclass
class _Sign(_Item):
    """A sign between two blocks, or an arrow if there is none."""

    sign: str

    @property
    def width(self) -> float:
        return text_width(self.sign, LARGE) if self.sign else _ARROW

    def draw(self, canvas: Canvas, left: float, middle: float) -> None:
        if self.sign:
            canvas.text((left + self.width / 2, middle), self.sign, size=LARGE, bold=True, role="sign")
        else:
            canvas.arrow([(left, middle), (left + self.width, middle)], role="step")


@dataclass
class _Step(_Item):
    """A layer as a box."""

    text: str
    learns: bool

    @property
    def width(self) -> float:
        return text_width(self.text, MEDIUM) + 0.2

    @property
    def height(self) -> float:
        return _BOX

    def draw(self, canvas: Canvas, left: float, middle: float) -> None:
        face = LEARNS if self.learns else LEARNS_NOT
        canvas.box((left, middle - _BOX / 2), (self.width, _BOX), face=face, role="layer")
        canvas.text((left + self.width / 2, middle), self.text, size=MEDIUM, role="layer")


@dataclass
class _Block(_Item):
    """A tensor: a row, a matrix or a stack of matrices, with a title above and its shape below."""

    title: str
    caption: str
    shape: tuple[int, ...]
    is_parameter: bool = False

    @property
    def _sheet(self) -> tuple[float, float]:
        rows, columns = (1, 1, *self.shape)[-2:]
        return _length(columns) or 0.06, _length(rows) or 0.06

    @property
    def _sheets(self) -> int:
        count = 1
        for size in self.shape[:-2]:
            count *= size
        return min(count, _SHEETS) or 1

    @property
    def _drawn(self) -> tuple[float, float]:
        spread = _OFFSET * (self._sheets - 1)
        return self._sheet[0] + spread, self._sheet[1] + spread

    @property
    def width(self) -> float:
        return max(self._drawn[0], text_width(self.title, MEDIUM), text_width(self.caption, SMALL))

    @property
    def height(self) -> float:
        return self._drawn[1] + 2 * max(_TITLE, _CAPTION)

    def draw(self, canvas: Canvas, left: float, middle: float) -> None:
        centre = left + self.width / 2
        width, height = self._drawn
        top = middle - height / 2
        if self.title:
            canvas.text((centre, top - _TITLE / 2), self.title, size=MEDIUM, bold=True, role="title")
        canvas.text((centre, top + height + _CAPTION / 2 + 0.02), self.caption, size=SMALL, role="shape")
        empty = 0 in self.shape
        samples = self.shape[0] if len(self.shape) > 1 and not self.is_parameter else 1
        striped = samples <= _STRIPES
        role = "parameter" if self.is_parameter else "tensor"
        # The first sheet lies in front, and the others behind it, up and to the right.
        for number in reversed(range(self._sheets)):
            corner = (
                centre - width / 2 + _OFFSET * number,
                top + _OFFSET * (self._sheets - 1 - number),
            )
            of_sample = number if len(self.shape) == 3 and striped else 0
            face = PAPER if empty else mix(ORANGE, PAPER, 0.3) if self.is_parameter else _colour(of_sample)
            canvas.rectangle(
                corner, self._sheet, face=face, edge=INK, dashed=empty, role=role, order=2 - 0.01 * number
            )
        if len(self.shape) == 2 and striped and not empty and not self.is_parameter:
            self._draw_stripes(canvas, (centre - width / 2, top), samples)

    def _draw_stripes(self, canvas: Canvas, corner: Point, samples: int) -> None:
        height = self._sheet[1] / samples
        for sample in range(samples):
            canvas.rectangle(
                (corner[0], corner[1] + sample * height),
                (self._sheet[0], height),
                face=_colour(sample),
                edge=INK,
                width=0.5,
                role="sample",
                order=2.1,
            )


def _colour(sample: int) -> str:
    return mix(SKY, PAPER, (0.0, 0.4, 0.75)[sample % 3])


def _product(layer: nn.Linear) -> list[_Item]:
    """What stands between x and the result: ` @ weight.T + bias`."""
    weight = layer.weight.T
    items: list[_Item] = [
        _Sign("@"),
        _Block("weight.T", shape_of(weight), tuple(weight.shape), is_parameter=True),
    ]
    if layer.bias is not None:
        items += [
            _Sign("+"),
            _Block("bias", shape_of(layer.bias), tuple(layer.bias.shape), is_parameter=True),
        ]
    return items


def _draw(items: list[_Item]) -> None:
    """Rows of items, each around its middle."""
    rows: list[list[_Item]] = [[]]
    for item in items:
        if rows[-1] and _row_width([*rows[-1], item]) > MAX_WIDTH - 0.2:
            # An arrow goes with what follows it, at the beginning of the next row.
            carried = [rows[-1].pop()] if isinstance(rows[-1][-1], _Sign) else []
            rows.append([*carried, item])
        else:
            rows[-1].append(item)
    canvas = Canvas()
    y = 0.0
    for row in rows:
        height = max(item.height for item in row)
        x = 0.0
        for item in row:
            item.draw(canvas, x, y + height / 2)
            x += item.width + _GAP
        y += height + _GAP
    canvas.show(max(_row_width(row) for row in rows), y - _GAP)


def _row_width(row: list[_Item]) -> float:
    return sum(item.width for item in row) + _GAP * (len(row) - 1)
