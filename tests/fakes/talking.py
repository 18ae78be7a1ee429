"""Asking a model client in tests, from a thread that is not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.application.ports import ChatDone, ChatRequest, PhaseChanged, TextArrived

if TYPE_CHECKING:
    from app.application.ports import ChatPart, ModelClient, Outgoing


def question(model: str, say: str = "Name a fruit.", **options: object) -> ChatRequest:
    return ChatRequest(model=model, messages=({"role": "user", "content": say},), options=options)


class Listener:
    """Takes the parts of one chat; ``sent`` and ``parts`` are filled as it goes."""

    def __init__(self, client: ModelClient, request: ChatRequest) -> None:
        self.client, self.request = client, request
        self.sent: list[Outgoing] = []
        self.parts: list[ChatPart] = []

    async def listen(self) -> Listener:
        async for part in self.client.chat(self.request, self.on_sending):
            self.parts.append(part)
            self.on_part(part)
        return self

    async def on_sending(self, outgoing: Outgoing) -> None:
        self.sent.append(outgoing)

    def on_part(self, part: ChatPart) -> None:
        """For tests that act in the middle."""

    @property
    def phases(self) -> list[str]:
        return [part.phase for part in self.parts if isinstance(part, PhaseChanged)]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, TextArrived))

    @property
    def done(self) -> ChatDone:
        (done,) = (part for part in self.parts if isinstance(part, ChatDone))
        return done
