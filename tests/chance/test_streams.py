"""The streams: frozen vectors, and the sanity that a student would notice the lack of."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from grader.chance.streams import Stream, seed_in, seed_of, stream

ROOT = Path(__file__).parents[2]
VECTORS = yaml.safe_load((ROOT / "tests/tables/streams.yaml").read_text("utf-8"))
SEEDS = np.arange(20_000, dtype=np.uint64)


def test_mixer_is_splitmix64():
    known = VECTORS["splitmix64"]
    assert Stream(np.array([known["seed"]], np.uint64)).bits(5)[0].tolist() == known["bits"]


@pytest.mark.parametrize("row", VECTORS["seeds"])
def test_seeds_are_frozen(row):
    assert seed_of(row["secret"], row["student"], row["problem"]) == row["seed"]


@pytest.mark.parametrize("row", VECTORS["assignments"])
def test_seeds_of_an_assignment_are_frozen(row):
    assert seed_in(row["secret"], row["student"], row["assignment"], row["problem"]) == row["seed"]


@pytest.mark.parametrize("row", VECTORS["streams"])
def test_streams_are_frozen(row):
    drawn = stream([row["seed"]], row["draw"], row["retry"])
    assert drawn.bits(3)[0].tolist() == row["bits"]
    assert drawn.uniforms(3)[0].tolist() == row["uniforms"]
    assert drawn.integers(10, 6)[0].tolist() == row["integers of 10"]
    assert drawn.distinct_integers(10, 6)[0].tolist() == row["distinct of 10"]
    assert drawn.permutations(6)[0].tolist() == row["permutation of 6"]


def test_docs_show_the_same_vectors():
    text = (ROOT / "docs/draws.md").read_text("utf-8")
    assert yaml.safe_load(text.split("```yaml\n")[1].split("```")[0]) == VECTORS


def test_seed_is_one_for_both_spellings_of_a_letter():
    assert seed_of("s", "\u0419ода", "p") == seed_of("s", "\u0418\u0306ода", "p")


def test_seed_fits_a_code_and_depends_on_each_part():
    seeds = {seed_of(*parts) for parts in ("abc", "acb", ("ab", "", "c"), ("a", "bc", ""))}
    assert len(seeds) == 4
    assert all(0 <= seed < 2**40 for seed in seeds)


def test_a_batch_is_its_members_one_by_one():
    retries = np.arange(50) % 3
    batch = stream(SEEDS[:50], "x", retries).bits(4)
    alone = [stream([seed], "x", retry).bits(4)[0] for seed, retry in zip(SEEDS[:50], retries, strict=True)]
    assert (batch == alone).all()


def test_more_numbers_begin_with_the_fewer():
    drawn = stream([7], "x")
    assert drawn.bits(9)[0, :4].tolist() == drawn.bits(4)[0].tolist()


def test_largest_uniform_stays_below_the_size():
    largest = 1 - 2.0**-53
    assert all(np.floor(largest * size) == size - 1 for size in (*range(1, 2000), 10**6, 2**31, 2**40 + 1))


@pytest.mark.parametrize("size", [2, 6, 10, 37])
def test_integers_are_uniform(size):
    counts = np.bincount(stream(SEEDS, "x").integers(size, 5).ravel(), minlength=size)
    assert len(counts) == size
    assert chi_square(counts) < critical(size - 1)


@pytest.mark.parametrize("kind", ["permutations", "distinct_integers"])
def test_orders_are_uniform(kind):
    drawn = stream(SEEDS, "p")
    orders = drawn.permutations(4) if kind == "permutations" else drawn.distinct_integers(4, 4)
    assert (np.sort(orders, axis=1) == np.arange(4)).all()
    counts = np.unique(orders, axis=0, return_counts=True)[1]
    assert len(counts) == 24
    assert chi_square(counts) < critical(23)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda: stream(SEEDS, "y"), id="another draw"),
        pytest.param(lambda: stream(SEEDS, "x", 1), id="another retry"),
        pytest.param(lambda: stream(SEEDS + np.uint64(1), "x"), id="the next student"),
        pytest.param(lambda: stream(SEEDS ^ np.uint64(1 << 39), "x"), id="a seed one bit away"),
    ],
)
def test_streams_are_independent(other):
    one, two = stream(SEEDS, "x").uniforms(3), other().uniforms(3)
    correlation = np.corrcoef(one.T, two.T)[:3, 3:]
    assert np.abs(correlation).max() < 5 / np.sqrt(len(SEEDS))
    assert not (one == two).any()


def chi_square(counts):
    expected = counts.sum() / len(counts)
    return ((counts - expected) ** 2 / expected).sum()


def critical(freedom):
    """Exceeded once in 1,000 (Wilson and Hilferty)."""
    return freedom * (1 - 2 / (9 * freedom) + 3.09 * np.sqrt(2 / (9 * freedom))) ** 3
