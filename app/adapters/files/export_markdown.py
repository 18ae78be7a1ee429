"""A branch up to a position as Markdown that a person reads: who said what and when, calls, lists, purchases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.markdown_text import collapsed, inline, quoted
from app.application.ports import no_progress
from app.domain.events import to_rfc3339
from app.domain.marks import origin
from app.domain.prompt_facts import reason_words
from app.domain.tool_calls import SOURCES, answered_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.application.ports import EventStore, Progress
    from app.domain.events import Event

_NAMES: Final = {"user": "Customer", "assistant": "Assistant", "agent": "Agent", "system": "System", "tool": "Tool"}
_TRADES: Final = {"behaviour.item-purchased": "bought", "behaviour.item-returned": "returned"}
_TOLD_EVERY: Final = 500
_TABLE: Final = "| when | event | what | quantity | item | name | price |\n|---|---|---|---|---|---|---|\n"


def export_markdown(
    store: EventStore,
    session: str,
    branch: str,
    upto: int,
    *,
    first: int = 1,
    of: int | None = None,
    progress: Progress = no_progress,
) -> Iterator[str]:
    """The text piece by piece; the same events give the same text.

    ``of`` is how many events the branch has, where the store at hand holds only a part of it. Raises Cancelled.
    """
    header, line = store.header(session), store.branch(branch)
    upto = min(upto, line.head)
    yield f"# {inline(header.title)}\n\n"
    facts = {
        "Session": header.id,
        "Source": header.source,
        "Id in the source": header.external_id,
        "Customer": header.subject,
        "Branch": line.name,
        "Events": f"{f'{first} to ' if first > 1 else ''}{upto} of {of or line.head}",
    }
    for name, fact in facts.items():
        if fact is not None:
            yield f"- {name}: {inline(fact)}\n"
    yield "\n"
    later = _look_ahead(store, branch, upto)
    in_table = False
    for event in store.iterate(branch, first, upto):
        if event.position % _TOLD_EVERY == 0:
            progress(event.position, upto, "writing events")
        trades = event.type in _TRADES
        if trades and not in_table:
            yield _TABLE
        elif in_table and not trades:
            yield "\n"
        in_table = trades
        yield from _RENDERED.get(event.type, _raw)(event, _Reading(store, branch, later))


@dataclass(slots=True)
class _Later:
    """Where the rest of something stands: position of a message's last edit, of a call's return."""

    edited: dict[str, int] = field(default_factory=dict)
    retracted: set[str] = field(default_factory=set)
    returned: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reading:
    store: EventStore
    branch: str
    later: _Later

    def data_at(self, position: int) -> Mapping[str, Any]:
        return self.store.events_at(self.branch, (position,))[0].data


def _look_ahead(store: EventStore, branch: str, upto: int) -> _Later:
    later = _Later()
    open_calls: dict[str, int] = {}
    for event in store.iterate(branch, 1, upto):
        key = str(event.data.get("message_id", event.data.get("call_id", "")))
        match event.type:
            case "conversation.message-edited":
                later.edited[key] = event.position
            case "conversation.message-retracted":
                later.retracted.add(key)
            case "conversation.tool-called":
                open_calls[key] = event.position
            case "conversation.tool-returned" if key in open_calls:
                later.returned[open_calls.pop(key)] = event.position
    return later


def _time(event: Event) -> str:
    return (to_rfc3339(event.time) or "").replace("T", " ").replace("Z", " UTC")


def _stamp(event: Event, *marks: str) -> str:
    parts = (_time(event), f"event {event.position}", *map(inline, marks), inline(origin(event.data)))
    return " · ".join(part for part in parts if part)


def _note(event: Event, text: str) -> Iterator[str]:
    """A line beside the conversation; ``text`` is escaped already."""
    stands_for = origin(event.data)
    yield f"*{text} · event {event.position}{f' · {inline(stands_for)}' if stands_for else ''}*\n\n"


def _message(event: Event, reading: _Reading) -> Iterator[str]:
    data, key = event.data, str(event.data.get("message_id", ""))
    marks = [str(data["model"])] if data.get("model") else []
    text = data.get("text")
    if (edit := reading.later.edited.get(key)) is not None:
        text = reading.data_at(edit).get("text", text)
        marks.append(f"edited at event {edit}")
    if key in reading.later.retracted:
        marks.append("retracted")
    author = _NAMES.get(str(data.get("role")), str(data.get("role")))
    yield f"**{inline(author)}** · {_stamp(event, *marks)}\n\n"
    yield from quoted(str(text))
    yield "\n"


def _instructions(event: Event, reading: _Reading) -> Iterator[str]:
    yield f"**Instructions** · {_stamp(event)}\n\n"
    yield from quoted(str(event.data.get("text", "")))
    yield "\n"


def _call(event: Event, reading: _Reading) -> Iterator[str]:
    bodies = [event.data.get("arguments")]
    state = "has not returned"
    if (position := reading.later.returned.get(event.position)) is not None:
        returned = reading.data_at(position)
        bodies.append(returned.get("result"))
        state = f"{'failed' if returned.get('error') else 'returned'} at event {position}"
        made = answered_by(event.data, returned)
        state += f": {SOURCES[made]}" if made else ""
        stands_for = origin(returned) or origin(event.data)
    else:
        stands_for = origin(event.data)
    state += f" · {stands_for}" if stands_for else ""
    yield from collapsed(f"Call of {event.data.get('name')} · event {event.position} · {state}", *bodies)


def _nothing(event: Event, reading: _Reading) -> Iterator[str]:
    """Shown where it belongs already."""
    yield from ()


def _list_shown(event: Event, reading: _Reading) -> Iterator[str]:
    yield f"**List shown** · {_stamp(event)}\n\n"
    items = event.data.get("items")
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if not isinstance(item, dict):
            continue
        score = item.get("score")
        about = [str(round(score, 3) if isinstance(score, float) else score)] if score is not None else []
        about += [reason_words(reason) for reason in item.get("reasons") or ()]
        name = inline(str(item.get("name") or item.get("item")))
        yield f"{number}. {name}{' (' + inline('; '.join(about)) + ')' if about else ''}\n"
    yield "\n"


def _trade(event: Event, reading: _Reading) -> Iterator[str]:
    data = event.data
    fields = (data.get("quantity", 1), data.get("item"), data.get("name", ""), data.get("price", ""))
    cells = (_time(event), str(event.position), _TRADES[event.type], *(inline(str(value)) for value in fields))
    yield f"| {' | '.join(cells)} |\n"


def _slots(event: Event, reading: _Reading) -> Iterator[str]:
    data = event.data
    fresh, unset = data.get("set"), data.get("unset")
    parts = [
        f"{slot} = {', '.join(map(str, values)) if isinstance(values, list) else values}"
        for slot, values in (fresh.items() if isinstance(fresh, dict) else ())
    ]
    parts += [f"{slot} taken back" for slot in (unset if isinstance(unset, list) else ())]
    if parts:
        yield from _note(event, inline(f"{data.get('service')}: {'; '.join(parts)}"))


def _said(sentence: str, key: str) -> Callable[[Event, _Reading], Iterator[str]]:
    def render(event: Event, reading: _Reading) -> Iterator[str]:
        yield from _note(event, inline(f"{sentence} {event.data.get(key) or ''}".strip()))

    return render


def _raw(event: Event, reading: _Reading) -> Iterator[str]:
    yield from collapsed(f"{event.type} · {event.actor} · event {event.position}", dict(event.data))


_RENDERED: Final[Mapping[str, Callable[[Event, _Reading], Iterator[str]]]] = {
    "conversation.message-posted": _message,
    "conversation.message-edited": _nothing,
    "conversation.message-retracted": _nothing,
    "conversation.instructions-changed": _instructions,
    "conversation.tool-called": _call,
    "conversation.tool-returned": _nothing,
    "conversation.slots-changed": _slots,
    "conversation.question-classified": _said("Classified as", "label"),
    "conversation.feedback-given": _said("Feedback:", "text"),
    "recommendation.items-shown": _list_shown,
    "behaviour.item-clicked": _said("Chose", "item"),
    "behaviour.item-viewed": _said("Viewed", "item"),
    "behaviour.item-carted": _said("Put into the cart", "item"),
    "behaviour.searched": _said("Searched for", "query"),
    **dict.fromkeys(_TRADES, _trade),
    "session.closed": _said("Closed:", "reason"),
    "session.handed-over": _said("Handed over to", "to"),
}
