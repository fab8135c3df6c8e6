"""Write the catalogue of the bank anew: `python docs/bank/write.py`.

A page a topic with a sample of every family, the index (README.md), and where the exercises come from (coverage.md,
from sources.yaml). Which file a sample was made from stands beside it as a digest: `tests/test_catalogue.py` tells what
is out of date.
"""

from __future__ import annotations

import html
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import yaml

import grader
from grader.course.bank import Bank
from grader.course.listing import topic_name
from grader.worksheet.statement import illustrated

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEED = 7
"""Whose numbers the samples have."""
TOPICS = (
    "calculus", "gradient descent", "linear algebra", "jacobians", "optimisers", "regression", "losses", "networks",
    "backprop", "building blocks", "matrix calculus", "convolutional nets", "recurrent nets",
)  # fmt: skip
"""In the order of the course."""


class Section(NamedTuple):
    """A family as its page has it, and what the index counts."""

    id: str
    topic: str
    title: str
    level: int
    minutes: int
    kinds: tuple[str, ...]
    slips: int
    drawn: bool
    text: str
    svg: str = ""


def digest_of(path: Path) -> str:
    """Which content a sample was made from."""
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()


def origin(path: Path) -> str:
    """The item of the sources that a file names."""
    return str(yaml.safe_load(path.read_text("utf-8")).get("source", "us"))


def section(name: str) -> Section:
    """The sample of one family, as Markdown."""
    bank = Bank(ROOT / "problems")
    path, spec = bank.paths[name], bank[name]
    variant = grader.load(path).variant(seed=SEED)
    shown, blanks = illustrated(variant.group, "en"), variant.blanks("en")
    kinds = tuple(dict.fromkeys(blank.kind for blank in blanks))
    facts = (
        f"`{name}`", f"level {spec.level}", f"{spec.minutes} minutes", ", ".join(kinds),
        f"from {origin(path)}", f"[file](../../{path.relative_to(ROOT).as_posix()})",
    )  # fmt: skip
    svg, parts = "", [f"## {spec.title['en']}", f"*{spec.title['ru']}* — {' · '.join(facts)}", shown.before.strip()]
    if shown.drawing is not None:
        svg = shown.drawing.svg().replace("currentColor", "#000").replace("<svg ", '<svg style="background:#fff" ', 1)
        alternative = html.escape(" ".join(shown.drawing.alternative.split()), quote=True)
        parts += [f'<p><img src="figures/{name}.svg" alt="{alternative}"></p>', shown.after.strip()]
    parts += ["\n".join(f"- {asked(blank.prompt, blank.points, blank.options)}" for blank in blanks)]
    said = list(dict.fromkeys(plain(mistake.say["en"]) for mistake in variant.group.plan.mistakes))
    if said:
        count = f"{len(said)} {'slip' if len(said) == 1 else 'slips'} with words of their own"
        parts += [f"<details><summary>{count}</summary>", "\n".join(f"- {words}" for words in said), "</details>"]
    parts += [f"<!-- {name} {digest_of(path)} -->"]
    text = "\n\n".join(part for part in parts if part)
    drawn = shown.drawing is not None
    return Section(name, spec.topic, spec.title["en"], spec.level, spec.minutes, kinds, len(said), drawn, text, svg)


def asked(prompt: str, points: float, options: Sequence[str]) -> str:
    """A blank: what stands before it, what it is worth, its options."""
    worth = f"{points:g} {'point' if points == 1 else 'points'}"
    listed = "".join(f"\n  {number}. {option}" for number, option in enumerate(options, 1))
    return f"{' '.join(prompt.split())} ({worth}){listed}"


def plain(words: str) -> str:
    """Words of an author in a line of a list."""
    return " ".join(words.split()).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("|", "\\|")


def slug(topic: str) -> str:
    """The page of a topic."""
    return topic.replace(" ", "-")


def page(topic: str, sections: Iterable[Section]) -> str:
    """The families of a topic, the easiest first."""
    ordered = sorted(sections, key=lambda each: (each.level, each.minutes, each.id))
    title = topic_name(topic, "en")
    said = "[The bank](README.md). Numbers are those of one student; everybody has others."
    head = f"# {title[0].upper()}{title[1:]}\n\n{said}"
    return "\n\n".join([head, *(each.text for each in ordered)]) + "\n"


