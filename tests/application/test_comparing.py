"""Comparing branches of a session: what they share, where they part, how they differ."""

from __future__ import annotations

import random
from functools import partial

import pytest
from fakes.branched import Branched
from fakes.histories import any_event
from hypothesis import given, settings
from hypothesis import strategies as st

from app.application import comparing
from app.domain.compare.comparison import Comparison, sorted_by
from app.domain.compare.json_form import comparison_json
from app.domain.diff import patched, same
from app.domain.errors import BadInput, Cancelled, OutOfRange

TALK = ("Hello", "Hi", "A table for two?", "For when?", "Tonight", "Done", "Thanks", "Bye")


@pytest.fixture
def session() -> Branched:
    return Branched(*TALK)


def asked(comparison: Comparison) -> list[tuple[str | None, ...]]:
    return [tuple(cell.turn.asked if cell else None for cell in row.cells) for row in comparison.rows]


def test_the_trunk_is_what_all_share_and_stands_in_no_row(session: Branched) -> None:
    a, b = session.fork("a", 4), session.fork("b", 6)
    session.say(a, "Tomorrow", "Done")
    session.say(b, "Thank you", "Bye")

    found = session.compare("main", a, b)

    assert (found.trunk, found.trunk_turns) == (4, 2)
    assert found.first_divergence == 5
    assert [one.diverges_at for one in found.branches] == [5, 5, 5]
    assert asked(found) == [("Tonight", "Tomorrow", "Tonight"), ("Thanks", None, "Thank you")]
    assert [row.match for row in found.rows] == ["place", "place"]


def test_a_turn_in_which_branches_part_is_shown_from_its_question_on(session: Branched) -> None:
    a, b = session.fork("a", 3), session.fork("b", 3)
    session.say(a, "When?", first="assistant")
    session.say(b, "Sure!", first="assistant")

    found = session.compare(a, b)

    assert (found.trunk, found.trunk_turns, found.first_divergence) == (3, 1, 4)
    assert asked(found) == [("A table for two?", "A table for two?")]
    assert found.rows[0].groups == ((0,), (1,))
    assert [piece.text for piece in found.rows[0].answer_pieces(1)] == ["When?", "Sure!"]


def test_the_same_said_on_different_branches_is_the_same(session: Branched) -> None:
    a, b = session.fork("a", 4), session.fork("b", 4)
    session.say(a, "Tonight", "Done", "Thanks")
    session.add(b, "conversation.message-posted", role="user", text="Tonight")
    session.answer(b, "Done", tokens=3)
    session.add(b, "conversation.message-posted", role="user", text="Thanks")

    found = session.compare(a, b)

    assert found.trunk == 4
    assert found.first_divergence is None
    assert [row.same for row in found.rows] == [True, True]
    assert found.differing == ()
    assert found.rows[0].groups == ((0, 1),)
    assert [one.diverges_at for one in found.branches] == [None, None]


def test_where_positions_run_apart_each_branch_tells_its_own(session: Branched) -> None:
    a = session.fork("a", 4)
    session.add(a, "conversation.message-posted", role="user", text="Tonight")
    session.answer(a, "Done")
    session.say(a, "Thanks!", "Bye")

    found = session.compare("main", a)

    assert found.first_divergence == 7
    assert [one.diverges_at for one in found.branches] == [7, 9]
    assert [(row.cells[0].turn.position, row.cells[1].turn.position) for row in found.rows] == [(5, 5), (7, 9)]
    assert found.row_at(1, 8) == 0
    assert found.row_at(1, 9) == 1
    assert found.row_at(0, 3) is None


def test_a_branch_without_events_of_its_own_ends_where_the_others_go_on(session: Branched) -> None:
    found = session.compare("main", session.fork("a", 4))

    assert found.first_divergence == 5
    assert [one.diverges_at for one in found.branches] == [5, None]
    assert asked(found) == [("Tonight", None), ("Thanks", None)]
    assert not any(row.same for row in found.rows)


