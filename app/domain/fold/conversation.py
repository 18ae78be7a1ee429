"""Fold of conversation and session events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.fold import payload
from app.domain.fold.generation import partial_text
from app.domain.fold.lists import Find, ItemChange
from app.domain.marks import content
from app.domain.tokens import PER_MESSAGE, estimated_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.fold.facts import Fact


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A tool that was called and has not returned."""

    name: str
    position: int
    ord: int


@dataclass(slots=True)
class Conversation:
    """The conversation part of the bounded state; values inside the dicts are immutable.

    ``entries`` and ``remarks`` count what the growing lists transcript and feedback hold; ``tokens`` estimates what
    a model would have to read of messages and calls.
    """

    slots: dict[str, Mapping[str, tuple[Any, ...]]] = field(default_factory=dict)
    intents: dict[str, str] = field(default_factory=dict)
    requested: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    instructions: str | None = None
    classification: Mapping[str, Any] | None = None
    open_calls: dict[str, OpenCall] = field(default_factory=dict)
    status: str = "open"
    entries: int = 0
    messages: int = 0
    remarks: int = 0
    tokens: int = 0

    def copy(self) -> Conversation:
        return replace(
            self,
            slots=dict(self.slots),
            intents=dict(self.intents),
            requested=dict(self.requested),
            forms=dict(self.forms),
            open_calls=dict(self.open_calls),
        )

    def to_json(self) -> dict[str, Any]:
        """The bounded members of the contract's ``conversation`` part."""
        return {name: form(self) for name, form in FORMS.items()}


FORMS: Final[Mapping[str, Callable[[Conversation], Any]]] = {
    "slots": lambda state: {s: {k: list(v) for k, v in slots.items()} for s, slots in state.slots.items()},
    "intents": lambda state: dict(state.intents),
    "requested": lambda state: {service: list(slots) for service, slots in state.requested.items()},
    "forms": lambda state: {name: dict(fields) for name, fields in state.forms.items()},
    "instructions": lambda state: state.instructions,
    "classification": lambda state: dict(state.classification) if state.classification is not None else None,
    "open_calls": lambda state: [
        {"call_id": call_id, "name": call.name, "position": call.position} for call_id, call in state.open_calls.items()
    ],
    "status": lambda state: state.status,
}
"""The contract's form of each bounded member, by its name there."""


def _entered(state: Conversation, event: Fact, key: str) -> tuple[ItemChange, ...]:
    state.entries += 1
    return (ItemChange("transcript", state.entries, event.position, key),)


def _posted(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    key = payload.identifier(event.data, "message_id")
    payload.text(event.data, "role")
    text = payload.text(event.data, "text")
    state.messages += 1
    state.tokens += PER_MESSAGE + estimated_tokens(text)
    return (*_entered(state, event, key), *_made_a_message(event, find))


def _made_a_message(event: Fact, find: Find) -> tuple[ItemChange, ...]:
    """What a run had written when it ended early is no longer only that, once a person made a message of it."""
    if event.data.get("partial") is not True:
        return ()
    generated = event.data.get("generated_by")
    request = generated.get("request") if isinstance(generated, dict) else None
    found = find("transcript", request) if isinstance(request, str) else None
    return (ItemChange("transcript", found, event.position, str(request)),) if found is not None else ()


def _revised(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    key = payload.identifier(event.data, "message_id")
    if event.type == "conversation.message-edited":
        payload.text(event.data, "text")
    found = find("transcript", key)
    if found is None:
        raise payload.Inapplicable(f"there is no message {key}")
    return (ItemChange("transcript", found, event.position, key),)


def _slots_changed(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    data = event.data
    service = payload.identifier(data, "service")
    fresh = {slot: _values(slot, values) for slot, values in payload.mapping(data, "set", {}).items()}
    unset = payload.texts(data, "unset")
    intent = data.get("intent")
    if intent is not None and not isinstance(intent, str):
        raise payload.Inapplicable("intent is no text")
    requested = payload.texts(data, "requested") if "requested" in data else None
    kept = {slot: values for slot, values in state.slots.get(service, {}).items() if slot not in unset}
    state.slots[service] = {**kept, **fresh}
    if intent is not None:
        state.intents[service] = intent
    if requested is not None:
        state.requested[service] = requested
    return ()


def _values(slot: str, values: Any) -> tuple[Any, ...]:
    if isinstance(values, (str, int, float, bool)):
        return (values,)
    if not isinstance(values, list) or not all(isinstance(one, (str, int, float, bool)) for one in values):
        raise payload.Inapplicable(f"slot {slot} holds neither a value nor a list of values")
    return tuple(values)


def _form_submitted(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    form = event.data.get("form", "")
    if not isinstance(form, str):
        raise payload.Inapplicable("form is no text")
    state.forms[form] = payload.mapping(event.data, "fields")
    return ()


def _classified(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    state.classification = dict(content(event.data))
    return ()


def _instructed(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    state.instructions = payload.text(event.data, "text")
    return ()


def _feedback_given(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    state.remarks += 1
    return (ItemChange("feedback", state.remarks, event.position, event.id),)


def _called(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    call_id = payload.identifier(event.data, "call_id")
    name = payload.text(event.data, "name")
    if call_id in state.open_calls:
        raise payload.Inapplicable(f"call {call_id} is open already")
    changes = _entered(state, event, call_id)
    state.tokens += PER_MESSAGE + estimated_tokens(str(event.data.get("arguments", "")))
    state.open_calls[call_id] = OpenCall(name, event.position, state.entries)
    return changes


def _returned(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    call_id = payload.identifier(event.data, "call_id")
    call = state.open_calls.get(call_id)
    if call is None:
        raise payload.Inapplicable(f"there is no open call {call_id}")
    del state.open_calls[call_id]
    state.tokens += PER_MESSAGE + estimated_tokens(str(event.data.get("result", "")))
    return (ItemChange("transcript", call.ord, event.position, call_id),)


def _status(status: str) -> Callable[[Conversation, Fact, Find], tuple[ItemChange, ...]]:
    def set_status(state: Conversation, event: Fact, find: Find) -> tuple[ItemChange, ...]:
        state.status = status
        return ()

    return set_status


def shown(state: Conversation, event: Fact) -> tuple[ItemChange, ...]:
    """A list that was shown is an entry of the transcript too."""
    return _entered(state, event, event.id)


def left(state: Conversation, event: Fact, request: str) -> tuple[ItemChange, ...]:
    """What a run had written when it failed or was stopped is an entry of the transcript, but no message."""
    return _entered(state, event, request) if partial_text(event) else ()


HANDLERS: Final[Mapping[str, Callable[[Conversation, Fact, Find], tuple[ItemChange, ...]]]] = {
    "conversation.message-posted": _posted,
    "conversation.message-edited": _revised,
    "conversation.message-retracted": _revised,
    "conversation.slots-changed": _slots_changed,
    "conversation.form-submitted": _form_submitted,
    "conversation.question-classified": _classified,
    "conversation.instructions-changed": _instructed,
    "conversation.feedback-given": _feedback_given,
    "conversation.tool-called": _called,
    "conversation.tool-returned": _returned,
    "session.started": _status("open"),
    "session.closed": _status("closed"),
    "session.handed-over": _status("handed over"),
}
