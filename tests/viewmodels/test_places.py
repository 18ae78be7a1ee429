"""Where sessions were left: the newest of each, and not without bound."""

import pytest

from app.viewmodels.places import REMEMBERED, Place, Places


def test_what_is_remembered_comes_back_from_text() -> None:
    places = Places()
    places.remember(Place("a", "a/main", 7, "compressed", (3, 90)))
    places.remember(Place("b", "b/main", 0))

    again = Places(places.to_json())

    assert again.of("a") == Place("a", "a/main", 7, "compressed", (3, 90))
    assert again.latest == Place("b", "b/main", 0)


def test_of_too_many_the_one_left_longest_ago_is_forgotten() -> None:
    places = Places()
    for number in range(REMEMBERED):
        places.remember(Place(f"s{number}", "main", 1))
    places.remember(Place("s0", "main", 2))
    places.remember(Place("new", "main", 3))

    assert places.of("s1") is None
    assert places.of("s0") == Place("s0", "main", 2)


@pytest.mark.parametrize("text", ["{", "7", '[{"session": 4}]', '[null, {"session": "a", "branch": "b"}]'])
def test_what_cannot_be_read_is_no_place(text: str) -> None:
    assert Places(text).latest is None


def test_an_unknown_axis_or_part_falls_back() -> None:
    text = '[{"session": "a", "branch": "b", "position": 3, "axis": "tides", "part": ["x", 2]}]'

    assert Places(text).latest == Place("a", "b", 3)
