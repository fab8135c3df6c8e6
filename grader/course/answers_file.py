"""`answers.yaml`: what a student hands in, read as text.

    student: ivanova
    assignment: week-3
    language: ru                      (optional)
    answers:
      adam-two-steps:
        variant: K7Q2-M4
        w[1]: 0,95
        A: [[1, 2], [3, 4]]
        neuron: {b: -1.5, w1: 1, w2: 1}

A file as a whole is refused (InputError) only where no answer can be found in it; every other fault names its
line and costs its own answer.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import msgspec

from grader.course.answer_lines import raw_double
from grader.course.ask_names import normal_form
from grader.course.tolerant import tolerant
from grader.errors import InputError, Message
from grader.messages import LANGUAGES
from grader.textfile import decode_any, shorten
from grader.yamltext import Entries, Node, Text

ANSWER_LIMIT = 10_000
"""Characters of one answer."""
FAULT_LIMIT = 100
PROBLEM_LIMIT = 500
"""Problems in one file."""
NAME_LIMIT = 200
"""Letters of a student, an assignment, a problem or a blank."""

_TOP = ("student", "assignment", "language", "answers")


class Answer(msgspec.Struct, frozen=True):
    """What was typed, "" where nothing was; the fields of a construct as a mapping."""

    text: str | dict[str, str]
    line: int


class ProblemAnswers(msgspec.Struct, frozen=True):
    """The answers to one problem by ask, spelled as typed (see `normal_form`); a missing `variant` is ""."""

    problem: str
    variant: str
    answers: dict[str, Answer]
    line: int


class Fault(msgspec.Struct, frozen=True):
    """What could not be used; without an ask a fault of the problem, without a problem one of the file."""

    message: Message
    line: int
    problem: str = ""
    ask: str = ""


class AnswersFile(msgspec.Struct, frozen=True):
    """A file of answers. `notes` say how its letters were read where it is not in UTF-8, and where something of a text
    was lost that is no YAML.
    """

    student: str
    assignment: str
    language: str
    problems: tuple[ProblemAnswers, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def parse_answers(data: bytes, name: str) -> AnswersFile:
    """The answers in a file; raises InputError where there are none to be found."""
    text, remark = decode_any(data, name)
    root, dropped, lost = tolerant(text, name)
    reader = _Reader(name, [Fault(Message("answers-no-colon"), line) for line in dropped])
    top = reader.top(root)
    problems = tuple(reader.problems(top["answers"]))
    words = {key: reader.word(key, top, root.line) for key in ("student", "assignment")}
    return AnswersFile(
        **words,
        language=reader.language(top),
        problems=problems,
        faults=tuple(reader.faults[:FAULT_LIMIT]),
        notes=tuple(Fault(message, line) for message, line in ((remark, 0), lost) if message),
    )


class _Reader(msgspec.Struct):
    """From the tree to answers; what cannot be used is kept in `faults`."""

    name: str
    faults: list[Fault] = msgspec.field(default_factory=list)

    def _fault(self, key: str, line: int, problem: str = "", ask: str = "", /, **values: object) -> None:
        self.faults.append(Fault(Message(key, dict(values)), line, shorten(problem), shorten(ask)))

    def top(self, root: Entries) -> dict[str, tuple[Text, Node]]:
        """The entries of the file by key."""
        entries: dict[str, tuple[Text, Node]] = {}
        for key, node in root.entries:
            word = key.value.strip().lower()
            if word in entries:
                raise InputError(
                    "file-duplicate-key",
                    file=self.name,
                    line=key.line,
                    key=word,
                    first=entries[word][0].line,
                    second=key.line,
                )
            if word in _TOP:
                entries[word] = (key, node)
            elif len(self.faults) < FAULT_LIMIT:
                near = difflib.get_close_matches(word[:40], _TOP, n=1)
                message = "answers-unknown-near" if near else "answers-unknown"
                self._fault(message, key.line, key=shorten(key.value), near=near, known=_TOP)
        if "answers" not in entries:
            raise InputError("answers-missing", file=self.name, line=root.line)
        return entries

    def word(self, key: str, top: dict[str, tuple[Text, Node]], line: int) -> str:
        """The text of `student` or `assignment`; a fault and "" where it is missing."""
        name, node = top.get(key, (None, None))
        if isinstance(node, Text) and node.value.strip():
            word = node.value.strip()
            if (count := len(word)) > NAME_LIMIT:
                said = {"name": shorten(word), "limit": str(NAME_LIMIT)}
                if key == "student":  # whose it is must not be guessed; which assignment is found out with its cure
                    raise InputError("answers-name-long", file=self.name, line=node.line, count=count, **said)
                self._fault("answers-name-long", node.line, count=count, **said)
            return word
        self._fault("answers-word", name.line if name else line, key=key)
        return ""

    def language(self, top: dict[str, tuple[Text, Node]]) -> str:
        """The language of the feedback; "" where none is given."""
        node = top.get("language", (None, Text("", 1)))[1]
        language = node.value.strip().lower() if isinstance(node, Text) else node.source
        if language and language not in LANGUAGES:
            self._fault("answers-language", node.line, language=shorten(language), known=LANGUAGES)
            return ""
        return language

    def problems(self, top: tuple[Text, Node]) -> Iterator[ProblemAnswers]:
        """The problems; blocks of the same problem are put together."""
        key, node = top
        if not isinstance(node, Entries) or not node.entries:
            message = "answers-none" if _is_blank(node) else "answers-shape"
            raise InputError(message, file=self.name, line=key.line)
        blocks: dict[str, list[tuple[Text, Node]]] = {}
        lines: dict[str, int] = {}
        for name, block in node.entries:
            if self.too_long(name):
                continue
            lines.setdefault(name.value, name.line)
            entries = blocks.setdefault(name.value, [])
            if isinstance(block, Entries):
                entries.extend(block.entries)
            elif not _is_blank(block):
                self._fault("answers-problem-shape", name.line, name.value, problem=shorten(name.value))
        if len(blocks) > PROBLEM_LIMIT:
            raise InputError("answers-many", file=self.name, line=key.line, count=len(blocks), limit=PROBLEM_LIMIT)
        for problem, entries in blocks.items():
            yield self._problem(problem, entries, lines[problem])

    def too_long(self, name: Text, problem: str = "") -> bool:
        """Whether nothing can be called that; then a fault."""
        count = len(name.value)
        if count > NAME_LIMIT:
            values = {"name": shorten(name.value), "count": count, "limit": NAME_LIMIT}
            self._fault("answers-name-long", name.line, problem, "", **values)
        return count > NAME_LIMIT

    def _problem(self, problem: str, entries: list[tuple[Text, Node]], line: int) -> ProblemAnswers:
        variants: dict[str, int] = {}
        asks: dict[str, list[tuple[Text, Node]]] = {}
        for key, node in entries:
            if key.value.strip().lower() == "variant":
                variants.setdefault(node.value.strip() if isinstance(node, Text) else "", key.line)
            elif not self.too_long(key, problem):
                asks.setdefault(normal_form(key.value), []).append((key, node))
        variants = {code: first for code, first in variants.items() if code} or {"": line}
        if len(variants) > 1:  # the numbers of which sheet? Marking by the wrong ones would be worse
            first, second = list(variants.values())[:2]
            self._fault("answers-variants", second, problem, first=first, second=second)
            return ProblemAnswers(problem, "", {}, line)
        answers = dict(filter(None, (self._one(problem, spellings) for spellings in asks.values())))
        return ProblemAnswers(problem, next(iter(variants)), answers, line)

    def _one(self, problem: str, spellings: list[tuple[Text, Node]]) -> tuple[str, Answer] | None:
        """The answer to one ask; None and a fault where it was given twice or cannot be used."""
        typed = [entry for entry in spellings if not _is_blank(entry[1])] or spellings[:1]
        key, node = typed[0]
        if len(typed) > 1:
            second = typed[1][0].line
            self._fault(
                "answers-twice", second, problem, key.value, ask=shorten(key.value), first=key.line, second=second
            )
            return None
        text, repeated = _content(node)
        if repeated:
            self._fault("answers-field-twice", key.line, problem, key.value, field=shorten(repeated))
            return None
        length = len(text) if isinstance(text, str) else sum(map(len, text.values()))
        if length > ANSWER_LIMIT:
            self._fault("answers-long", key.line, problem, key.value, count=length, limit=ANSWER_LIMIT)
            return None
        return key.value, Answer(text, key.line)


def _is_blank(node: Node) -> bool:
    return not node.entries if isinstance(node, Entries) else not _text(node)


def _content(node: Node) -> tuple[str | dict[str, str], str]:
    """The text of an answer, or the fields of a construct; and a field that was given twice, if any."""
    if not isinstance(node, Entries):
        return _text(node), ""
    fields: dict[str, list[str]] = {}
    last: list[str] = []
    for key, value in node.entries:
        if not isinstance(value, Text) or value.given:
            if key.value in fields:
                return "", key.value
            last = fields[key.value] = [_text(value)]
        elif last:
            last.append(key.source)  # the decimals of {b: 0,5}
        else:
            return node.source, ""  # {x^2}
    return {name: ",".join(parts) for name, parts in fields.items()}, ""


def _text(node: Node) -> str:
    """A text as typed, in its lines: they may be rows. The backslashes of `"\\frac{1}{2}"` are LaTeX, not escapes."""
    if not isinstance(node, Text):
        return node.source
    raw = raw_double(node.source)
    lines = node.source if node.plain and "\n" in node.source else node.value if raw is None else raw
    return "\n".join(filter(None, map(str.strip, lines.strip().split("\n"))))
