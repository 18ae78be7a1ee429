"""A language model that counts words and says what it is told to say."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from app.adapters.engine.llama import Completion
from app.adapters.engine.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.adapters.engine.options import Options


class FakeLanguageModel:
    """One token a word. The prompt of a conversation is its texts, with a word for each role.

    Attributes:
        prompts: every prompt it was asked to complete, as text.
        endless: says ``answer`` again and again until told to stop; ``stopped`` is set when it was.
        fails_after: raises ``Refusal`` after this many pieces.
    """

    def __init__(self, n_ctx: int = 4096, answer: tuple[str, ...] = ("Hello", " world")) -> None:
        self.n_ctx = n_ctx
        self.answer = answer
        self.prompts: list[str] = []
        self.asked: list[tuple[Options, Any]] = []
        self.endless = False
        self.fails_after: int | None = None
        self.started, self.stopped = threading.Event(), threading.Event()
        self.closed = False
        self._words: list[str] = []

    def render(self, messages: Sequence[Mapping[str, Any]]) -> str:
        return " ".join(f"{message['role']}: {message['content']}" for message in messages)

    def tokenize(self, text: str) -> list[int]:
        words = text.split()
        self._words += [word for word in dict.fromkeys(words) if word not in self._words]
        return [self._words.index(word) for word in words]

    def complete(
        self, prompt: list[int], options: Options, schema: Any, on_piece: Callable[[str], bool]
    ) -> Completion | None:
        self.prompts.append(" ".join(self._words[token] for token in prompt))
        self.asked.append((options, schema))
        self.started.set()
        goes_on = on_piece("")
        while goes_on:
            for number, piece in enumerate(self.answer):
                if number == self.fails_after:
                    raise Refusal(500, "the model fell over")
                goes_on = goes_on and on_piece(piece)
            if goes_on and not self.endless:
                return Completion(
                    finish_reason="stop",
                    prompt_tokens=len(prompt),
                    tokens=len(self.answer),
                    prompt_ms=2.0,
                    predicted_ms=3.0,
                )
        self.stopped.set()
        return None

    def close(self) -> None:
        self.closed = True
