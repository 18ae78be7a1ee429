"""STAR: dialogues of a customer and a human assistant ("Wizard") who is shown suggestions and picks one, with times.

A pick is the list of suggestions, the click on the chosen one, and the message that was sent. What the assistant has
on its screen is not imported: it follows from what the knowledge base returned last. A task that the assistant
selects classifies the question. What only the customer was told (the guide's instructions), drafts and choices of
what is on screen have no word in the vocabulary and stay events of STAR's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files import drafting
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPE: Final = frozenset({"Events[].Agent", "Events[].Action"})
_SECOND: Final = 1_000_000
_LATEST: Final = 253_402_300_800  # the year 10000


class StarEvent(msgspec.Struct, frozen=True, rename="pascal"):
    """One event of the log; which fields are there depends on the action."""

    agent: str
    action: str
    unix_time: int | None = None
    text: str | None = None
    action_label: str | None = None
    action_label_options: list[str] | None = None
    api_name: str | None = msgspec.field(default=None, name="APIName")
    constraints: list[dict[str, Any]] = []
    item: dict[str, Any] | None = None
    total_items: int | None = None
    task: str | None = None


class Answer(msgspec.Struct, frozen=True, rename="pascal"):
    """One line of a questionnaire after the dialogue."""

    question: str
    answer: Any = None


class Dialogue(msgspec.Struct, frozen=True, rename="pascal"):
    """One file."""

    events: list[StarEvent]
    dialogue_id: int | str = msgspec.field(name="DialogueID")
    completion_level: str = ""
    batch_id: str | None = msgspec.field(default=None, name="BatchID")
    user: str | None = msgspec.field(default=None, name="AnonymizedUserWorkerID")
    wizard: str | None = msgspec.field(default=None, name="AnonymizedWizardWorkerID")
    scenario: dict[str, Any] = {}
    user_questionnaire: list[Answer] = []
    wizard_questionnaire: list[Answer] = []


_decoder: Final = msgspec.json.Decoder(Dialogue)


class StarFormat:
    """One dialogue a file, or several in an array or in lines."""

    name = "star"
    title = "STAR dialogues"

    def recognises(self, head: bytes) -> bool:
        return key_paths(head) >= _SHAPE

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        for draft in drafting.drafts(path, notes, lambda raw: self._session(raw, notes)):
            notes.missed("star: the item on the assistant's screen (it follows from what was returned last)")
            notes.missed("star: pictures of the tasks' flow charts and the batch's version")
            yield draft

    def _session(self, raw: bytes, notes: ImportNotes) -> SessionDraft:
        dialogue = _decoder.decode(raw)
        if not dialogue.events:
            raise BadInput(f"dialogue {dialogue.dialogue_id} has no events")
        draft = _Telling(dialogue, drafting.source_of(self.name)).draft()
        notes.saw("dialogues")
        notes.saw("events of the log", len(dialogue.events))
        return draft


class _Telling:
    """Tells one dialogue as events; ``turn`` is the index in the log."""

    def __init__(self, dialogue: Dialogue, source: str) -> None:
        self._dialogue = dialogue
        self._writer = drafting.SessionWriter(source, str(dialogue.dialogue_id), subject=dialogue.user)
        self._call: tuple[str, str] | None = None
        self._suggested_for: str | None = None

    def draft(self) -> SessionDraft:
        dialogue = self._dialogue
        data = {"scenario": dialogue.scenario, "batch": dialogue.batch_id, "assistant": dialogue.wizard, "turn": 0}
        self._writer.add("session.started", "system", data, part="t0", time=_time(dialogue.events[0]))
        for number, event in enumerate(dialogue.events):
            _ACTIONS.get((event.agent, event.action), _Telling.other)(self, number, event)
        self._end()
        return self._writer.draft(_title(dialogue))

    def _add(self, number: int, event: StarEvent, kind: str, actor: str, data: Mapping[str, Any], **more: Any) -> str:
        return self._writer.add(kind, actor, {**data, "turn": number}, part=f"t{number}", time=_time(event), **more)

    def said(self, number: int, event: StarEvent) -> None:
        role = "user" if event.agent == "User" else "assistant"
        actor = "user" if role == "user" else "agent"
        message = {"message_id": f"t{number}", "role": role, "text": event.text or ""}
        self._add(number, event, "conversation.message-posted", actor, message)

    def drafted(self, number: int, event: StarEvent) -> None:
        data = {"text": event.text or ""}
        self._suggested_for = self._add(number, event, "star.suggestions-requested", "agent", data)

    def picked(self, number: int, event: StarEvent) -> None:
        labels = event.action_label_options or []
        label = event.action_label or ""
        listed = [{"item": one, "name": one, "categories": [], "tags": []} for one in labels]
        shown = {
            "items": [{**one, "rank": rank, "score": None, "reasons": []} for rank, one in enumerate(listed, 1)],
            "candidates": listed,
            "strategy": {"name": "suggested replies"},
        }
        cause = self._add(number, event, "recommendation.items-shown", "system", shown, cause=self._suggested_for)
        self._suggested_for = None
        if label:
            cause = self._add(number, event, "behaviour.item-clicked", "agent", {"item": label}, cause=cause)
        message = {"message_id": f"t{number}", "role": "assistant", "text": event.text or "", "suggestion": label}
        self._add(number, event, "conversation.message-posted", "agent", message, cause=cause)

    def asked(self, number: int, event: StarEvent) -> None:
        call_id = f"t{number}"
        arguments = {name: value for constraint in event.constraints for name, value in constraint.items()}
        data: dict[str, Any] = {"call_id": call_id, "name": event.api_name or "", "arguments": arguments}
        if len(arguments) != sum(map(len, event.constraints)):
            data["arguments"] = event.constraints
        self._call = (call_id, self._add(number, event, "conversation.tool-called", "agent", data))

    def answered(self, number: int, event: StarEvent) -> None:
        call_id, cause = self._call or (f"t{number}", None)
        self._call = None
        result: dict[str, Any] = {"TotalItems": event.total_items}
        if event.item is not None:
            result["Item"] = event.item
        data = {"call_id": call_id, "name": event.api_name or "", "result": result, "error": False}
        self._add(number, event, "conversation.tool-returned", "tool", data, cause=cause)

    def task_selected(self, number: int, event: StarEvent) -> None:
        self._add(number, event, "conversation.question-classified", "agent", {"label": event.task or ""})

    def guided(self, number: int, event: StarEvent) -> None:
        self._add(number, event, "star.user-instructed", "system", {"text": event.text or ""})

    def selected(self, number: int, event: StarEvent) -> None:
        kind = "star.primary-selected" if event.action == "select_primary" else "star.secondary-selected"
        self._add(number, event, kind, "agent", {})

    def completed(self, number: int, event: StarEvent) -> None:
        self._add(number, event, "session.closed", "user", {"reason": "the customer ended it"})

    def other(self, number: int, event: StarEvent) -> None:
        """An action that the published logs do not have is kept as it is."""
        data = {"agent": event.agent, "action": event.action, "text": event.text}
        self._add(number, event, "star.unknown-action", "system", data)

    def _end(self) -> None:
        dialogue, last = self._dialogue, len(self._dialogue.events) - 1
        event = dialogue.events[last]
        if event.action != "complete":
            reason = {"reason": f"broken off ({dialogue.completion_level})"}
            self._add(last, event, "session.closed", "system", reason)
        for actor, answers in (("user", dialogue.user_questionnaire), ("agent", dialogue.wizard_questionnaire)):
            for one in answers:
                text = f"{one.question} {_word(one.answer)}"
                data = {"text": text, "question": one.question, "answer": one.answer, "by": actor}
                self._add(last, event, "conversation.feedback-given", actor, data)


_ACTIONS: Final[Mapping[tuple[str, str], Callable[[_Telling, int, StarEvent], None]]] = {
    ("User", "utter"): _Telling.said,
    ("Wizard", "utter"): _Telling.said,
    ("Wizard", "request_suggestions"): _Telling.drafted,
    ("Wizard", "pick_suggestion"): _Telling.picked,
    ("Wizard", "query"): _Telling.asked,
    ("KnowledgeBase", "return_item"): _Telling.answered,
    ("Wizard", "select_task"): _Telling.task_selected,
    ("Wizard", "select_primary"): _Telling.selected,
    ("Wizard", "select_secondary"): _Telling.selected,
    ("UserGuide", "instruct"): _Telling.guided,
    ("User", "complete"): _Telling.completed,
}


def _time(event: StarEvent) -> int | None:
    if event.unix_time is None:
        return None
    if not 0 <= event.unix_time < _LATEST:
        raise BadInput(f"UnixTime {event.unix_time} is no time of this age")
    return event.unix_time * _SECOND


def _word(answer: Any) -> str:
    return {True: "Yes", False: "No"}.get(answer, str(answer)) if isinstance(answer, bool) else str(answer)


def _title(dialogue: Dialogue) -> str:
    opening = next((one.text for one in dialogue.events if one.action == "utter" and one.text), "")
    domains = dialogue.scenario.get("Domains")
    named = ", ".join(map(str, domains)).capitalize() if isinstance(domains, list) else ""
    parts = [part for part in (named, drafting.shortened(opening)) if part]
    return ": ".join(parts) or f"Dialogue {dialogue.dialogue_id}"
