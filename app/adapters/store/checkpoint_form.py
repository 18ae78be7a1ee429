"""Checkpoints as bytes and back, sharing what neighbouring checkpoints have in common.

A session knows thousands of items, and from one whole checkpoint to the next most of them stay as they are. Their bytes
are then the same too, so that one look at what was decoded before replaces decoding them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any, Final, Generic, TypeVar

import msgspec

from app.domain.fold.bounded import Bounded, Checkpoint
from app.domain.fold.conversation import Conversation
from app.domain.fold.generation import Generation
from app.domain.fold.interests import Evidence, Item
from app.domain.fold.recommendation import Recommendation

T = TypeVar("T")
_KNOWN_AT_MOST: Final = 50_000


class _StoredRecommendation(msgspec.Struct):
    shown: tuple[Mapping[str, Any], ...]
    shown_at: int
    strategy: Mapping[str, Any]
    items: dict[str, msgspec.Raw]
    evidence: dict[str, msgspec.Raw]


class _StoredState(msgspec.Struct):
    position: int
    conversation: Conversation
    recommendation: _StoredRecommendation
    generation: Generation
    resources: dict[str, Mapping[str, Any]]


class _StoredCheckpoint(msgspec.Struct):
    state: _StoredState
    base: int | None
    gone: tuple[str, ...]


class _Known(Generic[T]):
    """Values by their bytes; they never change, so that any number of states may share them."""

    def __init__(self, decoder: msgspec.msgpack.Decoder[T]) -> None:
        self._decode = decoder.decode
        self._values: dict[bytes, T] = {}

    def values(self, stored: dict[str, msgspec.Raw]) -> dict[str, T]:
        if len(self._values) > _KNOWN_AT_MOST:
            self._values.clear()
        known, found = self._values, {}
        for key, raw in stored.items():
            content = bytes(raw)
            value = known.get(content)
            if value is None:
                value = known[content] = self._decode(content)
            found[key] = value
        return found


class CheckpointForm:
    """Packs and unpacks checkpoints. Any thread may call."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._encode = msgspec.msgpack.Encoder(enc_hook=dict).encode
        self._decode = msgspec.msgpack.Decoder(_StoredCheckpoint).decode
        self._items = _Known(msgspec.msgpack.Decoder(Item))
        self._evidence = _Known(msgspec.msgpack.Decoder(tuple[Evidence, ...]))

    def packed(self, checkpoint: Checkpoint) -> bytes:
        with self._lock:
            return self._encode(checkpoint)

    def unpacked(self, content: bytes) -> Checkpoint:
        """Raises ``msgspec.DecodeError`` for what is no checkpoint."""
        with self._lock:
            stored = self._decode(content)
            state, part = stored.state, stored.state.recommendation
            recommendation = Recommendation(
                shown=part.shown,
                shown_at=part.shown_at,
                strategy=part.strategy,
                items=self._items.values(part.items),
                evidence=self._evidence.values(part.evidence),
            )
        whole = Bounded(state.position, state.conversation, recommendation, state.generation, state.resources)
        return Checkpoint(whole, stored.base, stored.gone)
