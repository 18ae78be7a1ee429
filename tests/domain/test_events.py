"""Times on the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.events import from_rfc3339, to_rfc3339


@given(st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999))
def test_times_survive_the_round_trip(microseconds: int) -> None:
    text = to_rfc3339(microseconds)
    assert text is not None
    assert from_rfc3339(text) == microseconds


def test_fractions_are_written_only_where_there_are_any() -> None:
    assert to_rfc3339(1_500_000) == "1970-01-01T00:00:01.5Z"
    assert to_rfc3339(1_000_000) == "1970-01-01T00:00:01Z"
    assert to_rfc3339(None) is None


def test_a_time_without_zone_is_read_as_utc() -> None:
    assert from_rfc3339("2010-12-01 10:03:00") == from_rfc3339("2010-12-01T11:03:00+01:00")


def test_what_is_no_time_is_an_error() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        from_rfc3339("yesterday")
