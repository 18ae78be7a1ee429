"""Where events stand by the clock: in order whatever the clocks said, and nowhere lost."""

from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.application.ports import MISSING_TIME, EventColumns
from app.viewmodels.axis import ClockAxis, EventAxis, moments_of
from app.viewmodels.timeline_data import TimelineData

SECOND = 1_000_000
DAY = 86_400


def data_of(*seconds: float | None) -> TimelineData:
    times = array("q", [MISSING_TIME if one is None else int(one * SECOND) for one in seconds])
    return TimelineData.of(
        EventColumns(array("B", [0] * len(seconds)), array("H", [0] * len(seconds)), times, ("behaviour.searched",))
    )


def test_an_event_without_a_time_stands_between_its_neighbours() -> None:
    assert data_of(10, None, None, 40, None).moments.tolist() == [10, 20, 30, 40, 70]
    assert data_of(None, 10, 12).moments.tolist() == [8, 10, 12]


def test_a_clock_that_ran_backwards_keeps_the_order() -> None:
    assert data_of(10, 20, 5, 30).moments.tolist() == [10, 20, 20, 30]


def test_without_any_time_there_is_only_the_order() -> None:
    data = data_of(None, None)

    assert data.moments is None
    assert isinstance(data.axis("clock"), EventAxis)


def test_idle_time_is_cut_and_told() -> None:
    data = data_of(0, 1, 2, 3, 3 * DAY, 3 * DAY + 1)

    whole, cut = data.axis("clock"), data.axis("compressed")
    assert whole.length > 3 * DAY
    assert cut.length < 20
    (gap,) = cut.gaps_within(0.0, cut.length, 0.0)  # type: ignore[union-attr]
    assert gap.seconds == 3 * DAY - 3
    assert gap.end == pytest.approx(cut.playhead(5))


@given(st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=60).filter(any))
def test_every_event_is_found_again_where_it_stands(seconds: list[int | None]) -> None:
    data = data_of(*seconds)

    for kind in ("event", "clock", "compressed"):
        axis = data.axis(kind)
        stands = [axis.playhead(position) for position in range(len(seconds) + 1)]
        assert stands == sorted(stands)
        assert all(0 <= one <= axis.length for one in stands)
        for position in range(1, len(seconds) + 1):
            found = axis.position(stands[position])
            assert found >= position
            assert stands[found] == pytest.approx(stands[position])
        edges = np.linspace(0, axis.length, 50)
        assert sum(data.counts(axis.position_edges(edges)))[:].sum() == len(seconds)  # type: ignore[index]


def test_stepping_by_time_always_moves_and_stops_at_the_ends() -> None:
    data = data_of(0, 4, 8, 30, 31)

    assert [data.neighbour_time(n, 10) for n in range(6)] == [4, 4, 4, 4, 5, 5]
    assert [data.neighbour_time(n, -10) for n in range(6)] == [0, 0, 0, 0, 3, 3]


def test_a_million_events_are_laid_out_by_their_times() -> None:
    times = np.random.default_rng(3).integers(0, 10**12, 1_000_000)
    axis = ClockAxis(moments_of(np.sort(times)), 5.0)  # type: ignore[arg-type]

    assert axis.position(axis.playhead(500_000)) >= 500_000
