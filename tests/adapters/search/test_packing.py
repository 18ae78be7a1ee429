"""Texts are packed with a dictionary once there is one, and those from before stay readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.adapters.search.block import Damaged
from app.adapters.search.file import MEMORY, IndexFile
from app.adapters.search.packing import PLAIN, Packing

TEXTS = [
    f"Event {number} of a session says that order {number * 37} was sent back".encode() * 3 for number in range(300)
]


@pytest.fixture
def file() -> Iterator[IndexFile]:
    opened = IndexFile(MEMORY, "test")
    yield opened
    opened.close()


def test_a_learned_dictionary_makes_later_texts_smaller(file: IndexFile) -> None:
    packing = Packing()
    with file.writing() as connection:
        before = packing.pack(connection, packing.dictionary_of(connection), TEXTS[7])
        packing.learn(connection, TEXTS)
        number = packing.dictionary_of(connection)
        after = packing.pack(connection, number, TEXTS[7])

        assert packing.has_learned(connection)
        assert number != PLAIN
        assert len(after) < len(before)
        assert Packing().unpack(connection, PLAIN, before) == TEXTS[7]
        assert Packing().unpack(connection, number, after) == TEXTS[7]


def test_where_nothing_can_be_learned_it_is_not_tried_again(file: IndexFile) -> None:
    packing = Packing()
    with file.writing() as connection:
        packing.learn(connection, [b"a", b"b"])

        assert packing.has_learned(connection)
        assert packing.dictionary_of(connection) == PLAIN


def test_a_missing_dictionary_and_a_changed_text_are_damage(file: IndexFile) -> None:
    packing = Packing()
    with file.reading() as connection:
        packed = packing.pack(connection, PLAIN, TEXTS[0])
        with pytest.raises(Damaged):
            packing.unpack(connection, PLAIN, packed[:-1] + b"!")
        with pytest.raises(Damaged):
            packing._dictionary(connection, 99)
