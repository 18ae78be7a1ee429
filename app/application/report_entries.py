"""Messages, calls and lists as a report tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.application.report_head import readable_time
from app.domain.errors import BranchlineError
from app.domain.marks import origin
from app.domain.prompt_facts import reason_words
from app.domain.report.lines import as_json, clipped
from app.domain.report.parts import Entry, PictureRef
from app.domain.tool_calls import SOURCES
from app.domain.vocabulary import MESSAGE_POSTED, Lane, lane_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.application.ports import EventStore
    from app.application.report_wish import ReportWish
    from app.domain import transcript
    from app.domain.events import Event
    from app.domain.report.parts import Origin

LONGEST_TEXT: Final = 20_000
"""Characters of a message; the session holds the rest."""
LONGEST_PAYLOAD: Final = 4_000
LARGEST_PICTURE: Final = 8 * 1024 * 1024
MOST_ITEMS: Final = 50
_NAMES: Final = {"user": "Customer", "assistant": "Assistant", "agent": "Agent", "system": "System", "tool": "Tool"}
_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class EntryTeller:
    """Makes what the reader sees of transcript entries."""

    def __init__(self, store: EventStore, wish: ReportWish) -> None:
        self._store, self._wish = store, wish

    def instructions(self, event: Event) -> Entry:
        text = str(event.data.get("text", ""))
        stands_for = origin(event.data)
        return Entry(
            kind="instructions",
            position=event.position,
            time=readable_time(event.time),
            lane=Lane.SYSTEM,
            who="Instructions",
            origin="person" if stands_for.startswith("changed") else "recorded",
            text=clipped(text, LONGEST_TEXT),
            marks=(stands_for,) if stands_for else (),
        )

    def entry(self, one: transcript.Entry) -> Entry:
        match one.kind:
            case "message":
                return self._message(one)
            case "call":
                return self._call(one)
            case "shown":
                return self._list(one)
            case "partial":
                return self._broken_off(one)

    def _message(self, one: transcript.Entry) -> Entry:
        who = _NAMES.get(one.role, one.role)
        name = f" ({one.name})" if one.name else ""
        thought = (("What the model thought", clipped(one.thinking, LONGEST_PAYLOAD)),)
        return Entry(
            kind="message",
            position=one.position,
            time=readable_time(one.time),
            lane=lane_of(MESSAGE_POSTED, one.role),
            who=f"{who}{name}",
            origin=_origin(one),
            text=clipped(one.text, LONGEST_TEXT),
            marks=tuple(_marks(one)),
            bodies=thought if one.thinking else (),
            pictures=tuple(map(self._picture, one.images)),
            is_problem=one.truncated,
        )

    def _broken_off(self, one: transcript.Entry) -> Entry:
        """What a model had written when it failed or was stopped: no message, unless a person made it one."""
        why = one.reason or ("the model failed" if one.error else "the model was stopped")
        accepted = (f"made a message at event {one.accepted:,}",) if one.accepted is not None else ()
        return Entry(
            kind="message",
            position=one.position,
            time=readable_time(one.time),
            lane=Lane.ASSISTANT,
            who="Answer that broke off",
            origin="model",
            text=clipped(one.text, LONGEST_TEXT),
            marks=(why, one.model or "", *accepted),
            is_problem=one.error,
        )

    def _call(self, one: transcript.Entry) -> Entry:
        state = "has not returned"
        if one.returned:
            state = f"{'failed' if one.error else 'returned'} at event {one.changed_at:,}"
            state += f": {SOURCES[one.answered_by]}" if one.answered_by else ""
        bodies = [("Arguments", self._value(one.arguments))]
        if one.returned:
            bodies.append(("Result", self._value(one.result)))
        return Entry(
            kind="call",
            position=one.position,
            time=readable_time(one.time),
            lane=Lane.TOOL,
            who=f"Call of {one.name}",
            origin=_origin(one),
            marks=(state, *_marks(one)),
            bodies=tuple((caption, text) for caption, text in bodies if text),
            is_problem=one.error,
        )

    def _value(self, value: Any) -> str:
        return "" if value is None else as_json(value, LONGEST_PAYLOAD)

    def _list(self, one: transcript.Entry) -> Entry:
        items = one.items[:MOST_ITEMS]
        told = [_item(item) for item in items if isinstance(item, dict)]
        if len(one.items) > MOST_ITEMS:
            told.append(f"… {len(one.items) - MOST_ITEMS:,} more items")
        computed = f"computed by Branchline ({one.strategy})"
        return Entry(
            kind="shown",
            position=one.position,
            time=readable_time(one.time),
            lane=Lane.RECOMMENDATION,
            who="List shown",
            origin="computed" if one.strategy else _origin(one),
            marks=((computed,) if one.strategy else ()) + tuple(_marks(one)),
            items=tuple(told),
        )

    def _picture(self, address: str) -> PictureRef:
        if not self._wish.pictures:
            return PictureRef(instead="a picture that is left out: what is on it is not redacted")
        try:
            content, media_type = self._store.blob(address)
        except BranchlineError:
            return PictureRef(instead="a picture that was taken out, or that the store does not hold")
        if media_type not in _SHOWN:
            return PictureRef(instead="an attachment that is no PNG, JPEG, GIF or WebP picture")
        if len(content) > LARGEST_PICTURE:
            return PictureRef(instead=f"a picture that is left out: it has {len(content) / 2**20:.1f} MB")
        return PictureRef(content, media_type)


def _origin(one: transcript.Entry) -> Origin:
    if one.replaces is not None or one.said_here:
        return "person"
    return "model" if one.model is not None or one.rerun_of is not None else "recorded"


def _marks(one: transcript.Entry) -> Iterator[str]:
    if one.rerun_of is not None:
        yield f"asked again, in place of event {one.rerun_of:,}"
    elif one.model is not None:
        yield f"continued by {one.model or 'a model that is not named'}"
    if one.rerun_of is not None and one.model:
        yield one.model
    if one.replaces is not None:
        yield f"changed here, was event {one.replaces:,}"
    if one.said_here:
        yield "typed here"
    if one.reapplied is not None:
        yield f"applied again, event {one.reapplied:,} of the record"
    if one.edited:
        yield f"edited at event {one.changed_at:,}"
    if one.retracted:
        yield "retracted"
    if one.partial:
        yield "not finished: the model was stopped"
    if one.truncated:
        yield "the model did not see the whole prompt"


def _item(item: Mapping[str, Any]) -> str:
    name = str(item.get("name") or item.get("item"))
    score = item.get("score")
    about = [f"{score:.3f}" if isinstance(score, float) else str(score)] if score is not None else []
    about += [reason_words(reason) for reason in item.get("reasons") or ()]
    return clipped(f"{name} ({'; '.join(about)})" if about else name, 300)
