"""Worksheets in every format, from a realistic sample in both languages."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.assignment import assignment_of
from grader.course.bank import default_bank
from grader.course.printing import print_assignment
from grader.course.roster import Student
from grader.errors import AuthorError, InputError
from grader.language.plain import plain_maths
from grader.worksheet import pandoc
from grader.worksheet.document import Blank, Exercise, Sheet, fragments
from grader.worksheet.formats import (
    FORMATS,
    escape_markdown,
    escape_tex,
    escape_typst,
    one_line,
    plain,
    render,
)
from grader.worksheet.pandoc import convert

HOSTILE = '</script><b>X</b> \\input{/etc/passwd} #read("/etc/passwd") $x$ {{ 7 }} << 7 >> *a* "q" %'


def adam(english: bool) -> Exercise:
    data = "\n\n| $i$ | 1 | 2 |\n|:-:|:-:|:-:|\n| $x_i$ | 1 | 3 |\n| $y_i$ | 2 | 5 |\n\n"
    step = (
        "\n$$\nm_t = \\beta_1 m_{t-1} + (1 - \\beta_1) g_t, \\qquad"
        " v_t = \\beta_2 v_{t-1} + (1 - \\beta_2) g_t^2, \\qquad"
        " w_t = w_{t-1} - \\eta\\, \\frac{\\hat m_t}{\\sqrt{\\hat v_t}}.\n$$\n"
    )
    return Exercise(
        number=1,
        title="Two steps of Adam" if english else "Два шага Adam",
        points=7,
        variant="K7Q2-M",
        statement=(
            f"A linear regression $y = wx$ is trained with the mean squared error on the data{data}Start at"
            " $w_0 = m_0 = v_0 = 0$ with $\\eta = 0.1$, $\\beta_1 = \\beta_2 = 0.9$,"
            f" and do two steps of Adam:{step}"
            if english
            else "Линейную регрессию $y = wx$ обучают с функцией потерь"
            f" $L(w) = \\frac{{1}}{{n}}\\sum_{{i=1}}^{{n}} (y_i - w x_i)^2$ на данных{data}Начните с"
            f" $w_0 = m_0 = v_0 = 0$ и сделайте два шага Adam с $\\eta = 0{{,}}1$,"
            f" $\\beta_1 = \\beta_2 = 0{{,}}9$:{step}"
        ),
        blanks=(
            Blank("m[1]", "$m_1 =$", "number", 1, "", answer="$-3.4$"),
            Blank("w[1]", "$w_1 =$", "number", 2, "3 decimals" if english else "3 знака", answer="$0.1$"),
            Blank("w[2]", "$w_2 =$", "number", 4, "3 decimals" if english else "3 знака", answer="$0.2$"),
        ),
        solution="$g_1 = \\frac{2}{n} \\sum_i (w_0 x_i - y_i) x_i = -17$",
    )


def product(english: bool) -> Exercise:
    return Exercise(
        number=2,
        title="A product of matrices" if english else "Произведение матриц",
        points=4.5,
        variant="A1",
        statement=("Given" if english else "Даны") + "\n$$\n"
        "A = \\begin{pmatrix} 1 & 2 & 0 \\\\ -1 & 3 & 1 \\end{pmatrix}, \\qquad"
        " B = \\begin{pmatrix} 2 & 1 \\\\ 0 & 4 \\\\ -3 & 5 \\end{pmatrix}, \\qquad"
        " f(x) = \\lVert ABx \\rVert^2.\n$$",
        blanks=(
            Blank(
                "AB",
                "$AB =$",
                "matrix",
                2,
                "",
                shape=(2, 2),
                answer="$\\begin{pmatrix} 2 & 9 \\\\ 3 & 1 \\end{pmatrix}$",
            ),
            Blank(
                "ABx",
                "$ABx =$",
                "vector",
                1,
                "",
                shape=(2,),
                answer="$\\begin{pmatrix} -16 \\\\ -37 \\end{pmatrix}$",
            ),
            Blank("grad", "$\\nabla f =$", "matrix expression", 1.5, "A, B, x", answer="$2B^\\top A^\\top ABx$"),
        ),
    )


def derivative(english: bool) -> Exercise:
    return Exercise(
        number=3,
        title="A derivative and a long step" if english else "Производная и длинный шаг",
        points=5,
        variant="71C0",
        statement=("Let" if english else "Пусть")
        + " $f(x) = \\ln\\bigl(1 + \\cos^2 \\sqrt{x}\\bigr)$:\n\n1. $x > 0$;\n2. $x \\ne 1$.",
        blanks=(
            Blank("dy", "$f'(x) =$", "expression", 3, "", answer="$-\\frac{\\sin 2\\sqrt{x}}{2\\sqrt{x}}$"),
            Blank("shape", "$x^*$", "vector", 1, "", shape=(40,), answer="$0$"),
            Blank(
                "regime",
                "For $\\eta = 1.5 / a$ the iterates" if english else "При $\\eta = 1{,}5 / a$ шаги",
                "choice",
                1,
                "one answer" if english else "один ответ",
                options=("converge", "diverge, $q < -1$") if english else ("да", "нет, $q < -1$"),
                answer="2)",
            ),
        ),
    )


def sample(language: str, student: str = "Ada Lovelace", key: bool = False) -> Sheet:
    english = language == "en"
    title = "Optimisers and derivatives" if english else "Оптимизаторы и производные"
    return Sheet(student, title, language, (adam(english), product(english), derivative(english)), key)


def printed(sheet: Sheet, name: str) -> str:
    return render([sheet], [name])[0][name].decode()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", [False, True])
def test_every_format_renders(language: str, key: bool) -> None:
    (files,) = render([sample(language, key=key)], list(FORMATS))
    assert list(files) == list(FORMATS)
    assert files["pdf"].startswith(b"%PDF-")
    for name in ("html", "tex", "md"):
        text = files[name].decode()
        assert ("Answer key" if language == "en" else "Ответы") in text or not key
        assert ("Two steps of Adam" if language == "en" else "Два шага Adam") in text
        assert ("4.5 points" if language == "en" else "4,5 балла") in text
        assert "<<" not in text
        assert "{{ " not in text


@pytest.mark.parametrize("name", ["html", "tex", "md"])
def test_answers_are_on_the_key_only(name: str) -> None:
    assert "A^\\top ABx" not in printed(sample("en"), name)
    assert "A^\\top ABx" in printed(sample("en", key=True), name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("html", html.escape(HOSTILE)),
        (
            "tex",
            r"\textless{}/script\textgreater{}\textless{}b\textgreater{}X\textless{}/b\textgreater{}"
            r" \textbackslash{}input\{/etc/passwd\} \#read(\textquotedbl{}/etc/passwd\textquotedbl{}) \$x\$",
        ),
        ("md", r"\</script\>\<b\>X\</b\> \\input{/etc/passwd} \#read(" + '"/etc/passwd") \\$x\\$'),
    ],
)
def test_a_hostile_name_is_plain_text(name: str, expected: str) -> None:
    text = printed(sample("en", HOSTILE), name)
    assert expected in text
    assert HOSTILE not in text


def test_a_hostile_name_reaches_typst_as_a_literal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "typ", replace(FORMATS["pdf"], finish=plain))
    source = printed(sample("en", HOSTILE), "typ")
    assert source.count(escape_typst(HOSTILE)) == source.count("read(") == 3  # metadata, header, footer


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_typst_reads_back_any_text_unchanged(text: str) -> None:
    import typst

    line = one_line(text)
    source = f"#metadata({escape_typst(line)})<name>"
    assert json.loads(typst.query(source.encode(), "<name>", field="value")) == [line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada\n\n# Lovelace", "Ada # Lovelace"),
        ("a\x00b\u202ec\ud800d", "a b c d"),
        ("  Ада  Лавлейс ", "Ада Лавлейс"),
    ],
)
def test_a_name_is_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize("text", ["*a*", "_a_", "`a`", "[a](b)", "<b>a</b>", "$a$", "~~a~~", "\\*a", "a|b", "![a](b)"])
def test_escaped_text_is_no_markdown(text: str) -> None:
    (typeset,) = convert([escape_markdown(text)], "html").values()
    assert typeset == f"<p>{html.escape(text)}</p>"


def test_tex_specials_are_all_escaped() -> None:
    assert escape_tex("\\ { } $ & # _ % ^ ~") == (
        r"\textbackslash{} \{ \} \$ \& \# \_ \% \textasciicircum{} \textasciitilde{}"
    )


FRAGMENT = st.text(st.sampled_from("ab1 .\n*_`#>-+|<\\~"), min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize("notation", ["typst", "html", "latex"])
@given(texts=st.lists(FRAGMENT, min_size=2, max_size=4))
@settings(max_examples=25, deadline=None)
def test_fragments_do_not_touch_each_other(notation: str, texts: list[str]) -> None:
    assert convert(texts, notation) == {text: convert([text], notation)[text] for text in texts}


@pytest.mark.parametrize(
    ("markdown", "notation", "expected"),
    [
        ("$0{,}5$", "typst", '$0class("normal", ",")5$'),
        ("$(1, 2)$", "typst", "$\\( 1 \\, 2 \\)$"),
        ("$\\bigl(x\\bigr)$", "typst", "$\\( x \\)$"),
        ("$\\left\\lVert x \\right\\rVert^2$", "typst", "$lr(bar.v.double x bar.v.double)^2$"),
        ("$\\lVert x \\rVert$", "typst", "$lr(bar.v.double x bar.v.double)$"),
        ("$\\lvert n - g\\rvert$", "typst", "$lr(|n - g|)$"),
        ("$\\left\\lvert x\\right\\rvert$", "typst", "$lr(|x|)$"),
        ("at $t = \\dfrac{1}{2}$ ($\\frac{1}{2}$)", "typst", "at #tall[$t = 1 / 2$]; ($1 / 2$)"),
        ("$0{,}5$", "latex", "\\(0{,}5\\)"),
        ("`#read(1)`{=typst}", "typst", "`#read(1)`{=typst}"),
        ("\\input{x} <b>", "latex", "\\textbackslash input\\{x\\} \\textless b\\textgreater{}"),
        ("<script>x</script>", "html", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("1. a\n2. b", "typst", "+ a\n+ b"),
        ("a $12\\times k$(b)", "typst", "a #box[$12 times k$];\\(b)"),
        ("$$2\\times 3$$", "typst", "$ 2 times 3 $"),
    ],
)
def test_conversion(markdown: str, notation: str, expected: str) -> None:
    assert convert([markdown, "another"], notation)[markdown] == expected


@pytest.mark.parametrize(
    ("cell", "spread"),
    [("$-11{,}5$ $-11{,}5$ $-11{,}5$", False), ("a long sentence that no line has room for", True), ("x", False)],
)
def test_a_table_is_as_wide_as_what_is_printed(cell: str, spread: bool) -> None:
    """And not as its source; one that has no room on a line is spread over the page."""
    table = f"| a | b | c |\n|:-:|:-:|:-:|\n| {cell} | {cell} | {cell} |"
    assert ("%" in convert([table], "typst")[table]) is spread
    assert convert([table], "html")[table].count("<tr") == 2


def test_one_process_a_notation(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    run = pandoc._pandoc

    def counted(markdown: str, notation: str) -> str:
        calls.append(notation)
        return run(markdown, notation)

    monkeypatch.setattr(pandoc, "_pandoc", counted)
    render([sample("en"), sample("ru", key=True)], list(FORMATS))
    assert calls == ["typst", "html", "latex"]


def test_html_is_self_contained() -> None:
    text = printed(sample("ru"), "html")
    assert '<html lang="ru">' in text
    assert "<math" in text
    assert not re.search(r"<script|<link|<img|@import|url\(", text)
    assert set(re.findall(r"https?://[^\"]+", text)) == {"http://www.w3.org/1998/Math/MathML"}


def test_places_to_write() -> None:
    text = printed(sample("en"), "md")
    assert "[ ______  ______ ]\n[ ______  ______ ]" in text
    assert "- [ ] 2) diverge, $q < -1$" in text
    assert text.count("[ ______ ]") == 2  # a vector of 40 is written on a line


def test_a_course_overrides_a_template(tmp_path: Path) -> None:
    (tmp_path / "worksheet.md.jinja").write_text("{{ sheet.student }}: {{ sheet.points }}\n")
    files = render([sample("en", "*Ada*")], ["md", "html"], templates=tmp_path)
    assert files[0]["md"] == b"\\*Ada\\*: 16.5\n"
    assert b"<!DOCTYPE html>" in files[0]["html"]


def test_printing_twice_gives_the_same_bytes() -> None:
    first, second = (render([sample("ru")], list(FORMATS)) for _ in range(2))
    assert first == second
    assert b"CreationDate" not in first[0]["pdf"]


def test_no_name_leaves_a_line_for_it() -> None:
    assert "Name: ____" in printed(sample("en", ""), "md")
    assert render([sample("en", "")], ["pdf"])[0]["pdf"].startswith(b"%PDF-")


def with_statement(markdown: str) -> Sheet:
    return Sheet("Ada", "A", "en", (Exercise(1, "T", 1, "V", markdown, ()),))


@pytest.mark.parametrize(
    ("markdown", "name", "key", "mentions"),
    [
        ("$\\frac{1$", "html", "worksheet-pandoc", "frac"),
        ("$\\nosuchcommand x$", "pdf", "prose-command", "nosuchcommand"),
        ("![figure](missing.png)", "pdf", "prose-picture", "Pictures"),
    ],
)
def test_what_cannot_be_typeset_is_said(markdown: str, name: str, key: str, mentions: str) -> None:
    with pytest.raises(AuthorError, match=mentions) as caught:
        render([with_statement(markdown)], [name])
    assert caught.value.message.key == key


def test_an_unknown_format_is_said() -> None:
    with pytest.raises(InputError, match="docx"):
        render([sample("en")], ["pdf", "docx"])


def test_nothing_to_print() -> None:
    assert render([], ["pdf", "md"]) == []
    assert convert(["", " \n"], "html") == {}


def test_fragments_of_a_key_include_answers() -> None:
    assert "$-3.4$" in set(fragments(sample("en", key=True)))
    assert "$-3.4$" not in set(fragments(sample("en")))


@pytest.mark.parametrize(
    ("latex", "text"),
    [("e^{x_1 - p_1}y", "e^(x_1 - p_1)y"), ("e^{x_1}x_2^2", "e^(x_1)x_2^2"), ("A^{-1}", "A^-1"), ("x^{2}", "x^2"),
     (r"A^{\top}", "A^T"), ("e^{-x + 1}", "e^(-x + 1)")],
)  # fmt: skip
def test_an_exponent_in_plain_text_keeps_its_bounds(latex: str, text: str) -> None:
    assert plain_maths(latex) == text


@pytest.mark.parametrize(
    ("before", "stays"),
    [("Two objects:", True), ("Two objects.", False), ("Two $x_1$: and more", False), ("Numbers $0{,}5$ [a]:", True)],
)
def test_a_table_stays_with_the_line_that_announces_it(before: str, stays: bool) -> None:
    """On paper no page ends between them."""
    (printed,) = convert([f"{before}\n\n| a | b |\n|:--|:-:|\n| 1 | 2 |\n\nThen:\n\n$$x = 1$$"], "typst").values()
    assert printed.count("#block(sticky: true") == stays
    assert 0 <= printed.index(before.split()[0]) < printed.index("#figure(")


# ----- Figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_figure_in_every_format(language: str) -> None:
    families = ("relu-forward-picture", "graph-path-sum", "gd-nd-steps")
    sheet = print_assignment(assignment_of(families), [Student("ann", "", language)], default_bank())[0].sheet
    assert sheet.drawn
    (files,) = render([sheet], list(FORMATS))
    assert files["pdf"].startswith(b"%PDF")
    page, tex, words = (files[name].decode() for name in ("html", "tex", "md"))
    assert page.count("<svg ") == page.count('role="img"') == len(families)
    identifiers = re.findall(r' id="([^"]+)"', page)
    assert len(set(identifiers)) == len(identifiers) == 2 * len(families)
    assert "<script" not in page
    assert tex.count(r"\begin{tikzpicture}") == tex.count(r"\end{tikzpicture}") == len(families)
    assert r"\usepackage{tikz}" in tex
    for exercise in sheet.exercises:
        assert exercise.figure is not None
        assert html.escape(exercise.figure.alternative) in page
        assert exercise.figure.told in words


def test_a_sheet_without_figures_is_as_it_was() -> None:
    (files,) = render([Sheet("Ann", "Week 1", "en", (adam(True),))], ["tex", "html"])
    assert b"tikz" not in files["tex"]
    assert b"<svg" not in files["html"]


@pytest.mark.parametrize("lines", range(5, 17, 2))
def test_a_statement_is_not_torn_apart_by_the_end_of_a_page(lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Exercise(1, "Filler", 1, "A1", "A line.\n\n" * 2, tuple(_line(n) for n in range(lines)))
    matrix = "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\\\ 5 & 6 \\end{pmatrix}"
    torn = Exercise(
        2, "Long", 1, "A2", f"Given\n$$A = {matrix}$$\nand\n$$B = {matrix}.$$", tuple(map(_line, range(12)))
    )
    sources = list[bytes]()
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], finish=lambda source, _: _kept(sources, source)))
    render([Sheet("S", "T", "en", (before, torn))], ["pdf"])
    told = "#context [#metadata(query(math.equation.where(block: true)).map(it => it.location().page())) <pages>]"
    compiler = typst.Compiler(input=sources[0] + told.encode(), ignore_system_fonts=True)
    first, second = json.loads(compiler.query("<pages>", field="value", one=True))
    assert first == second


def _line(number: int) -> Blank:
    return Blank(f"b{number}", f"$b_{{{number}}} =$", "number", 1, "")


def _kept(sources: list[bytes], source: str) -> bytes:
    sources.append(source.encode())
    return b""
