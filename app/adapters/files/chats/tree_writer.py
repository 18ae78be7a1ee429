"""Trees of messages as sessions: a branch a leaf, turns counted, calls and returns joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.adapters.files.chats.steps import Called, Instructed, Rated, Retracted, Returned, Said, Unknown
from app.adapters.files.message_tree import TreeNode, plan, write_tree
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.adapters.files.chats.steps import ChatNode, Step
    from app.adapters.files.drafting import SessionWriter
    from app.adapters.files.message_tree import TreeLine, TreePlan
    from app.application.ports import ImportNotes

_OURS: Final = frozenset({
    "message_id", "role", "text", "turn", "model", "thinking", "partial", "generated_by", "replaces", "reapplies",
    "rerun_of", "call_id", "name", "arguments", "result", "error", "rating", "request_id",
})  # fmt: skip
"""Names that mean something to this program; a source's own field of such a name is kept as ``source_…``."""
_ACTORS: Final = frozenset({"user", "assistant", "system", "tool"})
_NEAR: Final = 64
"""So many open calls are looked through for the one that a result belongs to."""


class _Open(NamedTuple):
    """A call without result, and those that were open before it; branches share what they inherit."""

    call_id: str
    name: str
    event: str
    node: str
    before: _Open | None


def write_chat(
    writer: SessionWriter, nodes: Sequence[ChatNode], shown: str | None, notes: ImportNotes, form: str
) -> TreePlan:
    """Write a tree, its replies in the order in which the source ranks them; ``form`` is the format's name.

    Raises BadInput when there is no message.
    """
    known: dict[str, ChatNode] = {}
    for node in nodes:
        known.setdefault(node.id, node)
    planned = plan([TreeNode(node.id, node.parent) for node in nodes], shown if _tells(known, shown) else None)
    if not any(node.steps for node in known.values()):
        raise BadInput("the conversation has no message")
    if not planned.lines:
        raise BadInput("all messages of the conversation follow from themselves")
    writing = _Writing(writer, known, notes, form)
    write_tree(writer, planned, writing.write, lambda line: _name(known, line))
    notes.saw("messages", sum(1 for node in nodes if node.steps))
    if planned.orphans:
        notes.missed(f"{form}: what came before a message (it is not in the file)", len(planned.orphans))
    if planned.cyclic:
        notes.missed(f"{form}: messages that follow from themselves", len(planned.cyclic))
    if planned.repeated:
        notes.missed(f"{form}: messages whose id occurs a second time", len(planned.repeated))
    return planned


def last_written(nodes: Iterable[tuple[str, str | None, int | None]]) -> str | None:
    """The leaf written last, of (id, the one before it, time); what programs show that do not note what they show.

    The ones before come first; a message without a time counts as written right after the one before it.
    """
    written: dict[str, int] = {}
    parents: set[str | None] = set()
    for one, parent, time in nodes:
        written[one] = written.get(parent or "", 0) if time is None else time
        parents.add(parent)
    leaves = [one for one in reversed(written) if one not in parents]
    return max(leaves, key=written.__getitem__, default=None)


def in_order_of_children(nodes: Sequence[ChatNode], children: Iterable[Sequence[Any]]) -> list[ChatNode]:
    """The nodes with siblings in the order in which their parents list them, others behind."""
    place: dict[str, int] = {}
    for listed in children:
        for number, one in enumerate(listed):
            if isinstance(one, str):
                place.setdefault(one, number)
    return sorted(nodes, key=lambda node: place.get(node.id, len(place)))


def _tells(known: Mapping[str, ChatNode], shown: str | None) -> bool:
    """Whether the line that ends at ``shown`` has a message; an empty root may be named too."""
    passed: set[str] = set()
    while shown is not None and shown in known and shown not in passed:
        if known[shown].steps:
            return True
        passed.add(shown)
        shown = known[shown].parent
    return False


def _name(known: Mapping[str, ChatNode], line: TreeLine) -> str:
    for one in line.nodes:
        node = known[one]
        told = node.name or next((_words(step) for step in node.steps if _words(step).strip()), "")
        if told:
            return told[:400]
    return "branch"


def _words(step: Step) -> str:
    match step:
        case Said():
            return step.text
        case Called():
            return step.name
        case _:
            return ""


