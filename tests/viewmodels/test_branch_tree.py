"""The tree that is drawn, the way through it, and the forks on a line."""

from __future__ import annotations

import pytest
from fakes.trees import branches, family, tree
from hypothesis import given
from hypothesis import strategies as st

from app.application.shared_prefixes import twigs_of
from app.domain.branch_labels import BranchLabel
from app.domain.branch_merging import merge
from app.domain.branches import Branch
from app.viewmodels.branch_tree import BranchTree, worth_a_mark
from app.viewmodels.branch_walk import REMEMBERED, BranchWalk
from app.viewmodels.fork_groups import fork_groups
from app.viewmodels.fork_points import fork_points
from app.viewmodels.station_scale import StationScale

MAIN = "s/main"


def names(found: BranchTree) -> list[str]:
    return [row.branch.name for row in found]


def test_rows_stand_as_they_are_drawn_with_depth_and_colour() -> None:
    found = tree(family())

    assert names(found) == ["main", "kinder", "inner", "harsher", "deep", "late"]
    assert [row.place.depth for row in found] == [0, 1, 2, 1, 2, 1]
    assert [row.made_from for row in found] == ["", "main", "kinder", "main", "harsher", "main"]
    assert len({row.colour for row in found}) == 6


def test_a_chosen_colour_and_star_are_the_rows_own() -> None:
    found = tree(family(), {"s/late": BranchLabel(starred=True, colour="grey")})

    late = found.row("s/late")
    assert late is not None
    assert (late.colour, late.is_default) == ("grey", True)
    assert found.default() is late


def test_without_a_star_main_is_the_default_path_and_an_archived_star_counts_for_nothing() -> None:
    for labels in ({}, {"s/late": BranchLabel(starred=True, archived=True)}):
        default = tree(family(), labels, shows_archived=True).default()
        assert default is not None
        assert default.branch.id == MAIN


def test_archived_branches_are_folded_away_and_counted() -> None:
    labels = {"s/kinder": BranchLabel(archived=True), "s/late": BranchLabel(archived=True)}

    folded = tree(family(), labels)
    shown = tree(family(), labels, shows_archived=True)

    assert (names(folded), folded.archived) == (["main", "harsher", "deep", "inner"], 2)
    inner = folded.row("s/inner")
    assert inner is not None
    assert (inner.place.depth, inner.place.twig.fork, inner.made_from) == (1, 40, "kinder")
    assert len(shown) == 6


def test_an_archived_branch_in_focus_stays_in_view() -> None:
    labels = {"s/kinder": BranchLabel(archived=True)}

    assert tree(family(), labels, in_focus="s/kinder").row("s/kinder") is not None


def test_all_that_was_made_from_a_branch_is_below_it() -> None:
    assert tree(family()).below("s/kinder") == ("s/inner",)
    assert tree(family()).below(MAIN) == ("s/kinder", "s/harsher", "s/late", "s/inner", "s/deep")


def test_the_timeline_marks_no_archived_forks_but_those_that_others_come_from() -> None:
    labels = {name: BranchLabel(archived=True) for name in ("s/kinder", "s/late", "s/deep")}

    kept = [one.name for one in worth_a_mark(family(), labels, MAIN)]

    assert kept == ["main", "kinder", "harsher", "inner"]


# --- the way through


def test_keys_walk_to_siblings_the_parent_and_the_child_visited_last() -> None:
    found, walk = tree(family()), BranchWalk()

    assert walk.target(found, "s/kinder", "next") == "s/harsher"
    assert walk.target(found, "s/late", "next") is None
    assert walk.target(found, "s/late", "previous") == "s/harsher"
    assert walk.target(found, "s/inner", "parent") == "s/kinder"
    assert walk.target(found, MAIN, "parent") is None
    assert walk.target(found, MAIN, "previous") is None
    assert walk.target(found, MAIN, "child") == "s/kinder"
    assert walk.target(found, "s/inner", "child") is None
    walk.visited(found, "s/deep")
    assert walk.target(found, MAIN, "child") == "s/harsher"
    assert walk.target(found, "s/unknown", "next") is None


def test_going_on_with_a_branch_leads_to_where_one_was_last() -> None:
    found, walk = tree(family()), BranchWalk()
    assert walk.onwards(found, "s/kinder", 40) == "s/kinder"

    walk.visited(found, "s/inner")
    walk.visited(found, "s/deep")

    assert walk.onwards(found, "s/kinder", 40) == "s/inner"
    assert walk.onwards(found, MAIN, 40) == MAIN  # what was visited last through main left it here
    assert walk.onwards(found, MAIN, 30) == "s/deep"
    walk.visited(found, "s/kinder")
    assert walk.onwards(found, "s/kinder", 40) == "s/kinder"


def test_where_one_went_is_known_at_the_next_start() -> None:
    found, walk = tree(family()), BranchWalk()
    walk.visited(found, "s/inner")

    again = BranchWalk(walk.to_json())

    assert again.target(found, MAIN, "child") == "s/kinder"
    assert again.onwards(found, "s/kinder", 40) == "s/inner"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"child": 3, "through": {"a": 1}}', "null"])
