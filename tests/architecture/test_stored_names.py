"""Names that are in people's stores never change; new ones are added to the list on purpose."""

from pathlib import Path

from app.domain.vocabulary import EVENT_TYPES, Lane

FROZEN = Path(__file__).with_name("stored_names.txt")


def test_every_shipped_event_name_is_still_there() -> None:
    shipped = {tuple(line.split()) for line in FROZEN.read_text(encoding="utf-8").splitlines() if line}
    known = {(one.name, str(one.version), one.classification) for one in EVENT_TYPES.values()}
    assert known == shipped


def test_lane_numbers_are_frozen() -> None:
    assert {lane.name: int(lane) for lane in Lane} == {
        "CUSTOMER": 0,
        "ASSISTANT": 1,
        "TOOL": 2,
        "BEHAVIOUR": 3,
        "RECOMMENDATION": 4,
        "SYSTEM": 5,
        "UNKNOWN": 6,
    }
