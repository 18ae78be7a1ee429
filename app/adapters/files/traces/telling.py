"""A conversation's steps as a session: messages once, models and tools where they ran, branches where inputs part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.drafting import SessionWriter, shortened
from app.adapters.files.message_tree import TreeNode, plan
from app.adapters.files.traces.standing import below_tools, outermost
from app.adapters.files.traces.steps import LEFT_OUT, LONGEST_KEPT
from app.adapters.files.traces.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.adapters.files.drafting import Mark
    from app.adapters.files.traces.steps import Opinion, Step
    from app.adapters.files.traces.talk import Node
    from app.application.ports import ImportNotes, SessionDraft

_NANO: Final = 1000
UNKNOWN_MODEL: Final = "unknown"


class Teller:
    """Tells one conversation. ``name`` is the format's, with which its notes begin."""

    def __init__(self, name: str, writer: SessionWriter, notes: ImportNotes) -> None:
        self._name, self._writer, self._notes = name, writer, notes
        self._at: dict[str, Node] = {}

    def tell(
        self, steps: Sequence[Step], opinions: Iterable[Opinion], started: Mapping[str, Any], title: str
    ) -> SessionDraft:
        """``steps`` in order of time; ``started`` is what the session begins with, ``title`` where nobody speaks."""
        talk = self._heard(steps)
        self._writer.add("session.started", "system", started, part="session", time=_first(steps))
        for step in talk.root.after:
            self._beside(step)
        self._lines(talk, opinions)
        self._note(talk, steps)
        said = (node.said for node in talk.nodes() if node.said.kind == "message")
        first = next((one.text for one in said if one.role == "user" and one.text.strip()), "")
        return self._writer.draft(shortened(first) or title, continues=True, joins=True)

    def _heard(self, steps: Sequence[Step]) -> Talk:
        talk = Talk()
        inner = below_tools(steps)
        models = [step for step in steps if step.kind == "model"]
        speaking = models if any(step.has_words for step in models) else [*models, *outermost(steps)]
        heard = {id(step) for step in speaking}
        calls = {said.call_id for step in speaking for said in (*(step.given or ()), *(step.answered or ()))} - {""}
        for step in steps:
            if id(step) in heard:
                self._at[step.id] = talk.hear(step, apart=step.id in inner)
            elif step.kind in ("tool", "retrieval"):
                self._at[step.id] = talk.used(step, is_expected=step.call_id in calls)
            else:
                self._at[step.id] = talk.tip
                talk.tip.after.append(step)
        talk.close()
        return talk

    # --- lines

    def _lines(self, talk: Talk, opinions: Iterable[Opinion]) -> None:
        nodes = {node.id: node for node in talk.nodes()}
        parents = [
            TreeNode(node.id, node.parent.id if node.parent is not None and node.parent is not talk.root else None)
            for node in nodes.values()
        ]
        start, ends = self._writer.mark(), dict[str, "Mark"]()
        about, whole = self._sorted(opinions)
        lines = plan(parents).lines
        for number, line in enumerate(lines):
            if number:
                begin = start if line.after is None else ends[line.after]
                self._writer.fork(begin, key=line.nodes[0], name=_branch_name(nodes[line.nodes[0]]))
            for one in line.nodes:
                self._node(nodes[one])
                ends[one] = self._writer.mark()
            for one in line.nodes:
                for opinion in about.get(one, ()):
                    self._opinion(opinion, one)
            if not number:
                self._of_the_whole(whole)
        if not lines:
            self._of_the_whole(whole)

    def _sorted(self, opinions: Iterable[Opinion]) -> tuple[dict[str, list[Opinion]], list[Opinion]]:
        """Opinions by the piece that they are about, and those about no piece: they end the main line."""
        about: dict[str, list[Opinion]] = {}
        whole: list[Opinion] = []
        for opinion in opinions:
            node = self._at.get(opinion.about)
            if node is None or not node.id:
                whole.append(opinion)
            else:
                about.setdefault(node.id, []).append(opinion)
        return about, whole

    def _of_the_whole(self, opinions: Iterable[Opinion]) -> None:
        for opinion in opinions:
            self._opinion(opinion, None)

    def _node(self, node: Node) -> None:
        part, turn = f"m/{node.id}", node.depth - 1
        if node.is_fresh:
            data = {"text": node.instructed or "", "turn": turn}
            self._writer.add("conversation.instructions-changed", "system", data, part=f"i/{node.id}", time=node.time)
        cause = self._requested(node.asked, turn) if node.asked is not None else None
        match node.said.kind:
            case "call":
                self._called(node, part, turn, cause)
            case "result" if node.call is not None:
                self._returned(node, node.call, part, turn)
            case _:
                self._posted(node, part, turn, cause)
        if node.ended is not None:
            self._ended(node.ended, turn, node)
        for step in node.after:
            self._beside(step, turn)

    def _posted(self, node: Node, part: str, turn: int, cause: str | None) -> None:
        said = node.said
        text = said.text if said.kind == "message" else _shown(said.value)
        data = {**said.beside, "message_id": node.id, "role": said.role, "text": text, "turn": turn}
        if said.name:
            data["name"] = said.name
        if node.asked is not None and node.asked.model:
            data["model"] = node.asked.model
        self._writer.add("conversation.message-posted", said.actor, data, part=part, time=node.time, cause=cause)

    def _called(self, node: Node, part: str, turn: int, cause: str | None) -> None:
        said, tool = node.said, node.tool
        data = {"call_id": _call_id(node), "name": said.name, "arguments": said.value, "turn": turn}
        time = node.time if node.time is not None or tool is None else tool.start
        self._writer.add("conversation.tool-called", "assistant", data, part=part, time=time, cause=cause)

    def _returned(self, node: Node, call: Node, part: str, turn: int) -> None:
        said, tool = node.said, call.tool
        data: dict[str, Any] = {"call_id": _call_id(call), "name": call.said.name, "result": said.value}
        data |= {"error": said.error, "turn": turn}
        time = node.time
        if tool is not None:
            data |= _of_tool(tool)
            time = tool.end if tool.end is not None else time
        self._writer.add("conversation.tool-returned", "tool", data, part=part, time=time)

    # --- what ran

    def _requested(self, step: Step, turn: int) -> str:
        data: dict[str, Any] = {"model": step.model or UNKNOWN_MODEL, "step": step.id, "turn": turn}
        if step.options:
            data["request"] = {"options": step.options}
        if step.tools is not None:
            data["tools"] = step.tools
        if step.name:
            data["name"] = step.name
        if step.beside:
            data["attributes"] = step.beside
        return self._writer.add("generation.requested", "system", data, part=_part(step), time=step.start, cause=None)

    def _ended(self, step: Step, turn: int, node: Node | None = None) -> None:
        request = f"{self._writer.external_id}/{_part(step)}/1"
        data: dict[str, Any] = {
            "request_id": request,
            "model": step.model or UNKNOWN_MODEL,
            **step.counts,
            "turn": turn,
        }
        data |= _lasted(step)
        if step.error is not None:
            kind, data["reason"] = "generation.failed", step.error or "the source does not say why"
        else:
            kind = "generation.completed"
            if node is not None and node.said.kind == "message":
                data["message_id"] = node.id
        self._writer.add(kind, "system", data, part=_part(step), time=step.end, cause=request)

    def _beside(self, step: Step, turn: int = 0) -> None:
        """A step without words of its own."""
        match step.kind:
            case "model":
                self._requested(step, turn)
                self._ended(step, turn)
            case "other" | "log":
                self._aside(step, turn)
            case _:
                call = {"call_id": step.call_id or step.id, "name": step.name, "turn": turn}
                asked = {**call, "arguments": step.arguments}
                cause = self._writer.add("conversation.tool-called", "agent", asked, part=_part(step), time=step.start)
                came = {**call, "result": step.result, "error": False, **_of_tool(step)}
                self._writer.add(
                    "conversation.tool-returned", "tool", came, part=_part(step), time=step.end, cause=cause
                )

    def _aside(self, step: Step, turn: int) -> None:
        """What is no part of the conversation itself: an agent or a chain that held it, or a line of a log."""
        data: dict[str, Any] = {"name": step.name, "step": step.id, "turn": turn}
        if step.parent:
            data["parent"] = step.parent
        if step.work:
            data["kind"] = step.work
        data |= _lasted(step)
        if step.error is not None:
            data["reason"] = step.error or "the source does not say why"
        if step.written:
            data["content"] = step.written
        if step.beside:
            data["attributes"] = step.beside
        kind = "log-written" if step.kind == "log" else "step-taken" if step.error is None else "step-failed"
        self._writer.add(f"trace.{kind}", "system", data, part=_part(step), time=step.start or step.end)

    def _opinion(self, opinion: Opinion, message_id: str | None) -> None:
        data = {**opinion.data} if message_id is None else {**opinion.data, "message_id": message_id}
        part = f"score/{opinion.id}"
        self._writer.add("conversation.feedback-given", opinion.actor, data, part=part, time=opinion.time)

    # --- what is to be told of it

    def _note(self, talk: Talk, steps: Sequence[Step]) -> None:
        heard, models = talk.heard, [step for step in steps if step.kind == "model"]
        self._notes.saw("messages in calls", heard.pieces)
        self._miss("messages that a later call repeats (kept once)", heard.repeated)
        self._miss("times of messages that are only seen as the history of a later call", heard.undated)
        self._miss(
            "what models were given (capture was off, or cut off)", sum(1 for step in models if step.given is None)
        )
        silent = sum(1 for step in models if step.answered is None and step.error is None)
        self._miss("what models answered (capture was off, or cut off)", silent)
        self._miss("models (nobody wrote down which)", sum(1 for step in models if not step.model))
        self._miss("times of calls", sum(1 for step in models if step.start is None or step.end is None))
        tools = [step for step in steps if step.kind == "tool"]
        self._miss("arguments or results of tools (capture was off)", sum(1 for one in tools if _is_mute(one)))
        values = (value for step in steps for value in (*step.beside.values(), *step.written.values()))
        long = sum(1 for value in values if isinstance(value, str) and value.startswith(LEFT_OUT))
        self._miss(f"attributes and contents of steps with more than {LONGEST_KEPT:,} characters", long)

    def _miss(self, what: str, count: int) -> None:
        if count:
            self._notes.missed(f"{self._name}: {what}", count)


def _part(step: Step) -> str:
    return f"{step.trace}/{step.id}"


def _is_mute(step: Step) -> bool:
    return step.arguments is None and step.result is None and step.error is None


def _call_id(node: Node) -> str:
    """The source's id of a call where it has one that no call before it has that is still open."""
    own = node.said.call_id
    taken = any(one is not node and one.said.call_id == own for one in node.open)
    return node.id if taken or not own else own


def _lasted(step: Step) -> dict[str, Any]:
    if step.start is None or step.end is None:
        return {}
    return {"durations": {"total_duration": (step.end - step.start) * _NANO}}


def _of_tool(step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {"step": step.id}
    if step.error is not None:
        told |= {"error": True, "reason": step.error}
    if step.beside:
        told["attributes"] = step.beside
    return told


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _first(steps: Sequence[Step]) -> int | None:
    return min((step.start for step in steps if step.start is not None), default=None)


def _branch_name(node: Node) -> str:
    said = node.said
    return said.text or (f"{said.name}()" if said.name else said.kind)
