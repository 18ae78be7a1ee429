"""Postings name the blocks that hold a piece: all of them, and hardly any other."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.adapters.search.block import ROW, Block, Damaged
from app.adapters.search.pieces import name_pieces, needle_pieces
from app.adapters.search.postings import MOST_BLOCKS, blocks_with, places_of, segment_at, stored_pages

SEGMENT = 3
COMMON, FREQUENT, RARE = b"common", b"frequent", b"rare"


def block(number: int, chance: random.Random) -> Block:
    """Some words of which one is in most blocks, one in a third of them, one in a few."""
    words = [bytes(chance.choices(b"abcdefgh\xe9\xe8", k=5)) for _ in range(30)]
    words += [COMMON] * (number % 10 != 0) + [FREQUENT] * (number % 3 == 0) + [RARE] * (number % 50 == 7)
    rows = np.zeros(1, ROW)
    rows["branch"], rows["subject"] = number % 4, number % 100
    return Block(rows, b"\xfe".join(words) + b"\xff")


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    chance = random.Random(7)
    return [block(number, chance) for number in range(MOST_BLOCKS)]


@pytest.fixture(scope="module")
def stored(blocks: list[Block]) -> dict[int, bytes]:
    sessions = np.array([5, 5, 6, 6])
    return dict(stored_pages(blocks, sessions, SEGMENT))


def found(stored: dict[int, bytes], piece: int) -> set[int]:
    first, last = places_of(piece)
    (place,) = [place for place in stored if first <= place <= last]
    assert segment_at(place) == SEGMENT
    bits = blocks_with(stored[place], piece)
    return {number for number in range(MOST_BLOCKS) if bits >> number & 1}


@pytest.mark.parametrize("needle", [FREQUENT, RARE, b"ab", b"abc", b"abcd", b"\xe9\xe8", b"\xe9\xe8a", b"zzz", b"zz"])
def test_the_blocks_of_a_piece_are_those_that_hold_it(
    blocks: list[Block], stored: dict[int, bytes], needle: bytes
) -> None:
    pieces = [needle[at : at + 4] for at in range(max(1, len(needle) - 3))]
    for piece, number in zip(pieces, needle_pieces(needle), strict=True):
        holding = {at for at, one in enumerate(blocks) if piece in one.texts}
        assert found(stored, number) in (holding, set(range(MOST_BLOCKS)) if len(holding) > 128 else holding)


def test_words_that_stand_beside_each_other_nowhere_are_known_not_to() -> None:
    rows = np.zeros(1, ROW)
    blocks = [Block(rows, text) for text in (b"the order number\xff", b"a number of orders, order\xff", b"ber ord\xff")]
    pages = dict(stored_pages(blocks, np.array([0]), SEGMENT))

    def holding(needle: bytes) -> set[int]:
        return set.intersection(*(found(pages, piece) for piece in needle_pieces(needle)))

    assert holding(b"order number") == {0}
    assert holding(b"number order") == set()
    assert holding(b"umber of or") == {1}
    assert holding(b"ber ord") == {2}


def test_of_what_is_nearly_everywhere_no_block_is_left_out(blocks: list[Block], stored: dict[int, bytes]) -> None:
    for number in needle_pieces(COMMON):
        assert found(stored, number) == set(range(MOST_BLOCKS))


def test_names_are_found_by_column(stored: dict[int, bytes]) -> None:
    asked = [("branch", 2), ("subject", 2), ("session", 5), ("branch", 9)]
    branch, subject, session, none = (found(stored, one) for one in name_pieces(asked).tolist())

    assert branch == set(range(2, MOST_BLOCKS, 4))
    assert subject == set(range(2, MOST_BLOCKS, 100))
    assert session == {number for number in range(MOST_BLOCKS) if number % 4 < 2}
    assert none == set()


def test_a_single_byte_tells_nothing_and_a_long_text_is_sampled() -> None:
    assert needle_pieces(b"a") == []
    assert 4 <= len(needle_pieces(bytes(range(33, 200)))) <= 12


@pytest.mark.parametrize("place", [0, 4, 9, -1])
def test_a_damaged_page_is_noticed(stored: dict[int, bytes], place: int) -> None:
    content = bytearray(next(iter(stored.values())))
    content[place] ^= 1

    with pytest.raises(Damaged):
        blocks_with(bytes(content), 0)
    with pytest.raises(Damaged):
        blocks_with(b"", 0)