def test_an_inserted_turn_leaves_a_gap_on_the_others(session: Branched) -> None:
    a = session.fork("a", 4)
    session.say(a, "One more thing: do you have parking?", "Yes", "Tonight", "Done", "Thanks", "Bye")

    found = session.compare("main", a)

    assert asked(found) == [(None, "One more thing: do you have parking?"), ("Tonight",) * 2, ("Thanks",) * 2]
    assert [row.same for row in found.rows] == [False, True, True]
    assert found.differing == (0,)


def test_identical_answers_are_grouped(session: Branched) -> None:
    names = [session.fork(name, 5) for name in "abcd"]
    for name, text in zip(names, ("Done", "Sure", "Done", "Sure"), strict=True):
        session.answer(name, text)

    assert session.compare(*names).rows[0].groups == ((0, 2), (1, 3))


def test_state_and_ranks_lead_from_the_baseline_to_each_branch(session: Branched) -> None:
    a, b = session.fork("a", 8), session.fork("b", 8)
    for name, items in ((a, "XYZ"), (b, "YXW")):
        session.add(name, "recommendation.items-shown", items=[{"item": item, "name": item} for item in items])

    found = session.compare(a, b, "main")

    for other in found.branches[1:]:
        patch = [change.to_json() for change in other.state]
        before, after = (session.machine.state(one.branch.id, one.at) for one in (found.branches[0], other))
        assert same(patched(before, patch), after)
    ranks = found.branches[1].ranks
    assert ranks is not None
    assert [(one.item, one.before, one.after) for one in ranks.shown] == [
        ("Y", 2, 1), ("X", 1, 2), ("W", None, 3), ("Z", 3, None),
    ]  # fmt: skip
    assert found.rows[0].cells[1].ranks == ranks.shown
    assert found.rows[0].cells[2].ranks == ()
    assert found.branches[0].ranks is None


def test_differences_of_state_that_come_later_are_the_same(session: Branched) -> None:
    a, b = session.fork("a", 6), session.fork("b", 4)
    session.say(a, "Open on Sunday?", "Yes, gladly.")
    session.say(b, "Open on Sunday?", "No.")
    branches = [session.main, a, b]

    turns = session.comparing.compare("s", branches, with_states=False)

    assert not turns.has_states
    assert not any(one.state for one in turns.branches)
    assert session.comparing.with_states(turns) == session.comparing.compare("s", branches)


def test_settings_are_told_once_with_the_requests_that_used_them(session: Branched) -> None:
    a, b = session.fork("a", 5), session.fork("b", 5)
    session.answer(a, "One")
    session.answer(a, "Two")
    session.answer(a, "Three", sent={"options": {"seed": 2}})
    session.add(b, "conversation.instructions-changed", text="Be brief", name="Short", version=2)
    session.answer(b, "One", sent={"messages": [{"role": "system", "content": "Be brief"}]})

    found = session.compare(a, b)

    first, second = found.branches[0].settings
    assert (first.positions, second.positions) == ((6, 9), (12,))
    assert (first.setting.model, first.setting.digest, first.setting.server_version) == ("tiny", "d1", "0.32.15")
    assert (first.setting.seed, first.setting.temperature, second.setting.seed) == (1, 0.5, 2)
    (other,) = found.branches[1].settings
    assert other.setting.instructions is not None
    assert other.setting.instructions.label == "Short@2"


def test_instructions_set_in_the_trunk_are_known_with_their_version(session: Branched) -> None:
    session.add(session.main, "conversation.instructions-changed", text="Be kind", version="7")
    session.say(session.main, "And?", "Well")
    a = session.fork("a", 10)
    session.answer(a, "x", sent={"messages": [{"role": "system", "content": "Be kind"}]})

    instructions = session.compare("main", a).branches[1].settings[0].setting.instructions

    assert instructions is not None
    assert instructions.version == "7"


