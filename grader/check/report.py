"""What the self-test of a problem says: findings with file and line, and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from grader.check.confusions import Measured
from grader.check.margins import Margin
from grader.errors import AuthorError, Message
from grader.messages import translate
from grader.spec.problem import Problem
from grader.spec.source import Path
from grader.yamltext import line_of

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Something to put right; `path` is the way down the YAML."""

    severity: Severity
    message: Message
    file: str = ""
    line: int | None = None
    path: str = ""

    def as_dict(self, language: str = "en") -> dict[str, object]:
        """As JSON, the message in words."""
        return {
            "severity": self.severity,
            "key": self.message.key,
            "message": translate(self.message, language),
            "file": self.file,
            "line": self.line,
            "path": self.path,
        }


@dataclass(frozen=True)
class Figures:
    """What was measured over a sample: variants drawn, different and possible ones, forms, shares of drafts rejected.

    `rejection_telling` is the share rejected for hiding slips; `margins` has every ask of numbers.
    """

    variants: int
    different: int
    possible: int
    forms: int
    rejection_rate: float
    rejection_telling: float
    margins: tuple[Margin, ...] = ()
    slips: Measured = field(default_factory=Measured)

    def as_dict(self) -> dict[str, object]:
        """As JSON."""
        return {
            "variants": self.variants,
            "different": self.different,
            "possible": self.possible,
            "forms": self.forms,
            "rejection_rate": round(self.rejection_rate, 4),
            "rejection_telling": round(self.rejection_telling, 4),
            "tolerances": [margin.as_dict() for margin in self.margins],
            "slips": self.slips.as_dict(),
        }


@dataclass(frozen=True)
class Report:
    """The findings of one problem, errors first, and what was measured; nothing was where nothing could be drawn."""

    problem: str
    file: str
    findings: tuple[Finding, ...] = ()
    measured: Figures | None = None

    @property
    def figures(self) -> dict[str, object]:
        """What was measured, as JSON."""
        return self.measured.as_dict() if self.measured else {}

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that must be put right."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def ok(self) -> bool:
        """No errors; there may be warnings."""
        return not self.errors

    def as_dict(self, language: str = "en") -> dict[str, object]:
        """As JSON."""
        return {
            "problem": self.problem,
            "file": self.file,
            "ok": self.ok,
            "figures": self.figures,
            "findings": [finding.as_dict(language) for finding in self.findings],
        }


def error(problem: Problem, key: str, path: Path, **values: object) -> Finding:
    """An error at a path of the problem's file."""
    return _at(problem, "error", key, path, values)


def warning(problem: Problem, key: str, path: Path, **values: object) -> Finding:
    """A warning at a path of the problem's file."""
    return _at(problem, "warning", key, path, values)


def _at(problem: Problem, severity: Severity, key: str, path: Path, values: dict[str, object]) -> Finding:
    source = problem.source
    return Finding(severity, Message(key, values), source.file, line_of(source.root, path), ".".join(map(str, path)))


def fault_finding(fault: AuthorError, file: str = "") -> Finding:
    """An author's error that was raised, as a finding."""
    return Finding("error", fault.message, fault.file or file, fault.line, fault.path)


def tidied(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each kind of finding once per path and subject, errors first, then in the order of the file."""
    first: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        values = finding.message.values
        subject = str(values.get("ask") or values.get("mistake") or values.get("name") or "")
        first.setdefault((finding.message.key, finding.path, subject, str(values.get("other", ""))), finding)
    return tuple(sorted(first.values(), key=lambda finding: (finding.severity, finding.line or 0)))
