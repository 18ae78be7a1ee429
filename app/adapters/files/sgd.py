"""Schema-Guided Dialogue (and MultiWOZ 2.2, which has its shape): slots as deltas, service calls, offers.

A turn of the customer is its message, what it chose, and what changed in each service's slots; a turn of the
system is its service calls with their results, what it offered or sold, and its message. ``AFFIRM`` counts as
choosing only where the system had just offered something; what counts as bought is said in ``sgd_offers``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from app.adapters.files import drafting
from app.adapters.files.json_shape import key_paths
from app.adapters.files.sgd_offers import Offers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPE: Final = frozenset({"turns[].frames", "turns[].speaker", "turns[].utterance"})


class Action(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dialogue act; ``canonical_values`` as the services know them, ``values`` as they were spoken."""

    act: str
    slot: str = ""
    values: list[Any] = []
    canonical_values: list[Any] = []


class ServiceState(msgspec.Struct, frozen=True):
    """What the customer wants of a service after a turn."""

    active_intent: str
    requested_slots: list[str]
    slot_values: dict[str, list[str]]


class ServiceCall(msgspec.Struct, frozen=True):
    """A call of a service."""

    method: str
    parameters: dict[str, Any] = {}


class Frame(msgspec.Struct, frozen=True):
    """What a turn means for one service."""

    service: str
    actions: list[Action] = []
    state: ServiceState | None = None
    service_call: ServiceCall | None = None
    service_results: list[dict[str, Any]] = []

    def acts(self) -> set[str]:
        return {action.act for action in self.actions}


class Turn(msgspec.Struct, frozen=True):
    """One utterance."""

    speaker: Literal["USER", "SYSTEM"]
    utterance: str
    frames: list[Frame] = []


class Dialogue(msgspec.Struct, frozen=True):
    """One conversation about one or more services."""

    dialogue_id: str
    turns: list[Turn]
    services: list[str] = []

    def __post_init__(self) -> None:
        if not self.dialogue_id or not self.turns:
            raise ValueError("a dialogue needs an id and at least one turn")


_decoder: Final = msgspec.json.Decoder(Dialogue)


class SgdFormat:
    """Dialogues as an array, as lines, or one alone."""

    name = "sgd"
    title = "Schema-Guided Dialogue"

    def recognises(self, head: bytes) -> bool:
        return key_paths(head) >= _SHAPE

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        for draft in drafting.drafts(path, notes, lambda raw: self._session(raw, notes)):
            notes.missed("sgd: where in the utterance a slot's value stands (character spans)")
            notes.missed("sgd: times (the source has none)")
            yield draft

    def _session(self, raw: bytes, notes: ImportNotes) -> SessionDraft:
        dialogue = _decoder.decode(raw)
        draft = _Telling(dialogue, drafting.source_of(self.name)).draft()
        notes.saw("dialogues")
        notes.saw("turns", len(dialogue.turns))
        return draft


class _Telling:
    """Tells one dialogue as events."""

    def __init__(self, dialogue: Dialogue, source: str) -> None:
        self._dialogue = dialogue
        self._writer = drafting.SessionWriter(source, dialogue.dialogue_id)
        self._states: dict[str, ServiceState] = {}
        self._offers = Offers(self._writer)
        self._offered_last: frozenset[str] = frozenset()

    def draft(self) -> SessionDraft:
        dialogue = self._dialogue
        services = ", ".join(dict.fromkeys(service.rpartition("_")[0] or service for service in dialogue.services))
        self._writer.add("session.started", "system", {"services": dialogue.services, "turn": 0}, part="t0")
        for number, turn in enumerate(dialogue.turns):
            if turn.speaker == "USER":
                self._customer(number, turn)
            else:
                self._system(number, turn)
        last = dialogue.turns[-1]
        if last.speaker == "SYSTEM" and any("GOODBYE" in frame.acts() for frame in last.frames):
            number = len(dialogue.turns) - 1
            data = {"reason": "the assistant said goodbye", "turn": number}
            self._writer.add("session.closed", "assistant", data, part=f"t{number}")
        opening = drafting.shortened(dialogue.turns[0].utterance)
        return self._writer.draft(f"{services}: {opening}" if services else opening or dialogue.dialogue_id)

    def _message(self, number: int, turn: Turn, actor: str) -> None:
        data: dict[str, Any] = {
            "message_id": f"t{number}",
            "role": actor,
            "text": turn.utterance,
            "turn": number,
        }
        acts = [
            {"service": frame.service, **msgspec.to_builtins(action)}
            for frame in turn.frames
            for action in frame.actions
        ]
        if acts:
            data["acts"] = acts
        self._writer.add("conversation.message-posted", actor, data, part=f"t{number}")

    def _customer(self, number: int, turn: Turn) -> None:
        self._message(number, turn, "user")
        for frame in turn.frames:
            if frame.state is not None and (changes := self._changes(frame.service, frame.state)) is not None:
                data = {"service": frame.service, **changes, "turn": number}
                self._writer.add("conversation.slots-changed", "user", data, part=f"t{number}")
            for action in frame.actions:
                if action.act == "SELECT" or (action.act == "AFFIRM" and frame.service in self._offered_last):
                    self._offers.chosen(number, frame.service, action)
                    break

    def _changes(self, service: str, state: ServiceState) -> Mapping[str, Any] | None:
        """The delta from the service's last state; None when nothing changed."""
        before = self._states.get(service)
        self._states[service] = state
        if before is None:
            return {
                "set": state.slot_values,
                "unset": [],
                "intent": state.active_intent,
                "requested": state.requested_slots,
            }
        old, new = before.slot_values, state.slot_values
        changes: dict[str, Any] = {
            "set": {slot: values for slot, values in new.items() if old.get(slot) != values},
            "unset": [slot for slot in old if slot not in new],
        }
        if before.active_intent != state.active_intent:
            changes["intent"] = state.active_intent
        if before.requested_slots != state.requested_slots:
            changes["requested"] = state.requested_slots
        return changes if len(changes) > 2 or changes["set"] or changes["unset"] else None

    def _system(self, number: int, turn: Turn) -> None:
        offered = set()
        for frame in turn.frames:
            if frame.service_call is not None:
                self._offers.called(number, frame)
            if "OFFER" in frame.acts():
                self._offers.offered(number, frame)
                offered.add(frame.service)
        self._offered_last = frozenset(offered)
        self._message(number, turn, "assistant")
