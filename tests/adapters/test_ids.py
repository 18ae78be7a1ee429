"""Identifiers rise, whatever the clock does."""

from __future__ import annotations

import uuid
from itertools import chain, repeat

from app.adapters.ids import TimeOrderedIds


def test_ids_are_uuids_of_version_7_that_carry_the_time() -> None:
    made = uuid.UUID(TimeOrderedIds(lambda: 1_700_000_000_123).new())

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_700_000_000_123


def test_ids_rise_within_a_millisecond_and_when_the_clock_goes_back() -> None:
    moments = chain(repeat(1000, 500), repeat(900, 500), repeat(1001, 500))
    ids = TimeOrderedIds(lambda: next(moments))

    made = [ids.new() for _ in range(1500)]

    assert made == sorted(set(made))
