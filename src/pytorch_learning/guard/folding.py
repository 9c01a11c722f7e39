"""Strings that a program puts together from constants."""

from __future__ import annotations

import ast


def folded(node: ast.AST | None) -> str | None:
    """The text that an expression of constants has, or None."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = folded(node.left), folded(node.right)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.JoinedStr):
        return _joined("", node.values)
    if isinstance(node, ast.FormattedValue):
        return folded(node.value) if node.conversion == -1 and node.format_spec is None else None
    if isinstance(node, ast.Subscript):
        return _sliced(folded(node.value), node.slice)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _method(node.func, node.args)
    return None


def beginning(node: ast.AST) -> str:
    """What a text begins with that is not known to its end."""
    if isinstance(node, ast.JoinedStr) and node.values:
        return folded(node.values[0]) or ""
    if isinstance(node, ast.BinOp):
        return folded(node.left) or beginning(node.left)
    return ""


def _joined(between: str, parts: list[ast.expr]) -> str | None:
    texts = [folded(part) for part in parts]
    known = [text for text in texts if text is not None]
    return between.join(known) if len(known) == len(texts) else None


def _sliced(text: str | None, part: ast.expr) -> str | None:
    if text is None:
        return None
    try:
        chosen = ast.literal_eval(part)
    except ValueError:
        if not isinstance(part, ast.Slice):
            return None
        try:
            bounds = [
                None if bound is None else ast.literal_eval(bound)
                for bound in (part.lower, part.upper, part.step)
            ]
            return text[slice(*bounds)]
        except (ValueError, TypeError):
            return None
    return text[chosen] if isinstance(chosen, int) and -len(text) <= chosen < len(text) else None


def _method(function: ast.Attribute, arguments: list[ast.expr]) -> str | None:
    text = folded(function.value)
    if text is None:
        return None
    if function.attr == "join" and len(arguments) == 1 and isinstance(arguments[0], (ast.List, ast.Tuple)):
        return _joined(text, arguments[0].elts)
    if function.attr in ("lower", "upper", "strip", "casefold", "replace", "format"):
        texts = [folded(argument) for argument in arguments]
        try:
            return None if None in texts else str(getattr(text, function.attr)(*texts))
        except (TypeError, ValueError, LookupError):
            return None
    return None
