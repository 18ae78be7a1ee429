"""The model behind the API: loaded on demand, one generation at a time, unloaded when it is not needed."""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.adapters.engine.fitting import cut_middle, newest_that_fit
from app.adapters.engine.refusal import ClientGone, Refusal, too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.adapters.engine.card import ModelCard
    from app.adapters.engine.llama import Completion, LanguageModel
    from app.adapters.engine.options import Options

DEFAULT_KEEP_ALIVE_S: Final = 300.0
_WAIT_STEP_S: Final = 0.05
_FOREVER_NS: Final = 2**63 - 1


class Listener(Protocol):
    """Who asked."""

    def is_gone(self) -> bool: ...

    def hear(self, text: str) -> None:
        """Raises ``ClientGone``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One generation: a conversation or (``raw``) text, or tokens of an earlier answer followed by text."""

    messages: Sequence[Mapping[str, Any]]
    options: Options
    keep_alive_s: float | None
    truncate: bool
    schema: Any = None
    raw: str | None = None
    context: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A generation that came to its end; durations in nanoseconds."""

    completion: Completion
    prompt: tuple[int, ...]
    total_ns: int
    load_ns: int


class Engine:
    """Any thread may call; the model itself is used by the one that holds the turn."""

    def __init__(self, card: ModelCard, load: Callable[[int, int], LanguageModel]) -> None:
        self.card = card
        self._load = load
        self._turn = threading.Lock()
        self._model: LanguageModel | None = None
        self._loaded_as: tuple[int, int] | None = None
        self._keep_alive_s = DEFAULT_KEEP_ALIVE_S
        self._expires = 0.0
        self._closing = threading.Event()

    def generate(self, asked: Asked, listener: Listener) -> Answered:
        """Raises ``Refusal`` or ``ClientGone``."""
        began = time.perf_counter_ns()
        with self._my_turn(listener, asked.keep_alive_s):
            model = self._ready(asked.options)
            loaded = time.perf_counter_ns()
            prompt = _prompt(model, asked)
            completion = model.complete(prompt, asked.options, asked.schema, self._ear(listener))
            if completion is None:
                raise ClientGone
        ended = time.perf_counter_ns()
        return Answered(completion=completion, prompt=tuple(prompt), total_ns=ended - began, load_ns=loaded - began)

    def load(self, options: Options, keep_alive_s: float | None, listener: Listener) -> str:
        """What a request without a prompt is for: load the model, or unload it; returns which."""
        with self._my_turn(listener, keep_alive_s):
            if self._keep_alive_s > 0:
                self._ready(options)
                return "load"
        return "unload"

    def tokenize(self, text: str) -> list[int]:
        with self._turn:
            return self._model.tokenize(text) if self._model else []

    def loaded(self) -> tuple[int, int] | None:
        """(context length, nanoseconds since 1970 when it will be unloaded) of the model, if it is in memory."""
        model = self._model
        if model is None:
            return None
        left_s = self._expires - time.monotonic()
        return model.n_ctx, _FOREVER_NS if math.isinf(left_s) else time.time_ns() + int(left_s * 1e9)

    def unload_if_expired(self) -> None:
        if self._model is not None and time.monotonic() >= self._expires and self._turn.acquire(blocking=False):
            try:
                if time.monotonic() >= self._expires:
                    self._unload()
                    self._keep_alive_s = DEFAULT_KEEP_ALIVE_S
            finally:
                self._turn.release()

    def close(self) -> None:
        """Stop what is being generated and free the model."""
        self._closing.set()
        with self._turn:
            self._unload()

    @contextmanager
    def _my_turn(self, listener: Listener, keep_alive_s: float | None) -> Iterator[None]:
        while not self._turn.acquire(timeout=_WAIT_STEP_S):
            if listener.is_gone():
                raise ClientGone
        try:
            if self._closing.is_set():
                raise Refusal(503, "the built-in model is closing")
            if keep_alive_s is not None:
                self._keep_alive_s = keep_alive_s
            self._expires = math.inf
            yield
        finally:
            self._expires = time.monotonic() + self._keep_alive_s
            if self._keep_alive_s <= 0:
                self._unload()
                self._keep_alive_s = DEFAULT_KEEP_ALIVE_S
            self._turn.release()

    def _ready(self, options: Options) -> LanguageModel:
        wanted = (min(options.num_ctx, self.card.context_length or options.num_ctx), options.num_thread)
        if self._model is None or self._loaded_as != wanted:
            self._unload()
            self._model, self._loaded_as = self._load(*wanted), wanted
        return self._model

    def _unload(self) -> None:
        if self._model is not None:
            self._model.close()
        self._model = None

    def _ear(self, listener: Listener) -> Callable[[str], bool]:
        def hear(text: str) -> bool:
            if self._closing.is_set() or listener.is_gone():
                return False
            try:
                if text:
                    listener.hear(text)
            except ClientGone:
                return False
            return True

        return hear


def _prompt(model: LanguageModel, asked: Asked) -> list[int]:
    """The tokens to send to the model, refused or cut when there are too many."""

    def tokens_of(messages: Sequence[Mapping[str, Any]]) -> list[int]:
        text = asked.raw if asked.raw is not None else model.render(messages)
        return [*asked.context, *model.tokenize(text)]

    def fits(messages: Sequence[Mapping[str, Any]]) -> bool:
        return len(tokens_of(messages)) < model.n_ctx

    tokens = tokens_of(asked.messages)
    if len(tokens) < model.n_ctx:
        return tokens
    if not asked.truncate:
        raise too_long(len(tokens), model.n_ctx)
    tokens = tokens_of(newest_that_fit(asked.messages, fits)) if asked.messages else tokens
    return tokens if len(tokens) < model.n_ctx else cut_middle(tokens, model.n_ctx, asked.options.num_keep)
