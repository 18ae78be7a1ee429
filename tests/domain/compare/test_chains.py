"""The chain is the heaviest there is."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.compare.chains import heaviest_chain

PAIRS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 5)),
    max_size=9,
    unique_by=lambda pair: pair[:2],
)


def rises(chain: list[tuple[int, int]]) -> bool:
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))


@settings(max_examples=200)
@given(PAIRS)
def test_it_is_the_heaviest_of_all_that_do_not_cross(pairs: list[tuple[int, int, int]]) -> None:
    weights = {pair[:2]: pair[2] for pair in pairs}

    found = heaviest_chain(pairs)

    every = (sorted(some) for size in range(len(weights) + 1) for some in combinations(weights, size))
    best = max(sum(weights[pair] for pair in some) for some in every if rises(some))
    assert rises(found)
    assert sum(weights[pair] for pair in found) == best


def test_of_equal_chains_it_is_always_the_same() -> None:
    pairs = [(0, 1, 1), (1, 0, 1)]

    assert heaviest_chain(pairs) == heaviest_chain(reversed(pairs))
    assert heaviest_chain([]) == []
