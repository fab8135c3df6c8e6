"""The error tree is drawn as it is."""

from __future__ import annotations

import re

from grader import errors


def drawn() -> set[tuple[str, str]]:
    """Every class of the picture in the docstring, with the one it stands under."""
    pairs, above = set(), {0: "Exception"}
    for indent, name in re.findall(r"^( {4}(?:│   |    )*[├└]── |    )([A-Z]\w+)  ", errors.__doc__, re.MULTILINE):
        level = len(indent) // 4 - 1
        pairs.add((above[level], name))
        above[level + 1] = name
    return pairs


def test_the_tree_is_drawn_as_it_is() -> None:
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert drawn() == {(kind.__base__.__name__, kind.__name__) for kind in classes}
