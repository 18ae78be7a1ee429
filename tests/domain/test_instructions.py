"""The library of instructions as its events tell it."""

from __future__ import annotations

import pytest
from fakes.making import event

from app.domain.errors import BadInput
from app.domain.instructions import (
    LONGEST_NAME,
    SAVED,
    InstructionsVersion,
    cleaned_name,
    split_reference,
    text_hash,
    versions_in,
)


def test_versions_of_a_name_count_from_one_in_the_order_of_saving() -> None:
    found = versions_in([
        event(1, SAVED, {"name": "kind", "text": "Be kind.", "note": "first"}),
        event(2, SAVED, {"name": "brief", "text": "Be brief."}),
        event(3, SAVED, {"name": "kind", "text": "Be very kind."}),
    ])  # fmt: skip

    assert [(one.version, one.text, one.note) for one in found["kind"]] == [
        (1, "Be kind.", "first"),
        (2, "Be very kind.", ""),
    ]
    assert [one.version for one in found["brief"]] == [1]
    assert str(found["kind"][1].ref) == "kind@2"
    assert found["kind"][1].ref.hash == text_hash("Be very kind.")


def test_events_that_are_no_versions_are_passed_over() -> None:
    assert versions_in([event(1, SAVED, {"name": 3, "text": "x"}), event(2, "some.note", {"name": "a"})]) == {}


def test_a_version_is_told_with_its_hash() -> None:
    told = InstructionsVersion(name="kind", version=1, text="Be kind.", time=0).to_json()

    assert told == {
        "name": "kind", "version": 1, "hash": text_hash("Be kind."), "text": "Be kind.", "note": "",
        "time": "1970-01-01T00:00:00Z",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("named", "found"), [("kind", ("kind", None)), (" kind  one@2", ("kind one", 2)), ("kind@12", ("kind", 12))]
)
def test_a_reference_is_a_name_and_perhaps_a_version(named: str, found: tuple[str, int | None]) -> None:
    assert split_reference(named) == found


@pytest.mark.parametrize("named", ["kind@", "kind@0", "kind@x", "@1", "a@b@1", "kind@²"])
def test_what_is_no_reference_is_refused(named: str) -> None:
    with pytest.raises(BadInput):
        split_reference(named)


@pytest.mark.parametrize("name", ["", "  ", "a@b", "a,b", "x" * (LONGEST_NAME + 1)])
def test_names_that_no_command_could_name_again_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        cleaned_name(name)
