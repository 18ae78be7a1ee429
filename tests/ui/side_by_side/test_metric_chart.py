"""Labels at the ends of lines can be read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.side_by_side.metric_chart import apart, cut


def test_labels_that_have_room_stay_where_their_lines_end() -> None:
    assert apart([5, 1, 9], 1, 0, 10) == [5, 1, 9]


def test_labels_in_one_place_are_moved_apart_and_stay_in_view() -> None:
    assert apart([10, 10, 10, 2], 1, 0, 10) == [8, 9, 10, 2]


@given(st.lists(st.floats(0, 10), min_size=1, max_size=8))
def test_labels_keep_their_order_and_distance(wanted: list[float]) -> None:
    placed = apart(wanted, 0.7, 0, 10)
    rising = sorted(placed)

    assert all(after - before >= 0.7 - 1e-9 for before, after in pairwise(rising))
    assert all(-1e-9 <= one <= 10 + 1e-9 for one in placed)
    assert [one for _, one in sorted(zip(wanted, placed, strict=True))] == pytest.approx(rising)


def test_long_names_keep_their_ends() -> None:
    told = cut("rerun smollm2:135m kind@1")

    assert told.startswith("rerun ")
    assert told.endswith("kind@1")
    assert len(told) == 18
    assert cut("kind@1 t0.2 s1") == "kind@1 t0.2 s1"
