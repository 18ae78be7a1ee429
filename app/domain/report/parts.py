"""What a report says, in the order in which it is read; every text in it is what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from app.domain.vocabulary import Lane

Truth = Literal["recorded", "computed"]
"""Production recorded it, or Branchline worked it out."""
Origin = Literal["recorded", "model", "person", "computed"]
"""Of an entry: it happened; a model said it here; a person changed it here; Branchline's recommender made it."""
RowChange = Literal["", "new", "changed", "gone"]

VERIFIED: Final = "Verified"


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what it is, for the head of the report."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PictureRef:
    """An attachment that is shown, or the sentence that says why it is not."""

    content: bytes = b""
    media_type: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message, a call of a tool, or a list that was shown.

    Attributes:
        marks: what else is to be known of it, in words: edited, truncated, asked again …
        bodies: (caption, text) of what belongs to it: arguments and result of a call, what a model thought.
        items: of a list, one line an item.
    """

    kind: Literal["message", "call", "shown", "instructions"]
    position: int
    time: str
    lane: Lane
    who: str
    origin: Origin = "recorded"
    text: str = ""
    marks: tuple[str, ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    pictures: tuple[PictureRef, ...] = ()
    is_problem: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event beside the conversation, in one line."""

    position: int
    time: str
    lane: Lane
    text: str
    origin: Origin = "recorded"
    marks: tuple[str, ...] = ()
    is_problem: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What a person (or a detector) noted at an event: a note, a tag, a rating, a finding."""

    kind: str
    position: int
    text: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a state's table; ``change`` says what became of it since the stop before."""

    cells: tuple[str, ...]
    change: RowChange = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTable:
    """One part of the state at a stop, beside what it was at the stop before.

    ``cut`` counts the rows that are left out because they say least.
    """

    title: str
    truth: Truth
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    cut: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place whose state is told: a marker, a position that was asked for, or the end of the range.

    Attributes:
        number: counts the stops of the report, 1, 2, 3 …
        since: position of the stop before, with which the state is compared.
    """

    number: int
    position: int
    time: str
    label: str
    is_marker: bool
    since: int
    tables: tuple[StateTable, ...]


Told = Entry | Line | Noted | Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The timeline of a range: how many events of each lane lie in each of ``bins`` equal parts.

    Attributes:
        counts: lane -> (bin, count), only where there are any.
        stops: (number, position) of what is told in full.
        own_from: first position that the branch does not share with its parent; None on main.
    """

    first: int
    last: int
    bins: int
    counts: tuple[tuple[Lane, tuple[tuple[int, int], ...]], ...]
    stops: tuple[tuple[int, int], ...] = ()
    own_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchReport:
    """A branch, or the part of it that was chosen. ``facts`` say which, ``told`` is in the order of positions."""

    name: str
    facts: tuple[Fact, ...]
    strip: Strip | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report.

    Attributes:
        facts: what it is about and who made it; ``integrity``: how it can be trusted.
        missing: what is not in the record, a sentence each; ``redaction``: what was made unreadable.
    """

    title: str
    facts: tuple[Fact, ...]
    integrity: tuple[Fact, ...]
    is_sound: bool | None
    branches: tuple[BranchReport, ...]
    missing: tuple[str, ...] = ()
    redaction: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """What of the record was verified, and what came of it."""
        return next((f"{one.name}: {one.value}" for one in self.integrity if one.name == VERIFIED), "")

    @property
    def stops(self) -> tuple[tuple[BranchReport, Stop], ...]:
        return tuple((branch, one) for branch in self.branches for one in branch.told if isinstance(one, Stop))