def test_ratings_and_checks_count_for_the_turn_they_were_given_to(session: Branched) -> None:
    a = session.fork("a", 5)
    session.answer(a, "Done!")
    session.say(a, "Thanks", "Bye")
    session.notebook.rate(a, 7, 5)
    session.notebook.rate(a, 5, 2)
    session.notebook.rate(a, 10, 3)
    session.notebook.rate(session.main, 8, 1)

    found = session.compare("main", a, checks={(a, 7): (True, False), (a, 9): (True,), (session.main, 7): ()})

    first, second = (row.cells for row in found.rows)
    assert (first[0].metrics.rating, first[1].metrics.rating) == (2, 3.5)
    assert (second[0].metrics.rating, second[1].metrics.rating) == (1, 3)
    assert (first[1].metrics.checks_passed, first[1].metrics.checks) == (1, 2)
    assert (first[0].metrics.checks_passed, second[0].metrics.checks_passed) == (None, 0)
    assert found.branches[1].metrics.checks == 3
    assert found.branches[1].metrics.values["checks_passed"] == 2


def test_checks_that_are_recorded_beside_the_session_are_found(session: Branched) -> None:
    a = session.fork("a", 5)
    session.answer(a, "Done!")
    b = session.fork("b", 8, parent=a)
    derived = next(one.id for one in session.store.branches("s") if one.kind == "derived")
    for branch, position, outcomes in (
        (a, 7, {"polite": False, "short": True, "odd": None}),
        (a, 7, {"polite": True}),
        (session.main, 7, {"polite": False}),
        ("nobody", "nowhere", {"x": True}),
    ):
        checks = [{"name": name, "kind": "contains", "passed": passed} for name, passed in outcomes.items()]
        session.add(derived, "derived.turn-checked", branch=branch, position=position, event="e", checks=checks)

    found = session.compare("main", a, b)

    told = [[cell and (cell.metrics.checks_passed, cell.metrics.checks) for cell in row.cells] for row in found.rows]
    assert told == [[(None, None), (2, 2), (2, 2)], [(0, 1), None, None]]
    assert session.compare("main", a, checks={}).rows[0].cells[1].metrics.checks is None


def test_branches_and_turns_are_sorted_by_any_metric(session: Branched) -> None:
    a, b, c = (session.fork(name, 5) for name in "abc")
    for name, tokens in ((a, 30), (b, 10)):
        session.answer(name, "Done it is", tokens=tokens, durations={"eval_duration": 10**9})
    session.answer(c, "Done")

    found = session.compare("main", a, b, c)

    assert sorted_by(found, "tokens") == (2, 1, 0, 3)
    assert sorted_by(found, "tokens", reverse=True) == (1, 2, 0, 3)
    assert sorted_by(found, "tokens_per_second") == (1, 2, 0, 3)
    assert sorted_by(found, "similarity") == (0, 3, 1, 2)


def test_branches_are_compared_as_they_were(session: Branched) -> None:
    a = session.fork("a", 4)
    session.say(a, "Tonight", "Done", "Never mind", "Fine", "Bye", "Bye")

    found = session.compare("main", a, at=6)
    later = session.compare("main", a, at=9)

    assert found.first_divergence is None
    assert [one.at for one in found.branches] == [6, 6]
    assert asked(found) == [("Tonight", "Tonight")]
    assert [one.at for one in later.branches] == [8, 9]
    assert session.compare("main", a, at=0).rows == ()


def test_a_branch_is_told_by_the_name_it_has_now(session: Branched) -> None:
    a = session.fork("a", 4)
    b = session.fork("b", 4, parent=a)
    session.labels.rename(a, "kinder")

    found = session.compare(a, b)

    assert found.names == ("kinder", "b")
    assert [one.parent for one in found.branches] == ["main", "kinder"]


def test_names_and_places_that_make_no_sense_are_refused_in_a_sentence(session: Branched) -> None:
    a = session.fork("a", 4)
    analyst = next(one.id for one in session.store.branches("s") if one.kind == "analyst")
    for branches, words in (
        ([a], "2 to 8 different branches can be compared, not 1"),
        ([a, a], "2 to 8 different"),
        ([a, analyst], "analyst is a side stream"),
    ):
        with pytest.raises(BadInput, match=words):
            session.comparing.compare("s", branches)
    with pytest.raises(OutOfRange, match="no position 9: main, the longest of them, has 8 events"):
        session.compare(a, "main", at=9)
    with pytest.raises(BadInput, match="belongs to another session"):
        session.comparing.compare("t", [a, session.main])


