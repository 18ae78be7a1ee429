"""Rows as a Qt model that obeys Qt's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from app.viewmodels.tree_rows import Row, RowRole, TreeRows

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester


def tree(value: str = "1", extra: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    leaf = Row(key="leaf", label="Leaf", value=value, detail="more")
    return (
        Row(key="a", label="A", is_section=True, truth="computed", children=(leaf, *extra)),
        Row(key="b", label="B"),
    )


def test_it_is_a_proper_model(qtmodeltester: ModelTester) -> None:
    model = TreeRows()
    model.show_rows(tree())

    qtmodeltester.check(model, force_py=True)

    model.show_rows(tree(extra=(Row(key="new", label="New"),)))
    qtmodeltester.check(model, force_py=True)


def test_new_values_keep_what_views_hold_on_to() -> None:
    model = TreeRows()
    model.show_rows(tree("1"))
    held = QPersistentModelIndex(model.index(0, 0, model.index(0, 0)))
    changed: list[str] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.data()))

    model.show_rows(tree("2"))

    assert held.isValid()
    assert held.data(RowRole).value == "2"
    assert changed == ["Leaf", "A"]


def test_equal_rows_change_nothing() -> None:
    model = TreeRows()
    model.show_rows(tree())
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda: told.append("changed"))

    model.show_rows(tree())

    assert told == []


def test_rows_come_and_go_at_the_end_and_folded_ones_are_told() -> None:
    more = Row(key="more", label="More", children=(Row(key="x", label="X"),))
    model = TreeRows()
    model.show_rows(tree())
    section = model.index(0, 0)
    assert model.index(0, 0, section).isValid()
    told: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: told.append(("came", first, last)))
    model.rowsRemoved.connect(lambda _, first, last: told.append(("gone", first, last)))

    grown = [index.data() for index in model.show_rows(tree(extra=(more,)))]
    model.show_rows(tree())
    named = [index.data() for index in model.show_rows((tree()[0], more))]

    assert told == [("came", 1, 1), ("gone", 1, 1), ("came", 0, 0)]
    assert grown == named == ["More"]


def test_what_is_under_a_folded_row_is_replaced_too() -> None:
    model = TreeRows()
    model.show_rows(tree("1"))

    model.show_rows(tree("2"))

    assert model.index(0, 0, model.index(0, 0)).data(RowRole).value == "2"


def test_events_under_a_row_are_rows_once_it_is_unfolded() -> None:
    model = TreeRows()
    model.show_rows((Row(key="why", label="Why", links=(9, 4)),))
    why = model.index(0, 0)
    assert model.rowCount(why) == 2

    model.show_rows((Row(key="why", label="Why", links=(9, 4, 2)),))

    assert [model.index(row, 0, why).data(RowRole).position for row in range(model.rowCount(why))] == [9, 4, 2]


def test_a_row_says_all_of_itself_to_a_screen_reader() -> None:
    model = TreeRows()
    model.show_rows(tree())
    section = model.index(0, 0)

    assert section.data(Qt.ItemDataRole.AccessibleTextRole) == "A · computed"
    assert model.index(0, 0, section).data(Qt.ItemDataRole.AccessibleTextRole) == "Leaf · 1 · more"
    assert model.index(0, 1, section).data() == "1"


def test_the_path_of_keys_leads_to_a_row() -> None:
    model = TreeRows()
    model.show_rows(tree())

    assert model.keys_of(model.index(0, 0, model.index(0, 0))) == ("a", "leaf")
    assert model.keys_of(QModelIndex()) == ()
    assert model.find(("a", "leaf")) == model.index(0, 0, model.index(0, 0))
    assert not model.find(("a", "other")).isValid()
