"""Where a branch comes from, read from a store."""

from __future__ import annotations

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import new_event, said
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.application.branch_labels import BranchLabels
from app.application.ports import SessionDraft
from app.application.provenance import Provenances
from app.domain.sessions import SessionHeader

MAIN = "s/main"
REQUEST = {
    "model": "smollm2:135m", "digest": "sha256:ab", "server_version": "0.6",
    "request": {"model": "smollm2:135m", "options": {"seed": 7, "temperature": 0.2}},
}  # fmt: skip


@pytest.fixture
def store() -> MemoryEventStore:
    store = MemoryEventStore(FixedClock())
    header = SessionHeader(id="s", title="Refund", source="urn:test:sgd")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdef")]))
    store.fork(MAIN, 4, branch_id="b", name="first")
    return store


@pytest.fixture
def labels(store: MemoryEventStore) -> BranchLabels:
    return BranchLabels(store, FixedClock(), SequentialIds("label"))


def test_a_branch_tells_its_parent_the_event_the_hash_and_the_reason(
    store: MemoryEventStore, labels: BranchLabels
) -> None:
    labels.rename(MAIN, "recorded")
    labels.describe("b", "tone matters", "fewer refunds")

    told = Provenances(store, labels).of("b")

    assert told.parent is not None
    assert (told.branch.name, told.parent.name, told.source) == ("first", "recorded", "urn:test:sgd")
    assert told.event == store.events_at(MAIN, [4])[0].id
    assert told.event_hash == store.hash_at(MAIN, 4) == told.branch.fork_hash
    assert (told.label.hypothesis, told.label.expected) == ("tone matters", "fewer refunds")
    assert (told.runs, told.first_run) == (0, None)


def test_the_first_run_tells_model_digest_and_settings(store: MemoryEventStore, labels: BranchLabels) -> None:
    asked = [new_event(number, "generation.requested", REQUEST, actor="system") for number in (20, 21)]
    store.append("b", [new_event(19, "session.closed"), *asked], expected=4)

    told = Provenances(store, labels).of("b")

    assert told.runs == 2
    assert told.first_run is not None
    assert (told.first_run.position, told.first_run.model, told.first_run.digest) == (6, "smollm2:135m", "sha256:ab")
    assert told.first_run.options == {"seed": 7, "temperature": 0.2}


def test_inherited_runs_are_not_the_branchs_own(store: MemoryEventStore, labels: BranchLabels) -> None:
    store.append("b", [new_event(20, "generation.requested", {"model": 7, "request": "odd"})], expected=4)
    store.fork("b", 5, branch_id="inner", name="inner")

    assert Provenances(store, labels).of("inner").runs == 0
    odd = Provenances(store, labels).of("b").first_run
    assert odd is not None
    assert (odd.model, odd.digest, odd.options) == ("7", "", {})


def test_the_trunk_leaves_nothing(store: MemoryEventStore, labels: BranchLabels) -> None:
    told = Provenances(store, labels).of(MAIN)

    assert (told.parent, told.event, told.event_hash) == (None, None, store.header_hash("s"))
