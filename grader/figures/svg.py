"""A scene as SVG: no scripts, no links, no styles of its own; black is whatever the text around it is written in."""

from __future__ import annotations

import math
from html import escape

from grader.figures.scene import Disc, Label, Mark, Point, Scene

FONTS = "'Libertinus Serif','STIX Two Text',Cambria,Georgia,'Times New Roman',serif"
_ITALIC = ' font-style="italic"'
HEAD, HALF = 6.0, 2.2
"""An arrow's head: how long, and half of how wide."""


def svg(scene: Scene, title: str, description: str, name: str = "figure") -> str:
    """The picture as an element of HTML or a file; `name` is what its parts are called by, once in a page."""
    width, height = _number(scene.width), _number(scene.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" font-family="{FONTS}" '
        'fill="none" stroke="none" stroke-linejoin="round">',
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>',
        *map(_mark, scene.marks),
        '<g fill="currentColor">',
        *map(_label, scene.labels),
        "</g></svg>",
    ]
    return "".join(parts)


def _mark(mark: Mark) -> str:
    if isinstance(mark, Disc):
        fill = ' fill="currentColor"' if mark.full else ""
        where = f'cx="{_number(mark.x)}" cy="{_number(mark.y)}" r="{_number(mark.radius)}"'
        return f'<circle {where}{fill} stroke="currentColor" stroke-width="0.8"{_dash(mark.dash)}/>'
    points = mark.points
    if mark.shade:
        return f'<path d="{_path(points)}Z" fill="currentColor" fill-opacity="{_number(mark.shade)}"/>'
    grey = ' stroke-opacity="0.3"' if mark.quiet else ""
    head = ""
    if mark.arrow:
        tip, left, right = arrow_head(points)
        head = f'<path d="{_path((tip, left, right))}Z" fill="currentColor"/>'
        points = (*shortened(points), ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2))
    stroke = f'stroke="currentColor" stroke-width="{_number(mark.width)}"'
    return f'<path d="{_path(points)}" {stroke}{grey}{_dash(mark.dash)}/>{head}'


def arrow_head(points: tuple[Point, ...]) -> tuple[Point, Point, Point]:
    """The tip of a line's arrow and its two wings."""
    bx, by = points[-1]
    ax, ay = next((p for p in points[-2::-1] if math.dist(p, points[-1]) >= HEAD), points[0])
    length = math.hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    size = min(HEAD, length)
    foot = bx - size * ux, by - size * uy
    wing = HALF * size / HEAD
    return (bx, by), (foot[0] - wing * uy, foot[1] + wing * ux), (foot[0] + wing * uy, foot[1] - wing * ux)


def shortened(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """A line without its points where its arrow's head lies."""
    kept = tuple([point for point in points[:-1] if math.dist(point, points[-1]) > HEAD])
    return kept or points[:1]


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join([f"{x:.1f} {y:.1f}" for x, y in points])


def _dash(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(_number, dash))}"' if dash else ""


def _label(label: Label) -> str:
    """Every run at its own place and of its own width, so that another font moves nothing."""
    return "".join(
        [
            f'<text x="{label.x + run.x:.1f}" y="{label.y + run.y:.1f}" font-size="{_number(run.size)}" '
            f'textLength="{run.width:.1f}" lengthAdjust="spacingAndGlyphs"'
            f"{_ITALIC if run.italic else ''}>{escape(run.text)}</text>"
            for run in label.words.runs
        ]
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
