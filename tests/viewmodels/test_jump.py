"""What a person may type to go somewhere, and what is said when it leads nowhere."""

from array import array

import pytest
from fakes.window_services import columns

from app.application.ports import EventColumns
from app.domain.errors import BadInput
from app.viewmodels.jump import jump_target
from app.viewmodels.timeline_data import TimelineData

# An event every 7 seconds from 22:13:20 on 14 November 2023; event n + 1 is at 22:13:20 + 7n seconds.
DATA = TimelineData.of(columns(1930))


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("412", 412),
        ("1,930", 1930),
        ("#7", 7),
        (" 5000 ", 1930),
        ("0", 0),
        ("+10", 410),
        ("-10", 390),
        ("-1000", 0),
        ("50%", 965),
        ("100 %", 1930),
        ("+7s", 401),
        ("+5m", 443),
        ("-30s", 395),
        ("−30s", 395),
        ("+1h30m", 1172),
        ("23:00", 401),
        ("22:13:20", 1),
        ("01:00", 1430),
    ],
)
def test_a_place_is_understood(text: str, position: int) -> None:
    assert jump_target(text, DATA, 400) == position


def test_a_clock_time_that_has_passed_is_the_next_day_s_when_there_is_one() -> None:
    hours = [9 * 3600 + one * 3600 for one in range(60)]  # from 09:00 on for two and a half days
    times = array("q", [one * 1_000_000 for one in hours])
    data = TimelineData.of(EventColumns(array("B", [0] * 60), array("H", [0] * 60), times, ("behaviour.searched",)))

    assert jump_target("10:00", data, 1) == 2
    assert jump_target("10:00", data, 2) == 26
    assert jump_target("10:00", data, 26) == 50
    assert jump_target("10:00", data, 50) == 2


@pytest.mark.parametrize("text", ["", "soon", "25:00", "12:75", "+", "5m", "%", "1.5", "+5 weeks", "9" * 50])
def test_what_is_not_understood_is_answered_with_what_is(text: str) -> None:
    with pytest.raises(BadInput, match=r"event \(412\), a time \(14:03"):
        jump_target(text, DATA, 1)


def test_a_time_that_the_session_never_reaches_is_said_so() -> None:
    with pytest.raises(BadInput, match="at or after 12:00:00; it ends at 2023-11-15 01:58:23"):
        jump_target("12:00", DATA, 1)


@pytest.mark.parametrize("text", ["14:03", "+5m"])
def test_without_times_there_is_no_time_to_go_to(text: str) -> None:
    with pytest.raises(BadInput, match="has a time"):
        jump_target(text, TimelineData.of(columns(9, timed=False)), 1)