class _Writing:
    """Writes node after node, each after the one before it on its line."""

    def __init__(self, writer: SessionWriter, known: Mapping[str, ChatNode], notes: ImportNotes, form: str) -> None:
        self._writer, self._known, self._notes, self._form = writer, known, notes, form
        self._turns: dict[str, int] = {}  # of the message that follows a node
        self._opens: dict[str, _Open | None] = {}  # calls without result behind a node
        self._node = self._last = ""
        self._turn = self._said = self._calls = 0
        self._open: _Open | None = None

    def write(self, one: str, _depth: int) -> None:
        node = self._known[one]
        before = node.parent or ""
        self._node, self._said, self._calls = one, 0, 0
        self._turn, self._open = self._turns.get(before, 0), self._opens.get(before)
        for step in node.steps:
            self._step(step)
        self._turns[one] = self._turn + bool(node.steps)
        self._opens[one] = self._open

    def _step(self, step: Step) -> None:
        match step:
            case Said():
                self._say(step)
            case Called():
                self._call(step)
            case Returned():
                self._return(step)
            case Instructed():
                self._add("conversation.instructions-changed", "system", {"text": step.text}, step.beside, step.time)
            case Rated():
                self._rate(step)
            case Retracted():
                self._add("conversation.message-retracted", "user", {"message_id": self._node}, {}, step.time)
            case Unknown():
                self._notes.missed(f"{self._form}: meaning of messages whose form is not known (kept as they are)")
                self._add(f"{self._form}.unknown", "system", {"value": step.value}, {}, step.time)

    def _say(self, step: Said, name: str = "") -> None:
        self._said += 1
        actor = step.role if step.role in _ACTORS else "system"
        message_id = self._node if self._said == 1 else f"{self._node}#{self._said}"
        data: dict[str, Any] = {"message_id": message_id, "role": actor, "text": step.text}
        if actor != step.role:
            data["source_role"] = step.role
        if name:
            data["name"] = name
        self._about_model(step, data, is_answer=step.role == "assistant" and not step.by_person)
        self._timed(step.time)
        self._last = self._add("conversation.message-posted", actor, data, step.beside, step.time)

    def _call(self, step: Called) -> None:
        self._calls += 1
        call_id = step.call_id or f"{self._node}/{self._calls}"
        if any(one.call_id == call_id for one in _near(self._open)):
            call_id = f"{call_id}#{self._node}/{self._calls}"
        data = {"call_id": call_id, "name": step.name, "arguments": step.arguments, "message_id": self._node}
        if step.call_id and call_id != step.call_id:
            data["source_call_id"] = step.call_id
        self._about_model(step, data, is_answer=False)
        self._timed(step.time)
        event = self._add("conversation.tool-called", "assistant", data, step.beside, step.time)
        self._open = _Open(call_id, step.name, event, self._node, self._open)

    def _return(self, step: Returned) -> None:
        call = self._call_of(step)
        if call is None:
            text = step.result if isinstance(step.result, str) else ""
            more = {} if isinstance(step.result, str) or step.result is None else {"source_result": step.result}
            self._say(Said(role="tool", text=text, time=step.time, beside={**step.beside, **more}), name=step.name)
            self._notes.missed(f"{self._form}: the call that a tool's message answers (kept as a message)")
            return
        self._open = _without(self._open, call)
        data = {
            "call_id": call.call_id,
            "name": step.name or call.name,
            "result": step.result,
            "error": step.error,
            "message_id": self._node,
        }
        self._timed(step.time)
        self._add("conversation.tool-returned", "tool", data, step.beside, step.time, cause=call.event)

    def _rate(self, step: Rated) -> None:
        data: dict[str, Any] = {"text": step.text, "message_id": self._node}
        if step.rating is not None:
            data["rating"] = step.rating
        self._add("conversation.feedback-given", step.actor, data, step.beside, step.time, cause=self._last or None)

    def _call_of(self, step: Returned) -> _Open | None:
        near = _near(self._open)
        if not near:
            return None
        if step.call_id:
            return next((one for one in near if one.call_id == step.call_id), None)
        last = [one for one in near if one.node == near[0].node][-1]  # calls of one message return in their order
        if not step.name:
            return last
        named = (one for one in near if one.name == step.name or one.name.startswith(f"{step.name}."))
        return next(named, last if last.node == self._known[self._node].parent else None)

    def _about_model(self, step: Said | Called, data: dict[str, Any], *, is_answer: bool) -> None:
        if step.thinking:
            data["thinking"] = step.thinking
        if step.model:
            data["model"] = step.model
        elif is_answer:
            self._notes.missed(f"{self._form}: models that answered")

    def _timed(self, time: int | None) -> None:
        if time is None:
            self._notes.missed(f"{self._form}: times of messages")

    def _add(
        self,
        kind: str,
        actor: str,
        data: Mapping[str, Any],
        beside: Mapping[str, Any],
        time: int | None,
        *,
        cause: str | None = None,
    ) -> str:
        own = {f"source_{key}" if key in _OURS else key: value for key, value in beside.items()}
        told = {**own, **data, "turn": self._turn}
        return self._writer.add(kind, actor, told, part=self._node, time=time, cause=cause)


def _near(last: _Open | None) -> list[_Open]:
    """The newest open calls, the last one first."""
    found: list[_Open] = []
    while last is not None and len(found) < _NEAR:
        found.append(last)
        last = last.before
    return found


def _without(last: _Open | None, gone: _Open) -> _Open | None:
    newer = []
    while last is not None and last is not gone:
        newer.append(last)
        last = last.before
    kept = last.before if last is not None else None
    for one in reversed(newer):
        kept = one._replace(before=kept)
    return kept
