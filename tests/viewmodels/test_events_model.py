"""The list twin's rows, read from columns of any length."""

from fakes.window_services import columns
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.vocabulary import Lane
from app.viewmodels.events_model import COLUMNS, EventsModel
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


class Lines(QObject):
    """Knows what every event is about."""

    summaries_ready = Signal(int, int)

    def text(self, position: int) -> str:
        return f"about {position}"


def test_lines_come_from_where_they_are_read_and_rows_hear_of_them(qtbot: QtBot) -> None:
    made, lines = model(100), Lines()
    made.set_summaries(lines)  # type: ignore[arg-type]
    made.set_lane(Lane.TOOL)
    column = COLUMNS.index("summary")
    told: list[tuple[int, int]] = []
    made.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))

    lines.summaries_ready.emit(1, 12)

    assert made.index(0, column).data() == "about 4"
    assert told == [(0, 3)]


def test_a_screen_reader_hears_the_whole_row() -> None:
    made = model(9)
    made.set_marks((Mark(4, "marker", "it went\nwrong here", "x"),))

    told = made.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told == "4, 2023-11-14 22:13:41, TOOL, conversation.tool-called, marker: it went wrong here"
