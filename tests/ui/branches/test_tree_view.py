"""The tree by itself: painted rows, keys, letters, widths, and what it says to a screen reader."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import pytest
from fakes.trees import branches, family, tree
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.domain.branch_labels import COLOURS, BranchLabel
from app.ui.branches.branch_mark import branch_icon, branch_path
from app.ui.branches.lane_painter import NARROWEST_PX
from app.ui.branches.tree_view import BranchTreeView
from app.ui.theme import DARK, LIGHT
from app.viewmodels.branches_model import Column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

MAIN = "s/main"


@pytest.fixture
def view(qtbot: QtBot, dressed: QApplication) -> BranchTreeView:
    view = BranchTreeView(LIGHT)
    qtbot.addWidget(view)
    view.resize(250, 220)
    view.set_tree(tree(family()), MAIN)
    view.show()
    view.setFocus()
    view.activateWindow()
    qtbot.waitUntil(view.hasFocus)
    return view


def press(view: BranchTreeView, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(view, key)
    return view.chosen


def middle(view: BranchTreeView, branch: str) -> QPoint:
    return view.place_of(branch).center()


def test_arrows_walk_the_tree(view: BranchTreeView) -> None:
    assert press(view, Qt.Key.Key_Down) == "s/kinder"
    assert press(view, Qt.Key.Key_Right) == "s/inner"
    assert press(view, Qt.Key.Key_Left) == "s/kinder"
    assert press(view, Qt.Key.Key_Left) == MAIN
    assert press(view, Qt.Key.Key_End) == "s/late"
    assert press(view, Qt.Key.Key_Up) == "s/deep"
    assert press(view, Qt.Key.Key_Home) == MAIN


def test_letters_go_to_the_next_name_that_begins_so(view: BranchTreeView) -> None:
    assert press(view, Qt.Key.Key_H, Qt.Key.Key_A) == "s/harsher"


def test_enter_and_a_click_ask_for_a_branch_but_not_for_the_one_in_focus(view: BranchTreeView) -> None:
    asked: list[str] = []
    view.branch_chosen.connect(asked.append)

    press(view, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, MAIN))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, "s/late"))

    assert asked == ["s/kinder", "s/late"]


def test_f2_and_a_double_click_rename_where_the_name_stands(view: BranchTreeView, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    view.renaming.renamed.connect(lambda *named: told.append(named))

    press(view, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_F2)
    field = view.findChild(QLineEdit, "branches.rename")
    assert field is not None
    assert field.text() == "deep"
    view.set_tree(tree(family(), {"s/late": BranchLabel(starred=True)}), MAIN)  # what changes meanwhile disturbs nobody
    field.setText("deeper")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(QLineEdit) is None)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, "s/late"))
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, "s/late"))
    again = view.findChild(QLineEdit, "branches.rename")
    assert again is not None
    again.setText("  ")
    QTest.keyClick(again, Qt.Key.Key_Return)

    assert told == [("s/deep", "deeper")]


def test_escape_leaves_the_name_as_it_was(view: BranchTreeView) -> None:
    told: list[str] = []
    view.renaming.renamed.connect(lambda _, name: told.append(name))
    view.rename("s/kinder")
    field = view.findChild(QLineEdit, "branches.rename")
    assert field is not None

    field.setText("other")
    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert told == []


@pytest.mark.parametrize(("width", "hidden"), [(170, [False, False, True, True]), (250, [False, False, False, True]),
                                               (620, [False] * 4)])  # fmt: skip
def test_a_narrow_panel_leaves_out_and_a_wide_one_shows_lines(
    view: BranchTreeView, width: int, hidden: list[bool]
) -> None:
    view.resize(width, 220)

    assert [view.isColumnHidden(column) for column in Column] == hidden
    assert view.columnWidth(Column.NAME) >= 80
    assert (
        sum(view.columnWidth(column) for column in Column if not view.isColumnHidden(column)) <= view.viewport().width()
    )


def test_rows_move_only_for_another_tree_and_the_chosen_row_stays(view: BranchTreeView) -> None:
    press(view, Qt.Key.Key_End)
    view.set_focus_branch("s/kinder")
    assert view.chosen == "s/late"  # a person walks the tree by keys

    view.set_tree(tree((*family(), *branches(("new", "main", 90, 1))[1:])), "s/kinder")
    assert view.chosen == "s/late"

    view.clearFocus()
    view.set_focus_branch("s/deep")
    assert view.chosen == "s/deep"


def test_the_branch_in_focus_is_scrolled_to(view: BranchTreeView) -> None:
    view.clearFocus()
    many = branches(*((f"b{number:03d}", "main", number, 1) for number in range(100)))

    view.set_tree(tree(many), "s/b090")

    assert view.viewport().rect().contains(view.place_of("s/b090"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_star_archive_colour_focus_and_playhead_can_be_seen(view: BranchTreeView, theme: object) -> None:
    view.set_theme(theme)  # type: ignore[arg-type] # one of the two
    view.clearFocus()
    pictures = [view.grab().toImage()]
    labels: dict[str, BranchLabel] = {}
    for label in (BranchLabel(starred=True), BranchLabel(archived=True), BranchLabel(colour="grey")):
        labels = {**labels, "s/late": label}
        view.set_tree(tree(family(), labels, shows_archived=True), MAIN)
        pictures.append(view.grab().toImage())
    view.set_focus_branch("s/late")
    pictures.append(view.grab().toImage())
    view.set_playhead(10)
    pictures.append(view.grab().toImage())

    assert all(pictures[one] != pictures[one + 1] for one in range(len(pictures) - 1))


def test_each_colour_has_a_shape_of_its_own_and_a_picture() -> None:
    outlines = {tuple(branch_path(colour, QPoint(0, 0).toPointF()).boundingRect().getRect()) for colour in COLOURS}
    counts = {branch_path(colour, QPoint(0, 0).toPointF()).elementCount() for colour in COLOURS}

    assert len(outlines) >= 6
    assert len(counts) >= 6


def test_every_colour_is_a_token_of_both_themes(dressed: QApplication) -> None:
    for theme in (LIGHT, DARK):
        pictures = [branch_icon(theme, colour).pixmap(16, 16).toImage() for colour in COLOURS]
        assert all(one != other for number, one in enumerate(pictures) for other in pictures[:number])


def test_lanes_move_together_before_names_lose_their_room(view: BranchTreeView) -> None:
    chain = [("b0", "main", 10, 2)]
    chain += [(f"b{number}", f"b{number - 1}", 10 + number, 2) for number in range(1, 60)]
    view.set_tree(tree(branches(*chain)), MAIN)

    rows = view._rows()
    lefts = [rows.lanes.text_left(row) for row in view.tree]
    assert max(lefts) < 0.6 * view.columnWidth(Column.NAME)
    assert rows.lanes.x(1) - rows.lanes.x(0) >= NARROWEST_PX


def test_a_screen_reader_finds_a_tree_whose_rows_say_all(view: BranchTreeView) -> None:
    found = QAccessible.queryAccessibleInterface(view)
    read = [found.child(number) for number in range(found.childCount())]
    rows = [one.text(QAccessible.Text.Name) for one in read if one.role() == QAccessible.Role.TreeItem]

    assert found.role() == QAccessible.Role.Tree
    assert found.text(QAccessible.Text.Name) == "Branches of the session"
    assert rows[8:11] == ["inner, made from kinder at event 50, 3 events of its own, depth 2", "fork 50", "own 3"]
    assert len(rows) == 6 * len(Column)


def test_the_pointer_at_rest_asks_for_the_card_and_moving_on_takes_it_back(view: BranchTreeView) -> None:
    told: list[str] = []
    view.card_wanted.connect(lambda branch, _: told.append(branch))
    view.card_unwanted.connect(lambda: told.append(""))
    here = middle(view, "s/late")

    view.viewportEvent(QHelpEvent(QHelpEvent.Type.ToolTip, here, view.viewport().mapToGlobal(here)))
    QTest.mouseMove(view.viewport(), middle(view, "s/kinder"))

    assert told[0] == "s/late"
    assert "" in told[1:]


def test_with_main_alone_it_says_how_to_branch(view: BranchTreeView) -> None:
    view.clearFocus()
    view.set_tree(tree(branches()), MAIN)
    alone = view.grab().toImage()
    view.set_tree(tree(branches(("one", "main", 5, 1))), MAIN)

    assert alone != view.grab().toImage()


def test_painting_costs_what_is_in_view_however_many_branches_there_are(view: BranchTreeView) -> None:
    def cost(count: int) -> float:
        view.set_tree(tree(branches(*((f"b{number}", "main", number % 90, 1) for number in range(count)))), "s/b9")
        view.grab()
        best = math.inf
        for _ in range(5):
            start = time.thread_time()
            view.viewport().repaint()
            best = min(best, time.thread_time() - start)
        return best

    assert cost(3_000) < 5 * cost(30)
