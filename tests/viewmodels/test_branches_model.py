"""Branches as a tree, walked by keys, and where they leave the line in focus."""

from fakes.window_services import FakeHistory
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from app.viewmodels.branch_walk import BranchWalk
from app.viewmodels.branches_model import BranchesModel, BranchRole
from app.viewmodels.fork_points import fork_points

MAIN = "session-0/main"


def grown(history: FakeHistory) -> tuple[str, str, str]:
    """main with two branches, the first of which has one of its own."""
    first = history.branch(MAIN, 40, "first").id
    second = history.branch(MAIN, 80, "second").id
    history.grow(first, 20)
    inner = history.branch(first, 50, "inner").id
    return first, second, inner


def test_it_is_a_sound_model(qtmodeltester: ModelTester, history: FakeHistory) -> None:
    grown(history)
    model = BranchesModel()
    model.set_branches(history.branches("session-0"), MAIN)

    qtmodeltester.check(model, force_py=True)


def test_each_branch_stands_below_the_one_it_was_made_from(history: FakeHistory) -> None:
    grown(history)
    model = BranchesModel()
    model.set_branches(history.branches("session-0"), MAIN)

    main = model.index(0, 0)
    first = model.index(0, 0, main)
    assert model.rowCount(QModelIndex()) == 1
    assert [model.index(row, 0, main).data() for row in range(model.rowCount(main))] == ["first", "second"]
    assert [model.index(0, column, first).data() for column in range(3)] == ["inner", "50", "0"]


def test_the_branch_in_focus_is_told(history: FakeHistory) -> None:
    first, *_ = grown(history)
    model = BranchesModel()
    model.set_branches(history.branches("session-0"), first)

    index = model.index_of(first)

    assert index.data(BranchRole.IS_CURRENT)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "first, made at event 40, 20 events of its own, current"


def test_keys_walk_to_siblings_the_parent_and_the_child_visited_last(history: FakeHistory) -> None:
    first, second, inner = grown(history)
    branches = [branch for branch in history.branches("session-0") if branch.kind == "branch"]
    walk = BranchWalk()

    assert walk.target(branches, first, "next") == second
    assert walk.target(branches, second, "next") is None
    assert walk.target(branches, second, "previous") == first
    assert walk.target(branches, inner, "parent") == first
    assert walk.target(branches, MAIN, "parent") is None
    assert walk.target(branches, MAIN, "child") == first
    walk.visited(history.branch_of(second))
    assert walk.target(branches, MAIN, "child") == second


def test_fork_points_are_those_of_the_line_in_focus(history: FakeHistory) -> None:
    first, _, inner = grown(history)
    branches = history.branches("session-0")

    assert [(point.position, point.name) for point in fork_points(branches, MAIN)] == [(40, "first"), (80, "second")]
    assert [(point.position, point.name) for point in fork_points(branches, first)] == [(40, "main"), (50, "inner")]
    assert [(point.position, point.name) for point in fork_points(branches, inner)] == [(40, "main"), (50, "first")]
