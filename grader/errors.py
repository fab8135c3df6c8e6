"""The error tree.

    GraderError           anything said to a person; carries a Message, never prose
    ├── AuthorError       a fault in a problem, an assignment or a course file: file, line, path in the YAML
    │   ├── InputError    a file or an argument that cannot be used at all: name, line, cure
    │   │   └── NotWritten    a file or a folder that cannot be written; what was there is as it was
    │   ├── NotScalar     an array where expressions in numbers are compared
    │   └── Undecided     the reference has too few values, or none that can be computed: never an equality
    └── StudentError      a fault in one answer: becomes feedback, costs that answer only
        ├── SyntaxFault   the text could not be read (span in the answer)
        │   └── NotItsBlank   it says itself that it is the answer of another blank, or two values
        ├── ShapeFault    sizes do not fit (span in the answer)
        │   └── WrongShape    they fit each other, but the answer has not the shape of the reference
        └── ValueFault    it was read, but has no value there (division by zero, log of a negative)

Anything else that escapes is a fault of ours and crashes loudly.
"""

from __future__ import annotations

from grader.messages import Message as Message  # an error carries one
from grader.messages import translate

Span = tuple[int, int]
"""Half-open range of characters in the text as typed."""


class GraderError(Exception):
    """Base of everything that is said to a person; `key` names a text of the catalogue."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.message = Message(key, values)

    def __str__(self) -> str:
        return translate(self.message, "en")


class AuthorError(GraderError):
    """A fault in a spec. `file` and `line` (1-based) say where, `path` is the way down the YAML (`ask.w[1].kind`)."""

    def __init__(
        self, key: str, /, *, file: str = "", line: int | None = None, path: str = "", **values: object
    ) -> None:
        super().__init__(key, **values)
        self.file, self.line, self.path = file, line, path

    @property
    def where(self) -> str:
        """`file:line (path)`, as much of it as is known."""
        head = f"{self.file}:{self.line}" if self.line else self.file
        return f"{head} ({self.path})" if self.path and head else head or self.path

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, super().__str__()) if part)


class InputError(AuthorError):
    """A file or an argument that cannot be used: missing, binary, too large, not YAML."""


class NotWritten(InputError):
    """A file or a folder that cannot be written: no room, no rights, something else in its place."""


class NotScalar(AuthorError):
    """An array where two expressions in numbers are compared."""


class Undecided(AuthorError):
    """The reference has too few values in its domain, or values beyond computing."""


class StudentError(GraderError):
    """A fault in one answer. `span` says where in the text as typed, if it is one part of it."""

    def __init__(self, key: str, /, *, span: Span | None = None, **values: object) -> None:
        super().__init__(key, **values)
        self.span = span


class SyntaxFault(StudentError):
    """The text of an answer could not be read."""


class NotItsBlank(SyntaxFault):
    """The name in front of the value is not this blank's: no other way to read it is looked for."""


class ShapeFault(StudentError):
    """Sizes that do not fit: both are named."""


class WrongShape(ShapeFault):
    """The shape of the whole answer is not that of the reference."""


class ValueFault(StudentError):
    """The answer was read but has no value."""
