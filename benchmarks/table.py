"""How a result is printed: a line for ours and the first peer, a line more for each further peer."""

from __future__ import annotations

from typing import Any

from benchmarks.timing import Entrant, Result, Timing

WIDTHS = (46, 32, 20, 20, 32, 8)
_SCALES = {"ms": 1e3, "us": 1e6}


def heading() -> str:
    """The head of the table."""
    words = ("work", "ours: median (quartiles)", "to reach", "peer", "the same, by the peer", "ratio")
    return f"{_joined(words)}\n{_joined(tuple('-' * (width - 1) for width in WIDTHS))}"


def lines_of(result: Result) -> list[str]:
    """A result as lines of the table."""
    row = result.row
    first = (row.work, cell(result.ours, row.unit) + _rightness(row.ours), _target(result))
    timed = zip(row.peers, result.peers, strict=True)
    peers = [(peer.name, *_peer_cells(result, peer, timing)) for peer, timing in timed] or [("", "", "")]
    return [_joined((*(first if number == 0 else ("", "", "")), *cells)) for number, cells in enumerate(peers)]


def cell(timing: Timing, unit: str) -> str:
    """A median with its quartiles."""
    scale = _SCALES[unit.split()[0]]
    low, high = timing.quartiles
    return f"{_short(timing.median * scale)} {unit} ({_short(low * scale)}-{_short(high * scale)})"


def _short(number: float) -> str:
    """Three significant digits, never with an exponent."""
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def _target(result: Result) -> str:
    row = result.row
    if row.target is None:
        return "-"
    said = "reached" if result.met else "missed"
    if row.times_peer:
        return f"{row.target:.3g} x peer, {said}"
    return f"{row.target * _SCALES[row.unit.split()[0]]:.3g} {row.unit}, {said}"


def _peer_cells(result: Result, peer: Entrant, timing: Timing | None) -> tuple[str, str]:
    if timing is None:
        return "not installed", ""
    ours = result.ours.median
    ratio = f"1/{ours / timing.median:.2f}" if result.row.times_peer else _short(timing.median / ours)
    return cell(timing, result.row.unit) + _rightness(peer), ratio


def _rightness(entrant: Entrant) -> str:
    """Said only where a verdict was not what it had to be."""
    share = entrant.right()
    return "" if share == 1.0 else f", {100 * share:.0f}% right"


def _joined(words: tuple[str, ...]) -> str:
    return " ".join(word.ljust(width - 1) for word, width in zip(words, WIDTHS, strict=True)).rstrip()


def as_dict(result: Result) -> dict[str, Any]:
    """A result for JSON, times in seconds an item."""
    row = result.row
    return {
        "work": row.work,
        "ours": _timed(row.ours, result.ours, result),
        "target": result.target,
        "met": result.met,
        "peers": [_timed(peer, timing, result) for peer, timing in zip(row.peers, result.peers, strict=True)],
    }


def _timed(entrant: Entrant, timing: Timing | None, result: Result) -> dict[str, Any]:
    if timing is None:
        return {"name": entrant.name, "installed": False}
    low, high = timing.quartiles
    return {"name": entrant.name, "installed": True, "median": timing.median, "low": low, "high": high,
            "ratio": timing.median / result.ours.median, "right": entrant.right()}  # fmt: skip
