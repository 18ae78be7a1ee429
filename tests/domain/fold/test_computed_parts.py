"""Between two events an interest stays within the bounds that its evidence gives."""

from __future__ import annotations

from fakes.making import event
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fold.computed_parts import InterestPart
from app.domain.fold.interests import HORIZON
from app.domain.ranges import UNSETTLED, Range

_evidence = st.tuples(st.integers(1, 200), st.sampled_from((1, 2, 4, 5)))


class Rated:
    """What a part reads of a rating."""

    def __init__(self, position: int, rating: int) -> None:
        self._event = event(position, "behaviour.item-rated", {"rating": rating})
        self.type, self.position = self._event.type, position

    def member(self, name: str) -> object:
        return self._event.data[name]


@given(st.lists(_evidence, max_size=12), st.integers(200, 300 + HORIZON), st.integers(0, HORIZON))
def test_the_weight_lies_between_the_bounds(given_: list[tuple[int, int]], first: int, length: int) -> None:
    part = InterestPart("k")
    for position, rating in sorted(given_):
        part.apply(Rated(position, rating))  # type: ignore[arg-type]

    bounds = part.between(first, first + length)

    for now in range(first, first + length + 1, 7):
        value = part.value(now).get("k")
        match bounds.get("k"):
            case None:
                assert value is None
            case Range(low, high):
                assert value is not None
                assert low <= value <= high
            case other:
                assert other is UNSETTLED
