"""Growing lists of the state's JSON form, rebuilt from the events that touched them; items are built when looked at."""

# ruff: noqa: ARG002, ARG005 - parts share one shape

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, overload

from app.domain.fold import entries, payload
from app.domain.fold.generation import run_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
    """A list whose items are built when looked at. One that a part gave may go on growing: keep ``list(…)`` of it."""

    def __init__(self, count: int, item: Callable[[int], Any]) -> None:
        self._count, self._item = count, item

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
        return map(self._item, range(self._count))


class ListPart:
    """One growing list. An item is the events that touched it: the first bore it, later ones revised it.

    ``first`` is the place of the first item that will be born here: where only one item is asked for, the events of
    those before it need not be read. Which item a revision is about does not depend on events of other fields but
    in one thing, which ``origins`` looks up: a message is revised by a key that a call may bear too.
    """

    decays = False

    def __init__(self, kind: str, origins: Origins, first: int = 0) -> None:
        self._build, self._revised = _BUILT[kind], _REVISED.get(kind)
        self._births = _BIRTHS[kind]
        self.origins = origins
        self._first = first
        self.items: list[list[Fact]] = []
        self.places: dict[int, int] = {}
        self.open: dict[str, int] = {}

    def apply(self, fact: Fact) -> None:
        if fact.type in self._births or not self._births:
            self.places[fact.position] = len(self.items)
            if self._revised is not None:
                self.open[_open_key(fact)] = len(self.items)
            self.items.append([fact])
        elif self._revised is not None and (place := self._revised(self, fact)) is not None:
            self.items[place].append(fact)

    def value(self, now: int) -> Growing:
        return Growing(self._first + len(self.items), self._item)

    def _item(self, index: int) -> Any:
        return self._build(self, self.items[index - self._first]) if index >= self._first else None


def _open_key(fact: Fact) -> str:
    return str(fact.data.get("call_id")) if fact.type == "conversation.tool-called" else fact.id


def _edited(part: ListPart, fact: Fact) -> int | None:
    born = part.origins.born_at(payload.identifier(fact.data, "message_id"), fact.position)
    return part.places.get(born) if born is not None else None


def _call_revised(part: ListPart, fact: Fact) -> int | None:
    if fact.type == "conversation.tool-returned":
        return part.open.pop(payload.identifier(fact.data, "call_id"), None)
    return _edited(part, fact)


def _run_ended(part: ListPart, fact: Fact) -> int | None:
    return part.open.pop(str(fact.data.get("request_id") or fact.causation_id), None)


def _message(part: ListPart, facts: Sequence[Fact]) -> dict[str, Any]:
    return entries.message_json(entries.entry(0, payload.identifier(facts[0].data, "message_id"), facts))


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
_REVISED: Final[Mapping[str, Callable[[ListPart, Fact], int | None]]] = {
    "messages": _edited,
    "calls": _call_revised,
    "runs": _run_ended,
}
_BUILT: Final[Mapping[str, Callable[[ListPart, Sequence[Fact]], dict[str, Any]]]] = {
    "messages": _message,
    "calls": _call,
    "feedback": lambda part, facts: entries.feedback_json(facts[0]),
    "runs": lambda part, facts: run_json(facts),
    "problems": lambda part, facts: entries.problem_json(facts[0], part.origins.reason(facts[0].position)),
}