def test_more_than_memory_holds_is_refused_with_a_way_out(session: Branched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_EVENTS", 3)

    with pytest.raises(
        BadInput, match=r"main has 4 events after the 4 shared ones.* compare up to an earlier position"
    ):
        session.compare("main", session.fork("a", 4))
    assert session.compare("main", "a", at=7).trunk == 4


def test_progress_is_told_and_can_stop_the_work(session: Branched) -> None:
    a = session.fork("a", 4)
    told: list[str] = []

    def progress(stop_at: str, done: int, total: int | None, what: str) -> None:
        assert total is None or 0 <= done <= total
        told.append(what)
        if what == stop_at:
            raise Cancelled("stopped")

    session.compare("main", a, progress=partial(progress, ""))
    assert {"reading", "aligning", "comparing"} <= set(told)
    for phase in ("reading", "aligning", "comparing"):
        with pytest.raises(Cancelled):
            session.compare("main", a, progress=partial(progress, phase))


@settings(max_examples=30)
@given(st.integers(0, 60), st.integers(2, 5), st.randoms(use_true_random=False))
def test_naming_branches_in_another_order_mirrors_everything(length: int, count: int, chance: random.Random) -> None:
    session = Branched(*(f"text {chance.randint(0, 9)}" for _ in range(length)))
    names = []
    for number in range(count):
        parent = chance.choice([session.main, *names])
        names.append(session.fork(f"b{number}", chance.randint(0, session.store.branch(parent).head), parent))
        events = [any_event(10_000 + 100 * number + one, chance) for one in range(chance.randint(0, 20))]
        if events:
            session.store.append(names[-1], events, expected=None)
    order = names.copy()
    chance.shuffle(order)

    found, mirrored = session.compare(*names), session.compare(*order)

    places = [names.index(name) for name in order]
    assert (mirrored.trunk, mirrored.first_divergence) == (found.trunk, found.first_divergence)
    assert [tuple(cell and cell.turn for cell in row.cells) for row in mirrored.rows] == [
        tuple(row.cells[place] and row.cells[place].turn for place in places) for row in found.rows
    ]
    assert [(row.same, row.match) for row in mirrored.rows] == [(row.same, row.match) for row in found.rows]
    assert [one.diverges_at for one in mirrored.branches] == [found.branches[place].diverges_at for place in places]
    for row in found.rows:
        assert any(cell is None or cell.turn.last > found.trunk for cell in row.cells)
        for cell, one in zip(row.cells, found.branches, strict=True):
            assert cell is None or cell.turn.last <= one.at


def test_the_json_form_has_the_promised_shape(session: Branched) -> None:
    a, b = session.fork("a", 5), session.fork("b", 5)
    session.answer(a, "Done", tokens=3, prompt_tokens=9, truncated=True)
    session.answer(b, "Oh", ended="failed", reason="gone")

    told = comparison_json(session.compare("main", a, b), order=(1, 0, 2), rows=(0,))

    assert {"trunk", "first_divergence", "branches", "turns", "state"} <= set(told)
    assert [one["branch"] for one in told["branches"]] == ["a", "main", "b"]
    assert told["branches"][0]["metrics"]["tokens"] == 3
    assert told["branches"][0]["known"]["tokens"] == [1, 1]
    assert told["branches"][1]["metrics"]["tokens"] is None
    assert told["turns"][0]["positions"] == {"main": 5, "a": 5, "b": 5}
    assert told["turns"][0]["same"] is False
    assert told["turns"][0]["groups"] == [["main", "a"]]
    assert told["turns"][0]["cells"]["a"]["replies"][0]["origin"] == "continued"
    assert told["turns"][0]["cells"]["a"]["metrics"]["truncated"] is True
    assert told["turns"][0]["cells"]["b"]["runs"][0]["partial_text"] == "Oh"
    assert told["states"]["a"] == told["state"]
    assert (told["turns_compared"], told["turns_differing"]) == (2, 2)