def index(sections: Sequence[Section]) -> str:
    """What the bank holds, in figures."""
    by_topic = {topic: [each for each in sections if each.topic == topic] for topic in TOPICS}
    rows = [
        f"| [{topic_name(topic, 'en')}]({slug(topic)}.md) | {len(some)} | {sum(each.drawn for each in some)} "
        f"| {min(each.minutes for each in some)} to {max(each.minutes for each in some)} "
        f"| {', '.join(f'`{each.id}`' for each in some)} |"
        for topic, some in by_topic.items()
        if some
    ]
    kinds = Counter(kind for each in sections for kind in each.kinds)
    levels = Counter(each.level for each in sections)
    return "\n".join([
        "# The bank",
        "",
        f"{len(sections)} families of exercises, each in English and Russian, with numbers of their own for every "
        f"student; {sum(each.drawn for each in sections)} have a figure. A page a topic shows a sample of each as a "
        "student sees it, and the slips that its author has words for; those that every family knows are in "
        "[marking](../marking.md#slips).",
        "[Where they come from](coverage.md) has every item of the sources.",
        "",
        "| topic | families | with a figure | minutes | |",
        "|:--|--:|--:|:--|:--|",
        *rows,
        "",
        assignments({each.id: each.minutes for each in sections}),
        "",
        "| kind of answer | families that ask for it |",
        "|:--|--:|",
        *(f"| {kind} | {count} |" for kind, count in kinds.most_common()),
        "",
        "| level | families |",
        "|:--|--:|",
        *(f"| {level} | {count} |" for level, count in sorted(levels.items())),
        "",
        "Written by `python docs/bank/write.py`.",
        "",
    ])  # fmt: skip


def assignments(minutes: Mapping[str, int]) -> str:
    """The assignments that come with the bank, as a table."""
    rows = []
    for path in sorted((ROOT / "problems" / "assignments").glob("*.yaml"), key=_in_order):
        known = yaml.safe_load(path.read_text("utf-8"))
        names = known["problems"]
        if all(isinstance(name, str) for name in names):
            time = sum(minutes[name] for name in names)
            title = f"[{known['title']['en']}](../../problems/assignments/{path.name})"
            rows.append(f"| {title} | {time} | {', '.join(f'`{name}`' for name in names)} |")
    return "\n".join(["| assignment | minutes | families |", "|:--|--:|:--|", *rows])


def _in_order(path: Path) -> list[str]:
    """Lecture 2 before lecture 10."""
    return [part.zfill(2) if part.isdecimal() else part for part in path.stem.split("-")]


def coverage(topics: Mapping[str, str]) -> str:
    """Every item of the sources with its families; `topics` by id."""
    known = yaml.safe_load((HERE / "sources.yaml").read_text("utf-8"))

    def linked(names: Iterable[str]) -> str:
        return ", ".join(f"[{name}]({slug(topics[name])}.md)" for name in names)

    parts = ["# Where the exercises come from", "", "Every item of the sources, and the families that stand for it."]
    for source in known["sources"]:
        parts += ["", f"## {source['name']} ({source['key']})", "", "| item | families |", "|:--|:--|"]
        parts += [f"| {item} | {linked(names)} |" for item, names in source["items"].items()]
    parts += [
        "", "## What cannot be marked by a rule", "",
        "| item | why not | asked in its place | by |", "|:--|:--|:--|:--|",
        *(f"| {one['item']} | {one['why']} | {one['how']} | {linked(one['by'])} |" for one in known["substitutes"]),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write all pages; what is no family any more goes."""
    names = sorted(Bank(ROOT / "problems").paths)
    with ProcessPoolExecutor() as pool:
        sections = list(pool.map(section, names, chunksize=4))
    figures = HERE / "figures"
    figures.mkdir(exist_ok=True)
    for old in [*figures.glob("*.svg"), *HERE.glob("*.md")]:
        old.unlink()
    for each in sections:
        if each.svg:
            (figures / f"{each.id}.svg").write_text(each.svg + "\n", "utf-8")
    for topic in TOPICS:
        some = [each for each in sections if each.topic == topic]
        if some:
            (HERE / f"{slug(topic)}.md").write_text(page(topic, some), "utf-8")
    (HERE / "README.md").write_text(index(sections), "utf-8")
    (HERE / "coverage.md").write_text(coverage({each.id: each.topic for each in sections}), "utf-8")
    left = {each.topic for each in sections} - set(TOPICS)
    if left:
        sys.exit(f"topics without a page: {', '.join(sorted(left))}")


if __name__ == "__main__":
    main()
