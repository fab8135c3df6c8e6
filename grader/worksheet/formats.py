"""The formats of a worksheet, one row each, and the way from sheets to files.

A template prints three kinds of things: an author's Markdown through the filter `markdown`, which pandoc has
made safe; texts of the catalogue through `say`; and everything else, the student's name included. Whatever
has not come through `markdown` is escaped by the format without the template asking for it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

from grader.errors import AuthorError, InputError, Message
from grader.figures.figure import Drawing
from grader.figures.tikz import tikz
from grader.language.prose import without_tags
from grader.messages import translate
from grader.textfile import refuse_outside
from grader.worksheet.document import Sheet, fragments
from grader.worksheet.pandoc import convert

if TYPE_CHECKING:
    from jinja2 import Environment

BRACES = ("{{", "}}", "{%", "%}", "{#", "#}")
ANGLES = ("<<", ">>", "<%", "%>", "<#", "#>")
"""Delimiters for languages that are made of braces."""

TEX_SPECIALS = {
    **{character: "\\" + character for character in "{}$&#_%"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
}


def one_line(text: str) -> str:
    """The text without line breaks, control characters and characters that turn the writing round."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def escape_typst(text: str) -> str:
    """A string literal: Typst reads no markup in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escape_tex(text: str) -> str:
    """Text for LaTeX, in which no character is a command."""
    return "".join(TEX_SPECIALS.get(character, character) for character in text)


def escape_markdown(text: str) -> str:
    """Text for Markdown, in which no character is markup."""
    return re.sub(r"([\\`*_\[\]<>$|~^&#@])", r"\\\1", text)


def pdf(source: str, folder: Path) -> bytes:
    """Typst source as PDF; files beside the template, a logo perhaps, are within its reach and no others."""
    import typst

    try:
        compiler = typst.Compiler(root=folder, ignore_system_fonts=True)
        return cast(bytes, compiler.compile(input=source.encode(), format="pdf"))  # a list for images only
    except typst.TypstError as failure:
        raise AuthorError("worksheet-typst", reason=str(failure)) from failure


def plain(source: str, folder: Path) -> bytes:  # noqa: ARG001 - one signature for all formats
    """The source is the file."""
    return source.encode()


def figure_typst(drawing: Drawing, name: str) -> str:
    """A call of the template's function."""
    picture = escape_typst(drawing.svg(name))
    return f"drawn(bytes({picture}), {drawing.scene.width:.1f}pt, {escape_typst(drawing.alternative)})"


def figure_html(drawing: Drawing, name: str) -> str:
    """The picture in the page itself."""
    return f'<div class="figure" style="--width: {drawing.scene.width:.1f}pt">{drawing.svg(name)}</div>'


def figure_tex(drawing: Drawing, name: str) -> str:
    """The picture, for TikZ."""
    del name  # of SVG alone
    return tikz(drawing.scene)


def figure_words(drawing: Drawing, name: str) -> str:
    """The picture in words."""
    del name  # of SVG alone
    return without_tags(drawing.told)


@dataclass(frozen=True, slots=True)
class Format:
    """Everything about a format. `notation` is pandoc's name of the language, empty for Markdown itself."""

    suffix: str
    template: str
    notation: str
    escape: Callable[[str], str]
    delimiters: tuple[str, str, str, str, str, str]
    finish: Callable[[str, Path], bytes]
    figure: Callable[[Drawing, str], str]
    wrap: str = "{}"  # what an author's text stands in


FORMATS = {
    "pdf": Format(".pdf", "worksheet.typ.jinja", "typst", escape_typst, ANGLES, pdf, figure_typst, wrap="[{}\n]"),
    "html": Format(".html", "worksheet.html.jinja", "html", html.escape, BRACES, plain, figure_html),
    "tex": Format(".tex", "worksheet.tex.jinja", "latex", escape_tex, ANGLES, plain, figure_tex),
    "md": Format(".md", "worksheet.md.jinja", "", escape_markdown, BRACES, plain, figure_words),
}


def template_folder() -> Path:
    """The templates of the project, in a checkout or in an installed wheel."""
    installed = Path(__file__).parents[1] / "_templates"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"


def render(sheets: Sequence[Sheet], formats: Sequence[str], templates: Path | None = None) -> list[dict[str, bytes]]:
    """Each sheet as files, by format. A template in the folder `templates` goes before ours of the same name.

    Raises InputError for an unknown format, AuthorError for Markdown or maths that cannot be typeset.
    """
    for name in formats:
        if name not in FORMATS:
            raise InputError("worksheet-format", format=name, known=tuple(FORMATS))
    files: list[dict[str, bytes]] = [{} for _ in sheets]
    for name in formats:
        for file, content in zip(files, _printed(sheets, FORMATS[name], templates), strict=True):
            file[name] = content
    return files


def _printed(sheets: Sequence[Sheet], format_: Format, templates: Path | None) -> list[bytes]:
    markdown = list(chain.from_iterable(map(fragments, sheets)))
    texts = convert(markdown, format_.notation) if format_.notation else {text: without_tags(text) for text in markdown}
    if templates is not None and templates.is_dir():
        for path in sorted(templates.rglob("*")):
            refuse_outside(path, templates)
    folders = [folder for folder in (templates, template_folder()) if folder]
    template = _environment(format_, folders, texts).get_template(format_.template)
    folder = Path(str(template.filename)).parent
    sources = (template.render(sheet=sheet, say=partial(_say, sheet.language)) for sheet in sheets)
    return [format_.finish(source, folder) for source in sources]


def _environment(format_: Format, folders: Sequence[Path], texts: dict[str, str]) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def markdown(text: str) -> Markup:
        return Markup(format_.wrap.format(texts.get(text, "")))  # noqa: S704 - the one door, and pandoc keeps it

    def finalize(value: object) -> Markup | int:
        return value if isinstance(value, Markup | int) else Markup(format_.escape(one_line(str(value))))  # noqa: S704

    start, end, block_start, block_end, comment_start, comment_end = format_.delimiters
    environment = Environment(
        variable_start_string=start,
        variable_end_string=end,
        block_start_string=block_start,
        block_end_string=block_end,
        comment_start_string=comment_start,
        comment_end_string=comment_end,
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def figure(drawing: Drawing, number: int) -> Markup:
        return Markup(format_.figure(drawing, f"figure-{number}"))  # noqa: S704 - the writers escape every text

    environment.filters["markdown"] = markdown
    environment.filters["figure"] = figure
    return environment


def _say(language: str, key: str, /, **values: object) -> str:
    return translate(Message(key, values), language)
