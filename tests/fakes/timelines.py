"""A timeline on a made-up branch, and where its events stand in pixels."""

from fakes.window_services import FakeHistory, columns
from pytestqt.qtbot import QtBot

from app.ui.theme import LIGHT
from app.ui.timeline.lane_scale import EDGE_PX, GUTTER_PX
from app.ui.timeline.view import TimelineView
from app.viewmodels.timeline_data import TimelineData

WIDTH = 1200


def shown(qtbot: QtBot, events: int, playhead: int = 0) -> TimelineView:
    view = TimelineView(LIGHT)
    qtbot.addWidget(view)
    history = FakeHistory(events=events, sessions=1)
    view.resize(WIDTH, view.sizeHint().height())
    view.set_branch(
        history.branches("session-0")[0], history.branches("session-0"), TimelineData.of(columns(events)), playhead
    )
    view.position_requested.connect(view.set_playhead)
    view.show()
    return view


def x_of(share: float) -> int:
    return round(GUTTER_PX + share * (WIDTH - GUTTER_PX - EDGE_PX))
