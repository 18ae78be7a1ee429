"""What was said in a call of a model, in pieces: a message, a call of a tool, or what a tool returned."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from app.adapters.files.drafting import fingerprint
from app.adapters.files.json_records import JSON_ERRORS
from app.domain.events import ACTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["message", "call", "result"]

_ROLES = {
    "human": "user", "ai": "assistant", "model": "assistant", "developer": "system", "function": "tool",
    "aimessagechunk": "assistant", "chatbot": "assistant", "bot": "assistant",
}  # fmt: skip
_json = msgspec.json.Decoder()


@dataclass(frozen=True)
class Said:
    """One piece. Two are the same words when their ``key`` is the same, whatever they are called.

    Attributes:
        role: of a message; one that the vocabulary does not know stays as it is.
        call_id: of a call and of its result, by the source; "" where it gives none.
        value: of a call its arguments, of a result what came back.
        beside: what else the source tells, under its own names.
    """

    kind: Kind
    role: str = ""
    text: str = ""
    name: str = ""
    call_id: str = ""
    value: Any = None
    error: bool = False
    beside: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """A hash of what was said, without ids, times and spaces at the edges."""
        match self.kind:
            case "message":
                parts = None if self.text else self.beside.get("parts")
                return fingerprint(["message", self.role, " ".join(self.text.split()), parts])
            case "call":
                return fingerprint(["call", self.name, self.value or {}])
            case _:
                return fingerprint(["result", self.value])

    @property
    def actor(self) -> str:
        return self.role if self.role in ACTORS else "system"


def role_of(text: Any, default: str = "user") -> str:
    """A role by its name in the vocabulary; others stay as they are."""
    if not isinstance(text, str) or not text:
        return default
    return _ROLES.get(text.lower(), text.lower() if text.lower() in ACTORS else text)


def parsed(value: Any) -> Any:
    """The object or list that a text holds as JSON; the value itself when it is none."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        return _json.decode(value)
    except JSON_ERRORS:
        return value


def without_instructions(said: Sequence[Said]) -> tuple[str | None, tuple[Said, ...]]:
    """The system messages that it begins with as one text, and what follows them."""
    begin = 0
    while begin < len(said) and said[begin].kind == "message" and said[begin].role == "system":
        begin += 1
    text = "\n\n".join(one.text for one in said[:begin])
    return (text or None), tuple(said[begin:])


def in_order_of_calls(said: Sequence[Said]) -> tuple[Said, ...]:
    """What several tools returned in the order in which they were called: sources write it as it came in."""
    ordered: list[Said] = []
    places: dict[str, int] = {}
    run: list[Said] = []
    for one in (*said, None):
        if one is not None and one.kind == "result":
            run.append(one)
            continue
        if run:
            ordered += sorted(run, key=lambda result: places.get(result.call_id, len(places)))
            run = []
        if one is not None:
            if one.kind == "call":
                places[one.call_id] = len(places)
            ordered.append(one)
    return tuple(ordered)
