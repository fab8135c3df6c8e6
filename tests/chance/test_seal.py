"""Sealed codes: a permutation under the secret, never read as an open code, and no help without the secret."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.chance.codes import LENGTH, SEALED_LENGTH, Code, decode, encode, read_code, written
from grader.chance.seal import sealed, unsealed
from grader.errors import StudentError

VECTORS = yaml.safe_load((Path(__file__).parents[1] / "tables" / "streams.yaml").read_text("utf-8"))["seals"]
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = "c-JtvOujUGYqaK9sbi5liPN60rKDuM3I"


def codes(count: int) -> list[str]:
    """Open and sealed ones, in turn, without hyphens."""
    draw = random.Random(3)
    both = []
    for _ in range(count):
        seed, digest = draw.getrandbits(40), draw.getrandbits(15)
        both += [encode(seed, digest), written(sealed(SECRET, seed, digest))]
    return [code.replace("-", "") for code in both]


def refusal(text: str) -> str:
    with pytest.raises(StudentError) as caught:
        read_code(text)
    return caught.value.message.key


@pytest.mark.parametrize("row", VECTORS)
def test_seals_are_frozen(row):
    code = sealed(row["secret"], row["seed"], row["digest"])
    assert written(code) == row["code"]
    assert unsealed(row["secret"], read_code(row["code"].lower())) == row["seed"]


@given(st.text(min_size=1), st.integers(0, 2**40 - 1), st.integers(0, 2**15 - 1))
def test_a_seal_is_opened_by_its_secret(secret, seed, digest):
    code = read_code(written(sealed(secret, seed, digest)))
    assert (unsealed(secret, code), code.digest) == (seed, digest)


def test_another_secret_does_not_open_it():
    passed = sum(unsealed("another", sealed(SECRET, seed, 7)) is not None for seed in range(60_000))
    assert passed <= 10  # 1.8 expected


def test_what_is_not_open_is_not_told():
    code = written(sealed(SECRET, 5, 7))
    with pytest.raises(StudentError) as caught:
        decode(code)
    assert caught.value.message.key == "code-sealed"


def test_neighbours_look_like_strangers():
    """Of seeds that differ in a bit, of digests and of secrets: half of the 40 bits differ, as between any two."""
    draw, differing = random.Random(4), []
    for _ in range(2000):
        seed, digest = draw.getrandbits(40), draw.getrandbits(15)
        first = sealed(SECRET, seed, digest).seed
        others = sealed(SECRET, seed ^ 1 << draw.randrange(40), digest), sealed(SECRET, seed, digest ^ 1)
        differing += [(first ^ other.seed).bit_count() for other in (*others, sealed(SECRET + "x", seed, digest))]
        differing.append((first ^ seed).bit_count())
    assert all(19.8 < sum(differing[kind::4]) / 2000 < 20.2 for kind in range(4))  # four deviations


def test_it_is_a_permutation():
    hidden = {sealed(SECRET, seed, 7).seed for seed in range(20_000)}
    assert len(hidden) == 20_000
    assert all(0 <= seed < 2**40 for seed in hidden)


@pytest.mark.parametrize("code", codes(12), ids=len)
def test_one_slip_never_passes_as_either(code):
    for place, digit in enumerate(code):
        for other in DIGITS.replace(digit, ""):
            assert refusal(code[:place] + other + code[place + 1 :]) == "code-mistyped"
        assert refusal(code[:place] + code[place + 1 :]) == "code-length"  # one left out, and one typed twice
        assert refusal(code[:place] + digit + code[place:]) == "code-length"
        for second in range(place):
            letters = list(code)
            letters[place], letters[second] = letters[second], letters[place]
            if letters != list(code):
                assert refusal("".join(letters)) == "code-mistyped"


def test_two_digits_lost_or_doubled_are_a_length_of_their_own():
    assert SEALED_LENGTH - LENGTH == 3


@pytest.mark.parametrize("code", [Code(2**40, 0, 0), Code(0, 2**15, 0), Code(0, 0, 2**15), Code(-1, 0, 0)])
def test_numbers_too_large_are_our_own_fault(code):
    with pytest.raises(ValueError, match="does not fit"):
        written(code)
