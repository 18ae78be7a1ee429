"""The worked example of the source document, "事件溯源在LLM应用中的实践" (state update function).

``S = {1: "Resource 1", 2: "Resource 2"}``, ``e1`` creates resource 3, ``e2`` renames resource 1. Its own text is
off by one event: it gives, as the state after ``e1``, what only holds after ``e2`` ("New Resource 1" is there before
the event that renames it), and says that ``e2`` then changes nothing. The states below are those of its own formula.
"""

from fakes.making import event

from app.domain.fold.bounded import Bounded
from app.domain.fold.fold import apply
from app.domain.fold.lists import find_nothing


def test_state_after_each_event_of_the_worked_example() -> None:
    start = Bounded(resources={"1": {"name": "Resource 1"}, "2": {"name": "Resource 2"}})
    create = event(1, "resource.created", {"id": 3, "name": "Resource 3"})
    rename = event(2, "resource.updated", {"id": 1, "name": "New Resource 1"})

    after_create, _ = apply(start, create, find_nothing)
    after_rename, _ = apply(after_create, rename, find_nothing)

    assert after_create.resources == {
        "1": {"name": "Resource 1"},
        "2": {"name": "Resource 2"},
        "3": {"name": "Resource 3"},
    }
    assert after_rename.resources == {
        "1": {"name": "New Resource 1"},
        "2": {"name": "Resource 2"},
        "3": {"name": "Resource 3"},
    }
    assert start.resources == {"1": {"name": "Resource 1"}, "2": {"name": "Resource 2"}}


def test_an_event_about_one_resource_leaves_all_others_alone() -> None:
    state = Bounded(resources={"1": {"name": "a", "size": 2}, "2": {"name": "b"}})

    state, _ = apply(state, event(1, "resource.updated", {"id": "1", "name": "c"}), find_nothing)
    state, _ = apply(state, event(2, "resource.deleted", {"id": "2"}), find_nothing)

    assert state.resources == {"1": {"name": "c", "size": 2}}


def test_what_cannot_be_applied_changes_nothing_and_is_a_problem() -> None:
    state = Bounded(resources={"1": {"name": "a"}})

    after, changes = apply(state, event(1, "resource.updated", {"id": 9, "name": "x"}), find_nothing)

    assert after.resources == state.resources
    assert [(change.list, change.key) for change in changes] == [("problems", "there is no resource 9")]
