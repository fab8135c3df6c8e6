"""Differentials as books print them: `\\mathrm{d}x`, `{\\rm d}x`, `d\\mathbf{x}`, `d x` are the declared name dx."""

from __future__ import annotations

from grader.language.scan import Token
from grader.language.words import segments

_IN_BRACES = ["{", "d", "}"]


def joined(tokens: list[Token], names: frozenset[str]) -> list[Token]:
    """The tokens with an upright or separate d and the name behind it as one, where that is declared and d is not."""
    if "d" in names or not any(token.text == "d" for token in tokens):
        return tokens
    done: list[Token] = []
    for token in tokens:
        if token.kind == "name" and done and segments(f"d{token.text}", names):
            count = 3 if [before.text for before in done[-3:]] == _IN_BRACES else int(done[-1].text == "d")
            if count:
                start = done[-count].start
                del done[-count:]
                token = Token("name", f"d{token.text}", start, token.end)
        done.append(token)
    return done
