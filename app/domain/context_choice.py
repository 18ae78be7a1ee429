"""Which earlier entries of a conversation a model is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.transcript import Entry

ChoiceKind = Literal["all", "last", "picked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextChoice:
    """All entries, those of the last ``turns`` turns, or those whose ``keys`` were picked by hand.

    A turn begins with a message of the customer. What the customer says now comes on top; instructions always go along.
    """

    kind: ChoiceKind = "all"
    turns: int | None = None
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in ("all", "last", "picked"):
            raise BadInput(f"the context is one of all, last and picked, not {self.kind!r}")
        if self.kind == "last" and (not isinstance(self.turns, int) or self.turns < 0):
            raise BadInput(f"how many last turns go along must be a whole number of at least 0, not {self.turns!r}")

    def of(self, transcript: Sequence[Entry]) -> tuple[Entry, ...]:
        """The chosen entries, in order. Raises BadInput for a picked key that is not there."""
        if self.kind == "all":
            return tuple(transcript)
        if self.kind == "picked":
            missing = set(self.keys) - {entry.key for entry in transcript}
            if missing:
                raise BadInput(f"the branch has no message or call {min(missing)!r} that could go along")
            return tuple(entry for entry in transcript if entry.key in self.keys)
        return tuple(transcript[self._first_of_last(transcript) :])

    def _first_of_last(self, transcript: Sequence[Entry]) -> int:
        begins = [i for i, entry in enumerate(transcript) if entry.kind == "message" and entry.role == "user"]
        turns = self.turns or 0
        if turns == 0:
            return len(transcript)
        return begins[-turns] if len(begins) >= turns else 0

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"kind": self.kind}
        if self.kind == "last":
            told["turns"] = self.turns
        if self.kind == "picked":
            told["keys"] = list(self.keys)
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> ContextChoice:
        """Raises BadInput."""
        return cls(kind=told.get("kind", "all"), turns=told.get("turns"), keys=tuple(told.get("keys") or ()))


ALL: ContextChoice = ContextChoice()
