"""The timeline as a screen reader finds it: sliders with a name, a value in words and one as a number."""

import gc
import sys
from weakref import ref

from fakes.timelines import shown
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.theme import LIGHT
from app.ui.timeline.view import TimelineView


def test_a_screen_reader_finds_a_slider_and_hears_the_event(qtbot: QtBot) -> None:
    view = shown(qtbot, 1930, playhead=413)

    interface = QAccessible.queryAccessibleInterface(view.lanes)

    assert interface.role() is QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Timeline"
    assert interface.text(QAccessible.Text.Value) == "event 413 of 1,930, 23:01:24, Assistant: message posted"
    view.set_playhead(411)
    assert interface.text(QAccessible.Text.Value) == "event 411 of 1,930, 23:01:10, Tool: tool returned"
    view.set_playhead(412)
    assert interface.text(QAccessible.Text.Value) == "event 412 of 1,930, 23:01:17, Recommendation: items shown"
    on_linux = sys.platform.startswith("linux")
    described = interface.text(QAccessible.Text.Description)
    assert described == (interface.text(QAccessible.Text.Value) if on_linux else "")


def test_a_screen_reader_reads_and_moves_the_playhead_as_a_number_too(qtbot: QtBot) -> None:
    view = shown(qtbot, 1930, playhead=413)

    number = QAccessible.queryAccessibleInterface(view.lanes).valueInterface()

    assert (number.minimumValue(), number.currentValue(), number.maximumValue()) == (0, 413, 1930)
    assert number.minimumStepSize() == 1
    number.setCurrentValue(12)
    assert view.lanes.value() == 12


def test_a_screen_reader_may_ask_the_scrubber_for_any_part_it_could_have(qtbot: QtBot) -> None:
    view = shown(qtbot, 1930, playhead=413)

    interface = QAccessible.queryAccessibleInterface(view.lanes)

    assert "SetFocus" in interface.actionInterface().actionNames()
    others = (interface.textInterface, interface.editableTextInterface, interface.selectionInterface,
              interface.tableCellInterface, interface.attributesInterface)  # fmt: skip
    assert [one() for one in others] == [None] * 5


def test_a_screen_reader_hears_which_events_the_overview_has_in_view(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000)
    view.viewport.show_part(2_000, 1_000)

    interface = QAccessible.queryAccessibleInterface(view.overview)

    assert interface.role() is QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Value) == "events 2,001 to 3,000"


def test_a_scrubber_that_is_gone_takes_its_interface_along(qtbot: QtBot) -> None:
    view = TimelineView(LIGHT)
    QAccessible.queryAccessibleInterface(view.lanes).valueInterface()
    gone = ref(view.lanes)

    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del view
    gc.collect()

    assert gone() is None
