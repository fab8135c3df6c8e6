"""The variant code: copied badly it is forgiven or refused, never read as another variant."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.chance.codes import decode, encode
from grader.errors import StudentError

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CYRILLIC = str.maketrans("ABCEHKMPTYX0", "АВСЕНКМРТУХО")
FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in DIGITS}


def sample(count):
    draw = random.Random(1)
    return [encode(draw.getrandbits(40), draw.getrandbits(15)).replace("-", "") for _ in range(count)]


def refusal(text):
    with pytest.raises(StudentError) as caught:
        decode(text)
    return caught.value


@given(st.integers(0, 2**40 - 1), st.integers(0, 2**15 - 1))
def test_decode_undoes_encode(seed, digest):
    assert decode(encode(seed, digest)) == (seed, digest)


@pytest.mark.parametrize(
    ("seed", "digest", "code"),
    [
        (0, 0, "0000-0000-00001"),
        (2**40 - 1, 2**15 - 1, "ZZZZ-ZZZZ-ZZZ4Z"),
        (12345, 77, "0000-0C1S-02DH9"),
        (487099904762, 1, "E5MP-NCQT-001HF"),
    ],
)
def test_codes_are_frozen(seed, digest, code):
    assert encode(seed, digest) == code


@pytest.mark.parametrize("numbers", [(-1, 0), (2**40, 0), (0, -1), (0, 2**15)])
def test_numbers_too_large_are_our_own_fault(numbers):
    with pytest.raises(ValueError):
        encode(*numbers)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(str.lower, id="lower case"),
        pytest.param(lambda code: code.replace("-", ""), id="no hyphens"),
        pytest.param(lambda code: " " + code.replace("-", " \u00a0") + "\n", id="spaces"),
        pytest.param(lambda code: code.replace("-", "\u2013"), id="dashes"),
        pytest.param(lambda code: code.replace("-", "\u2212"), id="minus signs"),
        pytest.param(lambda code: "\ufeff" + code.replace("-", "\u00ad-"), id="invisible marks"),
        pytest.param(lambda code: code.replace("0", "O").replace("1", "I"), id="O and I"),
        pytest.param(lambda code: code.replace("0", "o").replace("1", "l"), id="o and l"),
        pytest.param(lambda code: code.translate(CYRILLIC), id="Cyrillic"),
        pytest.param(lambda code: code.translate(CYRILLIC).lower(), id="Cyrillic, lower case"),
        pytest.param(lambda code: code.translate(FULL_WIDTH), id="full width"),
    ],
)
def test_the_way_of_writing_does_not_matter(change):
    for code in sample(300):
        assert decode(change(f"{code[:4]}-{code[4:8]}-{code[8:]}")) == decode(code)


def test_every_wrong_digit_is_noticed():
    for code in sample(25):
        for place, digit in enumerate(code):
            for other in DIGITS.replace(digit, ""):
                assert refusal(code[:place] + other + code[place + 1 :]).message.key == "code-mistyped"


def test_every_swap_of_two_digits_is_noticed():
    for code in sample(200):
        for one in range(len(code)):
            for two in range(one):
                letters = list(code)
                letters[one], letters[two] = letters[two], letters[one]
                if letters != list(code):
                    assert refusal("".join(letters)).message.key == "code-mistyped"


def test_garbage_passes_once_in_1024():
    draw, passed, total = random.Random(2), 0, 40_000
    for _ in range(total):
        try:
            decode("".join(draw.choices(DIGITS, k=13)))
            passed += 1
        except StudentError:
            pass
    assert 15 <= passed <= 66  # 39 expected, four deviations


@pytest.mark.parametrize("check", [1021, 1022, 1023])
def test_a_check_above_the_prime_is_no_second_spelling(check):
    payloads = (p for p in range(1021) if (1 - (p << 10)) % 1021 == check - 1021)
    number = next(payloads) << 10 | check
    code = "".join(DIGITS[number >> 5 * place & 31] for place in reversed(range(13)))
    assert refusal(code).message.key == "code-mistyped"


@pytest.mark.parametrize(
    ("text", "key", "values", "span"),
    [
        ("", "code-length", {"count": 0, "length": 13}, None),
        ("7K3M-Q2XA", "code-length", {"count": 8, "length": 13}, None),
        ("7K3M-Q2XA-9FT4E2", "code-length", {"count": 14, "length": 13}, None),
        ("A" * 100_000, "code-length", {"count": 100_000, "length": 13}, None),
        ("7K3M-U2XA-9FTC2", "code-letter", {"letter": "U", "place": 6}, (5, 6)),
        ("7K3M-Q2ЖA-9FTC2", "code-letter", {"letter": "Ж", "place": 8}, (7, 8)),
        ("7K3\x1b", "code-letter", {"letter": "U+001B", "place": 4}, (3, 4)),
        ("7K3\ufb01", "code-letter", {"letter": "\ufb01", "place": 4}, (3, 4)),
    ],
)
def test_what_is_wrong_is_said(text, key, values, span):
    error = refusal(text)
    assert (error.message.key, error.message.values, error.span) == (key, values, span)
