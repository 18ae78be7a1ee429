"""Identifiers pack into few bytes and come back as they were, whatever they are."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.adapters.store.failures import Unreadable
from app.adapters.store.packed_ids import pack, readable, unpack

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
UUID = st.uuids().map(str)
NEARLY = st.sampled_from(
    [
        "018bcfe5-6fdb-71ce-9063-1A57BE8B2DD3",
        "018bcfe56fdb71ce90631a57be8b2dd3",
        "018bcfe5-6fdb-71ce-90631a57-be8b2dd3",
        "018bcfe5-6fdb-71ce-9063-1a57be8b2d3 ",
        "{18bcfe5-6fdb-71ce-9063-1a57be8b2dd}",
        "sixteen-letters!",
        "fünfzehn-byte-é",
        "seventeen-letters",
    ]
)


@given(TEXT | UUID | NEARLY)
@example("018bcfe5 6fdb-71ce-9063-1a57be8b2dd3")
def test_what_is_packed_comes_back(text: str) -> None:
    assert unpack(pack(text)) == readable(pack(text)) == text


@given(st.lists(TEXT | UUID | NEARLY, unique=True, max_size=20))
def test_different_texts_stay_different(texts: list[str]) -> None:
    assert len({pack(text) for text in texts}) == len(texts)


def test_a_uuid_takes_sixteen_bytes_and_sorts_like_its_text() -> None:
    ids = sorted(str(uuid.UUID(int=number * 2**96 + 7)) for number in (1, 5, 300))

    assert {len(pack(one)) for one in ids} == {16}
    assert sorted(map(pack, ids)) == [pack(one) for one in ids]


def test_bytes_that_no_text_packs_to_are_unreadable() -> None:
    with pytest.raises(Unreadable):
        unpack(b"\xff\xfe")
    assert readable(b"\xff\xfe") is readable(7) is None
