"""The table of `python -m benchmarks diagnosis`: a line a family, the totals, and the slips that are named worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.said import FamilyResult, RowResult

HEADS = (
    ("family", 30), ("pairs", 7), ("hidden", 7), ("named", 7), ("in tie", 7), ("twin", 6), ("step", 6), ("wrong", 6),
    ("nothing", 8), ("missed", 7), ("revealed", 9), ("right, diagnosed", 17), ("follow-through", 15), ("untouched", 10),
    ("alone", 8), ("batched", 8),
)  # fmt: skip
LEGEND = """\
pairs: a variant and a slip that shows in it (hidden: it does not); shares in %: named: the slip is the only one named;
in tie: one of several; twin: another slip gives the same answer here, and it was named; step: the right name at another
step; nothing: no name; missed: the wrong answer was marked right; revealed: what is said of a wrong answer gives the
right one away; right, diagnosed: right answers (and those that follow) with a slip named; follow-through: answers right
for the student's own values with full points; untouched: the other right answers with full points; alone, batched: ms
that a wrong answer adds."""
FIGURES = {"named": 0.92, "wrong": 0.01, "alone": 2e-3}
WORST = 0.92


def lines_of(results: Iterable[FamilyResult], kept: list[FamilyResult], worst: int) -> Iterator[str]:
    """The lines, each as soon as its family is done; the results are kept in the list."""
    yield _joined([name for name, _ in HEADS])
    yield _joined(["-" * (width - 1) for _, width in HEADS])
    for result in results:
        kept.append(result)
        yield _line(result.problem, [result])
    yield _line(f"all {len(kept)}", kept)
    yield ""
    yield LEGEND
    yield ""
    yield from _totals(kept)
    yield from _worst(kept, worst)
    yield from _faults(kept)


def _line(name: str, results: Sequence[FamilyResult]) -> str:
    said, counts = _sum(row.said for result in results for row in result.rows), _counts(results)
    pairs = max(1, said.total())
    shares = [
        f"{100 * said[key] / pairs:.1f}" for key in ("alone", "tie", "twin", "step", "wrong", "nothing", "missed")
    ]
    right, follow = counts
    shares.append(f"{100 * sum(row.counts['revealed'] for result in results for row in result.rows) / pairs:.1f}")
    diagnosed = right["diagnosed"] + right["after diagnosed"]
    alone = max(result.alone for result in results) if results else 0.0
    batched = max(result.batched for result in results) if results else 0.0
    hidden = sum(row.counts["hidden"] for result in results for row in result.rows)
    return _joined(
        [name, str(said.total()), str(hidden), *shares, f"{diagnosed}/{right['answers'] + right['after answers']}",
         _share(follow, "follows"), _share(follow, "untouched"), f"{1e3 * alone:.2f}", f"{1e3 * batched:.3f}"]
    )  # fmt: skip


def _counts(results: Sequence[FamilyResult]) -> tuple[Counter[str], Counter[str]]:
    return _sum(result.right for result in results), _sum(result.follow for result in results)


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _share(follow: Counter[str], kind: str, styles: Sequence[str] = ("full", "rounded", "typed")) -> str:
    total = sum(follow[f"{kind} {style}"] for style in styles)
    credited = sum(follow[f"{kind} {style} credited"] for style in styles)
    return "-" if not total else f"{100 * credited / total:.2f}%" if credited < total else "100%"


def _joined(cells: Sequence[str]) -> str:
    return " ".join(cell.ljust(width - 1) for cell, (_, width) in zip(cells, HEADS, strict=True)).rstrip()


def _totals(results: Sequence[FamilyResult]) -> Iterator[str]:
    totals, (right, follow) = summary(results), _counts(results)
    said = "reached" if totals["met"] else "missed"
    yield (
        f"Named (alone, in a tie, a twin) {100 * totals['named']:.2f}% (to reach 92), wrong slip named "
        f"{100 * totals['wrong']:.2f}% (at most 1), answers revealed {totals['revealed']} (0), right answers diagnosed "
        f"{totals['right diagnosed']} (0), alone {1e3 * totals['alone']:.2f} ms (at most 2): {said}."
    )
    for kind, words in (("", "Right students"), ("carried ", "Right students who carry rounded values on")):
        yield (
            f"{words}: {right[kind + 'answers']} answers, {right[kind + 'lost']} without full points, "
            f"{right[kind + 'diagnosed']} diagnosed."
        )
    for style, words in (("full", "all digits written"), ("rounded", "rounded, carried on unrounded"),
                         ("typed", "rounded and carried on so")):  # fmt: skip
        yield f"Follow-through, {words}: {_share(follow, 'follows', [style])} of {follow[f'follows {style}']}."
    yield f"Not counted there: {follow['degenerate']} answers that came out as zeros or without a value."
    said_of_pairs = _sum(row.said for result in results for row in result.pairs)
    words = ", ".join(f"{key} {count}" for key, count in said_of_pairs.most_common())
    yield f"Students with two slips, how many were named right: {words}."


def _worst(results: Sequence[FamilyResult], most: int) -> Iterator[str]:
    rows = [(row.named, result, row) for result in results for row in result.rows if row.named < WORST]
    if rows:
        yield f"\n{len(rows)} slips are named in less than {100 * WORST:.0f}% of the cases, the worst first:"
    for named, result, row in sorted(rows, key=lambda item: (item[0], -item[2].pairs))[:most]:
        yield f"{result.problem}: {row.slip}: {100 * named:.1f}% of {row.pairs} ({_words(row)})"
        yield from _example_lines(row.example)


def _faults(results: Sequence[FamilyResult]) -> Iterator[str]:
    if any(result.faults for result in results):
        yield "\nRight answers and answers that follow, diagnosed or without full points:"
    for result in results:
        for kind, count in result.faults.items():
            yield f"{result.problem}: {kind}: {count}"
            yield from _example_lines(result.examples[kind])


def _words(row: RowResult) -> str:
    return ", ".join(f"{key} {count}" for key, count in row.said.most_common())


def _example_lines(example: dict[str, Any] | None) -> Iterator[str]:
    if example is not None:
        said = "; ".join(example["said"]) or "nothing"
        yield (
            f"    seed {example['seed']}, {example['style']}, {example['slip'] or 'no slip'}: {example['ask']} = "
            f"{example['typed']} (right: {example['right']}), {example['status']}, said: {said}"
        )


# ----- For JSON --------------------------------------------------------------------------------------------------


def summary(results: Sequence[FamilyResult]) -> dict[str, Any]:
    """The figures of the whole table."""
    said = _sum(row.said for result in results for row in result.rows)
    right, follow = _counts(results)
    pairs = max(1, said.total())
    diagnosed = right["diagnosed"] + right["after diagnosed"]
    figures = {
        "pairs": said.total(),
        "named": sum(said[word] for word in ("alone", "tie", "twin")) / pairs,
        "wrong": said["wrong"] / pairs,
        "revealed": sum(row.counts["revealed"] for result in results for row in result.rows),
        "said": dict(said),
        "right answers": right["answers"],
        "right diagnosed": diagnosed,
        "follow": dict(follow),
        "alone": max((result.alone for result in results), default=0.0),
        "batched": max((result.batched for result in results), default=0.0),
    }
    exact = all(
        follow[f"{kind} {style}"] == follow[f"{kind} {style} credited"]
        for kind in ("follows", "untouched")
        for style in ("full", "rounded", "typed")
    )
    met = figures["named"] >= FIGURES["named"] and figures["wrong"] <= FIGURES["wrong"] and not diagnosed and exact
    met = met and not figures["revealed"] and figures["alone"] <= FIGURES["alone"]
    return {**figures, "follow-through exact": exact, "met": bool(met)}


def as_dict(results: Sequence[FamilyResult]) -> dict[str, Any]:
    """Everything, times in seconds."""
    return {"totals": summary(results), "families": [_family(result) for result in results]}


def _family(result: FamilyResult) -> dict[str, Any]:
    return {
        "family": result.problem,
        "alone": result.alone,
        "batched": result.batched,
        "right": dict(result.right),
        "follow": dict(result.follow),
        "slips": [_row(row) for row in result.rows],
        "two slips": [_row(row) for row in result.pairs],
        "faults": dict(result.faults),
        "examples": result.examples,
    }


def _row(row: RowResult) -> dict[str, Any]:
    return {
        "slip": row.slip,
        "pairs": row.pairs,
        **row.counts,
        "said": dict(row.said),
        "named": row.named,
        "example": row.example,
    }
