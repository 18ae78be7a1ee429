"""Writes a continuation into its branch, event by event, in the order that the design fixes."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.application.branch_labels import LOCAL_SOURCE
from app.domain.events import NewEvent
from app.domain.marks import SAID_HERE
from app.domain.sent_body import abridged
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.application.continue_request import ContinueRequest, Picture
    from app.application.ports import Clock, EventStore, Ids, Outgoing, RunMarks, ToolCallArrived
    from app.application.preparing import Prepared
    from app.domain.branches import Branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it came; ``facts`` are what the event that ends it tells: counts, durations, speed."""

    text: str
    thinking: str
    calls: Sequence[ToolCallArrived] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


class Recorder:
    """One run of a model on one branch; a run that calls tools has several requests.

    First commit, before the first byte leaves: instructions and customer's message (if any) and the request.
    Last commit: the answer and ``generation.completed``; or ``.failed`` or ``.cancelled`` with the partial text.
    """

    def __init__(
        self, store: EventStore, clock: Clock, ids: Ids, marks: RunMarks, branch: Branch, request: ContinueRequest
    ) -> None:
        self._store, self._clock, self._ids, self._marks = store, clock, ids, marks
        self._branch, self._request = branch, request
        self._run = ids.new()
        self._subject = store.header(branch.session).subject
        self._head = branch.head
        self._cause: str | None = None
        self._open: str | None = None
        self._tried_again: str | None = request.retry_of
        self._rounds = 0
        self._model = ""
        self._calls: dict[str, str] = {}
        self.request_id = ""

    def named(self, call: ToolCallArrived) -> ToolCallArrived:
        """A call under an id by which its result can be told apart from all others."""
        return call if call.call_id else replace(call, call_id=self._ids.new())

    @property
    def has_asked(self) -> bool:
        """Whether a request, and what was said before it, is recorded."""
        return self._rounds > 0

    def requested(self, outgoing: Outgoing, prepared: Prepared) -> None:
        """Record what is about to leave. Raises WrongPosition when the branch has grown meanwhile."""
        pictures = dict(prepared.pictures)
        events, cause = self._turn(pictures) if self._rounds == 0 else ([], None)
        cause = cause or self._cause
        data = {**self._request.request_notes, **self._sent(outgoing, pictures), **self._circumstances(prepared)}
        request = self._event("generation.requested", "system", data, causation=cause)
        self._marks.begin(request.id, self._branch.id)
        try:
            self._append(*events, request)
        except BaseException:
            self._marks.end(request.id)
            raise
        self._model = outgoing.model
        self.request_id = self._open = self._cause = request.id
        self._rounds += 1
        self._tried_again = None

    def completed(self, answered: Answered) -> int:
        """Record an answer and how it was made, in one commit; returns the position of the last event."""
        message_id = self._ids.new() if answered.text or not answered.calls else None
        events = [self._message(message_id, answered)] if message_id else []
        calls = [self._call(call, answered) for call in answered.calls]
        told = {
            "message_id": message_id,
            "request_id": self.request_id,
            **answered.facts,
            **({"tool_calls": [call.data["call_id"] for call in calls]} if calls else {}),
        }
        events += [*calls, self._event("generation.completed", "system", told, causation=self.request_id)]
        self._close(*events)
        self._calls = {str(call.data["call_id"]): call.id for call in calls}
        return self._head

    def returned(self, call_id: str, result: Any, *, error: bool, source: Mapping[str, Any]) -> None:
        """Record the result of a call; ``source`` says where it was taken from."""
        data = {"call_id": call_id, "result": result, **({"error": True} if error else {}), **source}
        event = self._event("conversation.tool-returned", "tool", data, causation=self._calls.get(call_id))
        self._append(event)
        self._cause = event.id

    def failed(self, answered: Answered, reason: str) -> None:
        self._ended("generation.failed", answered, reason=reason)

    def cancelled(self, answered: Answered) -> None:
        self._ended("generation.cancelled", answered)

    def try_again(self) -> None:
        """The next request repeats the one that just failed."""
        self._tried_again = self.request_id

    def _said(self, pictures: dict[str, str]) -> list[NewEvent]:
        """New instructions and the customer's message; its pictures go into the store and into ``pictures``."""
        asked, events = self._request, []
        if asked.instructions is not None:
            told = {**asked.instructions_notes, "text": asked.instructions}
            events.append(self._event("conversation.instructions-changed", "analyst", told))
        if asked.say is not None:
            said = {
                **asked.say_notes,
                "message_id": self._ids.new(),
                "role": "user",
                "text": asked.say,
                SAID_HERE: True,
            }
            if asked.pictures:
                said["parts"] = [self._kept(one, pictures) for one in asked.pictures]
            events.append(self._event("conversation.message-posted", "user", said))
        return events

    def _turn(self, pictures: dict[str, str]) -> tuple[list[NewEvent], str | None]:
        """What comes before the request, and the id of what causes it: the strategy, what is said, and the list.

        In this order, so that the request can speak of all of them. The text of a template becomes an attachment.
        """
        own, events = self._request.own_list, []
        if self._request.template is not None:
            self._store.put_blob(self._request.template.text.encode(), "text/plain")
        if own is not None and own.strategy_changed is not None:
            events.append(self._event("recommendation.strategy-changed", "analyst", own.strategy_changed))
        said = self._said(pictures)
        events += said
        if own is not None and own.shown is not None:
            asked = next((one.id for one in said if one.type == MESSAGE_POSTED), own.cause)
            events.append(self._event("recommendation.items-shown", "system", own.shown, causation=asked))
        return events, said[-1].id if said else None

    def _kept(self, picture: Picture, pictures: dict[str, str]) -> dict[str, Any]:
        address = self._store.put_blob(picture.content, picture.media_type)
        pictures[base64.b64encode(picture.content).decode()] = address
        facts = {"media_type": picture.media_type, "size": len(picture.content), "name": picture.name}
        return {"type": "image", "blob": address, **facts}

    def _sent(self, outgoing: Outgoing, pictures: Mapping[str, str]) -> dict[str, Any]:
        """The request exactly; where pictures stood there are their addresses, and the digest of what was sent."""
        body, attachments = abridged(outgoing.body, pictures)
        told = {
            "model": outgoing.model,
            "digest": outgoing.digest,
            "server_version": outgoing.server_version,
            "endpoint": outgoing.endpoint,
            "request": json.loads(body),
            "body": body,
        }
        if attachments:
            told |= {"attachments": attachments, "body_sha256": hashlib.sha256(outgoing.body.encode()).hexdigest()}
        return told

    def _circumstances(self, prepared: Prepared) -> dict[str, Any]:
        """Why the request is as it is."""
        asked = self._request
        counts = {"included": prepared.included, "entries": prepared.entries}
        if prepared.pictures_left_out:
            counts["pictures_left_out"] = prepared.pictures_left_out
        told: dict[str, Any] = {"context": {**asked.context.to_json(), **counts}}
        if asked.addition is not None:
            told["addition"] = {**asked.addition.notes, "text": asked.addition.text}
        if asked.tools:
            told |= {"round": self._rounds + 1, "tool_answers": asked.tool_answers.to_json()}
        if self._tried_again is not None:
            told["retry_of"] = self._tried_again
        return told

    def _message(self, message_id: str, answered: Answered) -> NewEvent:
        message: dict[str, Any] = {
            **self._request.answer_notes,
            "message_id": message_id,
            "role": "assistant",
            "text": answered.text,
            "generated_by": self._generated_by(),
        }
        if answered.facts.get("truncated"):
            message["generated_by"]["truncated"] = True
        if answered.thinking:
            message["thinking"] = answered.thinking
        return self._event("conversation.message-posted", "assistant", message, causation=self.request_id)

    def _call(self, call: ToolCallArrived, answered: Answered) -> NewEvent:
        told = {
            "call_id": call.call_id,
            "name": call.name,
            "arguments": dict(call.arguments),
            "generated_by": self._generated_by(),
        }
        if answered.thinking and not answered.text:
            told["thinking"] = answered.thinking
        return self._event("conversation.tool-called", "assistant", told, causation=self.request_id)

    def _generated_by(self) -> dict[str, Any]:
        return {"model": self._model, "request": self.request_id}

    def _ended(self, event_type: str, answered: Answered, **data: Any) -> None:
        """Nothing was sent, or it has ended already: nothing is recorded."""
        if self._open is None:
            return
        told = {"request_id": self._open, "model": self._model, **data, "text": answered.text, **answered.facts}
        if answered.thinking:
            told["thinking"] = answered.thinking
        self._head = self._store.branch(self._branch.id).head  # a fact that stands wherever the branch is by now
        self._close(self._event(event_type, "system", told, causation=self._open))

    def _close(self, *events: NewEvent) -> None:
        """Append what ends the open request."""
        self._append(*events)
        self._cause = events[-1].id
        if self._open is not None:
            self._marks.end(self._open)
        self._open = None

    def _append(self, *events: NewEvent) -> None:
        self._head = self._store.append(self._branch.id, events, expected=self._head).head

    def _event(self, event_type: str, actor: str, data: Mapping[str, Any], *, causation: str | None = None) -> NewEvent:
        return NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type=event_type,
            data=data,
            actor=actor,
            subject=self._subject,
            time=self._clock.now(),
            causation_id=causation,
            correlation_id=self._run,
        )
