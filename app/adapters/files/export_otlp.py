"""A session as OTLP/JSON traces with the GenAI conventions of OpenTelemetry: a line for each turn of each branch.

An answer is a ``chat`` span that holds what was said since the answer before; a tool call is an ``execute_tool`` span
below it. Everything else is a span event with its payload as JSON text. ``gen_ai.conversation.id`` is the session,
``branchline.branch`` the branch that owns the turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.otlp_json import CLIENT, Span, hexadecimal, line, text_of
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.outgoing.losses import Losses
    from app.application.outgoing.view import OutgoingView
    from app.application.ports import Progress
    from app.domain.branches import Branch
    from app.domain.events import Event

SCHEMA: Final = "https://opentelemetry.io/schemas/1.38.0"
_MOST_EVENTS: Final = 500
"""Span events of one span; a customer who only clicks gets a new span then."""
_ANSWERING: Final = frozenset({"assistant", "agent"})
_ROLES: Final = {"agent": "assistant"}
_TOLD_EVERY: Final = 500
_OPTIONS: Final = {
    "temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "seed": "seed", "num_predict": "max_tokens",
    "frequency_penalty": "frequency_penalty", "presence_penalty": "presence_penalty", "stop": "stop_sequences",
}  # fmt: skip


def export_otlp(view: OutgoingView, losses: Losses, progress: Progress) -> Iterator[str]:
    """Lines of ``TracesData``. Raises Cancelled."""
    header = view.header(view.session)
    resource = {
        "service.name": "branchline",
        "branchline.session.title": header.title,
        "branchline.session.source": header.source,
        "branchline.session.external_id": header.external_id,
        "enduser.id": header.subject,
    }
    done, total = 0, view.events
    for branch in view.branches(view.session):
        turn = _Turn(view.session, branch, losses)
        losses.lose("places in the tree of branches (where each leaves which)", int(branch.parent is not None))
        for event in view.iterate(branch.id, branch.fork_position + 1):
            if turn.take(event):
                yield line(resource, turn.spans(), SCHEMA)
                turn = _Turn(view.session, branch, losses)
            done += 1
            if done % _TOLD_EVERY == 0:
                progress(done, total, "writing spans")
        if turn.is_begun:
            yield line(resource, turn.spans(), SCHEMA)
    losses.lose("hashes and salts, by which the events could be verified", total)


@dataclass(slots=True)
class _Turn:
    """What a branch holds from behind one answer up to and with the next."""

    session: str
    branch: Branch
    losses: Losses
    root: Span | None = None
    tools: dict[str, Span] = field(default_factory=dict)
    closed: list[Span] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    instructions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_begun(self) -> bool:
        return self.root is not None

    def take(self, event: Event) -> bool:
        """Whether the turn is over with this event."""
        root = self.root = self.root or self._begun(event)
        self.losses.lose("times that nobody wrote down (0 stands for them)", int(event.time is None))
        data = event.data
        match event.type:
            case "conversation.message-posted":
                return self._posted(root, event)
            case "conversation.instructions-changed" if isinstance(data.get("text"), str):
                root.at(event.time)
                self.instructions = [{"type": "text", "content": data["text"]}]
            case "conversation.tool-called":
                self._called(root, event)
            case "conversation.tool-returned" if str(data.get("call_id")) in self.tools:
                self._returned(event)
            case _:
                self._other(root, event)
        return len(root.events) >= _MOST_EVENTS

    def spans(self) -> list[Span]:
        root = self.root
        if root is None:
            return []
        if self.said:
            root.attributes["gen_ai.input.messages"] = text_of(self.said)
        if self.instructions:
            root.attributes["gen_ai.system_instructions"] = text_of(self.instructions)
        return [root, *self.closed, *self.tools.values()]

    def _begun(self, event: Event) -> Span:
        ids = (self.session, self.branch.id, event.position)
        attributes = {
            "gen_ai.conversation.id": self.session,
            "session.id": self.session,
            "branchline.branch": self.branch.name,
            "branchline.position": event.position,
        }
        name = f"{self.branch.name} events" if self.branch.kind in SIDE_STREAMS else "events"
        return Span(name, hexadecimal(16, *ids), hexadecimal(8, *ids), attributes=attributes)

    def _posted(self, root: Span, event: Event) -> bool:
        data, role = event.data, str(event.data.get("role"))
        text = data.get("text")
        root.at(event.time)
        parts = data.get("parts")
        self.losses.lose("attachments (pictures and files)", len(parts) if isinstance(parts, list) else 0)
        message: dict[str, Any] = {"role": _ROLES.get(role, role), "parts": [{"type": "text", "content": text}]}
        if role not in _ANSWERING:
            self.said.append(message)
            return False
        if isinstance(data.get("thinking"), str):
            message["parts"].insert(0, {"type": "reasoning", "content": data["thinking"]})
        self._answered(root, event, message)
        return True

    def _answered(self, root: Span, event: Event, message: dict[str, Any]) -> None:
        made = event.data.get("generated_by")
        model = str(made["model"]) if isinstance(made, dict) and made.get("model") else None
        self.losses.lose("answers whose model nobody wrote down", int(model is None))
        root.name, root.kind = f"chat {model}" if model else "chat", CLIENT
        root.attributes |= {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "ollama" if model else "unknown",
            "gen_ai.response.model": model,
            "gen_ai.output.messages": text_of([message]),
            "branchline.answer.position": event.position,
        }
        if model and "gen_ai.request.model" not in root.attributes:
            root.attributes["gen_ai.request.model"] = model

    def _called(self, root: Span, event: Event) -> None:
        data = event.data
        ids = (self.session, self.branch.id, event.position)
        name = str(data.get("name") or "")
        span = Span(f"execute_tool {name}".strip(), root.trace, hexadecimal(8, *ids, "tool"), parent=root.id)
        span.at(event.time)
        root.at(event.time)
        span.attributes = {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": name,
            "gen_ai.tool.call.id": str(data.get("call_id")),
            "gen_ai.tool.call.arguments": text_of(data.get("arguments")),
            "gen_ai.conversation.id": self.session,
            "branchline.branch": self.branch.name,
            "branchline.position": event.position,
        }
        if (before := self.tools.pop(str(data.get("call_id")), None)) is not None:
            self.closed.append(before)
        self.tools[str(data.get("call_id"))] = span

    def _returned(self, event: Event) -> None:
        span = self.tools.pop(str(event.data.get("call_id")))
        span.at(event.time)
        span.attributes["gen_ai.tool.call.result"] = text_of(event.data.get("result"))
        span.failed = event.data.get("error") is True
        if self.root is not None:
            self.root.at(event.time)
        self.closed.append(span)

    def _other(self, root: Span, event: Event) -> None:
        """A span event; of a model's run also what the conventions have a name for."""
        data = event.data
        if event.type == "generation.requested":
            root.attributes["gen_ai.request.model"] = str(data.get("model"))
            sent = data.get("request")
            options = sent.get("options") if isinstance(sent, dict) else None
            for name, value in options.items() if isinstance(options, dict) else ():
                if name in _OPTIONS:
                    root.attributes[f"gen_ai.request.{_OPTIONS[name]}"] = value
        elif event.type == "generation.completed":
            root.attributes |= {
                "gen_ai.usage.input_tokens": data.get("prompt_tokens"),
                "gen_ai.usage.output_tokens": data.get("tokens"),
            }
        root.add(
            event.type,
            event.time,
            {
                "branchline.position": event.position,
                "branchline.actor": event.actor,
                "branchline.event.id": event.id,
                "branchline.data": text_of(event.data),
            },
        )
