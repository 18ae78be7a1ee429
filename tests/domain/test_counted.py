"""One of a thing is told in the singular."""

import pytest

from app.domain.counted import counted


@pytest.mark.parametrize(
    ("count", "things", "told"),
    [
        (1, "sessions", "1 session"),
        (0, "sessions", "0 sessions"),
        (2_000, "log records", "2,000 log records"),
        (1, "log records", "1 log record"),
        (1, "messages in calls", "1 message in calls"),
        (1, "events of the log", "1 event of the log"),
        (1, "data", "1 data"),
    ],
)
def test_a_count_and_its_things_agree(count, things, told):
    assert counted(count, things) == told
