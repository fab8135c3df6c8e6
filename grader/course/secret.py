"""Whether a secret can be guessed. Who can guess it has everybody's numbers before the sheets are printed.

A secret is as strong as the shortest way to say it. A character that goes on a run (`abc`, `321`, `aaa`) or repeats
what stood before adds nothing. Four or more letters of a case in a row may be a word: 12 bits, as for one of 4,000, and
from the seventh letter on 2 bits a letter (Shannon's estimate for text lies below). A sign between has 2 bits, any
other character those of its kind. Altogether it is no more than its length times the bits of as many characters as it
has different ones.
"""

from __future__ import annotations

import math
import re
import secrets

from grader.errors import InputError

NEEDED = 80.0
"""Bits: at 10^9 guesses a second they last 38 million years."""
_WORD = re.compile(r"[^\W\d_A-ZА-ЯЁ]{4,}|[^\W\d_a-zа-яё]{4,}|[^\W\d_][^\W\d_A-ZА-ЯЁ]{3,}")
_WORD_BITS, _TEXT_BITS, _SIGN_BITS = 12.0, 2.0, 2.0
_DIGIT_BITS, _LETTER_BITS = math.log2(10), math.log2(26)


def strong(secret: str) -> bool:
    """Whether nobody can guess a secret."""
    return bits_of(secret) >= NEEDED


def bits_of(secret: str) -> float:
    """A cautious estimate of how many bits whoever guesses a secret must get right."""
    text = "".join(secret.split())
    words = [range(*word.span()) for word in _WORD.finditer(text)]
    fresh = [place for place in range(len(text)) if not _foreseen(text, place)]
    bits = sum(_word_bits(sum(place in word for place in fresh)) for word in words)
    bits += sum(_bits(text[place]) for place in fresh if not any(place in word for word in words))
    return min(bits, len(text) * math.log2(max(1, len(set(text)))))


def _word_bits(letters: int) -> float:
    """The bits of so many letters in a row that are not foreseen."""
    return min(letters * _LETTER_BITS, max(_WORD_BITS, letters * _TEXT_BITS))


def _bits(letter: str) -> float:
    """The bits of a character of its kind."""
    return _DIGIT_BITS if letter.isdigit() else _LETTER_BITS if letter.isalpha() else _SIGN_BITS


def _foreseen(text: str, place: int) -> bool:
    """Whether a character goes on a run, or repeats a part that stood before: three characters, two of digits."""
    if place >= 2:
        step, before = (ord(text[place - back]) - ord(text[place - back - 1]) for back in range(2))
        if step == before and abs(step) <= 1:
            return True
    length = 2 if text[max(0, place - 1) : place + 1].isdigit() else 3
    last = text[max(0, place - length + 1) : place + 1].casefold()
    return len(last) == length and last in text[:place].casefold()


def new_secret() -> str:
    """A secret of 192 random bits, by the look of it too."""
    while not strong(secret := secrets.token_urlsafe(24)):
        pass
    return secret


def check_secret(secret: str, *, of_course: bool) -> None:
    """Raise InputError for a secret that can be guessed, or none."""
    if not strong(secret):
        key = "secret-weak" if secret else "secret-missing"
        raise InputError(key, fresh=new_secret()) if of_course else InputError("secret-no-course")
