"""Ollama's endpoints over one model."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.adapters.engine.asking import read_body, read_chat, read_generate
from app.adapters.engine.card import rfc3339
from app.adapters.engine.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.adapters.engine.asking import Request
    from app.adapters.engine.engine import Answered, Engine

VERSION: Final = "0.32.15+branchline"
"""The Ollama whose API this speaks; what follows the plus says that it is not Ollama."""


class Reply(Protocol):
    """Where an answer goes: one object, or a stream of them."""

    def is_gone(self) -> bool:
        """Whether nobody waits for it any more."""
        ...

    def whole(self, answer: Any) -> None: ...

    def part(self, answer: Any) -> None:
        """Raises ``ClientGone``."""
        ...


class Api:
    """What each endpoint answers; raises ``Refusal`` and ``ClientGone``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._card = engine.card
        self.routes: dict[tuple[str, str], Callable[[bytes, Reply], None]] = {
            ("GET", "/api/version"): lambda _, reply: reply.whole({"version": VERSION}),
            ("GET", "/api/tags"): lambda _, reply: reply.whole({"models": [self._card.listed()]}),
            ("GET", "/api/ps"): lambda _, reply: reply.whole({"models": self._loaded()}),
            ("POST", "/api/show"): self._show,
            ("POST", "/api/chat"): self._chat,
            ("POST", "/api/generate"): self._generate,
            ("POST", "/api/pull"): self._pull,
        }

    def _loaded(self) -> list[dict[str, Any]]:
        loaded = self._engine.loaded()
        if loaded is None:
            return []
        context_length, expires_ns = loaded
        card = self._card
        names = {"name": card.name, "model": card.name, "size": card.size, "digest": card.digest}
        residence = {"expires_at": rfc3339(expires_ns), "size_vram": 0, "context_length": context_length}
        return [{**names, "details": card.details(), **residence}]

    def _show(self, body: bytes, reply: Reply) -> None:
        self._check_model(read_body(body, "ShowRequest"))
        reply.whole(self._card.shown())

    def _chat(self, body: bytes, reply: Reply) -> None:
        given = read_body(body, "ChatRequest")
        self._check_model(given)
        self._answer(read_chat(given, self._card.name), reply, _as_message, with_context=False)

    def _generate(self, body: bytes, reply: Reply) -> None:
        given = read_body(body, "GenerateRequest")
        self._check_model(given)
        self._answer(read_generate(given, self._card.name), reply, _as_response, with_context=True)

    def _pull(self, body: bytes, reply: Reply) -> None:
        name = read_body(body, "PullRequest").get("model") or ""
        if not self._card.is_called(name):
            raise Refusal(501, f"the built-in model server has {self._card.name} and cannot pull others")
        telling = reply.part if json.loads(body).get("stream") is not False else reply.whole
        telling({"status": "success"})

    def _check_model(self, given: dict[str, Any]) -> None:
        name = given.get("model") or ""
        if not name:
            raise Refusal(400, "model is required")
        if any(character.isspace() or character in "!?\\\"'" for character in name):
            raise Refusal(400, "invalid model name")
        if not self._card.is_called(name):
            raise Refusal(404, f"model '{name}' not found")

    def _answer(
        self, request: Request, reply: Reply, shape: Callable[[str], dict[str, Any]], *, with_context: bool
    ) -> None:
        if request.asked is None:
            reason = self._engine.load(request.options, request.keep_alive_s, _Telling(reply, self._line, shape))
            reply.whole(self._line({**shape(""), "done": True, "done_reason": reason}))
            return
        telling = _Telling(reply, self._line, shape, stream=request.stream)
        answered = self._engine.generate(request.asked, telling)
        last = {**shape(telling.held), "done": True, "done_reason": answered.completion.finish_reason}
        if with_context and request.asked.raw is None:
            last["context"] = [*answered.prompt, *self._engine.tokenize(telling.text)]
        last.update(_figures(answered))
        (reply.part if request.stream else reply.whole)(self._line(last))

    def _line(self, content: dict[str, Any]) -> dict[str, Any]:
        return {"model": self._card.name, "created_at": rfc3339(time.time_ns()), **content}


class _Telling:
    """Hands a generation's pieces to the reply as they come, or holds them together."""

    def __init__(
        self,
        reply: Reply,
        line: Callable[[dict[str, Any]], dict[str, Any]],
        shape: Callable[[str], dict[str, Any]],
        *,
        stream: bool = False,
    ) -> None:
        self._reply, self._line, self._shape, self._stream = reply, line, shape, stream
        self._pieces: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def held(self) -> str:
        """What was not told yet when the generation ended."""
        return "" if self._stream else self.text

    def is_gone(self) -> bool:
        return self._reply.is_gone()

    def hear(self, text: str) -> None:
        self._pieces.append(text)
        if self._stream:
            self._reply.part(self._line({**self._shape(text), "done": False}))


def _as_message(text: str) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": text}}


def _as_response(text: str) -> dict[str, Any]:
    return {"response": text}


def _figures(answered: Answered) -> dict[str, int]:
    completion = answered.completion
    return {
        "total_duration": answered.total_ns,
        "load_duration": answered.load_ns,
        "prompt_eval_count": completion.prompt_tokens,
        "prompt_eval_duration": int(completion.prompt_ms * 1e6),
        "eval_count": completion.tokens,
        "eval_duration": int(completion.predicted_ms * 1e6),
    }
