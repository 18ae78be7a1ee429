"""A store remembers where it wrote last, and notices when another program went on from there."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.making import message

from app.adapters.store.driver import load_driver
from app.adapters.store.store import SqlEventStore
from app.domain.errors import EventConflict, WrongPosition

DRIVER = load_driver()
FUTURE = 2_000_000_000_000_000


def stamped(file: Path) -> object:
    with closing(DRIVER.connect(file)) as connection:
        return connection.execute("SELECT last_recorded FROM store").fetchone()[0]


def test_two_programs_take_turns(filled: SqlEventStore, opened) -> None:
    stores = (filled, opened())
    for number in range(6):
        done = stores[number % 2].append("s/main", [message(20 + number, "turn")], expected=10 + number)
        assert done.positions == (11 + number,)
    with pytest.raises(WrongPosition, match="16"):
        filled.append("s/main", [message(90, "late")], expected=15)

    moments = [event.recorded_at for event in filled.read("s/main", 10, 99)]
    assert moments == sorted(set(moments))
    assert stores[0].last_recorded() == stores[1].last_recorded() == moments[-1]
    assert filled.verify().ok


def test_an_append_is_told_by_its_events_alone(filled: SqlEventStore, file: Path) -> None:
    before, told = stamped(file), filled.last_recorded()

    filled.append("s/main", [message(20, "a"), message(21, "b")], expected=10)

    assert stamped(file) == before
    assert filled.last_recorded() == filled.read("s/main", 12, 12)[0].recorded_at
    assert filled.last_recorded() != told


def test_nothing_is_recorded_before_what_came_from_the_future(filled: SqlEventStore, opened) -> None:
    later = replace(message(20, "brought back"), recorded_at=FUTURE)
    filled.append("s/main", [later, replace(message(21, "older"), recorded_at=5)], expected=10)
    assert filled.last_recorded() == FUTURE

    for number, store in enumerate((filled, opened())):
        store.append("s/main", [message(30 + number, "now")], expected=12 + number)

    assert [event.recorded_at for event in filled.read("s/main", 11, 14)] == [FUTURE, 5, FUTURE + 1, FUTURE + 2]
    assert filled.verify().ok


def test_what_was_refused_is_not_remembered(filled: SqlEventStore) -> None:
    batch = [message(20, "new"), replace(message(1, "other"), source="urn:s")]
    for expected in (10, None):
        with pytest.raises(EventConflict):
            filled.append("s/main", batch, expected=expected)

    assert filled.append("s/main", [message(20, "new")], expected=10).positions == (11,)
    assert filled.verify().ok
