"""The list twin's rows, read from columns of any length."""

from fakes.window_services import columns
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.domain.vocabulary import Lane
from app.viewmodels.events_model import EventsModel
from app.viewmodels.marks import Mark
from app.viewmodels.timeline_data import TimelineData


def model(events: int) -> EventsModel:
    made = EventsModel(lambda lane: lane.name, str, str)
    made.set_data(TimelineData.of(columns(events)))
    return made


def test_it_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model(20), force_py=True)


def test_rows_and_positions_lead_to_each_other_also_in_one_lane() -> None:
    made = model(1_000_000)
    assert (made.rowCount(), made.row_of(412), made.position_of(411)) == (1_000_000, 411, 412)

    made.set_lane(Lane.TOOL)

    assert [made.position_of(row) for row in range(3)] == [4, 5, 11]
    assert [made.row_of(position) for position in (3, 4, 6, 11)] == [-1, 0, 1, 2]
    assert made.index(0, 3).data() == "conversation.tool-called"


def test_a_screen_reader_hears_the_whole_row() -> None:
    made = model(9)
    made.set_marks((Mark(4, "marker", "it went\nwrong here", "x"),))

    told = made.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told == "4, 2023-11-14 22:13:41, TOOL, conversation.tool-called, marker: it went wrong here"
