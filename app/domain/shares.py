"""A part of a session handed to somebody else: from whom, since when, and the moment to open it at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1
SHARE_ENDING: Final = ".branchline"
LONGEST_NAME: Final = 200
LONGEST_NOTE: Final = 10_000
LONGEST_FIELD: Final = 1_000
_LARGEST: Final = 2**53
_LATEST: Final = 253_402_300_800_000_000
"""The end of the year 9999, in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a share file says of itself; all of it comes from whoever made the file.

    Attributes:
        by: who made it, as they call themselves; empty when they did not say.
        at: when, microseconds since 1970 UTC.
        note: what they wanted to say.
        branch, position: the moment to open at; ``branch`` is an id.
        field: JSON pointer of the field of the state to look at; empty for none.
        first, last: the range that is shared; ``last`` None is the end of each branch.
    """

    by: str
    at: int
    branch: str
    position: int
    note: str = ""
    field: str = ""
    first: int = 1
    last: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "by": self.by,
            "at": self.at,
            "note": self.note,
            "open": {"branch": self.branch, "position": self.position, "field": self.field},
            "from": self.first,
            "to": self.last,
        }


def share_from_json(given: Any) -> Share:
    """A share as ``to_json`` writes it. Raises BadInput with one sentence for anything else."""
    if not isinstance(given, dict):
        raise BadInput("the file does not say where to open it; it is no share file")
    version = given.get("version")
    if version != VERSION:
        raise BadInput(f"the file was shared in version {str(version)[:20]}; this program opens version {VERSION}")
    place = given.get("open")
    if not isinstance(place, dict):
        raise BadInput("the file does not say where to open it")
    return Share(
        by=_text(given, "by", LONGEST_NAME),
        at=_number(given, "at", _LATEST),
        note=_text(given, "note", LONGEST_NOTE),
        branch=_text(place, "branch", LONGEST_FIELD),
        position=_number(place, "position"),
        field=_text(place, "field", LONGEST_FIELD),
        first=_number(given, "from"),
        last=None if given.get("to") is None else _number(given, "to"),
    )


def shared_sentence(share: Share) -> str:
    """From whom a shared session is, and since when."""
    day = (to_rfc3339(share.at) or "").partition("T")[0]
    return f"shared by {share.by} on {day}, read-only" if share.by else f"shared on {day}, read-only"


def _text(given: Mapping[str, Any], name: str, longest: int) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise BadInput(f"what the share file says under {name!r} is no text of at most {longest:,} characters")
    return value


def _number(given: Mapping[str, Any], name: str, largest: int = _LARGEST) -> int:
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < largest:
        raise BadInput(f"what the share file says under {name!r} is no whole number")
    return value
