"""The figures: drawn for every variant in every language, with nothing on a label, and the same said in words."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence

from grader.check.report import Finding, error, fault_finding
from grader.errors import AuthorError
from grader.figures.overlaps import overlaps
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.spec.problem import Problem
from grader.worksheet.statement import drawing_of

FORBIDDEN = ("script", "foreignobject", "image", "a", "use", "style")
"""Elements that a picture does not have."""
NAMESPACE = "{http://www.w3.org/2000/svg}"


def figure_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Figures that cannot be drawn or read; of each fault the first variant."""
    if "figure" not in problem.source.root:
        return
    told: set[tuple[str, str]] = set()
    for group in groups:
        for member, seed in enumerate(group.seeds):
            for language in LANGUAGES:
                for finding in _of_variant(problem, group.at(member), language, int(seed), picture=member == 0):
                    key = finding.message.key, str(finding.message.values.get("label", finding.line))
                    if key not in told:
                        told.add(key)
                        yield finding


def _of_variant(problem: Problem, group: Group, language: str, seed: int, *, picture: bool) -> Iterator[Finding]:
    """What is wrong with one student's figure; with `picture` its file is looked at too."""
    try:
        drawing = drawing_of(group, language)
    except AuthorError as fault:
        yield fault_finding(fault, problem.source.file)
        return
    if drawing is None:
        return
    path = ("figure",)
    for label, other in overlaps(drawing.scene):
        key = "check-figure-labels" if other else "check-figure-covered"
        yield error(problem, key, path, label=label, other=other, seed=seed, language=language)
    if not drawing.alternative.strip():
        yield error(problem, "check-figure-silent", path, language=language)
    if picture and (what := unsound(drawing.svg())):
        yield error(problem, "check-figure-svg", path, what=what, seed=seed)


def unsound(picture: str) -> str:
    """What a file of SVG has that it must not have: no XML, an element or attribute that does something; or nothing."""
    try:
        root = ElementTree.fromstring(picture)  # noqa: S314 - our own text
    except ElementTree.ParseError as fault:
        return str(fault)
    for element in root.iter():
        if not element.tag.startswith(NAMESPACE) or element.tag.removeprefix(NAMESPACE).lower() in FORBIDDEN:
            return element.tag
        for name in element.attrib:
            if name.lower().startswith("on") or name.lower().endswith("href"):
                return name
    return ""
