"""A dictionary is kept when it will have paid for its own bytes by the time the store has doubled."""

from __future__ import annotations

import random

import zstandard

from app.adapters.store.training import learned


def packing(dictionary: zstandard.ZstdCompressionDict):
    return zstandard.ZstdCompressor(dict_data=dictionary).compress


def as_it_is(payload: bytes) -> bytes:
    return payload


def talk(count: int) -> list[bytes]:
    chance = random.Random(3)
    words = ["table", "people", "please", "Oslo", "Rome", "tonight", "tomorrow", "window", "garden", "thanks"]
    return [f'{{"role":"user","text":"{" ".join(chance.choices(words, k=12))}"}}'.encode() for _ in range(count)]


def test_what_payloads_share_is_learned() -> None:
    taken = talk(2_000)

    dictionary = learned(taken, 2_000, as_it_is, packing)

    assert dictionary is not None
    assert len(packing(dictionary)(taken[0])) < len(taken[0]) / 2


def test_a_dictionary_that_would_cost_more_than_it_saves_is_dropped() -> None:
    few = 20  # events in the store, of which so many samples can hardly be; the dictionary is as large as ever

    assert learned(talk(2_000), few, as_it_is, packing) is None


def test_nothing_is_learned_from_noise_or_from_almost_nothing() -> None:
    noise = [random.Random(number).randbytes(200) for number in range(2_000)]

    assert learned(noise, 2_000, as_it_is, packing) is None
    assert learned([b"{}"] * 3, 3, as_it_is, packing) is None
