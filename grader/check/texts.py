"""The words: statements and prompts in every language, with the same numbers mentioned in each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from grader.blanks.choices import shown_options
from grader.check.report import Finding, error, fault_finding, warning
from grader.course.printing import options_of
from grader.draws.answerable import with_options
from grader.errors import AuthorError
from grader.language.plain import plain
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.spec.problem import Problem, Texts
from grader.spec.source import Path
from grader.worksheet.statement import names_of, prompt, rendered, statement

SAMPLED_GROUPS = 12

SHOWN = 60
_DISPLAYED = re.compile(r"(?<!\\)\$\$(?:(?!\n\n).)+?\$\$", re.DOTALL)
_INLINE = re.compile(r"(?<!\\)\$[^$]+?(?<!\\)\$", re.DOTALL)
_DOLLAR = re.compile(r"(?<!\\)\$.*", re.DOTALL)
_GLUED_TABLE = re.compile(r"(?m)^[ \t]*(?![ \t|])(\S.*)\n[ \t]*\|.*\n[ \t]*\|[ \t:|-]*-[ \t:|-]*$")
"""The two lines that begin a table, right below a line of text."""
_LIST = re.compile(r"\s*(?:\d+[.)]|[-+*#>])\s")
_INSERTED = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)


def text_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Texts that cannot be filled in, and numbers that one language forgets."""
    for group in groups[:: math.ceil(len(groups) / SAMPLED_GROUPS) or 1]:
        for language in LANGUAGES:
            try:
                readable = pieces(group.at(0), language)
            except AuthorError as fault:
                yield fault_finding(fault, problem.source.file)
                continue
            for path, markdown in readable:
                yield from _maths_findings(problem, path, markdown)
                yield from _markdown_findings(problem, path, markdown)
            yield from _same_options(problem, group.at(0), language)
    known = set(names_of(groups[0].at(0), LANGUAGES[0])) if groups else set()
    texts: list[tuple[Path, Texts]] = [(("text",), problem.text)]
    texts += [((*ask.path, "prompt"), ask.prompt) for group in groups[:1] for ask in group.plan.asks if ask.prompt]
    texts += [(path, hint) for group in groups[:1] for path, hint in hints_of(group)]
    for path, text in texts:
        yield from _compared(problem, path, text, known)


def _markdown_findings(problem: Problem, path: Path, markdown: str) -> Iterator[Finding]:
    """A table that nothing takes for one, and a prompt that would be a list."""
    if (glued := _GLUED_TABLE.search(markdown)) is not None:
        yield error(problem, "check-table-glued", path, text=" ".join(glued[1].split())[:SHOWN])
    if path[-1] == "prompt" and _LIST.match(markdown):
        yield error(problem, "check-prompt-list", path, text=" ".join(markdown.split())[:SHOWN])


def _maths_findings(problem: Problem, path: Path, markdown: str) -> Iterator[Finding]:
    """Maths that does not end, or that nothing would take for maths."""
    if (loose := _loose(markdown)) is not None:
        yield error(problem, "check-dollar", path, text=" ".join(loose.split())[:SHOWN])


def _loose(markdown: str) -> str | None:
    """A dollar without its partner, with what follows it; or a formula that begins or ends with a space, or goes over
    the end of a paragraph.
    """
    rest = _DISPLAYED.sub("", markdown)
    odd = (part for part in _INLINE.findall(rest) if part[1:-1] != part[1:-1].strip() or "\n\n" in part)
    return next(odd, None) or next(iter(_DOLLAR.findall(_INLINE.sub("", rest))), None)


def _same_options(problem: Problem, group: Group, language: str) -> Iterator[Finding]:
    """Options of one blank that read the same."""
    for ask in with_options(group.plan):
        texts = [plain(text) for text in options_of(ask, group, language)]
        for text in dict.fromkeys(text for text in texts if texts.count(text) > 1):
            yield error(problem, "check-options-same", ask.path, ask=ask.id, text=text)


def _compared(problem: Problem, path: Path, text: Texts, known: set[str]) -> Iterator[Finding]:
    names_in = {language: mentioned(text[language]) & known for language in LANGUAGES}
    everything = set().union(*names_in.values())
    for language, names in names_in.items():
        if everything - names:
            missing = tuple(sorted(everything - names))
            yield warning(problem, "check-givens-differ", (*path, language), language=language, names=missing)


def mentioned(text: str) -> set[str]:
    """Words inside the braces of a text."""
    return {
        word
        for parts in _INSERTED.findall(text)
        for part in parts
        for word in re.findall(r"(?<![\\\w])[^\W\d]\w*", part)
    }


def pieces(group: Group, language: str) -> list[tuple[Path, str]]:
    """Everything a student of a group of one reads, remarks in the solution too, with its path. Raises AuthorError."""
    texts: list[tuple[Path, str]] = [(("text", language), statement(group, language))]
    for step in group.plan.steps:
        if step.remark:
            path = (*step.path, "remark", language)
            texts.append((path, rendered(group, step.remark[language], language, path)))
    for ask in group.plan.asks:
        texts.append(((*ask.path, "prompt"), prompt(ask, group, language)))
        for option, _ in shown_options(ask, group, 0) if ask.options else ():
            path = (*ask.path, "choice", option.name)
            if option.text:
                texts.append((path, rendered(group, option.text[language], language, path)))
            if option.why:
                texts.append(((*path, "why", language), option.why[language]))
    texts += [((*path, language), rendered(group, hint[language], language, path)) for path, hint in hints_of(group)]
    return texts


def hints_of(group: Group) -> list[tuple[Path, Texts]]:
    """The authored hints of a problem with their paths."""
    hints: list[tuple[Path, Texts]] = [(("hints", index), hint) for index, hint in enumerate(group.plan.problem.hints)]
    for ask in group.plan.asks:
        hints += [((*ask.path, "hints", index), hint) for index, hint in enumerate(ask.hints)]
    return hints
