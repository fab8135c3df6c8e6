"""What a ReLU is taken of, written as `relu(a)`, `max(0, a)` or `max(a, 0)`."""

from __future__ import annotations

from grader.language.nodes import Call, Node, Number


def rectified(tree: Node) -> Node | None:
    """The argument of a ReLU; None for another formula."""
    match tree:
        case Call("relu", (inner,)) | Call("max", (Number("0"), inner)) | Call("max", (inner, Number("0"))):
            return inner
    return None
