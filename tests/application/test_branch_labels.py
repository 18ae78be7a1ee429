"""Names, stars, colours, archive and reasons: said beside the record, taken back, and never touching it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes.fixed_clock import SECOND, FixedClock
from fakes.making import said
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds
from hypothesis import given
from hypothesis import strategies as st

from app.application.branch_labels import BranchLabels
from app.application.branching import Branching
from app.application.forking import Forking
from app.application.library import Library
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.branch_labels import COLOURS, PLAIN, BranchLabel
from app.domain.errors import BadInput, NotFound
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from app.domain.branches import Branch

MAIN = "s/main"


class Desk:
    """A store with a session of ten messages, and what works on it."""

    def __init__(self) -> None:
        clock = FixedClock(step=SECOND)
        self.store = MemoryEventStore(clock)
        header = SessionHeader(id="s", title="Refund", source="urn:test", subject="customer-1")
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdefghij")]))
        self.labels = BranchLabels(self.store, clock, SequentialIds("label"))
        forking = Forking(self.store, TimeMachine(self.store, MemoryDerivedCache()), self.labels)
        self.branching = Branching(self.store, clock, SequentialIds("b"), forking, self.labels, "kim")

    def make(self, name: str, at: int = 4, parent: str = MAIN) -> Branch:
        return self.branching.branch(parent, at, name)

    def label(self, branch: str) -> BranchLabel:
        return self.labels.labels("s").get(branch, PLAIN)

    def names(self) -> list[str]:
        return [one.name for one in self.labels.branches("s") if one.kind == "branch"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_branch_has_the_name_given_last(desk: Desk) -> None:
    made = desk.make("first try")

    desk.labels.rename(made.id, "  kinder   answer ")
    desk.labels.rename(made.id, "更友好的回答")

    assert desk.names() == ["main", "更友好的回答"]
    assert desk.store.branch(made.id).name == "first try"


def test_a_branch_is_found_by_the_name_it_has_and_the_one_it_was_made_with(desk: Desk) -> None:
    made = desk.make("first try")
    desk.labels.rename(made.id, "kinder")
    desk.labels.rename(MAIN, "recorded")
    library = Library(desk.store, TimeMachine(desk.store, None), desk.labels)  # type: ignore[arg-type] # no state is asked for

    assert library.branch("s", "kinder").id == made.id
    assert library.branch("s", "first try").name == "kinder"
    assert library.branch("s").name == "recorded"
    with pytest.raises(NotFound, match="it has recorded, kinder"):
        library.branch("s", "harsher")


@pytest.mark.parametrize("name", ["main", "second", "older", "analyst", "  "])
def test_a_name_that_another_branch_has_or_was_made_with_is_refused(desk: Desk, name: str) -> None:
    made = desk.make("first")
    desk.labels.rename(desk.make("older").id, "second")

    with pytest.raises(BadInput):
        desk.labels.rename(made.id, name)
    with pytest.raises(BadInput):
        desk.make(name)

    assert desk.names() == ["main", "first", "second"]


def test_a_name_that_is_suggested_can_be_given(desk: Desk) -> None:
    desk.labels.rename(desk.make("branch 2").id, "kinder")

    name = desk.branching.suggested_name("s")

    assert name == "branch 3"
    assert desk.make(name).name == name
    assert desk.labels.taken_names("s") == {"main", "analyst", "derived", "branch 2", "branch 3", "kinder"}


def test_a_name_without_end_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="at most 200 characters, not 201"):
        desk.labels.rename(MAIN, "x" * 201)


def test_a_branch_gets_its_own_first_name_back(desk: Desk) -> None:
    made = desk.make("first")
    desk.labels.rename(made.id, "second")

    assert desk.labels.rename(made.id, "first")
    assert desk.names() == ["main", "first"]


def test_there_is_one_star_and_it_says_where_the_session_opens(desk: Desk) -> None:
    one, other = desk.make("one"), desk.make("other")
    assert desk.labels.default("s").id == MAIN

    desk.labels.star(one.id)
    desk.labels.star(other.id)

    assert [desk.label(branch.id).starred for branch in (one, other)] == [False, True]
    assert desk.labels.default("s").name == "other"
    desk.labels.archive([other.id])
    assert desk.labels.default("s").id == MAIN


def test_undoing_a_star_gives_it_back_to_the_branch_that_had_it(desk: Desk) -> None:
    one, other = desk.make("one"), desk.make("other")
    desk.labels.star(one.id)
    change = desk.labels.star(other.id)

    desk.labels.undo("s", change)

    assert (desk.label(one.id).starred, desk.label(other.id).starred) == (True, False)


def test_branches_are_archived_together_and_come_back_together(desk: Desk) -> None:
    one = desk.make("one")
    inner = desk.make("inner", 4, one.id)

    change = desk.labels.archive([one.id, inner.id])
    assert desk.label(one.id).archived
    assert desk.label(inner.id).archived

    desk.labels.undo("s", change)
    assert not desk.label(one.id).archived
    assert not desk.label(inner.id).archived


def test_the_trunk_and_side_streams_cannot_be_archived(desk: Desk) -> None:
    with pytest.raises(BadInput, match="main is the trunk"):
        desk.labels.archive([MAIN])
    with pytest.raises(BadInput, match="side stream"):
        desk.labels.archive(["s/analyst"])


def test_branches_of_two_sessions_are_not_archived_together(desk: Desk) -> None:
    header = SessionHeader(id="t", title="Other", source="urn:test")
    desk.store.store_session(SessionDraft(header=header, events=[]))
    there = desk.branching.branch("t/main", 0, "there")

    with pytest.raises(BadInput, match="two sessions"):
        desk.labels.archive([desk.make("here").id, there.id])


def test_a_label_is_told_as_json(desk: Desk) -> None:
    made = desk.make("one")
    desk.labels.star(made.id)

    told = desk.label(made.id).to_json()

    assert (told["starred"], told["archived"], told["author"], told["made_at"][:4]) == (True, False, "kim", "2023")


def test_an_unknown_colour_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="there are blue"):
        desk.labels.colour(MAIN, "#ff0000")


def test_why_a_branch_was_made_by_whom_and_when_is_kept(desk: Desk) -> None:
    made = desk.branching.branch(MAIN, 4, "kinder", "a kinder tone ", "no refund is asked for")

    label = desk.label(made.id)

    assert (label.hypothesis, label.expected, label.author) == ("a kinder tone", "no refund is asked for", "kim")
    assert label.made_at is not None
    desk.labels.describe(made.id, "a kinder tone", "")
    assert desk.label(made.id).expected == ""


def test_nothing_is_written_for_what_is_so_already(desk: Desk) -> None:
    made = desk.make("one")
    head = desk.store.branch("s/analyst").head

    assert desk.labels.rename(made.id, "one") is None
    assert desk.labels.star(made.id, starred=False) is None
    assert desk.labels.colour(made.id, None) is None
    assert desk.labels.archive([made.id], archived=False) is None
    assert desk.labels.describe(made.id, "", " ") is None
    assert desk.store.branch("s/analyst").head == head


def test_without_a_name_the_newest_change_is_undone_and_then_the_one_before(desk: Desk) -> None:
    made = desk.make("one")
    desk.labels.rename(made.id, "two")
    desk.labels.colour(made.id, "rose")

    desk.labels.undo("s")
    assert (desk.names()[-1], desk.label(made.id).colour) == ("two", None)
    desk.labels.undo("s")
    assert desk.names()[-1] == "one"
    with pytest.raises(BadInput, match="nothing to undo"):
        desk.labels.undo("s")


def test_a_name_given_away_meanwhile_does_not_come_back(desk: Desk) -> None:
    one, other = desk.make("one"), desk.make("other")
    desk.labels.rename(one.id, "kinder")
    change = desk.labels.rename(one.id, "kindest")
    desk.labels.rename(other.id, "kinder")

    with pytest.raises(BadInput, match="named kinder already"):
        desk.labels.undo("s", change)


def test_what_another_program_wrote_wrongly_changes_nothing(desk: Desk) -> None:
    made = desk.make("one")
    for data in ({"starred": "yes"}, {"archived": 1}, {"colour": "#123"}, {"name": 7}, {"branch": 12, "name": "x"}):
        kind = next((key for key in data if key != "branch"), "name")
        names = {"starred": "starred", "archived": "archived", "colour": "coloured", "name": "renamed"}
        event = said(["x"])[0]
        fields = {name: getattr(event, name) for name in event.__slots__} | {
            "id": f"odd-{kind}-{len(data)}", "type": f"analyst.branch-{names[kind]}", "actor": "analyst",
            "data": {"branch": made.id, **data},
        }  # fmt: skip
        desk.store.append("s/analyst", [type(event)(**fields)], expected=None)

    assert desk.names() == ["main", "one"]
    label = desk.label(made.id)
    assert (label.starred, label.archived, label.colour) == (False, False, None)


WISHES = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), st.integers(0, 2), st.sampled_from(["x", "y", "z", "好"])),
        st.tuples(st.just("star"), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("colour"), st.integers(0, 2), st.sampled_from([None, *COLOURS])),
        st.tuples(st.just("archive"), st.integers(1, 2), st.booleans()),
        st.tuples(st.just("describe"), st.integers(0, 2), st.sampled_from(["", "tone", "price"])),
    ),
    max_size=12,
)


def _do(desk: Desk, branches: list[str], what: str, number: int, value: object) -> str | None:
    labels, branch = desk.labels, branches[number]
    match what:
        case "rename":
            return labels.rename(branch, str(value))
        case "star":
            return labels.star(branch, starred=bool(value))
        case "colour":
            return labels.colour(branch, value)  # type: ignore[arg-type] # a name or None
        case "archive":
            return labels.archive([branch], archived=bool(value))
        case _:
            return labels.describe(branch, str(value), "")


@given(WISHES)
def test_undoing_every_change_newest_first_leads_back_through_every_state(
    wishes: list[tuple[str, int, object]],
) -> None:
    desk = Desk()
    branches = [MAIN, desk.make("one").id, desk.make("two").id]
    record = [desk.store.read(branch, 1, 10) for branch in branches]

    def told() -> list[object]:
        labels = desk.labels.labels("s")
        return [desk.names(), [(one.starred, one.archived, one.colour, one.hypothesis) for one in
                               (labels.get(branch, PLAIN) for branch in branches)]]  # fmt: skip

    states = [told()]
    for what, number, value in wishes:
        try:
            change = _do(desk, branches, what, number, value)
        except BadInput:
            continue
        if change is not None:
            states.append(told())
    fresh = BranchLabels(desk.store, FixedClock(), SequentialIds("fresh"))
    assert fresh.labels("s") == desk.labels.labels("s")
    while len(states) > 1:
        states.pop()
        desk.labels.undo("s")
        assert told() == states[-1]
    assert [desk.store.read(branch, 1, 10) for branch in branches] == record
