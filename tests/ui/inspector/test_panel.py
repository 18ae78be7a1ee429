"""The state panel tells recorded from computed, keeps what the person unfolded, and updates only what is seen."""

from __future__ import annotations

from dataclasses import replace
from time import thread_time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.application.moment import Moment
from app.domain.diff import diff
from app.domain.events import Event
from app.ui.inspector.panel import InspectorPanel
from app.ui.inspector.row_tree import RowTree
from app.ui.theme import DARK, LIGHT
from app.ui.widgets.empty_state import EmptyState
from app.viewmodels.tree_rows import RowRole

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

RECOMMENDATIONS, SLOTS, EVENT, DIFF, RAW = range(5)


def state(position: int) -> dict[str, Any]:
    reason = {"kind": "tag", "key": "tag:red", "weight": 0.5, "events": [3, 7]}
    return {
        "conversation": {
            "slots": {"Restaurants_1": {"city": ["San Jose"], "time": [f"{position}:00"]}},
            "intents": {"Restaurants_1": "ReserveRestaurant"},
            "requested": {},
            "open_calls": [],
            "instructions": None,
        },
        "recommendation": {
            "shown": [{"item": "85123A", "rank": 1, "score": 0.93, "name": "HOLDER", "reasons": ["bought twice"]}],
            "shown_at": 4,
            "interests": {"tag:red": 2.0 + position / 1000, "category:home": 1.0},
            "predicted": [{"item": "22423", "name": "CAKESTAND", "score": 3.0, "reasons": [reason]}],
            "purchased": {"85123A": 12},
            "names": {"85123A": "HOLDER"},
        },
    }


def moment(position: int, data: dict[str, Any] | None = None) -> Moment:
    event = Event(
        id=f"e{position}",
        source="urn:test",
        type="conversation.slots-changed",
        version=1,
        session="s",
        branch="b",
        position=position,
        subject=None,
        time=None,
        recorded_at=1_763_900_000_000_000,
        actor="user",
        causation_id=None,
        correlation_id=None,
        classification="personal",
        hash="ab" * 32,
        data=data or {"service": "Restaurants_1"},
    )
    changes = diff(state(position - 1), state(position))
    return Moment("b", position, 20, event, state(position), changes, 3, ())


@pytest.fixture
def panel(qtbot: QtBot) -> InspectorPanel:
    made = InspectorPanel(LIGHT)
    qtbot.addWidget(made)
    made.resize(380, 600)
    return made


def rows(tree: RowTree, parent: QModelIndex | None = None, depth: int = 0) -> list[tuple[int, str, str]]:
    """All rows as (depth, label, value)."""
    model, found = tree.rows, []
    for number in range(model.rowCount(parent or QModelIndex())):
        index = model.index(number, 0, parent or QModelIndex())
        row = index.data(RowRole)
        found.append((depth, row.label, row.value))
        found.extend(rows(tree, index, depth + 1))
    return found


def labelled(tree: RowTree, label: str, parent: QModelIndex | None = None) -> QModelIndex:
    for number in range(tree.rows.rowCount(parent or QModelIndex())):
        index = tree.rows.index(number, 0, parent or QModelIndex())
        if index.data(RowRole).label == label:
            return index
        if (below := labelled(tree, label, index)).isValid():
            return below
    return QModelIndex()


def empty_sentence(page: Any) -> str:
    label = page.findChild(EmptyState)
    return label.text() if label.isVisibleTo(page) else ""


def test_recommendations_tell_recorded_from_computed(panel: InspectorPanel) -> None:
    panel.show_moment(moment(5))
    tree = panel.recommendations

    truths = {label: labelled(tree, label).data(RowRole).truth for depth, label, _ in rows(tree) if depth == 0}

    assert truths == {
        "Shown at event 4": "recorded",
        "Predicted": "computed",
        "Interests": "computed",
        "Purchased, less returned": "recorded",
    }
    assert (1, "1  HOLDER", "0.93") in rows(tree)
    assert (1, "HOLDER", "12") in rows(tree)
    assert (1, "red", "2.00") in rows(tree) or (1, "red", "2.01") in rows(tree)


