"""Aligning branches: nothing lost, nothing crossed, nothing that hangs on the order in which branches are named."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from fakes.branched import random_session
from fakes.turns import LOCAL
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.compare import alignment
from app.domain.compare.alignment import Alignable, Row, align
from app.domain.compare.similarity import Bag
from app.domain.compare.turns import TurnReader
from app.domain.fold.bounded import Bounded

QUESTIONS = ("yes", "is it open on sunday", "is it open on monday", "a table for two please", "a table for three", None)


def turn(asked: str | None, answered: str) -> Alignable:
    return Alignable((repr(asked).encode(), answered.encode()), asked, answered)


TURNS = st.builds(turn, st.sampled_from(QUESTIONS), st.sampled_from(("sure", "no", "sure thing")))
BRANCHES = st.lists(st.lists(TURNS, max_size=9), min_size=2, max_size=5)


def column(rows: list[Row], sequence: int) -> list[int]:
    return [found for row in rows if (found := row.turns[sequence]) is not None]


@pytest.fixture(params=[alignment.ALL_PAIRS, 4], ids=["every pair weighed", "only those that share a rare word"])
def _weighing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "ALL_PAIRS", request.param)


@pytest.mark.usefixtures("_weighing")
class TestAlignment:
    @given(BRANCHES)
    def test_every_turn_stands_in_one_row_and_order_is_kept(self, branches: list[list[Alignable]]) -> None:
        rows = align(branches)

        for number, turns in enumerate(branches):
            assert column(rows, number) == list(range(len(turns)))
        assert all(any(found is not None for found in row.turns) for row in rows)

    @given(st.lists(TURNS, max_size=12), st.integers(2, 8))
    def test_identical_branches_stand_side_by_side(self, turns: list[Alignable], count: int) -> None:
        assert align([turns] * count) == [Row((number,) * count, "content") for number in range(len(turns))]

    @given(st.lists(TURNS, max_size=12), TURNS, st.data())
    def test_an_inserted_turn_leaves_one_gap(self, turns: list[Alignable], new: Alignable, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(turns)))
        longer = [*turns[:place], new, *turns[place:]]

        rows = align([turns, longer])

        gaps = [row for row in rows if None in row.turns]
        assert len(rows) == len(longer)
        assert len(gaps) == 1
        assert gaps[0].turns[0] is None
        assert all(turns[one] == longer[other] for one, other in (row.turns for row in rows if row not in gaps))

    @given(BRANCHES, st.randoms(use_true_random=False))
    def test_naming_branches_in_another_order_swaps_cells_only(
        self, branches: list[list[Alignable]], chance: random.Random
    ) -> None:
        order = list(range(len(branches)))
        chance.shuffle(order)

        rows, swapped = align(branches), align([branches[number] for number in order])

        assert swapped == [Row(tuple(row.turns[number] for number in order), row.match) for row in rows]

    @given(st.lists(TURNS, max_size=9), st.lists(TURNS, max_size=9))
    def test_turns_side_by_side_are_alike_or_said_to_be_there_by_place(
        self, one: list[Alignable], other: list[Alignable]
    ) -> None:
        for row in align([one, other]):
            if None in row.turns:
                continue
            first, second = one[row.turns[0]].asked, other[row.turns[1]].asked
            assert (first is None) == (second is None)
            if first is not None and second is not None:
                assert row.match == "place" or Bag(first).likeness(Bag(second)) >= alignment.ALIKE


def test_a_question_in_other_words_is_the_same_question() -> None:
    one = [turn("is it open on sunday", "sure"), turn("a table for two please", "sure"), turn("yes", "sure")]
    other = [turn("is it open on monday", "no"), turn("bye", "x"), turn("a table for two", "no"), turn("yes", "no")]

    assert [row.turns for row in align([one, other])] == [(0, 0), (None, 1), (1, 2), (2, 3)]


def test_unlike_turns_between_alike_ones_stand_side_by_side_by_their_place() -> None:
    one = [turn("yes", "1"), turn("a", "2"), turn("b", "3"), turn("is it open", "4")]
    other = [turn("yes", "1"), turn("x", "2"), turn("y", "3"), turn("is it open", "5")]

    assert align([one, other]) == [
        Row((0, 0), "content"),
        Row((1, 1), "place"),
        Row((2, 2), "place"),
        Row((3, 3), "content"),
    ]


def test_long_branches_with_edits_are_aligned_like_short_ones() -> None:
    chance = random.Random(1)
    words = [f"w{number}" for number in range(400)]
    one = [turn(" ".join(chance.choices(words, k=8)), str(number)) for number in range(400)]
    other = [turn(f"{known.asked} now", "x") if chance.random() < 0.3 else known for known in one]
    kept = [number for number in range(400) if number % 50]
    shorter = [other[number] for number in kept]

    rows = align([one, shorter])

    assert [row.turns for row in rows if row.turns[1] is not None] == [(old, new) for new, old in enumerate(kept)]
    assert len(rows) == 400


def test_work_can_be_ended_while_it_aligns() -> None:
    class Stopped(Exception):
        pass

    def told(done: int, total: int) -> None:
        assert 0 <= done <= total
        raise Stopped

    with pytest.raises(Stopped):
        align([[turn("a", "b")], [turn("c", "d")]], told)


@settings(max_examples=60)
@given(st.integers(0, 120), st.randoms(use_true_random=False))
def test_turns_hold_every_event_once_and_what_the_transcript_holds(length: int, chance: random.Random) -> None:
    store, machine = random_session(length, chance)
    branch = store.branches("s")[0]
    start = chance.randint(1, length + 1)
    reader = TurnReader(machine.bounded(branch.id, start - 1) if start > 1 else Bounded(), None, LOCAL)
    for event in store.read(branch.id, start, branch.head):
        reader.read(event)

    turns = reader.turns()

    assert [turn.first for turn in turns[:1]] == [start] * bool(turns)
    assert all(one.last + 1 == other.first for one, other in pairwise(turns))
    assert [turn.last for turn in turns[-1:]] == [branch.head] * bool(turns)
    parts = [part for turn in turns for part in ((turn.question,) if turn.question else ()) + turn.replies]
    transcript = [one for one in machine.entries(branch.id, 1, length, branch.head) if one.position >= start]
    assert sorted((part.entry for part in parts), key=lambda entry: entry.ord) == transcript
    runs = [run for run in machine.state(branch.id, branch.head)["generation"]["runs"] if run["position"] >= start]
    assert [(run.position, run.status, run.tokens) for turn in turns for run in turn.runs] == [
        (run["position"], run["status"], run["tokens"]) for run in runs
    ]
