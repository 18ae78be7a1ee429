"""Lists of numbers as people type them."""

from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.viewmodels.number_lists import decimals, whole_numbers


def test_decimals_are_read_in_their_order_each_once() -> None:
    assert decimals(" 0.2, 0.8;0.2  1 ") == (0.2, 0.8, 1.0)
    assert decimals("") == ()


def test_whole_numbers_may_be_ranges() -> None:
    assert whole_numbers("1, 2, 5 - 7, 6") == (1, 2, 5, 6, 7)
    assert whole_numbers("  ") == ()


@pytest.mark.parametrize("text", ["warm", "nan", "-1", "0.2.3", "1e9"])
def test_what_is_no_temperature_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        decimals(text)


@pytest.mark.parametrize("text", ["one", "7-5", "1-100000", "1.5", "-3"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        whole_numbers(text)
