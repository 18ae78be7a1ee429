"""What the benchmarks print, on tiny stores; no figure is judged here, but the hash of the states is."""

from __future__ import annotations

import pytest

from app.application.ports import no_progress
from app.benchmarks import appending, made_store, querying, seeking, sizing, window
from app.benchmarks.states import WINDOW, StatesHash
from app.domain.fold import entries as entry_form
from app.domain.fold.fold import fold_all

EVENTS = 120


def test_a_seek_tells_its_cases_and_reaches_the_states_of_the_plain_full_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeking, "SEEKS", 4)

    figures = seeking.measure(EVENTS, cold=1)

    assert {"events", "p50_ms", "p99_ms", "max_ms", "cold_p99_ms", "rss_mb", "states", "cases"} <= set(figures)
    warm = {(one["order"], one["depth"]) for one in figures["cases"] if one["warm"]}
    assert warm == {(order, depth) for order in ("random", "forwards", "backwards") for depth in seeking.DEEP}
    assert {one["depth"] for one in figures["cases"] if not one["warm"]} == {0, made_store.DEPTH}
    assert figures["states"] == _hash_of_full_folds()


def _hash_of_full_folds() -> str:
    reached = StatesHash()
    with made_store.opened(EVENTS) as core:
        for branch in seeking.branches(EVENTS).values():
            events = list(core.store.iterate(branch))
            for positions in seeking.orders(len(events)).values():
                for position in positions:
                    state = fold_all(events[:position])
                    transcript = sorted(state.lists.get("transcript", {}).items())[-WINDOW:]
                    window = [entry_form.entry(number, key, touched) for number, (key, touched) in transcript]
                    reached.add(state.bounded, window)
    return reached.hexdigest()


def test_appends_are_told_beside_the_driver_alone_and_forks_by_their_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ROUNDS", "COMMITS", "FORKS"):
        monkeypatch.setattr(appending, name, 1)

    figures = appending.measure(EVENTS)

    for name in ("per_commit", "raw", "raw_tuned", "ratio"):
        assert set(figures[name]) == {"1", "10", "1000"}
        assert all(value > 0 for value in figures[name].values())
    assert set(figures["fork_ms"]) == {"1", "100"}
    assert all(value > 0 for value in figures["fork_ms"].values())


def test_sizes_are_of_the_files() -> None:
    figures = sizing.measure(EVENTS)

    stored = EVENTS + sum(one.own for one in made_store.plan(EVENTS, made_store.SEED))
    file = made_store.location(EVENTS)
    assert figures["events"] == EVENTS
    assert figures["log_bytes_per_event"] * stored >= file.stat().st_size * 0.9
    assert figures["cache_bytes_per_event"] > 0
    assert 100 < figures["json_bytes_per_event"] < 1_000


_TEXT_KINDS = ("find_text", "find_text_indexed")


def test_queries_tell_what_was_asked_and_what_came() -> None:
    first, again = querying.measure(EVENTS), querying.measure(EVENTS)

    named = {"history_ms", "find_ms", "find_text_ms", "find_text_indexed_ms", "find_computed_ms", "search_ms"}
    named |= {"verify_events_s", "import_events_s"}
    assert named <= set(first)
    assert all(first[name] > 0 for name in named)
    asked = (*querying.FIELDS, *querying.CONDITIONS, *querying.TEXT_CONDITIONS, *querying.COMPUTED)
    assert [one["of"] for one in first["asked"]] == [*asked, *querying.TEXT_CONDITIONS, *querying.TEXTS]
    texts = {kind: [one["hash"] for one in first["asked"] if one["kind"] == kind] for kind in _TEXT_KINDS}
    assert texts["find_text"] == texts["find_text_indexed"]
    assert [one["hash"] for one in first["asked"]] == [one["hash"] for one in again["asked"]]
    assert sum(one["results"] for one in first["asked"]) > 0


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        ("open", {"events", "first_paint_ms", "rss_mb"}),
        ("drag", {"events", "frame_p95_ms", "stall_max_ms", "playhead", "rss_mb", "cases"}),
        ("step", {"events", "frames", "behind", "frame_p95_ms", "stall_max_ms", "playhead", "rss_mb"}),
        ("stream", {"events", "frames", "tokens_s", "frame_p95_ms", "stall_max_ms", "playhead", "rss_mb"}),
    ],
)
def test_the_real_window_is_used_and_tells_where_it_came_to(what: str, keys: set[str]) -> None:
    figures = window.measure(what, EVENTS, fresh=False, progress=no_progress)

    assert set(figures) == keys
    assert figures["events"] == EVENTS
    if "playhead" in keys:
        assert figures["playhead"] == EVENTS
    if "cases" in keys:
        assert [one["what"] for one in figures["cases"]] == ["drag", "zoom", "pan", "scroll"]
