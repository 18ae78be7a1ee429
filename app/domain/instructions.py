"""A library of instructions (system prompts): names, versions, and which one a branch used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import Event

SESSION: Final = "branchline-instructions"
"""Id of the session that holds the library: its events are kept, chained, exported and restored like all others."""
SOURCE: Final = "urn:branchline:library:instructions"
"""``source`` of that session: lists of sessions leave it out."""
SAVED: Final = "instructions.version-saved"
LONGEST_NAME: Final = 60


def text_hash(text: str) -> str:
    """BLAKE2b-256 of the text in UTF-8, hexadecimal: the same text is the same version wherever it is used."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionsRef:
    """Which version of the library a text is; kept in the events of a branch that uses it."""

    name: str
    version: int
    hash: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "version": self.version, "hash": self.hash}


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionsVersion:
    """One version of a named text; versions of a name are numbered 1, 2, 3 … and never change.

    Attributes:
        note: what was changed, and why; "" when nobody said.
        time: microseconds since 1970 UTC.
    """

    name: str
    version: int
    text: str
    note: str = ""
    time: int | None = None

    @property
    def ref(self) -> InstructionsRef:
        return InstructionsRef(name=self.name, version=self.version, hash=text_hash(self.text))

    def to_json(self) -> dict[str, Any]:
        return {**self.ref.to_json(), "text": self.text, "note": self.note, "time": to_rfc3339(self.time)}


def versions_in(events: Iterable[Event]) -> dict[str, tuple[InstructionsVersion, ...]]:
    """The versions by name, oldest first, as the events of the library tell; others are passed over."""
    found: dict[str, tuple[InstructionsVersion, ...]] = {}
    for event in events:
        name, text = event.data.get("name"), event.data.get("text")
        if event.type != SAVED or not isinstance(name, str) or not isinstance(text, str):
            continue
        known = found.get(name, ())
        note = event.data.get("note")
        saved = InstructionsVersion(
            name=name,
            version=len(known) + 1,
            text=text,
            note=note if isinstance(note, str) else "",
            time=event.time if event.time is not None else event.recorded_at,
        )
        found[name] = (*known, saved)
    return found


def cleaned_name(name: str) -> str:
    """A name as it is kept. Raises BadInput for one that a command could not name again."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise BadInput("instructions need a name")
    if len(cleaned) > LONGEST_NAME:
        raise BadInput(f"a name of instructions has at most {LONGEST_NAME} characters, this one {len(cleaned)}")
    if unusable := {"@", ","} & set(cleaned):
        raise BadInput(f"a name of instructions holds no {min(unusable)!r}: it stands between names and versions")
    return cleaned


def split_reference(named: str) -> tuple[str, int | None]:
    """``kind@2`` as a name and a version; without ``@`` the newest version, None. Raises BadInput."""
    name, mark, number = named.rpartition("@")
    if not mark:
        return cleaned_name(named), None
    if not number.isascii() or not number.isdecimal() or int(number) < 1:
        raise BadInput(f"{number!r} is no version: write NAME@1, NAME@2 …, or NAME for the newest")
    return cleaned_name(name), int(number)
