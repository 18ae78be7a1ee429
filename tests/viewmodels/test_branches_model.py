"""Branches as a Qt tree: sound, in words for a screen reader, and calm when only words change."""

from __future__ import annotations

from fakes.trees import branches, family, tree
from fakes.window_services import FakeHistory
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from app.domain.branch_labels import BranchLabel
from app.domain.branch_merging import Repeated
from app.viewmodels.branch_sentence import sentence
from app.viewmodels.branches_model import BranchesModel, BranchRole, Column
from app.viewmodels.fork_points import fork_points

MAIN = "s/main"


def shown(labels: dict[str, BranchLabel] | None = None, current: str = MAIN) -> BranchesModel:
    model = BranchesModel()
    model.set_tree(tree(family(), labels), current)
    return model


def test_it_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(shown(), force_py=True)


def test_each_branch_stands_below_the_one_it_leaves() -> None:
    model = shown()

    main = model.index(0, 0)
    assert model.rowCount(QModelIndex()) == 1
    assert [model.index(row, 0, main).data() for row in range(model.rowCount(main))] == ["kinder", "harsher", "late"]
    inner = model.index(0, 0, model.index_of("s/kinder"))
    assert [inner.siblingAtColumn(column).data() for column in range(3)] == ["inner", "50", "3"]


def test_a_row_reads_name_fork_events_depth_star_and_focus() -> None:
    labels = {"s/kinder": BranchLabel(starred=True, colour="rose")}
    model = shown(labels, "s/kinder")
    model.set_playhead(45)

    assert model.index_of("s/kinder").data(Qt.ItemDataRole.AccessibleTextRole) == (
        "kinder, made from main at event 40, 20 events of its own, depth 1, default path, Rose, "
        "in focus, playhead at event 45"
    )
    assert model.index_of(MAIN).data(Qt.ItemDataRole.AccessibleTextRole) == "main, the trunk, 100 events of its own"


def test_an_archived_row_and_one_that_repeats_say_so() -> None:
    row = tree(branches(("one", "main", 9, 1)), {"s/one": BranchLabel(archived=True)}, shows_archived=True).rows[1]
    fields = {name: getattr(row, name) for name in type(row).__slots__}

    words = sentence(type(row)(**fields | {"repeated": Repeated(MAIN, 1), "repeats": "main"}), None)

    assert words == (
        "one, made from main at event 9, 1 event of its own, its first event is the same as in main, depth 1, archived"
    )


def test_words_that_change_keep_the_rows_and_moved_rows_do_not() -> None:
    model = shown()
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda first, *_: told.append(first.data()))

    assert not model.set_tree(tree(family(), {"s/late": BranchLabel(starred=True)}), MAIN)
    assert "reset" not in told
    assert "late" in told
    assert model.set_tree(tree(family()[:-1]), MAIN)
    assert told[-1] == "reset"


def test_only_the_rows_that_lose_and_get_the_focus_change() -> None:
    model = shown()
    told: list[str] = []
    model.dataChanged.connect(lambda first, *_: told.append(first.data()))

    model.set_current("s/late")

    assert told == ["main", "late"]
    assert model.index_of("s/late").data(BranchRole.IS_CURRENT)


def test_only_names_can_be_edited() -> None:
    model = shown()
    index = model.index_of("s/late")

    assert [bool(index.siblingAtColumn(one).flags() & Qt.ItemFlag.ItemIsEditable) for one in Column] == [
        True, False, False, False,
    ]  # fmt: skip


def test_the_heading_makes_room_for_what_is_folded_away() -> None:
    heads = [
        shown(labels).headerData(0, Qt.Orientation.Horizontal)
        for labels in ({}, {"s/late": BranchLabel(archived=True)})
    ]

    assert heads == ["Name", ""]


def test_fork_points_are_those_of_the_line_in_focus() -> None:
    history = FakeHistory()
    first = history.branch("session-0/main", 40, "first").id
    history.branch("session-0/main", 80, "second")
    history.grow(first, 20)
    inner = history.branch(first, 50, "inner").id
    made = history.branches("session-0")

    assert [(point.position, point.name) for point in fork_points(made, "session-0/main")] == [
        (40, "first"), (80, "second"),
    ]  # fmt: skip
    assert [(point.position, point.name) for point in fork_points(made, first)] == [(40, "main"), (50, "inner")]
    assert [(point.position, point.name) for point in fork_points(made, inner)] == [(40, "main"), (50, "first")]
