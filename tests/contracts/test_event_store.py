"""What every event store promises; memory and SQLite are held to the same words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.fixed_clock import SECOND, FixedClock
from fakes.making import message, new_event, said

from app.application.ports import MISSING_TIME, BranchDraft, EventStore, SessionDraft
from app.domain.branches import lineage
from app.domain.errors import BadInput, EventConflict, NotFound, OutOfRange, WrongPosition
from app.domain.events import NewEvent
from app.domain.sessions import SessionHeader
from app.domain.vocabulary import Lane, Upcasters

MAIN = "s/main"
HEADER = SessionHeader(id="s", title="A session", source="urn:test", subject="customer-1")


def draft(count: int = 5, session: str = "s", **more: object) -> SessionDraft:
    header = replace(HEADER, id=session)
    offset = sum(map(ord, session)) * 1_000 if session != "s" else 0
    events = [("main", message(offset + i, f"text {i}")) for i in range(1, count + 1)]
    return SessionDraft(**{"header": header, "events": events, **more})


@pytest.fixture
def filled(store: EventStore) -> EventStore:
    store.store_session(draft())
    return store


def everything(store: EventStore, session: str = "s") -> list[object]:
    return [(branch, list(store.iterate(branch.id))) for branch in store.branches(session)]


def test_a_stored_session_is_read_back_as_it_was_given(filled: EventStore) -> None:
    events = filled.read(MAIN, 1, 5)

    assert [event.position for event in events] == [1, 2, 3, 4, 5]
    assert [event.data["text"] for event in events] == [f"text {i}" for i in range(1, 6)]
    assert {(event.session, event.branch, event.classification) for event in events} == {("s", MAIN, "personal")}
    assert filled.header("s").title == "A session"


def test_the_list_of_sessions_shows_the_newest_first_with_its_counts(filled: EventStore) -> None:
    untimed = [("main", new_event(900 + i, "x.y", time=None if i < 2 else i * SECOND)) for i in range(3)]
    filled.store_session(SessionDraft(header=replace(HEADER, id="t"), events=untimed))
    filled.fork("t/main", 1, branch_id="b", name="other")

    newest, oldest = filled.sessions()

    assert (newest.header.id, newest.started, newest.events, newest.branches) == ("t", 2 * SECOND, 3, 2)
    assert (oldest.header.id, oldest.started, oldest.events, oldest.branches) == ("s", SECOND, 5, 1)


def test_reads_are_cut_to_what_is_there(filled: EventStore) -> None:
    assert [event.position for event in filled.read(MAIN, -3, 2)] == [1, 2]
    assert [event.position for event in filled.read(MAIN, 4, 99)] == [4, 5]
    assert filled.read(MAIN, 6, 9) == filled.read(MAIN, 3, 2) == ()


def test_an_append_tells_the_positions(filled: EventStore) -> None:
    done = filled.append(MAIN, said(["a", "b"]) and [message(11, "a"), message(12, "b")], expected=5)

    assert (done.positions, done.duplicates, done.head) == ((6, 7), 0, 7)
    assert filled.branch(MAIN).head == 7


def test_an_append_at_another_end_names_both_positions(filled: EventStore) -> None:
    with pytest.raises(WrongPosition) as caught:
        filled.append(MAIN, [message(11, "a")], expected=3)

    assert (caught.value.expected, caught.value.actual) == (3, 5)
    assert filled.branch(MAIN).head == 5


def test_the_same_event_again_changes_nothing_whatever_is_expected(filled: EventStore) -> None:
    before = everything(filled)

    for expected in (None, 0, 3, 5):
        done = filled.append(MAIN, [message(2, "text 2"), message(4, "text 4")], expected=expected)
        assert (done.positions, done.duplicates, done.head) == ((2, 4), 2, 5)

    assert everything(filled) == before


def test_new_events_among_known_ones_are_appended(filled: EventStore) -> None:
    batch = [message(5, "text 5"), message(6, "new"), message(6, "new"), message(7, "newer")]

    done = filled.append(MAIN, batch, expected=5)

    assert (done.positions, done.duplicates, done.head) == ((5, 6, 6, 7), 2, 7)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"type": "conversation.message-edited"}, "type"),
        ({"version": 2}, "version"),
        ({"actor": "agent"}, "actor"),
        ({"time": 7}, "time"),
        ({"data": {"text": "other"}}, "data"),
    ],
)
def test_an_event_with_other_content_is_a_conflict_and_nothing_is_stored(
    filled: EventStore, change: dict[str, object], difference: str
) -> None:
    with pytest.raises(EventConflict, match=difference):
        filled.append(MAIN, [message(8, "new"), replace(message(2, "text 2"), **change)], expected=5)

    assert filled.branch(MAIN).head == 5


def test_an_event_on_another_branch_or_in_another_session_is_a_conflict(filled: EventStore) -> None:
    filled.fork(MAIN, 1, branch_id="b", name="other")
    with pytest.raises(EventConflict, match="branch"):
        filled.append("b", [message(2, "text 2")], expected=1)
    with pytest.raises(EventConflict, match="session"):
        filled.store_session(SessionDraft(header=replace(HEADER, id="t"), events=[("main", message(2, "text 2"))]))

    assert [summary.header.id for summary in filled.sessions()] == ["s"]


def test_two_meanings_of_one_id_in_a_batch_are_a_conflict(filled: EventStore) -> None:
    with pytest.raises(EventConflict, match="data"):
        filled.append(MAIN, [message(8, "one"), message(8, "two")], expected=5)


def test_a_fork_copies_nothing_and_goes_on_by_itself(filled: EventStore) -> None:
    branch = filled.fork(MAIN, 3, branch_id="b", name="what if")
    filled.append("b", [message(21, "else")], expected=3)

    assert (branch.head, branch.fork_hash, branch.parent) == (3, filled.hash_at(MAIN, 3), MAIN)
    assert filled.read("b", 1, 3) == filled.read(MAIN, 1, 3)
    assert [event.data["text"] for event in filled.read("b", 3, 9)] == ["text 3", "else"]
    assert filled.branch(MAIN).head == 5


def test_forks_of_forks_read_their_whole_line(filled: EventStore) -> None:
    filled.fork(MAIN, 4, branch_id="b", name="b")
    filled.append("b", [message(21, "b5"), message(22, "b6")], expected=4)
    filled.fork("b", 2, branch_id="c", name="c")
    filled.fork("b", 5, branch_id="d", name="d")
    filled.append("d", [message(23, "d6")], expected=5)
    filled.fork("d", 0, branch_id="e", name="e")

    branches = {branch.id: branch for branch in filled.branches("s")}

    assert [event.branch for event in filled.iterate("d")] == [MAIN] * 4 + ["b", "d"]
    assert filled.hash_at("e", 0) == filled.hash_at("d", 0) == filled.header_hash("s")
    for branch in branches.values():
        assert filled.lineage(branch.id) == lineage(branch, branches)
        assert [event.position for event in filled.iterate(branch.id)] == list(range(1, branch.head + 1))


def test_branches_come_main_first_and_side_streams_last(filled: EventStore) -> None:
    filled.fork(MAIN, 1, branch_id="zz", name="first")
    filled.fork(MAIN, 1, branch_id="aa", name="second")

    assert [branch.name for branch in filled.branches("s")] == ["main", "first", "second", "analyst", "derived"]


def test_a_branch_is_found_by_the_name_it_was_made_with(filled: EventStore) -> None:
    made = filled.fork(MAIN, 1, branch_id="aa", name="kinder")

    assert filled.made_as("s", "kinder") == made
    assert filled.made_as("s", "analyst") in filled.branches("s")
    assert filled.made_as("s", "Kinder") is None
    assert filled.made_as("other", "main") is None


@pytest.mark.parametrize("at", [-1, 6, 99])
def test_a_fork_out_of_range_says_how_many_events_there_are(filled: EventStore, at: int) -> None:
    with pytest.raises(OutOfRange, match="5 events"):
        filled.fork(MAIN, at, branch_id="b", name="b")


@pytest.mark.parametrize(("branch_id", "name"), [("b", "main"), (MAIN, "new"), ("b", ""), ("", "new")])
def test_a_branch_needs_a_name_and_an_id_of_its_own(filled: EventStore, branch_id: str, name: str) -> None:
    with pytest.raises(BadInput):
        filled.fork(MAIN, 1, branch_id=branch_id, name=name)


def test_side_streams_have_their_own_positions_and_begin_at_the_header(filled: EventStore) -> None:
    filled.append("s/analyst", [new_event(31, "analyst.marker-set", {"position": 2}, actor="analyst")], expected=0)

    assert filled.branch("s/analyst").head == 1
    assert filled.hash_at("s/analyst", 0) == filled.header_hash("s")
    assert filled.branch(MAIN).head == 5
    with pytest.raises(BadInput):
        filled.fork("s/analyst", 0, branch_id="b", name="b")


def test_storing_a_session_again_adds_nothing(filled: EventStore) -> None:
    before = everything(filled), filled.last_recorded()

    again = filled.store_session(draft())

    assert (again.added, again.duplicates) == (0, 5)
    assert (everything(filled), filled.last_recorded()) == before


def test_a_longer_session_gets_only_its_new_tail(filled: EventStore) -> None:
    again = filled.store_session(draft(8))

    assert (again.added, again.duplicates) == (3, 5)
    assert filled.branch(MAIN).head == 8


def test_new_events_before_stored_ones_are_refused_whole(filled: EventStore) -> None:
    events = [("main", message(1, "text 1")), ("main", message(99, "slipped in")), ("main", message(2, "text 2"))]
    with pytest.raises(WrongPosition):
        filled.store_session(SessionDraft(header=HEADER, events=events))

    assert filled.branch(MAIN).head == 5


def test_a_session_that_fails_half_way_leaves_no_trace(store: EventStore) -> None:
    bad = [*draft(3).events, ("main", replace(message(9, "bad"), data={"number": float("nan")}))]
    with pytest.raises(BadInput):
        store.store_session(SessionDraft(header=HEADER, events=bad))

    assert store.sessions() == ()
    with pytest.raises(NotFound):
        store.branch(MAIN)
    assert store.store_session(draft()).added == 5


def test_a_native_session_keeps_hashes_salts_and_times(make_store) -> None:
    origin, target = make_store(), make_store()
    origin.store_session(draft())
    origin.fork(MAIN, 3, branch_id="b", name="what if")
    origin.append("b", [message(21, "else")], expected=3)
    target.store_session(draft(2, session="other"))

    done = target.store_session(native(origin))

    assert done.added == 6
    assert everything(target) == everything(origin)
    assert target.salt_at("b", 4) == origin.salt_at("b", 4)
    assert target.store_session(native(origin)).duplicates == 6
    assert target.verify().ok


def native(store: EventStore) -> SessionDraft:
    """The session as a native export would bring it back."""
    events, hashes, branches = [], {}, []
    for branch in store.branches("s"):
        if branch.parent:
            branches.append(
                BranchDraft(
                    id=branch.id, name=branch.name, kind=branch.kind, parent=branch.parent,
                    fork_position=branch.fork_position, created_at=branch.created_at, fork_hash=branch.fork_hash,
                )
            )  # fmt: skip
        for event in store.iterate(branch.id, branch.fork_position + 1):
            fresh = replace(
                message(0, ""), id=event.id, source=event.source, type=event.type, data=event.data, actor=event.actor,
                time=event.time, recorded_at=event.recorded_at, salt=store.salt_at(branch.id, event.position),
            )  # fmt: skip
            events.append((branch.id, fresh))
            hashes[branch.id, event.position] = event.hash
    return SessionDraft(header=store.header("s"), events=events, branches=branches, hashes=hashes)


def test_a_native_session_that_was_changed_is_refused(make_store) -> None:
    origin, target = make_store(), make_store()
    origin.store_session(draft())
    whole = native(origin)
    (name, second), changed = whole.events[1], list(whole.events)
    changed[1] = (name, replace(second, data={**second.data, "text": "forged"}))

    with pytest.raises(BadInput, match="event 2"):
        target.store_session(replace(whole, events=changed))
    with pytest.raises(BadInput):
        target.store_session(replace(whole, events=whole.events[:-1]))

    assert target.sessions() == ()


def test_events_come_in_the_order_they_were_asked_for(filled: EventStore) -> None:
    filled.fork(MAIN, 3, branch_id="b", name="b")
    filled.append("b", [message(21, "b4")], expected=3)

    assert [event.position for event in filled.events_at("b", [4, 1, 3, 1])] == [4, 1, 3, 1]
    for missing in (0, 5):
        with pytest.raises(OutOfRange):
            filled.events_at("b", [1, missing])


def test_an_event_is_located_by_its_id_in_its_session_only(filled: EventStore) -> None:
    filled.append(MAIN, [replace(message(3, "again"), source="urn:other")], expected=5)

    assert filled.locate("s", "n3") == ((MAIN, 3), (MAIN, 6))
    assert filled.locate("t", "n3") == filled.locate("s", "nowhere") == ()


def test_columns_hold_the_whole_line(filled: EventStore) -> None:
    filled.fork(MAIN, 2, branch_id="b", name="b")
    filled.append("b", [new_event(31, "strange.thing", time=None), message(32, "ok", "assistant")], expected=2)

    columns = filled.columns("b")

    assert list(columns.lanes) == [Lane.CUSTOMER, Lane.CUSTOMER, Lane.UNKNOWN, Lane.ASSISTANT]
    assert [columns.type_names[index] for index in columns.types] == [event.type for event in filled.iterate("b")]
    assert list(columns.times) == [SECOND, 2 * SECOND, MISSING_TIME, 32 * SECOND]
    assert (columns.lanes.typecode, columns.types.typecode, columns.times.typecode) == ("B", "H", "q")


def test_the_time_of_recording_never_goes_back(filled: EventStore, clock: FixedClock) -> None:
    first = filled.last_recorded()
    clock.set_to(1)
    filled.append(MAIN, [message(6, "late")], expected=5)
    filled.append(MAIN, [message(7, "later")], expected=6)

    moments = [event.recorded_at for event in filled.iterate(MAIN)]

    assert moments == sorted(moments)
    assert first is not None
    assert first < moments[5] < moments[6] == filled.last_recorded()


def test_old_payloads_are_lifted_when_read_and_kept_as_they_are(make_store) -> None:
    lifting = make_store(Upcasters({("x.y", 1): lambda data: {"full": data["short"]}}))
    lifting.store_session(SessionDraft(header=HEADER, events=[("main", new_event(1, "x.y", {"short": 1}))]))

    (event,) = lifting.read(MAIN, 1, 1)

    assert (event.version, event.data) == (2, {"full": 1})
    assert lifting.append(MAIN, [new_event(1, "x.y", {"short": 1})], expected=None).duplicates == 1


def test_attachments_are_kept_once(store: EventStore) -> None:
    address = store.put_blob(b"picture" * 100, "image/png")

    assert address.startswith("blake2b-256:")
    assert store.put_blob(b"picture" * 100, "image/png") == address
    assert store.blob(address) == (b"picture" * 100, "image/png")
    with pytest.raises(NotFound):
        store.blob("blake2b-256:" + "0" * 64)


def test_unknown_things_are_not_found(filled: EventStore) -> None:
    for ask in (filled.header, filled.header_hash, filled.branches, filled.branch, filled.lineage, filled.columns):
        with pytest.raises(NotFound):
            ask("nowhere")
    with pytest.raises(NotFound):
        filled.append("nowhere", [message(50, "x")], expected=None)
    for position in (-1, 6):
        with pytest.raises(OutOfRange):
            filled.hash_at(MAIN, position)


@pytest.mark.parametrize("change", [{"actor": "ghost"}, {"classification": "odd"}, {"id": ""}, {"subject": "a\0b"}])
def test_events_that_cannot_be_kept_are_refused_before_anything_is_stored(
    filled: EventStore, change: dict[str, object]
) -> None:
    with pytest.raises(BadInput):
        filled.append(MAIN, [message(6, "fine"), replace(message(7, "bad"), **change)], expected=5)

    assert filled.branch(MAIN).head == 5


def test_facts_are_what_folds_read_of_events(store: EventStore) -> None:
    shown = {"items": [{"item": "A"}, {"item": "B"}], "strategy": {"name": "x"}}
    given = [*said(["a", "b"]), new_event(3, "recommendation.items-shown", shown, causation_id="n1"), *said_later(600)]
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", event) for event in given]))
    fork = store.fork("s/main", 3, branch_id="f", name="f")
    store.append(fork.id, [message(9_000, "on the fork")], expected=None)

    facts = list(store.facts_at("s/main", [1, 3, *range(10, 604), 700]))
    events = store.events_at("s/main", [1, 3, *range(10, 604)])

    assert [(one.position, one.id, one.type, one.time, one.causation_id, one.data) for one in facts] == [
        (one.position, one.id, one.type, one.time, one.causation_id, one.data) for one in events
    ]
    late = next(store.facts_at("s/main", [3]))
    assert list(late.member("items")) == shown["items"]
    assert (late.member("strategy"), late.member("nothing")) == (shown["strategy"], None)
    assert late.some(("strategy", "nothing")) == {"strategy": shown["strategy"]}
    assert [one.position for one in store.facts_at("s/main", range(590, 610))] == list(range(590, 604))
    assert [one.data["text"] for one in store.facts_at("f", [2, 4])] == ["b", "on the fork"]
    assert list(store.facts_at("f", [])) == []


def said_later(count: int) -> list[NewEvent]:
    return [message(number, f"text {number}") for number in range(4, 4 + count)]
