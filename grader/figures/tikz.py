"""A scene as a picture of TikZ: plain commands, every run of characters at its own place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from grader.figures.scene import Disc, Label, Mark, Point, Scene
from grader.figures.svg import arrow_head, shortened
from grader.language.signs import SIGNS

_ESCAPED = {**{character: "\\" + character for character in "{}$&#_%"}, "\\": r"\textbackslash{}",
            "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
            "|": r"\textbar{}", "−": r"\ensuremath{-}", "′": r"\ensuremath{'}"}  # fmt: skip


def tikz(scene: Scene) -> str:
    """The picture, as wide as the scene in points."""
    lines = [
        r"\begin{tikzpicture}[x=1bp,y=-1bp,line join=round]",
        rf"\useasboundingbox (0,0) rectangle ({scene.width:.1f},{scene.height:.1f});",
        *map(_mark, scene.marks),
        *map(_label, scene.labels),
        r"\end{tikzpicture}",
    ]
    return "\n".join(lines)


def _mark(mark: Mark) -> str:
    if isinstance(mark, Disc):
        command = r"\filldraw" if mark.full else r"\draw"
        return (
            rf"{command}[line width=0.8bp{_dash(mark.dash)}] ({mark.x:.1f},{mark.y:.1f}) circle ({mark.radius:.1f}bp);"
        )
    points = mark.points
    if mark.shade:
        return rf"\fill[black!{round(100 * mark.shade)}] {_path(points)} -- cycle;"
    head = ""
    if mark.arrow:
        tip, left, right = arrow_head(points)
        head = rf" \fill {_path((tip, left, right))} -- cycle;"
        points = (*shortened(points), ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2))
    grey = ",black!30" if mark.quiet else ""
    return rf"\draw[line width={mark.width:.1f}bp{grey}{_dash(mark.dash)}] {_path(points)};{head}"


def _path(points: tuple[Point, ...]) -> str:
    return " -- ".join([f"({x:.1f},{y:.1f})" for x, y in points])


def _dash(dash: tuple[float, ...]) -> str:
    return f",dash pattern=on {dash[0]:.1f}bp off {dash[1]:.1f}bp" if dash else ""


def _label(label: Label) -> str:
    return "\n".join(
        rf"\node[anchor=base west,inner sep=0pt,font=\fontsize{{{run.size:.1f}}}{{{run.size:.1f}}}\selectfont] "
        rf"at ({label.x + run.x:.1f},{label.y + run.y:.1f}) {{{_text(run.text, italic=run.italic)}}};"
        for run in label.words.runs
    )


def _text(text: str, *, italic: bool) -> str:
    """Characters of one run: words as text, signs and Greek letters as maths."""
    commands = _commands()
    printed = [
        _ESCAPED[character] if character in _ESCAPED
        else rf"\ensuremath{{\{commands[character]}}}" if character in commands
        else character
        for character in text
    ]  # fmt: skip
    whole = "".join(printed)
    return rf"\textit{{{whole}}}" if italic else whole


@lru_cache(maxsize=1)
def _commands() -> Mapping[str, str]:
    """Commands by the sign that they print."""
    return {sign: name for name, sign in reversed(SIGNS.items()) if name.isalpha() and not sign.isascii()}
