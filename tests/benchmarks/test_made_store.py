"""Made stores: planned branches, kept for the next time, made anew when asked."""

from __future__ import annotations

import pytest

from app import bootstrap
from app.benchmarks import made_store

EVENTS = 300


@pytest.mark.parametrize("events", [1, 7, 1_000])
def test_the_plan_has_300_branches_some_100_deep_that_fork_where_their_parents_have_events(events: int) -> None:
    planned = made_store.plan(events, seed=1)

    heads = {"main": events} | {one.id: one.fork + one.own for one in planned}
    assert len(planned) == made_store.BRANCHES
    assert sum(one.depth >= made_store.DEPTH for one in planned) > 10
    assert all(1 <= one.fork <= heads[one.parent] for one in planned)


def test_a_store_is_what_its_plan_says_and_sound_and_kept() -> None:
    file = made_store.location(EVENTS)
    made = file.stat().st_ino

    with bootstrap.core(str(file), read_only=True) as core:
        branches = {one.id: one for one in core.store.branches(made_store.SESSION)}
        assert core.store.verify().ok
    assert branches[made_store.MAIN].head == EVENTS
    for one in made_store.plan(EVENTS, made_store.SEED):
        found = branches[f"{made_store.SESSION}/{one.id}"]
        assert (found.fork_position, found.own_events) == (one.fork, one.own)
    assert made_store.location(EVENTS).stat().st_ino == made


def test_a_store_is_made_anew_when_asked_and_a_stopped_one_leaves_nothing() -> None:
    file = made_store.location(5)
    (file.parent / "mark").touch()

    made_store.location(5, fresh=True)

    assert not (file.parent / "mark").exists()

    def stop(done: int, total: int | None, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made_store.location(6, progress=stop)
    assert [one.name for one in made_store.folder().iterdir()] == [file.parent.name]
