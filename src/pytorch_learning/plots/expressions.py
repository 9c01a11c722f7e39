"""Expressions over one tensor, such as "x[:, 0]", read from the text that a picture then shows."""

from __future__ import annotations

import ast
from typing import NoReturn

import torch

from pytorch_learning.plots.values import refuse

# Indexing, and what may stand in an index.
_INDEXING = (
    ast.Expression,
    ast.Subscript,
    ast.Name,
    ast.Load,
    ast.Slice,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.UnaryOp,
    ast.USub,
    ast.Invert,
    ast.BinOp,
    ast.BitAnd,
    ast.BitOr,
    ast.Mod,
    ast.Compare,
    ast.cmpop,
)
_METHODS = (*_INDEXING, ast.Attribute, ast.Call, ast.keyword)


class _IndexThePositions(ast.NodeTransformer):
    """Put `positions` in the place of the tensor that is indexed, and leave the tensor inside the index.

    So "x[x > 2]" asks the values which cells are meant, and the positions where they are.
    """

    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        target: ast.expr = ast.Name("positions", ast.Load())
        if isinstance(node.value, ast.Subscript):
            target = self.visit_Subscript(node.value)
        return ast.Subscript(target, node.slice, node.ctx)


def selected_positions(expression: str, tensor: torch.Tensor) -> torch.Tensor:
    """The positions, in reading order, of the elements that an index selects, in the result's shape.

    Raises CourseError if it is not an indexing of a single name, or if the index does not fit `tensor`.
    """
    tree, name = _parse(expression, _INDEXING)
    if not isinstance(tree.body, ast.Subscript):
        _refuse_expression(expression)
    positions = torch.arange(tensor.numel()).reshape(tensor.shape)
    picked = ast.fix_missing_locations(_IndexThePositions().visit(tree))
    return _evaluate(picked, expression, {name: tensor, "positions": positions})


def view_of(expression: str, tensor: torch.Tensor) -> torch.Tensor:
    """The tensor that an expression such as "x.T" or "x[:, 1:].contiguous()" makes of `tensor`.

    Raises CourseError if it is anything but indexing and methods of a single name, or if it fails.
    """
    tree, name = _parse(expression, _METHODS)
    return _evaluate(tree, expression, {name: tensor})


def _parse(expression: str, allowed: tuple[type[ast.AST], ...]) -> tuple[ast.Expression, str]:
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        _refuse_expression(expression)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    private = any(isinstance(node, ast.Attribute) and node.attr.startswith("_") for node in ast.walk(tree))
    if len(names) != 1 or private or not all(isinstance(node, allowed) for node in ast.walk(tree)):
        _refuse_expression(expression)
    return tree, names.pop()


def _evaluate(tree: ast.Expression, expression: str, variables: dict[str, torch.Tensor]) -> torch.Tensor:
    try:
        # Only the nodes listed above get here, and no builtins: an index cannot do anything but index.
        result = eval(compile(tree, "<expression>", "eval"), {"__builtins__": {}}, variables)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        refuse(f"{expression} 不能执行：{reason}。", f"{expression} does not work: {reason}.")
    if not isinstance(result, torch.Tensor):
        refuse(f"{expression} 的结果不是张量。", f"{expression} is not a tensor.")
    return result


def _refuse_expression(expression: str) -> NoReturn:
    refuse(
        f"无法理解 {expression!r}：请写成对一个张量的操作，例如 'x[:, 0]'。",
        f"{expression!r} cannot be read: write it for one tensor, such as 'x[:, 0]'.",
    )
