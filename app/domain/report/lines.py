"""Events beside the conversation, each in one line of English."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.events import Event

LONGEST: Final = 600
"""Characters of a line; more is cut, and its length said."""
_ONE_LINE: Final = 96
_PLACES: Final = frozenset({"turn", "row"})
"""Where an importer found an event: nothing that it says."""

IN_TRANSCRIPT: Final = frozenset({
    "conversation.message-posted", "conversation.message-edited", "conversation.message-retracted",
    "conversation.tool-called", "conversation.tool-returned", "recommendation.items-shown",
    "conversation.instructions-changed",
})  # fmt: skip
"""Types that the report tells as entries."""


def clipped(text: str, longest: int) -> str:
    """A text up to so many characters, and how long it is where it is longer."""
    return text if len(text) <= longest else f"{text[:longest]} … ({len(text):,} characters in all)"


def as_json(value: Any, longest: int) -> str:
    """A payload as JSON, a line for each member of what does not fit one; cut where it is long."""
    if isinstance(value, str):
        return clipped(value, longest)
    line = _json(value)
    if len(line) > _ONE_LINE and isinstance(value, list):
        line = "[\n" + ",\n".join(f"  {_json(one)}" for one in value) + "\n]"
    elif len(line) > _ONE_LINE and isinstance(value, dict):
        line = "{\n" + ",\n".join(f"  {_json(name)}: {_json(one)}" for name, one in value.items()) + "\n}"
    return clipped(line, longest)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def event_line(kind: str, data: Mapping[str, Any]) -> str:
    """What an event with this type and data says; its marks are no part of it."""
    told = content(data)
    text = _LINES.get(kind, _raw)(told)
    if kind not in _LINES or not text:
        shown = {name: value for name, value in told.items() if name not in _PLACES}
        words = shown.get("text")
        text = f"{kind}: {words if isinstance(words, str) and len(shown) == 1 else _json(shown)}" if shown else kind
    return clipped(" ".join(text.split()), LONGEST)


def is_problem(event: Event) -> bool:
    """Whether the line tells of something that went wrong."""
    return event.type == "generation.failed"


def _raw(data: Mapping[str, Any]) -> str:
    return _json({name: value for name, value in data.items() if name not in _PLACES})


def _values(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _slots(data: Mapping[str, Any]) -> str:
    fresh, unset = data.get("set"), data.get("unset")
    parts = [f"{slot} = {_values(value)}" for slot, value in (fresh.items() if isinstance(fresh, dict) else ())]
    parts += [f"{slot} taken back" for slot in (unset if isinstance(unset, list) else ())]
    if isinstance(intent := data.get("intent"), str):
        parts.append(f"intent {intent}")
    if isinstance(requested := data.get("requested"), list) and requested:
        parts.append(f"asks for {_values(requested)}")
    return f"Slots of {data.get('service')}: {'; '.join(parts) or 'nothing changed'}"


def _item(data: Mapping[str, Any]) -> str:
    name, item = data.get("name"), data.get("item")
    return f"{name} ({item})" if name and item and name != item else str(name or item or "")


def _done(verb: str) -> Callable[[Mapping[str, Any]], str]:
    def line(data: Mapping[str, Any]) -> str:
        count = data.get("quantity")
        price = data.get("price")
        counted = f"{count:,} × " if isinstance(count, (int, float)) and not isinstance(count, bool) else ""
        return f"{verb} {counted}{_item(data)}{f' at {price}' if price is not None else ''}"

    return line


def _said(verb: str, key: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda data: f"{verb} {_values(data[key])}" if data.get(key) not in (None, "") else ""


def _feedback(data: Mapping[str, Any]) -> str:
    rating, text = data.get("rating"), data.get("text")
    words = " ".join(str(one) for one in (f"rated {rating}" if rating is not None else "", text or "") if one)
    return f"Feedback: {words}" if words else ""


def _completed(data: Mapping[str, Any]) -> str:
    parts = [f"{data['tokens']:,} tokens"] if isinstance(data.get("tokens"), int) else []
    if reason := data.get("done_reason") or data.get("finish_reason"):
        parts.append(f"ended: {reason}")
    about = f" ({', '.join(parts)})" if parts else ""
    return f"The model's answer is complete{about}"


def _ended(verb: str) -> Callable[[Mapping[str, Any]], str]:
    def line(data: Mapping[str, Any]) -> str:
        why = data.get("error") or data.get("reason") or ""
        partial = data.get("partial_text")
        return f"The model {verb}{f': {why}' if why else ''}{f'. It had written: {partial}' if partial else ''}"

    return line


_LINES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "session.started": lambda data: "The session started",  # noqa: ARG005 -- lines share one shape
    "session.closed": lambda data: f"The session closed{_because(data)}",
    "session.handed-over": lambda data: f"Handed over to {data.get('to') or 'somebody else'}{_because(data)}",
    "conversation.slots-changed": _slots,
    "conversation.question-classified": _said("Classified as", "label"),
    "conversation.form-submitted": lambda data: f"Form {data.get('form') or ''}: {_raw(_fields(data))}",
    "conversation.feedback-given": _feedback,
    "behaviour.item-viewed": _done("Viewed"),
    "behaviour.item-clicked": _done("Chose"),
    "behaviour.item-carted": _done("Put into the cart"),
    "behaviour.item-purchased": _done("Bought"),
    "behaviour.item-returned": _done("Returned"),
    "behaviour.item-rated": lambda data: f"Rated {_item(data)}: {data.get('rating')}",
    "behaviour.searched": _said("Searched for", "query"),
    "recommendation.strategy-changed": lambda data: f"Strategy of recommendation: {_raw(data)}",
    "generation.requested": lambda data: f"Asked the model {data.get('model') or '?'}",
    "generation.completed": _completed,
    "generation.failed": _ended("failed"),
    "generation.cancelled": _ended("was stopped"),
}


def _because(data: Mapping[str, Any]) -> str:
    return f": {data['reason']}" if data.get("reason") else ""


def _fields(data: Mapping[str, Any]) -> Mapping[str, Any]:
    fields = data.get("fields")
    return fields if isinstance(fields, dict) else {}
