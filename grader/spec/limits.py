"""How much a file may hold and ask for: it may come from a stranger, and what it asks for is drawn for a class.

Every limit is far above what a person solves by hand, and is named where it is met.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.spec.problem import FormChoice
from grader.spec.source import Path, Source
from grader.yamltext import Entries, Items, Node

MOST_LISTED = 300
"""Entries of one list or one part of a file, of a part also once its loops are unrolled."""
MOST_OPTIONS = 40
"""Options of a blank, each compared with every other."""
MOST_SIDE = 100
"""Entries along a side of an array."""
MOST_DRAWN = 1000
"""Entries of one array that is drawn or written."""
MOST_SOLVED = 2000
"""Entries of all givens and steps of one student."""
MOST_FORMS = 100_000
"""Forms of a problem."""
MOST_PARTS = 20_000
"""Parts of one formula, the functions of the file written out in it."""
MOST_DEEP = 250
"""Operations on the longest way from a given to a step: whoever follows it calls as deep as it is long."""
MOST_IN_ALL = 60_000
"""Parts of all formulas of a form."""


def refuse_many(source: Source, node: Node | None = None, path: Path = ()) -> None:
    """Refuse a file with a list that is longer than any that is solved by hand."""
    node = source.root if node is None else node
    below: Sequence[tuple[str | int, Node]] = ()
    if isinstance(node, Entries):
        below = [(key.value, value) for key, value in node.entries]
    elif isinstance(node, Items):
        below = list(enumerate(node.items))
    if len(below) > MOST_LISTED:
        source.fail("spec-many", path, count=len(below), most=MOST_LISTED)
    for key, value in below:
        refuse_many(source, value, (*path, key))


def refuse_forms(source: Source, choices: Sequence[FormChoice]) -> None:
    """Refuse choices that make more forms than anybody can look at."""
    sizes = [
        size for choice in choices for size in ([len(choice.options)] if choice.options else map(len, choice.slots))
    ]
    if 0 in sizes:
        source.fail("spec-form-empty", ("given",))
    if math.prod(sizes) > MOST_FORMS:
        source.fail("spec-forms", ("form",) if "form" in source.root else ("given",), most=MOST_FORMS)
