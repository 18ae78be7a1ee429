"""RFC 6902 differences lead from one value to the other, always."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff import diff, patched, same

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("a/~0", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, VALUES)
def test_a_patch_leads_from_one_to_the_other(before: object, after: object) -> None:
    assert same(patched(before, diff(before, after)), after)


@given(VALUES)
def test_equal_values_have_no_differences(value: object) -> None:
    assert diff(value, value) == []


def test_true_is_not_one() -> None:
    assert diff({"a": 1}, {"a": True}) == [{"op": "replace", "path": "/a", "value": True}]


def test_one_inserted_element_is_one_operation() -> None:
    assert diff([1, 2, 3], [1, 9, 2, 3]) == [{"op": "add", "path": "/1", "value": 9}]


def test_keys_are_escaped_by_rfc_6901() -> None:
    assert diff({}, {"a/b~c": 1}) == [{"op": "add", "path": "/a~1b~0c", "value": 1}]
