"""A state beside an earlier one: everything that differs is marked, and nothing else."""

from __future__ import annotations

import random

from fakes.histories import any_event
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import bounded_json
from app.domain.report.lines import LONGEST, as_json, clipped, event_line
from app.domain.report.state_tables import state_tables
from app.domain.report.strips import MOST_BINS, strip


def states(seed: int, first: int, last: int):
    from fakes.branched import random_session

    store, _ = random_session(max(first, last), random.Random(seed))
    branch = store.branches("s")[0].id
    return [bounded_json(fold_all(store.iterate(branch, 1, at)).bounded) for at in (first, last)]


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 40))
def test_equal_states_show_no_change_and_others_show_old_and_new(seed, first, last):
    before, now = states(seed, first, last)

    assert not any(row.change for table in state_tables(now, now) for row in table.rows)
    for table in state_tables(before, now):
        for row in table.rows:
            assert len(row.cells) == len(table.heads)
            assert bool(row.cells[-1]) == bool(row.change)


def test_ranks_tell_what_came_what_went_and_what_moved():
    empty = bounded_json(fold_all(()).bounded)
    lists = [{"item": one} for one in "abc"], [{"item": one} for one in "bad"]
    before, now = ({**empty, "recommendation": {**empty["recommendation"], "shown": one}} for one in lists)

    (table,) = (one for one in state_tables(before, now) if one.title == "List shown")

    told = [(row.cells[0], row.cells[1], row.cells[-1], row.change) for row in table.rows]
    assert told == [
        ("1", "b", "rank 2", "changed"),
        ("2", "a", "rank 1", "changed"),
        ("3", "d", "not in it", "new"),
        ("–", "c", "rank 3", "gone"),
    ]


@given(st.integers(0, 10_000))
def test_every_event_has_a_line_that_is_not_too_long(seed):
    event = any_event(1, random.Random(seed))

    line = event_line(event.type, event.data)

    assert line
    assert "\n" not in line
    assert len(line) <= LONGEST + 40


def test_long_payloads_say_how_long_they_are():
    assert clipped("a" * 12, 10) == "aaaaaaaaaa … (12 characters in all)"
    assert as_json({"a": "x" * 100}, 1_000).splitlines()[0] == "{"
    assert as_json({"a": 1}, 1_000) == '{"a": 1}'


@given(st.integers(1, 2_000), st.integers(1, 2_000))
def test_a_strip_counts_every_event_once(length, first):
    first = min(first, length)
    lanes = bytes(number % 7 for number in range(length))

    found = strip(lanes, first, length, (), None)

    assert found.bins <= MOST_BINS
    assert sum(count for _, bins in found.counts for _, count in bins) == length - first + 1
    assert all(0 <= part < found.bins for _, bins in found.counts for part, _ in bins)