@pytest.mark.parametrize(
    ("mark", "origin"),
    [("replaces", "changed here, was event 3"), ("reapplies", "applied again, event 3 of the record"), ("rank", "")],
)
def test_a_list_that_was_changed_on_the_branch_is_not_called_recorded(
    panel: InspectorPanel, mark: str, origin: str
) -> None:
    there = moment(5)
    brought = moment(4, {"items": [], mark: {"branch": "main", "position": 3, "event": "e3"}}).event

    panel.show_moment(replace(there, shown=brought))

    index = labelled(panel.recommendations, "Shown at event 4")
    assert index.data(RowRole).origin == origin
    assert (origin or "recorded") in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_reason_leads_to_its_events(panel: InspectorPanel, qtbot: QtBot) -> None:
    panel.show_moment(moment(5))
    view, asked = panel.recommendations.view, []
    panel.position_requested.connect(asked.append)
    view.expandAll()

    view.setCurrentIndex(labelled(panel.recommendations, "event 3"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    place = view.visualRect(labelled(panel.recommendations, "tag red")).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view.setCurrentIndex(labelled(panel.recommendations, "1  HOLDER"))
    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert asked == [3, 7]


def test_slots_stand_under_their_service_and_changed_ones_are_marked(panel: InspectorPanel) -> None:
    panel.tabs.setCurrentIndex(SLOTS)
    panel.show_moment(moment(5))

    assert rows(panel.slots) == [
        (0, "Restaurants_1", "ReserveRestaurant"),
        (1, "city", "San Jose"),
        (1, "time", "5:00"),
    ]
    assert labelled(panel.slots, "time").data(RowRole).change == "replaced"
    assert labelled(panel.slots, "city").data(RowRole).change == ""


def test_the_event_is_shown_as_recorded(panel: InspectorPanel) -> None:
    panel.tabs.setCurrentIndex(EVENT)
    panel.show_moment(moment(5, {"text": "<b>not bold</b>"}))

    facts = [label.text() for label in panel.event_form.findChildren(QLabel)]

    assert "conversation.slots-changed · 1" in facts
    assert "ab" * 32 in facts
    assert "not recorded" in facts
    assert '"text": "<b>not bold</b>"' in panel.event_form.payload.toPlainText()


def test_the_diff_shows_old_and_new_one_step_on(panel: InspectorPanel) -> None:
    panel.tabs.setCurrentIndex(DIFF)
    panel.show_moment(moment(5))
    panel.show_moment(moment(6))

    found = rows(panel.diff)

    assert (1, "/conversation/slots/Restaurants_1/time/0", "5:00 → 6:00") in found
    assert found[0][1] == "Recorded"
    assert [label for depth, label, _ in found if depth == 0] == ["Recorded", "Computed"]
    assert panel.diff.view.isExpanded(labelled(panel.diff, "Recorded"))
    assert not panel.diff.view.isExpanded(labelled(panel.diff, "Computed"))


def test_the_diff_after_a_jump_names_only_what_it_knows(panel: InspectorPanel) -> None:
    panel.tabs.setCurrentIndex(DIFF)
    panel.show_moment(moment(2))
    panel.show_moment(moment(9))

    assert (1, "/conversation/slots/Restaurants_1/time/0", "→ 9:00") in rows(panel.diff)


def test_the_raw_state_can_be_copied_by_path_and_value(panel: InspectorPanel) -> None:
    panel.tabs.setCurrentIndex(RAW)
    panel.show_moment(moment(5))
    model = panel.raw.model()
    panel.raw.setCurrentIndex(model.find("/recommendation/purchased/85123A"))
    copy = {action.text(): action for action in panel.raw.findChildren(QAction)}

    copy["Copy path"].trigger()
    path = QGuiApplication.clipboard().text()
    copy["Copy value"].trigger()

    assert path == "/recommendation/purchased/85123A"
    assert QGuiApplication.clipboard().text() == "12"


def test_what_is_unfolded_stays_so_when_the_moment_changes(panel: InspectorPanel) -> None:
    panel.show_moment(moment(5))
    tree = panel.recommendations
    tree.view.expand(labelled(tree, "1  CAKESTAND"))
    tree.view.collapse(labelled(tree, "Interests"))
    panel.tabs.setCurrentIndex(RAW)
    panel.raw.expand(panel.raw.model().find("/recommendation"))
    panel.show_moment(moment(6))
    panel.tabs.setCurrentIndex(RECOMMENDATIONS)

    assert tree.view.isExpanded(labelled(tree, "1  CAKESTAND"))
    assert not tree.view.isExpanded(labelled(tree, "Interests"))
    assert panel.raw.isExpanded(panel.raw.model().find("/recommendation"))


def test_a_hidden_tab_is_brought_up_to_date_when_it_is_shown(panel: InspectorPanel) -> None:
    panel.show_moment(moment(5))
    hidden = rows(panel.slots)

    panel.tabs.setCurrentIndex(SLOTS)

    assert hidden == []
    assert (1, "time", "5:00") in rows(panel.slots)


@pytest.mark.parametrize("tab", [RECOMMENDATIONS, SLOTS, EVENT, DIFF])
def test_each_tab_says_in_a_sentence_that_it_has_nothing(panel: InspectorPanel, tab: int) -> None:
    panel.tabs.setCurrentIndex(tab)
    page = panel.tabs.currentWidget()

    panel.show_moment(Moment("b", 0, 20, None, {}, (), 0, ()))
    at_start = empty_sentence(page)
    panel.clear()

    assert at_start.endswith(".")
    assert empty_sentence(page).endswith(".")


@pytest.mark.parametrize("tab", [RECOMMENDATIONS, SLOTS, EVENT, DIFF, RAW])
def test_a_large_payload_does_not_keep_the_screen_waiting(panel: InspectorPanel, tab: int) -> None:
    panel.tabs.setCurrentIndex(tab)
    panel.show_moment(moment(5))
    large = moment(6, {"rows": [{"id": number, "text": "lorem ipsum " * 5} for number in range(2_500)]})
    began = thread_time()

    panel.show_moment(large)

    assert thread_time() - began < 0.1  # seconds of its own, not of the clock
    if tab == EVENT:
        assert "first part of" in panel.event_form.size_line.text()


def test_rows_are_painted_in_both_themes(panel: InspectorPanel) -> None:
    panel.show_moment(moment(5))
    light = panel.recommendations.view.grab().toImage()

    panel.set_theme(DARK)

    assert panel.recommendations.view.grab().toImage() != light


def test_every_view_has_a_name(panel: InspectorPanel) -> None:
    panel.show_moment(moment(5))
    for view in (panel.recommendations.view, panel.slots.view, panel.diff.view, panel.raw, panel.event_form.payload):
        assert view.accessibleName()
    section = labelled(panel.recommendations, "Predicted")
    assert "computed" in section.data(Qt.ItemDataRole.AccessibleTextRole)
