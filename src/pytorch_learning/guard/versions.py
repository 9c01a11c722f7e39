"""Whether a dictionary has been changed, told without a look at what is in it.

CPython numbers the states of all dictionaries, one after the other (PEP 509): each change gives a dictionary
a number that none has had before, so that one that was changed back has another number all the same.
Reading it touches one word, where comparing touches every key and value, which a forked process first has
to copy.  From Python 3.14 on there are no such numbers.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from itertools import pairwise
from typing import Any

# The reference count, the type and the number of entries come before it.
_OFFSET = 2 * ctypes.sizeof(ctypes.c_ssize_t) + ctypes.sizeof(ctypes.c_void_p)

Space = dict[str, Any]


class Version:
    """The number of a dictionary, and the one at which it was found to be in order.

    Whoever has it has to keep the dictionary too.
    """

    def __init__(self, space: Space) -> None:
        self._number = _number(space) if NUMBERED else None
        self._in_order = -1

    def in_order(self) -> bool:
        """Whether the dictionary is as it was when it was in order.  No, where that can't be told."""
        return self._number is not None and self._number.value == self._in_order

    def note(self) -> None:
        """It is in order as it is now."""
        if self._number is not None:
            self._in_order = self._number.value


def dictionary(owner: Any) -> Space:
    """Where a module or a class has its variables."""
    space = vars(owner)
    # A class shows a view of it.
    return space if isinstance(space, dict) else gc.get_referents(space)[0]


def _number(space: Space) -> ctypes.c_uint64:
    return ctypes.c_uint64.from_address(id(space) + _OFFSET)


def _are_numbered() -> bool:
    """Try it."""
    space: Space = {"a": 1}
    number = _number(space)
    changes: tuple[Callable[[], object], ...] = (
        lambda: space.update(b=2),
        lambda: space.update(b=3),
        lambda: space.pop("b"),
        lambda: space.setdefault("c", 4),
        lambda: space.clear(),
        lambda: space.__setitem__("a", 1),
        lambda: space.__delitem__("a"),
    )
    looks: tuple[Callable[[], object], ...] = (
        lambda: space.get("a"),
        lambda: "b" in space,
        lambda: list(space.items()),
        lambda: space.copy(),
    )
    seen = [number.value]
    for change in changes:
        change()
        seen.append(number.value)
        for look in looks:
            look()
        if number.value != seen[-1]:
            return False
    return all(before < after for before, after in pairwise(seen))


NUMBERED = _are_numbered()
"""Whether this interpreter does."""
