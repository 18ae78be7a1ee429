"""What tells compared branches apart is what is shown of their names."""

from hypothesis import given
from hypothesis import strategies as st

from app.viewmodels.short_names import short_names


def test_the_words_that_all_begin_with_are_left_out() -> None:
    assert short_names(["m blunt t0.2", "m blunt t0.9"]) == ("…t0.2", "…t0.9")
    assert short_names(["m blunt", "m blunt (2)"]) == ("…blunt", "…blunt (2)")
    assert short_names(["main", "main (2)"]) == ("main", "main (2)")


def test_names_with_nothing_in_common_and_names_that_are_the_same_stay_whole() -> None:
    assert short_names(["main", "kinder"]) == ("main", "kinder")
    assert short_names(["main", "main"]) == ("main", "main")


@given(st.lists(st.text("ab ", min_size=1, max_size=8), min_size=1, max_size=5))
def test_no_name_becomes_empty_and_different_ones_stay_different(names: list[str]) -> None:
    shown = short_names(names)

    assert all(shown)
    assert len(set(shown)) == len(set(names))
