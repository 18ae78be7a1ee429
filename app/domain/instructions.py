"""Libraries of texts, instructions (system prompts) first: names, versions, and which one a branch used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import Event

LIBRARIES: Final = "urn:branchline:library:"
"""How the ``source`` of every session that holds a library begins: lists of sessions leave them out."""
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A library of named texts, and where it is kept.

    Attributes:
        session: id of the session that holds it: its events are kept, chained, exported and restored like all others.
        source: of that session.
        saved: type of the events that save a version.
        title: of that session.
        noun, none, needs: as they stand in sentences.
    """

    session: str
    source: str
    saved: str
    title: str
    noun: str
    none: str
    needs: str


INSTRUCTIONS: Final = Shelf(
    session="branchline-instructions",
    source=f"{LIBRARIES}instructions",
    saved="instructions.version-saved",
    title="Instructions",
    noun="instructions",
    none="there are no instructions",
    needs="instructions need",
)
TEMPLATES: Final = Shelf(
    session="branchline-templates",
    source=f"{LIBRARIES}templates",
    saved="template.version-saved",
    title="Templates",
    noun="a template",
    none="there is no template",
    needs="a template needs",
)
SESSION: Final = INSTRUCTIONS.session
SAVED: Final = INSTRUCTIONS.saved


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


def versions_in(events: Iterable[Event], saved_as: str = SAVED) -> dict[str, tuple[InstructionsVersion, ...]]:
    """The versions by name, oldest first, as the events of the library tell; others are passed over."""
    found: dict[str, tuple[InstructionsVersion, ...]] = {}
    for event in events:
        name, text = event.data.get("name"), event.data.get("text")
        if event.type != saved_as or not isinstance(name, str) or not isinstance(text, str):
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


def cleaned_name(name: str, shelf: Shelf = INSTRUCTIONS) -> str:
    """A name as it is kept. Raises BadInput for one that a command could not name again."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise BadInput(f"{shelf.needs} a name")
    if len(cleaned) > LONGEST_NAME:
        raise BadInput(f"a name of {shelf.noun} has at most {LONGEST_NAME} characters, this one {len(cleaned)}")
    if unusable := {"@", ","} & set(cleaned):
        raise BadInput(f"a name of {shelf.noun} holds no {min(unusable)!r}: it stands between names and versions")
    return cleaned


def split_reference(named: str, shelf: Shelf = INSTRUCTIONS) -> tuple[str, int | None]:
    """``kind@2`` as a name and a version; without ``@`` the newest version, None. Raises BadInput."""
    name, mark, number = named.rpartition("@")
    if not mark:
        return cleaned_name(named, shelf), None
    if not number.isascii() or not number.isdecimal() or int(number) < 1:
        raise BadInput(f"{number!r} is no version: write NAME@1, NAME@2 …, or NAME for the newest")
    return cleaned_name(name, shelf), int(number)
