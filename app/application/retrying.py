"""The wish that repeats an earlier request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.application.continue_request import ContinueRequest, PromptAddition
from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput, NotFound
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.events import Event

_LOOKED_AT: Final = 20
_KEPT: Final = {"format": "format", "think": "think", "keep_alive": "keep_alive", "model": "model"}


def request_again(store: EventStore, time_machine: TimeMachine, branch: str, request: str | None) -> ContinueRequest:
    """Raises NotFound when there is nothing to try again, BadInput for an event that is no request."""
    asked = (
        _named(store, branch, request) if request is not None else _last_that_ended_badly(store, time_machine, branch)
    )
    sent = asked.data.get("request")
    if asked.type != "generation.requested" or not isinstance(sent, dict):
        raise BadInput(f"event {asked.id} is no request to a model that could be tried again")
    told: dict[str, Any] = {name: sent[key] for name, key in _KEPT.items() if key in sent}
    addition = asked.data.get("addition")
    if isinstance(addition, dict):
        notes = {name: value for name, value in addition.items() if name != "text"}
        told["addition"] = PromptAddition(text=str(addition.get("text", "")), notes=notes)
    return ContinueRequest(
        branch=branch,
        options=sent.get("options") or {},
        tools=tuple(sent.get("tools") or ()),
        context=_with_what_was_said(store, asked),
        retry_of=asked.id,
        **told,
    )


def _with_what_was_said(store: EventStore, asked: Event) -> ContextChoice:
    """The context then; the message that came with the request is one of the earlier ones now."""
    context = ContextChoice.from_json(asked.data.get("context") or {})
    (said,) = store.read(asked.branch, asked.position - 1, asked.position - 1) or (asked,)
    if said.id != asked.causation_id or said.type != MESSAGE_POSTED:
        return context
    if context.kind == "last":
        return replace(context, turns=(context.turns or 0) + 1)
    if context.kind == "picked":
        return replace(context, keys=(*context.keys, str(said.data.get("message_id"))))
    return context


def _named(store: EventStore, branch: str, request: str) -> Event:
    places = dict(store.locate(store.branch(branch).session, request))
    for owner, position in places.items():
        return store.read(owner, position, position)[0]
    raise NotFound(f"the session has no event {request}")


def _last_that_ended_badly(store: EventStore, time_machine: TimeMachine, branch: str) -> Event:
    runs = time_machine.runs(branch, _LOOKED_AT, store.branch(branch).head)
    for events in reversed(runs):
        if events[-1].type != "generation.completed":
            return events[0]
    raise NotFound("no run on this branch has failed or was stopped, so there is nothing to try again")
