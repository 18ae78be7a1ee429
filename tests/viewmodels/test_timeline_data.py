"""Columns as lanes: what is counted per pixel, and who neighbours whom."""

import itertools
import random
from array import array

import numpy as np
import pytest
from fakes.window_services import columns

from app.application.ports import MISSING_TIME, EventColumns
from app.domain.vocabulary import Lane
from app.viewmodels.timeline_data import TimelineData


def random_columns(count: int) -> EventColumns:
    chosen = random.Random(7)
    lanes = array("B", (chosen.choice((0, 1, 4)) for _ in range(count)))
    return EventColumns(lanes, array("H", [0] * count), array("q", [0] * count), ("behaviour.searched",))


def test_lanes_hold_every_position_once() -> None:
    data = TimelineData.of(columns(1000))

    everything = sorted(position for own in data.positions for position in own.tolist())
    assert everything == list(range(1, 1001))
    assert data.lanes == (Lane.CUSTOMER, Lane.ASSISTANT, Lane.TOOL, Lane.BEHAVIOUR, Lane.RECOMMENDATION, Lane.SYSTEM)


def test_counts_per_pixel_add_up_and_agree_with_counting_one_by_one() -> None:
    given = random_columns(997)
    data = TimelineData.of(given)
    edges = np.linspace(0, 997, 101)

    counts = dict(zip(data.lanes, data.counts(edges), strict=True))

    for lane in data.lanes:
        slow = [
            sum(1 for n in range(1, 998) if given.lanes[n - 1] == lane and left < n <= right)
            for left, right in itertools.pairwise(edges)
        ]
        assert counts[lane].tolist() == slow


def test_coverage_fills_every_pixel_however_few_events_there_are() -> None:
    data = TimelineData.of(columns(5))

    covered = sum(data.coverage(np.linspace(0, 5, 501)))

    assert (covered > 0).all()


def test_the_slice_in_view_is_told_by_lane() -> None:
    data = TimelineData.of(columns(30))

    within = dict(zip(data.lanes, data.within(2, 8), strict=True))

    assert within[Lane.CUSTOMER] == [2, 3]
    assert within[Lane.TOOL] == [4, 5]
    assert within[Lane.SYSTEM] == []


def test_an_empty_branch_has_no_lanes_and_no_times() -> None:
    data = TimelineData.of(columns(0))

    assert (data.lanes, data.head, data.time_at(0), data.neighbour_turn(0, 1)) == ((), 0, None, 0)


def test_missing_times_are_nobody_s_times() -> None:
    assert TimelineData.of(columns(9, timed=False)).time_at(3) is None
    assert TimelineData.of(columns(9)).time_at(3) is not None


@pytest.mark.parametrize(
    ("missing", "part"), [((), (1, 9)), ((0, 1), (3, 9)), ((8,), (1, 8)), ((4,), (1, 9)), (tuple(range(9)), (0, 0))]
)
def test_the_timed_part_reaches_from_the_first_to_the_last_known_time(
    missing: tuple[int, ...], part: tuple[int, int]
) -> None:
    whole = columns(9)
    for number in missing:
        whole.times[number] = MISSING_TIME

    assert TimelineData.of(whole).timed_part == part
    assert TimelineData.of(whole).has_times == (part != (0, 0))
