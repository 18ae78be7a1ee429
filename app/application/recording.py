"""Writes a continuation into its branch, event by event, in the order that the design fixes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.application.branch_labels import LOCAL_SOURCE
from app.domain.events import NewEvent

if TYPE_CHECKING:
    from app.application.continuing import ContinueRequest
    from app.application.ports import ChatDone, Clock, EventStore, Ids, Outgoing
    from app.domain.branches import Branch


class Recorder:
    """One run of a model on one branch.

    First commit, before the first byte leaves: instructions and customer's message (if any) and the request.
    Last commit: the answer and ``generation.completed``; or ``.failed`` or ``.cancelled`` with the partial text.
    """

    def __init__(
        self, store: EventStore, clock: Clock, ids: Ids, branch: Branch, request: ContinueRequest, model: str
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._branch, self._request, self._model = branch, request, model
        self._run = ids.new()
        self._subject = store.header(branch.session).subject
        self._head = branch.head
        self._request_id: str | None = None

    def requested(self, outgoing: Outgoing) -> None:
        """Record what is about to leave. Raises WrongPosition when the branch has grown meanwhile."""
        events = []
        if self._request.instructions is not None:
            events.append(
                self._event("conversation.instructions-changed", "analyst", {"text": self._request.instructions})
            )
        if self._request.say is not None:
            said = {"message_id": self._ids.new(), "role": "user", "text": self._request.say}
            events.append(self._event("conversation.message-posted", "user", said))
        request = self._event(
            "generation.requested",
            "system",
            {
                **self._request.request_notes,
                "model": outgoing.model,
                "digest": outgoing.digest,
                "server_version": outgoing.server_version,
                "endpoint": outgoing.endpoint,
                "request": json.loads(outgoing.body),
                "body": outgoing.body,
            },
            causation=events[-1].id if events else None,
        )
        appended = self._store.append(self._branch.id, [*events, request], expected=self._head)
        self._head, self._request_id = appended.head, request.id

    def completed(self, text: str, done: ChatDone, *, truncated: bool) -> int:
        """Record the answer and how it was made, in one commit; returns the position of the last event."""
        message_id = self._ids.new()
        generated = {"model": self._model, "request": self._request_id}
        message = {
            **self._request.answer_notes,
            "message_id": message_id,
            "role": "assistant",
            "text": text,
            "generated_by": generated,
        }
        told = {
            "message_id": message_id,
            "request_id": self._request_id,
            "done_reason": done.done_reason,
            "prompt_tokens": done.prompt_tokens,
            "tokens": done.tokens,
            "durations": dict(done.durations),
            "truncated": truncated,
        }
        events = [
            self._event("conversation.message-posted", "assistant", message, causation=self._request_id),
            self._event("generation.completed", "system", told, causation=self._request_id),
        ]
        self._head = self._store.append(self._branch.id, events, expected=self._head).head
        return self._head

    def failed(self, text: str, reason: str) -> None:
        self._ended("generation.failed", {"reason": reason, "text": text})

    def cancelled(self, text: str) -> None:
        self._ended("generation.cancelled", {"text": text})

    def _ended(self, event_type: str, data: dict[str, Any]) -> None:
        """Nothing was sent: nothing is recorded."""
        if self._request_id is None:
            return
        event = self._event(event_type, "system", {"request_id": self._request_id, **data}, causation=self._request_id)
        self._head = self._store.append(self._branch.id, [event], expected=self._head).head

    def _event(self, event_type: str, actor: str, data: dict[str, Any], *, causation: str | None = None) -> NewEvent:
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
