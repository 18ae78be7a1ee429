"""What events have in common is stored once, and is forgotten again with a transaction that is rolled back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.making import message, new_event

from app.adapters.store.driver import load_driver
from app.adapters.store.failures import Unreadable
from app.adapters.store.kinds import checked_label, kind_of_row
from app.adapters.store.store import SqlEventStore
from app.domain.errors import BadInput, EventConflict

DRIVER = load_driver()


def kinds(file: Path) -> list[tuple[object, ...]]:
    with closing(DRIVER.connect(file)) as connection:
        return connection.execute(
            "SELECT text, version, actor, classification FROM kind JOIN name ON type = name.no ORDER BY kind.no"
        ).fetchall()


def test_events_that_differ_in_nothing_but_themselves_share_a_kind(filled: SqlEventStore, file: Path) -> None:
    batch = [message(20, "a"), message(21, "b"), new_event(22, "x.y", version=3), message(23, "c", "agent")]

    filled.append("s/main", batch, expected=10)

    assert kinds(file) == [
        ("conversation.message-posted", 1, 0, 2),
        ("x.y", 3, 0, 2),
        ("conversation.message-posted", 1, 2, 2),
    ]
    assert [event.actor for event in filled.read("s/main", 11, 14)] == ["user", "user", "user", "agent"]


def test_a_kind_whose_first_event_was_refused_is_added_again(filled: SqlEventStore, file: Path) -> None:
    other = replace(message(1, "text 1"), source="urn:s", type="x.y")
    with pytest.raises(EventConflict, match="type"):
        filled.append("s/main", [new_event(50, "x.y"), other], expected=10)

    filled.append("s/main", [new_event(51, "x.y")], expected=10)

    assert filled.read("s/main", 11, 11)[0].type == "x.y"
    assert filled.verify().ok


def test_a_label_is_checked_once_and_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(BadInput, match="unknown actor 'ghost'"):
            checked_label("x.y", 1, "ghost", None, "urn:test", None)
        with pytest.raises(BadInput, match="out of range"):
            checked_label("x.y", -1, "user", None, "urn:test", None)
    assert checked_label("x.y", 1, "user", None, "urn:test", None).kind.classification == "personal"


def test_a_kind_that_means_nothing_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        kind_of_row("x.y", 1, 99, 0)
