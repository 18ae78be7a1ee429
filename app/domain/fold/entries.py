"""Build the items of growing lists from the events that touched them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.events import to_rfc3339
from app.domain.fold.generation import ENDED_EARLY, partial_text
from app.domain.marks import content, is_said_here, replaced_position
from app.domain.reapplying import reapplied_position, rerun_position
from app.domain.recommender import own_strategy
from app.domain.tool_calls import answered_by
from app.domain.transcript import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.fold.facts import Fact


def entry(number: int, key: str, events: Sequence[Fact]) -> Entry:
    """Transcript entry ``number`` from its birth and what later touched it, in order."""
    born = events[0]
    if born.type == "conversation.message-posted":
        return _message(number, key, events)
    if born.type == "conversation.tool-called":
        return _call(number, key, events)
    if born.type in ENDED_EARLY:
        return _partial(number, key, events)
    return Entry(
        ord=number,
        kind="shown",
        key=key,
        position=born.position,
        changed_at=born.position,
        time=born.time,
        reapplied=reapplied_position(born.data),
        replaces=_replaced(events),
        items=tuple(born.data.get("items", ())),
        strategy=own_strategy(born.data.get("strategy")) or "",
    )


def _message(number: int, key: str, events: Sequence[Fact]) -> Entry:
    born, last = events[0], events[-1]
    revisions = {event.type for event in events[1:]}
    generated = born.data.get("generated_by")
    return Entry(
        ord=number,
        kind="message",
        key=key,
        position=born.position,
        changed_at=last.position,
        time=born.time,
        role=born.data["role"],
        text=text_after(events),
        edited=_EDITED in revisions,
        retracted=bool(revisions - {_EDITED}),
        partial=born.data.get("partial") is True,
        model=_model(generated),
        recorded_model=model if isinstance(model := born.data.get("model"), str) and generated is None else "",
        hidden=born.data.get("hidden") is True,
        truncated=isinstance(generated, dict) and generated.get("truncated") is True,
        thinking=_thinking(born.data),
        images=_images(born.data.get("parts")),
        reapplied=reapplied_position(born.data),
        replaces=_replaced(events),
        rerun_of=rerun_position(born.data),
        said_here=is_said_here(born.data),
        name=str(born.data.get("name") or ""),
    )


def _partial(number: int, key: str, events: Sequence[Fact]) -> Entry:
    born = events[0]
    return Entry(
        ord=number,
        kind="partial",
        key=key,
        position=born.position,
        changed_at=events[-1].position,
        time=born.time,
        role="assistant",
        text=partial_text(born),
        partial=True,
        model=str(born.data.get("model") or ""),
        thinking=_thinking(born.data),
        error=born.type == "generation.failed",
        reason=str(born.data.get("reason") or ""),
        accepted=next((event.position for event in events[1:]), None),
    )


_EDITED: Final = "conversation.message-edited"


def text_after(events: Sequence[Fact]) -> str:
    """The text of a message from its birth and what later touched it, in order."""
    told = next((event for event in reversed(events) if event.type == _EDITED), events[0])
    text: str = told.data["text"]
    return text


def _replaced(events: Sequence[Fact]) -> int | None:
    """The first that a person changed: the entry itself, or (a call's result) what came to it."""
    found = (replaced_position(event.data) for event in events)
    return next((position for position in found if position is not None), None)


def _thinking(data: Mapping[str, Any]) -> str:
    thinking = data.get("thinking")
    return thinking if isinstance(thinking, str) else ""


def _model(generated: Any) -> str | None:
    """Empty where something was generated and nobody said by what."""
    return str(generated.get("model") or "") if isinstance(generated, dict) else None


def _images(parts: Any) -> tuple[str, ...]:
    """Addresses of attached images; parts in any other form are left to whoever knows them."""
    images = (part for part in parts if isinstance(part, dict)) if isinstance(parts, list) else ()
    return tuple(str(part["blob"]) for part in images if part.get("type") == "image" and part.get("blob"))


def _call(number: int, key: str, events: Sequence[Fact]) -> Entry:
    born, last = events[0], events[-1]
    returned = len(events) > 1
    return Entry(
        ord=number,
        kind="call",
        key=key,
        position=born.position,
        changed_at=last.position,
        time=born.time,
        model=_model(born.data.get("generated_by")),
        thinking=_thinking(born.data),
        reapplied=reapplied_position(born.data),
        replaces=_replaced(events),
        name=born.data["name"],
        arguments=born.data.get("arguments"),
        result=last.data.get("result") if returned else None,
        returned=returned,
        error=returned and last.data.get("error") is True,
        answered_by=answered_by(born.data, last.data) if returned else "",
    )


def message_json(one: Entry) -> dict[str, Any]:
    """A message in the contract's form."""
    return {
        "id": one.key,
        "role": one.role,
        "text": one.text,
        "position": one.position,
        "time": to_rfc3339(one.time),
        "edited": one.edited,
        "retracted": one.retracted,
        "partial": one.partial,
        "model": one.model,
        "truncated": one.truncated,
        "reapplied": one.reapplied,
        "rerun_of": one.rerun_of,
        "replaces": one.replaces,
        **({"hidden": True} if one.hidden else {}),
    }


def call_json(one: Entry) -> dict[str, Any]:
    return {
        "id": one.key,
        "name": one.name,
        "arguments": one.arguments,
        "result": one.result,
        "returned": one.returned,
        "error": one.error,
        "reapplied": one.reapplied,
        "replaces": one.replaces,
        "position": one.position,
        "time": to_rfc3339(one.time),
    }


def feedback_json(event: Fact) -> dict[str, Any]:
    return {**content(event.data), "position": event.position, "time": to_rfc3339(event.time)}


def problem_json(event: Fact, reason: str) -> dict[str, Any]:
    return {"position": event.position, "event": event.id, "type": event.type, "reason": reason}
