"""One turn of a branch as spans: what was asked, the tools that were called, the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.otlp_json import CLIENT, Span, hexadecimal, text_of
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from app.application.outgoing.losses import Losses
    from app.domain.branches import Branch
    from app.domain.events import Event

_MOST_EVENTS: Final = 500
"""Span events of one span; a customer who only clicks gets a new span then."""
_ANSWERING: Final = frozenset({"assistant", "agent"})
_ROLES: Final = {"agent": "assistant"}
_OPTIONS: Final = {
    "temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "seed": "seed", "num_predict": "max_tokens",
    "frequency_penalty": "frequency_penalty", "presence_penalty": "presence_penalty", "stop": "stop_sequences",
}  # fmt: skip


@dataclass(slots=True)
class Turn:
    """What a branch holds from behind one answer up to and with the next."""

    session: str
    branch: Branch
    losses: Losses
    said: list[dict[str, Any]] = field(default_factory=list)
    root: Span | None = None
    tools: dict[str, Span] = field(default_factory=dict)
    closed: list[Span] = field(default_factory=list)
    answer: tuple[dict[str, Any], ...] = ()
    asking: Span | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
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
                self._returned(root, event)
            case _:
                self._other(root, event)
        return len(root.events) >= _MOST_EVENTS

    def spans(self) -> list[Span]:
        root = self.root
        if root is None:
            return []
        self._tell_input(root)
        return [*self.closed, *self.tools.values(), root]

    def _begun(self, event: Event) -> Span:
        ids = (self.session, self.branch.id, event.position)
        attributes = self._attributes(event)
        name = f"{self.branch.name} events" if self.branch.kind in SIDE_STREAMS else "events"
        return Span(name, hexadecimal(16, *ids), hexadecimal(8, *ids), attributes=attributes)

    def _attributes(self, event: Event) -> dict[str, Any]:
        conversation = self.session if self.branch.parent is None else f"{self.session}/{self.branch.id}"
        return {
            "gen_ai.conversation.id": conversation,
            "branchline.session": self.session,
            "branchline.branch": self.branch.name,
            "branchline.position": event.position,
        }

    def _tell_input(self, span: Span) -> None:
        """Give a span all that was said and is not told yet."""
        if self.said:
            span.attributes["gen_ai.input.messages"] = text_of(self.said)
        if self.instructions:
            span.attributes["gen_ai.system_instructions"] = text_of(self.instructions)
        self.said, self.instructions = [], []

    def _posted(self, root: Span, event: Event) -> bool:
        root.at(event.time)
        parts = event.data.get("parts")
        self.losses.lose("attachments (pictures and files)", len(parts) if isinstance(parts, list) else 0)
        message = message_of(event)
        if str(event.data.get("role")) not in _ANSWERING:
            self.said.append(message)
            return False
        self._answered(root, event, message)
        self.answer = (message,)
        return True

    def _answered(self, root: Span, event: Event, message: dict[str, Any]) -> None:
        made = event.data.get("generated_by")
        ours = made.get("model") if isinstance(made, dict) else None
        named = ours or event.data.get("model")
        model = str(named) if named else None
        self.losses.lose("answers whose model nobody wrote down", int(model is None))
        root.name, root.kind = f"chat {model}" if model else "chat", CLIENT
        root.attributes |= {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "ollama" if ours else "unknown",
            "gen_ai.response.model": model,
            "gen_ai.output.messages": text_of([message]),
            "branchline.answer.position": event.position,
        }
        if model and "gen_ai.request.model" not in root.attributes:
            root.attributes["gen_ai.request.model"] = model

    def _called(self, root: Span, event: Event) -> None:
        data = event.data
        name, call = str(data.get("name") or ""), str(data.get("call_id"))
        if self.asking is None:
            ids = (self.session, self.branch.id, event.position, "chat")
            self.asking = Span("chat", root.trace, hexadecimal(8, *ids), kind=CLIENT, start=root.start, end=root.end)
            self.asking.attributes = {
                **self._attributes(event),
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "unknown",
                "gen_ai.response.finish_reasons": ["tool_call"],
            }
            self._tell_input(self.asking)
            self.closed.append(self.asking)
        self.asking.at(event.time)
        self.asked.append({"type": "tool_call", "id": call, "name": name, "arguments": data.get("arguments")})
        self.asking.attributes["gen_ai.output.messages"] = text_of([{"role": "assistant", "parts": self.asked}])
        span = Span(
            f"execute_tool {name}".strip(),
            root.trace,
            hexadecimal(8, self.session, self.branch.id, event.position, "tool"),
            parent=self.asking.id,
        )
        span.at(event.time)
        span.attributes = {
            **self._attributes(event),
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": name,
            "gen_ai.tool.call.id": call,
            "gen_ai.tool.call.arguments": text_of(data.get("arguments")),
        }
        if (before := self.tools.pop(call, None)) is not None:
            self.closed.append(before)
        self.tools[call] = span

    def _returned(self, root: Span, event: Event) -> None:
        """What a tool gave is told to the model next: another step begins."""
        call, result = str(event.data.get("call_id")), event.data.get("result")
        span = self.tools.pop(call)
        span.at(event.time)
        span.attributes["gen_ai.tool.call.result"] = text_of(result)
        span.failed = event.data.get("error") is True
        self.closed.append(span)
        part = {"type": "tool_call_response", "id": call, "response": result}
        self.said.append({"role": "tool", "parts": [part]})
        self.asking, self.asked = None, []
        if event.time is not None:
            root.start = root.end = event.time

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


def message_of(event: Event) -> dict[str, Any]:
    """A message that was posted, in the words of the conventions."""
    data, role = event.data, str(event.data.get("role"))
    message: dict[str, Any] = {
        "role": _ROLES.get(role, role),
        "parts": [{"type": "text", "content": data.get("text")}],
    }
    if isinstance(data.get("thinking"), str):
        message["parts"].insert(0, {"type": "reasoning", "content": data["thinking"]})
    return message
