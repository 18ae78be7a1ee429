"""Checkpoints as bytes and back."""

from __future__ import annotations

from threading import Lock

import msgspec

from app.domain.fold.bounded import Checkpoint


class CheckpointForm:
    """Packs and unpacks checkpoints. Any thread may call."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._encode = msgspec.msgpack.Encoder(enc_hook=dict).encode
        self._decode = msgspec.msgpack.Decoder(Checkpoint).decode

    def packed(self, checkpoint: Checkpoint) -> bytes:
        with self._lock:
            return self._encode(checkpoint)

    def unpacked(self, content: bytes) -> Checkpoint:
        """Raises ``msgspec.DecodeError`` for what is no checkpoint."""
        with self._lock:
            return self._decode(content)