def test_what_cannot_be_read_is_forgotten(text: str) -> None:
    assert BranchWalk(text).to_json() == '{"child": {}, "through": {}}'


def test_of_many_branches_the_oldest_are_forgotten() -> None:
    made = branches(*((f"b{number}", "main", 5, 1) for number in range(REMEMBERED + 20)))
    found, walk = tree(made), BranchWalk()
    for branch in made:
        walk.visited(found, branch.id)

    assert walk.to_json().count("s/b") < 2 * (REMEMBERED + 20)


# --- forks on a line


def told(found: BranchTree, branch: str) -> list[tuple[int, str, list[str]]]:
    return [
        (group.position, group.words, [row.branch.name for row in group.alternatives])
        for group in fork_groups(found, branch)
    ]


def test_every_fork_on_a_line_tells_which_way_it_goes() -> None:
    found = tree(family())

    assert told(found, MAIN) == [(40, "1/3", ["main", "kinder", "harsher"]), (80, "1/2", ["main", "late"])]
    assert told(found, "s/kinder") == [
        (40, "2/3", ["main", "kinder", "harsher"]), (50, "1/2", ["kinder", "inner"]),
    ]  # fmt: skip
    assert told(found, "s/deep") == [(40, "3/3", ["main", "kinder", "harsher"]), (45, "2/2", ["harsher", "deep"])]
    assert told(found, "s/late") == [
        (40, "1/3", ["main", "kinder", "harsher"]), (80, "2/2", ["main", "late"]),
    ]  # fmt: skip


def test_branches_made_at_an_inherited_place_stand_beside_those_of_its_owner() -> None:
    made = branches(("one", "main", 40, 20), ("two", "one", 40, 5), ("three", "one", 30, 5))

    assert told(tree(made), "s/two") == [(30, "1/2", ["main", "three"]), (40, "3/3", ["main", "one", "two"])]


def test_folded_branches_are_no_alternatives() -> None:
    found = tree(family(), {"s/harsher": BranchLabel(archived=True), "s/late": BranchLabel(archived=True)})

    assert told(found, MAIN)[0][2] == ["main", "kinder", "deep"]
    assert [group[0] for group in told(found, MAIN)] == [40]


def test_the_next_alternative_is_there_until_the_last() -> None:
    group = fork_groups(tree(family()), "s/kinder")[0]

    assert [row.branch.name if row else None for row in (group.beside(-1), group.beside(1), group.beside(2))] == [
        "main", "harsher", None,
    ]  # fmt: skip


@st.composite
def made_branches(draw: st.DrawFn) -> tuple[Branch, ...]:
    told = [("main", "", 0, draw(st.integers(0, 20)))]
    for number in range(draw(st.integers(0, 15))):
        _, _, fork, own = parent = told[draw(st.integers(0, len(told) - 1))]
        told.append((f"b{number}", parent[0], draw(st.integers(0, fork + own)), draw(st.integers(0, 4))))
    return branches(*told[1:], events=told[0][3])


@given(made_branches())
def test_members_of_a_fork_see_the_same_fork(made: tuple[Branch, ...]) -> None:
    found = tree(made)

    for branch in made:
        for group in fork_groups(found, branch.id):
            for number, row in enumerate(group.alternatives):
                theirs = next(one for one in fork_groups(found, row.branch.id) if one.position == group.position)
                assert (theirs.alternatives, theirs.current) == (group.alternatives, number)


@given(made_branches())
def test_pills_and_the_timelines_marks_speak_of_the_same_places(made: tuple[Branch, ...]) -> None:
    found = tree(made)

    for branch in made:
        pills = {group.position for group in fork_groups(found, branch.id)}
        assert pills == {point.position for point in fork_points(made, branch.id)}


def test_what_repeats_another_branch_says_so() -> None:
    made = branches(("one", "main", 40, 20), ("two", "main", 40, 5))
    found = BranchTree.of(
        made,
        {},
        merge(twigs_of(made), lambda branch, position, _: position if position < 43 else (branch, position)),
        shows_archived=False,
    )

    two = found.row("s/two")
    assert two is not None
    assert two.repeated is not None
    assert (two.repeats, two.repeated.count, two.branch.fork_position, two.place.twig.fork) == ("main", 2, 40, 42)


# --- along a lane


def test_what_lies_between_two_forks_takes_the_same_room() -> None:
    scale = StationScale([1_000_000, 999_990, 999_995])

    assert [scale.share(one) for one in (0, 999_990, 999_995, 1_000_000)] == [0.0, 1 / 3, 2 / 3, 1.0]
    assert scale.share(499_995) == pytest.approx(1 / 6)
    assert (scale.share(-5), scale.share(2_000_000)) == (0.0, 1.0)
    assert StationScale([]).share(0) == 0.0


@given(st.lists(st.integers(0, 50)), st.lists(st.integers(0, 60), min_size=2))
def test_later_is_never_further_left(stations: list[int], positions: list[int]) -> None:
    scale = StationScale(stations)
    shares = [scale.share(one) for one in sorted(positions)]

    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
