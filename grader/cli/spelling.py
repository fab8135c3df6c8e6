"""Letters and signs that an output cannot show, in those that it can: a verdict is read on every terminal.

Cyrillic as it is commonly written in Latin letters, Greek by its names, signs as one types them; what is none of these
by its number.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_CYRILLIC = _pairs(
    "а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
    "щ shch ы y э e ю yu я ya і i ї yi є ye ґ g ў u"
) | dict.fromkeys("ъь", "")
_SIGNS = _pairs(
    "✓ + ✗ x ◐ ~ ≈ ~ · * • o ⋅ * × x − - – - — - ‑ - … ... “ \" ” \" „ \" « \" » \" ‘ ' ’ ' ′ ' ″ '' № No. "
    "≤ <= ≥ >= ≠ != → -> ← <- ⇒ => ∞ inf ∈ in ∂ d ∇ grad √ sqrt ∑ sum ∏ prod ∫ int ‖ || ⊙ .* ⊤ ^T ° deg ± +- ⁄ / "
    "⎡ [ ⎢ [ ⎣ [ ⎤ ] ⎥ ] ⎦ ] ⎛ ( ⎜ ( ⎝ ( ⎞ ) ⎟ ) ⎠ ) \ufffd ?"
) | dict.fromkeys("\u2068\u2069\u200c\u200d", "")
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)")


def shown_in(text: str, encoding: str) -> str:
    """The text as an output of that encoding can show it."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_shown(letter, encoding) for letter in text)
    return text


@lru_cache(maxsize=2_000)
def _shown(letter: str, encoding: str) -> str:
    for spelling in (letter, *_spellings(letter)):
        try:
            spelling.encode(encoding)
        except UnicodeEncodeError:
            continue
        return spelling
    return letter.encode("ascii", "backslashreplace").decode()


def _spellings(letter: str) -> list[str]:
    """Ways to write it, the best first."""
    found = [_SIGNS[letter]] if letter in _SIGNS else []
    if (latin := _CYRILLIC.get(letter.lower())) is not None:
        found.append(latin if letter.islower() else latin.capitalize())
    if greek := _GREEK.match(unicodedata.name(letter, "")):
        found.append(greek[2].lower() if greek[1] == "SMALL" else greek[2].capitalize())
    kind, _, _ = unicodedata.decomposition(letter).partition(" ")
    parts = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    plain = "".join(_SIGNS.get(part, part) if len(parts) > 1 else part for part in parts)
    if plain != letter:
        found.append(f"^{plain}" if kind == "<super>" else plain)
    return [*found, ""] if unicodedata.combining(letter) else found
