"""An assignment: which problems, with numbers of its own where it sets them.

    title: {en: Week 3, ru: Неделя 3}
    problems:
      - adam-two-steps
      - {problem: grad-at-point, as: grad-1, set: {f: "x1^2 - x2", p: "[1, 2]"}}
    policy: {attempts: 3, due: 2026-12-01 23:59, late: 10 % per day}

    sealed: yes            # for an exam: the codes tell nothing outside the course
    same numbers: yes      # as in every other assignment that says so; left out: numbers of its own

`as` names an item when a problem stands twice. `set` fixes givens and choices by text; with `require: no` numbers that
are all set need not meet the conditions of the problem. `policy` is in `policy_file`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from grader.course.policy import Policy
from grader.messages import LANGUAGES
from grader.spec.models import Scalar
from grader.spec.problem import Problem
from grader.spec.source import Source
from grader.yamltext import Items, Node, Text, line_of, read, read_file

KEYS = ("title", "problems", "policy", "sealed", "same numbers")
_YES_NO = {**dict.fromkeys(("yes", "true", "on"), True), **dict.fromkeys(("no", "false", "off"), False)}
PRACTICE = "practice"
"""The name on sheets that were made of problems alone: no assignment, no policy."""


class _Item(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    problem: str
    as_: str | None = msgspec.field(name="as", default=None)
    set: dict[str, Scalar] = {}
    require: Scalar = True


class Item(msgspec.Struct, frozen=True):
    """One problem of an assignment; `label` is its key in an answers file.

    `fixed` are numbers set by hand, asked to meet the conditions of the problem if `require`; `file` and `line` say
    where they are set.
    """

    label: str
    problem: str
    fixed: Mapping[str, str] = msgspec.field(default_factory=dict)
    require: bool = True
    file: str = ""
    line: int | None = None

    def digest(self, problem: Problem) -> int:
        """15 bits for the variant code: the spec and the numbers that the assignment sets."""
        if not self.fixed:
            return problem.code_digest
        text = json.dumps([problem.digest, sorted(self.fixed.items())])
        return int(blake2b(text.encode(), digest_size=4).hexdigest(), 16) & 0x7FFF


class Assignment(msgspec.Struct, frozen=True):
    """Problems to be solved together; `policy` is None for practice.

    Codes of a `sealed` one are opened by the secret of the course alone. With `same_numbers` a student has those of all
    such assignments, else this one has its own.
    """

    name: str
    title: Mapping[str, str]
    items: tuple[Item, ...]
    policy: Policy | None = None
    sealed: bool = False
    same_numbers: bool = False

    def item(self, label: str) -> Item | None:
        """The item of a label."""
        return next((item for item in self.items if item.label == label), None)


def assignment_of(problems: tuple[str, ...], name: str = PRACTICE) -> Assignment:
    """An assignment made of problem ids."""
    return Assignment(name, dict.fromkeys(LANGUAGES, ""), tuple(Item(problem, problem) for problem in problems))


def load_assignment(path: Path, timezone: str = "") -> Assignment:
    """The assignment in a file; raises InputError or AuthorError with line and cure.

    A due date without a zone of its own is in `timezone`.
    """
    source = Source(str(path), read(read_file(path), str(path)))
    given = source.root.keys()
    for key in given:
        if key not in KEYS:
            source.unknown_key(key, KEYS, (key,))
    problems = source.root.get("problems")
    if not isinstance(problems, Items):
        source.fail("assignment-problems", ("problems",))
    items = tuple(_item(source, index, node) for index, node in enumerate(problems.items))
    labels = [item.label for item in items]
    for index, label in enumerate(labels):
        if label in labels[:index]:
            source.fail("assignment-twice", ("problems", index), label=label)
    sealed, same = (_yes(source, key) for key in ("sealed", "same numbers"))
    return Assignment(path.stem, _title(source), items, _policy(source, timezone), sealed, same)


def _yes(source: Source, key: str) -> bool:
    """A key that is yes or no; left out it is no."""
    node = source.root.get(key)
    if node is None:
        return False
    said = _YES_NO.get(node.value.lower()) if isinstance(node, Text) else None
    if said is None:
        source.fail("assignment-yes-no", (key,), key=key, text=node.value if isinstance(node, Text) else "")
    return said


def _policy(source: Source, timezone: str) -> Policy:
    node = source.root.get("policy")
    if node is None:
        return Policy()
    from grader.course.policy_file import read_policy  # most assignments have none

    return read_policy(source, node, timezone)


def _title(source: Source) -> dict[str, str]:
    node = source.root.get("title")
    if node is None:
        source.fail("assignment-title", ())
    if isinstance(node, Text):
        return dict.fromkeys(LANGUAGES, node.value)
    title = source.model(node, _Title, ("title",))
    return {"en": title.en, "ru": title.ru}


class _Title(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    en: str
    ru: str


def _item(source: Source, index: int, node: Node) -> Item:
    if isinstance(node, Text):
        return Item(node.value, node.value)
    model = source.model(node, _Item, ("problems", index))
    require = _YES_NO.get(str(model.require).lower())
    if require is None:
        source.fail("assignment-require", ("problems", index, "require"), text=str(model.require))
    fixed = {name: str(value) for name, value in model.set.items()}
    line = line_of(source.root, ("problems", index, "set"))
    return Item(model.as_ or model.problem, model.problem, fixed, require, source.file, line)
