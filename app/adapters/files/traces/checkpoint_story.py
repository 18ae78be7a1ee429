"""A thread's checkpoints as a session: what each one changed; a checkpoint that was taken up twice begins a branch.

The line that was first stays main, so that importing a thread that went on adds to it: the newest checkpoint may well
stand on a branch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.drafting import SessionWriter, fingerprint, shortened
from app.adapters.files.message_tree import TreeNode, plan
from app.adapters.files.traces.channels import slots_of
from app.adapters.files.traces.messages import said_in
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.adapters.files.drafting import Mark
    from app.adapters.files.traces.said import Said
    from app.application.ports import ImportNotes, SessionDraft

MOST_CHECKPOINTS: Final = 50_000
MESSAGES: Final = "messages"
_HIDDEN: Final = ("__", "branch:")
"""Channels that LangGraph keeps for itself begin so."""


@dataclass(slots=True)
class Checkpoint:
    """One state of a thread.

    Attributes:
        values: channels by name; ``messages`` is the conversation.
        source: why it was made: ``input``, ``loop``, ``update`` (somebody changed it), ``fork``.
        told: failed or waiting tasks, as (kind, value).
    """

    id: str
    parent: str | None
    time: int | None
    values: Mapping[str, Any]
    source: str = ""
    step: Any = None
    told: list[tuple[str, Any]] = field(default_factory=list)


class Thread:
    """Writes one thread."""

    def __init__(self, writer: SessionWriter, notes: ImportNotes, name: str) -> None:
        self._writer, self._notes, self._name = writer, notes, name
        self._checkpoints: dict[str, Checkpoint] = {}
        self._turns: dict[str, int] = {}

    def tell(self, checkpoints: Sequence[Checkpoint]) -> SessionDraft:
        """``checkpoints`` in the order in which they were made. Raises BadInput when there are too many."""
        if len(checkpoints) > MOST_CHECKPOINTS:
            raise BadInput(f"the thread has {len(checkpoints):,} checkpoints; at most {MOST_CHECKPOINTS:,} are read")
        self._checkpoints = {one.id: one for one in checkpoints}
        self._writer.add("session.started", "system", {"turn": 0}, part="session", time=checkpoints[0].time)
        planned = plan(TreeNode(one.id, one.parent) for one in checkpoints)
        if planned.orphans:
            self._missed("checkpoints whose parent is gone (each begins a line of its own)", len(planned.orphans))
        if planned.cyclic:
            self._missed("checkpoints that follow from themselves (left out)", len(planned.cyclic))
        start, ends = self._writer.mark(), dict[str, "Mark"]()
        for number, line in enumerate(planned.lines):
            if number:
                begin = start if line.after is None else ends[line.after]
                self._writer.fork(begin, key=line.nodes[0], name=self._name_of(line.nodes))
            for one in line.nodes:
                self._checkpoint(self._checkpoints[one])
                ends[one] = self._writer.mark()
        newest = checkpoints[-1].id
        if planned.lines and newest not in planned.lines[0].nodes:
            self._missed("threads whose newest checkpoint stands on a branch (main is the line that was first)", 1)
        return self._writer.draft(self._title(checkpoints), continues=True, joins=True)

    def _checkpoint(self, one: Checkpoint) -> None:
        parent = self._checkpoints.get(one.parent or "")
        before = parent.values if parent is not None and parent.id != one.id else {}
        begun = self._writer.mark()
        self._messages(one, _listed(before.get(MESSAGES)), _listed(one.values.get(MESSAGES)))
        for name, value in one.values.items():
            if name != MESSAGES and not name.startswith(_HIDDEN) and before.get(name) != value:
                self._channel(one, name, before.get(name), value)
        for kind, value in one.told:
            self._add(kind, "system", {"value": value}, one)
        if self._writer.mark() == begun:
            self._missed("checkpoints that change nothing but LangGraph's own bookkeeping", 1)

    def _channel(self, one: Checkpoint, name: str, before: Any, value: Any) -> None:
        changes = slots_of(name, before, value)
        if changes is None:
            self._add("langgraph.channel-changed", "system", {"channel": name, "value": value}, one)
            return
        for change in changes:
            self._add("conversation.slots-changed", "agent", change, one)

    # --- messages: told apart by their ids, as LangGraph does

    def _messages(self, one: Checkpoint, before: Sequence[Any], now: Sequence[Any]) -> None:
        known = {_message_id(number, message): message for number, message in enumerate(before)}
        for number, message in enumerate(now):
            own = _message_id(number, message)
            turn = self._turns.setdefault(own, number)
            if own not in known:
                for said in said_in(message, "user") or ():
                    self._said(one, said, own, turn, message)
            elif (old := known.pop(own)) is not message and old != message:
                self._changed(one, own, turn, old, message)
        for own, message in known.items():
            if _words(message) is not None:
                self._add("conversation.message-retracted", "system", {"message_id": own}, one)

    def _changed(self, one: Checkpoint, own: str, turn: int, old: Any, message: Any) -> None:
        """A message under an id that was there with other words, or with none."""
        now = _words(message)
        if _words(old) is not None:
            self._add("conversation.message-edited", "system", {"message_id": own, "text": now or ""}, one, turn)
            return
        for said in said_in(message, "user") or ():
            if said.kind == "message":
                self._said(one, said, own, turn, message)

    def _said(self, one: Checkpoint, said: Said, own: str, turn: int, message: Any) -> None:
        cause = self._run(one, message, turn) if said.role == "assistant" and said.kind == "message" else None
        match said.kind:
            case "call":
                data = {"call_id": said.call_id or f"{own}/{said.name}", "name": said.name, "arguments": said.value}
                self._add("conversation.tool-called", "assistant", data, one, turn)
            case "result":
                data = {"call_id": said.call_id or own, "name": said.name, "result": said.value, "error": said.error}
                self._add("conversation.tool-returned", "tool", data, one, turn)
            case _:
                beside = {key: value for key, value in said.beside.items() if key != "source_id"}
                posted = {**beside, "message_id": own, "role": said.role, "text": said.text}
                self._add("conversation.message-posted", said.actor, posted, one, turn, cause)
        if cause is not None:
            usage = message.get("usage_metadata")
            usage = usage if isinstance(usage, dict) else {}
            told: dict[str, Any] = {"request_id": cause, "message_id": own}
            names = {"prompt_tokens": "input_tokens", "tokens": "output_tokens"}
            told |= {ours: usage[theirs] for ours, theirs in names.items() if isinstance(usage.get(theirs), int)}
            self._add("generation.completed", "system", told, one, turn, cause)

    def _run(self, one: Checkpoint, message: Any, turn: int) -> str | None:
        """The run of a model that a message tells of; None for one that was no model's, or does not say."""
        told = message.get("response_metadata") if isinstance(message, dict) else None
        model = told.get("model_name") or told.get("model") if isinstance(told, dict) else None
        if not isinstance(model, str) or not model:
            self._missed("models of answers (the state does not say)", 1)
            return None
        return self._add("generation.requested", "system", {"model": model}, one, turn)

    def _add(
        self,
        kind: str,
        actor: str,
        data: Mapping[str, Any],
        one: Checkpoint,
        turn: int | None = None,
        cause: str | None = None,
    ) -> str:
        where: dict[str, Any] = {"checkpoint": one.id, "step": one.step}
        if one.source not in ("input", "loop", ""):
            where["source"] = one.source
        if turn is not None:
            where["turn"] = turn
        return self._writer.add(kind, actor, {**data, **where}, part=one.id, time=one.time, cause=cause)

    # --- names

    def _name_of(self, nodes: Sequence[str]) -> str:
        """A branch is called by the first words that are new on it."""
        for own in nodes:
            one = self._checkpoints[own]
            parent = self._checkpoints.get(one.parent or "")
            before = _listed(parent.values.get(MESSAGES)) if parent is not None else ()
            fresh = _listed(one.values.get(MESSAGES))[len(before) :]
            if text := _first_text(fresh):
                return text
        return f"checkpoint {nodes[0][-12:]}"

    def _title(self, checkpoints: Iterable[Checkpoint]) -> str:
        for one in checkpoints:
            if text := _first_text(_listed(one.values.get(MESSAGES))):
                return shortened(text)
        return f"Thread {self._writer.external_id}"

    def _missed(self, what: str, count: int) -> None:
        self._notes.missed(f"{self._name}: {what}", count)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _words(message: Any) -> str | None:
    """The text of a message; None for one that is only calls of tools, or what they returned."""
    said = [one.text for one in said_in(message, "user") or () if one.kind == "message"]
    return "\n".join(said) if said else None


def _first_text(messages: Iterable[Any]) -> str:
    said = (one for message in messages for one in said_in(message, "user") or () if one.kind == "message")
    return next((one.text for one in said if one.text.strip() and one.role in ("user", "assistant")), "")


def _message_id(number: int, message: Any) -> str:
    """LangGraph gives every message an id; one without is known by its place and its words."""
    told = message.get("data", message) if isinstance(message, dict) else {}
    told = told.get("kwargs", told) if isinstance(told, dict) else {}
    own = told.get("id") if isinstance(told, dict) else None
    return own if isinstance(own, str) and own else f"{number}-{fingerprint(message, 12)}"
