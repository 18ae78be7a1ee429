"""A session is looked through before it leaves, and nothing leaves undecided."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import new_event, said
from fakes.memory_event_store import MemoryEventStore
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app import bootstrap
from app.adapters.checks.patterns import BoundedPatterns
from app.application.branch_labels import BranchLabels
from app.application.notebook import Notebook
from app.application.ports import SessionDraft
from app.application.redacting import Redacting, event_place
from app.domain.errors import BadInput, Cancelled
from app.domain.redaction.profile import STANDARD, OwnPattern, RedactionProfile
from app.domain.redaction.tally import Tally
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from pathlib import Path

    from app.application.ports import EventStore

HEADER = SessionHeader(id="s", title="Refund for jane@example.com", source="urn:test", subject="joe@example.com")
TEXTS = ("hello", "I am jane@example.com", "call 415-555-0123", "bye JANE@example.com")


@pytest.fixture
def store() -> EventStore:
    store = MemoryEventStore(FixedClock())
    store.store_session(SessionDraft(header=HEADER, events=[("main", one) for one in said(TEXTS)]))
    return store


@pytest.fixture
def redacting(store: EventStore) -> Redacting:
    return Redacting(store, BranchLabels(store, FixedClock(), SequentialIds("l")), BoundedPatterns())


def main_of(store: EventStore) -> str:
    return store.branches("s")[0].id


def test_the_same_thing_is_one_finding_with_all_its_places(redacting: Redacting) -> None:
    groups = redacting.review(redacting.all_of("s", texts=[("file name", "jane@example.com.html")])).groups()

    told = {(one.kind, one.text): [(place.what, place.position) for place in one.places] for one in groups}

    assert told["email", "jane@example.com"][:3] == [("title", None), ("event", 2), ("event", 4)]
    assert told["phone", "415-555-0123"] == [("event", 3)]
    assert ("file name", None) in [place for one in groups for place in told[one.kind, one.text]]


def test_nothing_leaves_while_a_finding_is_undecided(store: EventStore, redacting: Redacting) -> None:
    review = redacting.review(redacting.all_of("s"))
    count = review.undecided

    with pytest.raises(BadInput, match=f"{count} findings are not reviewed"):
        review.redaction()
    review.decide_kind("email", "redact")
    with pytest.raises(BadInput, match="1 finding is not reviewed"):
        review.redaction()
    review.decide([("phone", "4155550123")], "keep")
    redaction = review.redaction()

    event = store.read(main_of(store), 3, 3)[0]
    assert redaction.value(event.data, event_place(event)) == event.data
    assert redaction.report(Tally()).kept == {"phone": 1}


def test_what_came_after_the_review_is_taken_out_too(redacting: Redacting) -> None:
    review = redacting.review(redacting.all_of("s"))
    review.decide_all("keep")

    assert "other@example.com" not in review.redaction().text("other@example.com", review.texts[0].place)


def test_decisions_stay_when_a_name_is_added(redacting: Redacting) -> None:
    review = redacting.review(redacting.all_of("s"))
    review.decide_all("redact")

    again = redacting.review(redacting.all_of("s"), RedactionProfile(names=("hello",)), before=review)

    assert [one.kind for one in again.groups() if one.decision == "undecided"] == ["name"]


def test_notes_of_people_are_looked_through(store: EventStore, redacting: Redacting) -> None:
    Notebook(store, FixedClock(), SequentialIds("n")).write_note(main_of(store), 2, "ask ann@example.com")
    whole = redacting.all_of("s")

    texts = [one.text for one in redacting.review(whole).groups()]
    without = [one.text for one in redacting.review(replace(whole, side_streams=())).groups()]

    assert "ann@example.com" in texts
    assert "ann@example.com" not in without


def test_only_the_range_is_looked_through(redacting: Redacting) -> None:
    review = redacting.review(replace(redacting.all_of("s"), first=3, last=3))

    assert [place.position for one in review.groups() for place in one.places if place.what == "event"] == [3]


def test_a_pattern_that_runs_away_refuses(redacting: Redacting, store: EventStore) -> None:
    store.append(main_of(store), [new_event(99, "conversation.message-posted", {"text": "a" * 5_000})], expected=None)
    profile = RedactionProfile(patterns=(OwnPattern("bad", r"(a|aa)+$x"),))

    with pytest.raises(BadInput, match="takes too long"):
        redacting.review(redacting.all_of("s"), profile)


def test_looking_can_be_stopped(redacting: Redacting) -> None:
    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        redacting.review(redacting.all_of("s"), progress=stop)


def test_ids_of_payment_methods_in_a_real_session_are_found_wherever_they_stand(tmp_path: Path) -> None:
    with bootstrap.core(str(tmp_path / "s.branchline"), create=True) as core:
        core.importing.run([DATA / "tau-bench" / "trajectories.json"])
        redaction = core.redacting.without_review(STANDARD)
        texts = [
            json.dumps(
                [redaction.value(dict(event.data), event_place(event)) for event in core.store.iterate(branch.id)]
            )
            for session in core.library.sessions()
            for branch in core.store.branches(session.header.id)
        ]

    whole = "".join(texts)
    assert "[PAYMENT-" in whole
    assert re.findall(r"(?:card|certificate|paypal)_[0-9]{4,}", whole) == []
