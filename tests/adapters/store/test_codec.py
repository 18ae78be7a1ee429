"""Payloads become small when there is enough to learn from, and come back as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.making import message

from app.adapters.store import codec
from app.adapters.store.store import SqlEventStore
from app.application.ports import SessionDraft
from app.domain.errors import BadInput
from app.domain.sessions import SessionHeader


def talk(count: int) -> list[tuple[str, object]]:
    return [
        ("main", message(i, f"I would like to book table {i * 7919} for {i % 9} people at {i % 24}"))
        for i in range(1, count + 1)
    ]


def encodings(store: SqlEventStore) -> list[tuple[int, int]]:
    with store._reader.connection() as connection:
        return [
            tuple(row) for row in connection.exec_driver_sql("SELECT encoding, length(data) FROM event ORDER BY seq")
        ]


@pytest.fixture
def early(opened, monkeypatch: pytest.MonkeyPatch) -> SqlEventStore:
    """A store that trains at 400 events instead of 4,000."""
    monkeypatch.setattr(codec.PayloadWriter.__init__, "__defaults__", (400,))
    return opened()


def test_a_dictionary_is_trained_and_used_and_survives_reopening(early: SqlEventStore, opened) -> None:
    header = SessionHeader(id="s", title="", source="urn:test")
    early.store_session(SessionDraft(header=header, events=talk(600)))
    early.store_session(SessionDraft(header=header, events=talk(900)))
    before = list(early.iterate("s/main"))
    early.close()

    again = opened()
    again.append("s/main", [message(5000, "I would like to book table 12 for 3 people at 9")], expected=900)

    stored = encodings(again)
    plain, packed = stored[0], stored[-1]
    assert (plain[0], packed[0]) == (codec.PLAIN, codec.FIRST_DICTIONARY)
    assert packed[1] < plain[1] * 0.6
    assert list(again.iterate("s/main"))[:900] == before
    assert again.verify().ok


def test_a_training_that_is_rolled_back_is_forgotten(early: SqlEventStore) -> None:
    header = SessionHeader(id="s", title="", source="urn:test")
    early.store_session(SessionDraft(header=header, events=talk(600)))
    bad = [*talk(700), ("main", replace(message(9999, ""), actor="ghost"))]
    with pytest.raises(BadInput):
        early.store_session(SessionDraft(header=header, events=bad))
    early.store_session(SessionDraft(header=header, events=talk(700)))

    assert [event.data["text"] for event in early.read("s/main", 700, 700)] == [talk(700)[-1][1].data["text"]]
    assert early.verify().ok
