"""Growing lists of the state's JSON form, rebuilt from the events that touched them; items are built when looked at."""

# ruff: noqa: ARG002, ARG005 - parts share one shape

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, overload

from app.domain.fold import entries, payload
from app.domain.fold.generation import run_json
from app.domain.ranges import Counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.fold.facts import Fact


class Origins(Protocol):
    """What a slice cannot know from the events of its own field."""

    def born_at(self, key: str, before: int) -> int | None:
        """Position of the newest transcript entry with this key that was born before a position."""
        ...

    def reason(self, position: int) -> str:
        """Why the event at a position could not be applied."""
        ...


class Growing(Sequence[Any]):
    """A list whose items are built when looked at. One that a part gave may go on growing: keep ``list(…)`` of it.

    ``every`` builds all items in one go, where that is quicker than one by one.
    """

    def __init__(
        self, count: int, item: Callable[[int], Any], every: Callable[[], Sequence[Any]] | None = None
    ) -> None:
        self._count, self._item, self._every = count, item, every

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self._item(one) for one in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._item(index % self._count)

    def __iter__(self) -> Iterator[Any]:
        return map(self._item, range(self._count)) if self._every is None else iter(self._every())


@dataclass(frozen=True, slots=True)
class Glance:
    """What of a list is looked at.

    Attributes:
        skipped: items that are born before those that are asked for; their events are not given.
        most: how many are asked for after those; None: all.
        kept: how many from the end are asked for, where no others are; None: all.
        is_looked_into: of items only members are asked for, never one as a whole.
    """

    skipped: int = 0
    most: int | None = None
    kept: int | None = None
    is_looked_into: bool = False


ALL_OF_IT: Final = Glance()


class ListPart:
    """One growing list. An item is the events that touched it: the first bore it, later ones revised it.

    Which item a revision is about does not depend on events of other fields but in one thing, which ``origins`` looks
    up: a message is revised by a key that a call may bear too.
    """

    varies = False

    def __init__(self, kind: str, origins: Origins, glance: Glance) -> None:
        self._build, self._revised = _BUILT[kind], _REVISED.get(kind)
        self._births, self._ended = _BIRTHS[kind], kind in _ENDED
        self.origins: Origins = origins
        self._first, self._kept, self.is_looked_into = glance.skipped, glance.kept, glance.is_looked_into
        self._items: list[list[Fact]] = []
        self.places: dict[int, int] = {}
        self.open: dict[str, int] = {}

    def apply(self, fact: Fact) -> None:
        if fact.type in self._births or not self._births:
            self._bear(fact)
        elif self._revised is not None and (place := self._revised(self, fact)) is not None and place >= self._first:
            self._items[place - self._first].append(fact)

    def _bear(self, fact: Fact) -> None:
        place = self._first + len(self._items)
        if self._revised is not None:
            self.places[fact.position] = place
        if self._ended:
            self.open[_open_key(fact)] = place
        self._items.append([fact])
        if self._kept is not None and len(self._items) > self._kept:
            gone = self._items.pop(0)
            self._first += 1
            self.places.pop(gone[0].position, None)

    def may_hold(self, key: str) -> bool:
        """Whether one of the items that are asked for may be called so; quick to tell where they are few."""
        if self._kept is None:
            return True
        known = {item[0].data.get(name) for item in self._items for name in ("message_id", "call_id")}
        return key in known or _NOT_READ in known

    def value(self, now: int) -> Growing:
        return Growing(self._first + len(self._items), self._item)

    def _item(self, index: int) -> Any:
        return self._build(self, self._items[index - self._first]) if index >= self._first else None


_NOT_READ: Final = ""


class UnreadMessage:
    """A message of which nothing is known but where it stands, where nothing else matters."""

    type: Final = "conversation.message-posted"
    id: Final = _NOT_READ
    time: Final = None
    causation_id: Final = None
    data: Final[Mapping[str, Any]] = {"message_id": _NOT_READ, "role": "", "text": ""}

    def __init__(self, position: int) -> None:
        self.position = position

    def member(self, name: str) -> Any:
        return self.data.get(name)

    def some(self, names: tuple[str, ...]) -> Mapping[str, Any]:
        return {name: self.data[name] for name in names if name in self.data}


class CountPart:
    """How long a growing list is, and nothing of its items: of its events no more than the positions is known."""

    varies = True

    def __init__(self, births: Sequence[int]) -> None:
        self._births = births

    def apply(self, fact: Fact) -> None:
        raise NotImplementedError

    def value(self, now: int) -> Growing:
        return Growing(bisect_right(self._births, now), _nothing)

    def between(self, first: int, last: int) -> Counted:
        return Counted(bisect_right(self._births, first), bisect_right(self._births, last))


def _nothing(index: int) -> None:
    return None


def _open_key(fact: Fact) -> str:
    return str(fact.data.get("call_id")) if fact.type == "conversation.tool-called" else fact.id


def _edited(part: ListPart, fact: Fact) -> int | None:
    key = payload.identifier(fact.data, "message_id")
    if not part.may_hold(key):
        return None
    born = part.origins.born_at(key, fact.position)
    return part.places.get(born) if born is not None else None


def _call_revised(part: ListPart, fact: Fact) -> int | None:
    if fact.type == "conversation.tool-returned":
        return part.open.pop(payload.identifier(fact.data, "call_id"), None)
    return _edited(part, fact)


def _run_ended(part: ListPart, fact: Fact) -> int | None:
    return part.open.pop(str(fact.data.get("request_id") or fact.causation_id), None)


def _message(part: ListPart, facts: Sequence[Fact]) -> Mapping[str, Any]:
    return Message(facts) if part.is_looked_into else _whole_message(facts)


def _whole_message(facts: Sequence[Fact]) -> dict[str, Any]:
    return entries.message_json(entries.entry(0, payload.identifier(facts[0].data, "message_id"), facts))


class Message(Mapping[str, Any]):
    """A message of which a member is worked out when it is looked at; keep members of it, never itself."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> Any:
        if name == "text":
            return entries.text_after(self._facts)
        return self._facts[0].data["role"] if name == "role" else _whole_message(self._facts)[name]

    def __len__(self) -> int:
        return len(_whole_message(self._facts))

    def __iter__(self) -> Iterator[str]:
        return iter(_whole_message(self._facts))


def _call(part: ListPart, facts: Sequence[Fact]) -> dict[str, Any]:
    return entries.call_json(entries.entry(0, payload.identifier(facts[0].data, "call_id"), facts))


_BIRTHS: Final[Mapping[str, frozenset[str]]] = {
    "messages": frozenset({"conversation.message-posted"}),
    "calls": frozenset({"conversation.tool-called"}),
    "feedback": frozenset(),
    "runs": frozenset({"generation.requested"}),
    "problems": frozenset(),
}
"""What bears an item; empty: every event of the list's."""
_ENDED: Final = frozenset({"calls", "runs"})
"""Lists whose items are open until an event ends them."""
_REVISED: Final[Mapping[str, Callable[[ListPart, Fact], int | None]]] = {
    "messages": _edited,
    "calls": _call_revised,
    "runs": _run_ended,
}
_BUILT: Final[Mapping[str, Callable[[ListPart, Sequence[Fact]], Mapping[str, Any]]]] = {
    "messages": _message,
    "calls": _call,
    "feedback": lambda part, facts: entries.feedback_json(facts[0]),
    "runs": lambda part, facts: run_json(facts),
    "problems": lambda part, facts: entries.problem_json(facts[0], part.origins.reason(facts[0].position)),
}
