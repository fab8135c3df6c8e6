"""A tree from its root down: of decisions, with what was found on the branches, or of a computation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from grader.figures.canvas import Canvas
from grader.figures.lettering import lettered
from grader.figures.numbers import Numbers
from grader.figures.ovals import Oval
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import DASHES, USUAL, Line, Scene
from grader.spec import schemes

MOST_NODES, DEEPEST = 40, 8
HIGH, PADDING = 24.0, 7.0
"""A node, and around its label."""
BARE, MARKED = 26.0, 40.0
"""From level to level, without anything on the branches and with it."""
GAP, CLEAR = 12.0, 7.0
"""Between two nodes of a level, and around what stands on a branch."""
SHARES = (0.55, 0.5, 0.6, 0.65, 0.45, 0.7, 0.4, 0.75)


class Node(msgspec.Struct, frozen=True):
    """A node as the file has it, with what stands on the branch to it and what is below."""

    text: Words
    label: Words | None
    dashed: bool
    branches: tuple[Node, ...]
    when: Formula | None


class Grown(NamedTuple):
    """A node for one student."""

    text: str
    label: str
    dashed: bool
    branches: list[Grown]

    @property
    def half(self) -> float:
        """Half of its width."""
        return max(HIGH / 2, lettered(self.text).width / 2 + PADDING)


class Tree(msgspec.Struct, frozen=True):
    """A tree as the file has it."""

    part: Part
    root: Node

    @staticmethod
    def read(part: Part) -> Tree:
        """The tree of a file."""
        return Tree(part, _node(part, schemes.Tree))

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's tree, and what is to be said of it."""
        root = _grown(self.root, numbers)
        if _count(root) > MOST_NODES:
            self.part.fail("figure-tree-large", nodes=MOST_NODES, levels=DEEPEST)
        return _scene(root), [numbers.say("figure-tree", tree=_told(root, numbers))]


def _node(part: Part, model: type[msgspec.Struct], depth: int = 1) -> Node:
    part.like(model)
    if depth > DEEPEST:
        part.fail("figure-tree-large", nodes=MOST_NODES, levels=DEEPEST)
    branches = tuple(_node(item, schemes.Branch, depth + 1) for item in part.listed("branches"))
    return Node(
        part.below("node").words(), part.words_of("label"), part.flag_of("dashed"), branches, part.formula_of("when")
    )


def _grown(node: Node, numbers: Numbers) -> Grown:
    """The node with those branches that this student has."""
    branches = [_grown(branch, numbers) for branch in node.branches if numbers.holds(branch.when)]
    return Grown(numbers.label(node.text), numbers.label(node.label), node.dashed, branches)


def _count(node: Grown) -> int:
    return 1 + sum(map(_count, node.branches))


# ----- The picture -------------------------------------------------------------------------------------------------


class Laid(NamedTuple):
    """A node in its place below its parent, `x` from the middle of it, and how far all below it reaches to the left and
    right on each level, from its own middle.
    """

    node: Grown
    x: float
    branches: list[Laid]
    reach: list[tuple[float, float]]


def _scene(root: Grown) -> Scene:
    canvas = Canvas()
    apart = HIGH + (MARKED if _marked(root) else BARE)
    placed = list(_placed(_laid(root, 0.0), 0.0, 0.0, apart))
    for node, oval, parent in placed:
        if parent is not None:
            canvas.edge(Line((parent.rim(oval.middle), oval.rim(parent.middle))), lettered(node.label), SHARES)
    for node, oval, _ in placed:
        canvas.draw(Line(oval.outline(), USUAL, DASHES if node.dashed else ()))
        canvas.write(lettered(node.text), *oval.middle)
    return canvas.finished()


def _marked(node: Grown) -> bool:
    return bool(node.label) or any(map(_marked, node.branches))


def _laid(node: Grown, x: float) -> Laid:
    """Its branches side by side, each as near to those before it as all levels allow; itself over their middle."""
    branches: list[Laid] = []
    right: list[float] = []  # how far those before reach on each level
    for branch in node.branches:
        laid = _laid(branch, 0.0)
        needs = [edge - left + GAP for edge, (left, _) in zip(right, laid.reach, strict=False)]
        if branches:  # what stands on two branches is halfway between the middles, or nearer to their parent
            between = lettered(branch.label).width + lettered(branches[-1].node.label).width
            needs.append(branches[-1].x + (between + 2 * CLEAR if between else 0.0))
        laid = laid._replace(x=max(needs, default=0.0))
        ends = [laid.x + end for _, end in laid.reach]
        right = ends + right[len(ends) :]
        branches.append(laid)
    middle = (branches[0].x + branches[-1].x) / 2 if branches else 0.0
    branches = [laid._replace(x=laid.x - middle) for laid in branches]
    return Laid(node, x, branches, [(-node.half, node.half), *_below(branches)])


def _below(branches: Sequence[Laid]) -> Iterator[tuple[float, float]]:
    """How far branches reach on each level."""
    for level in range(max((len(laid.reach) for laid in branches), default=0)):
        there = [(laid.x + laid.reach[level][0], laid.x + laid.reach[level][1])
                 for laid in branches if level < len(laid.reach)]  # fmt: skip
        yield min(left for left, _ in there), max(right for _, right in there)


def _placed(
    laid: Laid, x: float, y: float, apart: float, parent: Oval | None = None
) -> Iterator[tuple[Grown, Oval, Oval | None]]:
    """Every node with its outline and that of its parent."""
    oval = Oval(x, y, laid.node.half, HIGH / 2)
    yield laid.node, oval, parent
    for branch in laid.branches:
        yield from _placed(branch, x + branch.x, y + apart, apart, oval)


# ----- The words ---------------------------------------------------------------------------------------------------


def _told(node: Grown, numbers: Numbers) -> str:
    """A node, and in brackets what is below it."""
    own = numbers.say("figure-tree-dashed", node=node.text) if node.dashed else node.text
    below = "; ".join([f"{branch.label}: {_told(branch, numbers)}" if branch.label else _told(branch, numbers)
                       for branch in node.branches])  # fmt: skip
    return f"{own} ({below})" if below else own
