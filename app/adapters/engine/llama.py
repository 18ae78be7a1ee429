"""llama.cpp with one model in memory, through xllamacpp."""

from __future__ import annotations

import http.client
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.adapters.engine.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from app.adapters.engine.options import Options

BATCH_TOKENS: Final = 32
"""How much of a prompt is read in one go. A cancel waits for the end of a go: about 0.2 s, and no slower overall."""

PROMPTS_KEPT_MIB: Final = 64
"""Memory for prompts of earlier questions. By itself llama.cpp takes up to 8 GB: 1,000 answers took 2 GB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How a generation ended, by llama.cpp's own clock."""

    finish_reason: str
    prompt_tokens: int
    tokens: int
    prompt_ms: float
    predicted_ms: float


class LanguageModel(Protocol):
    """A model in memory; used by one thread at a time."""

    @property
    def n_ctx(self) -> int: ...

    def render(self, messages: Sequence[Mapping[str, Any]]) -> str:
        """The prompt that the model's own chat template makes of a conversation."""
        ...

    def tokenize(self, text: str) -> list[int]: ...

    def complete(
        self, prompt: list[int], options: Options, schema: Any, on_piece: Callable[[str], bool]
    ) -> Completion | None:
        """Generate. ``on_piece`` gets the text (also "", while the prompt is read) and says whether to go on.

        None when it was told to stop.
        """
        ...

    def close(self) -> None: ...


class Llama:
    """Implements ``LanguageModel``. The HTTP port that llama.cpp always opens beside answers only to our key."""

    def __init__(self, gguf: Path, n_ctx: int, threads: int) -> None:
        import xllamacpp  # noqa: PLC0415 - a large library, and the API has to answer without it

        params = xllamacpp.CommonParams()
        params.model.path = os.fspath(gguf)
        params.n_ctx = n_ctx
        params.n_parallel = 1
        params.n_batch = params.n_ubatch = BATCH_TOKENS
        params.warmup = False
        params.verbosity = 0
        params.ui = False
        params.endpoint_slots = False
        params.cache_ram_mib = PROMPTS_KEPT_MIB
        _share_processor(params, threads)
        self._key = secrets.token_hex(16)
        params.api_keys = [self._key]
        params.cors_origins = "http://127.0.0.1"
        try:
            self._server = xllamacpp.Server(params)
        except RuntimeError as error:
            raise Refusal(500, f"llama.cpp cannot load {gguf.name}: {error}") from None
        self._n_ctx = int(self._ask("GET", "/props")["default_generation_settings"]["n_ctx"])

    @property
    def n_ctx(self) -> int:
        return self._n_ctx

    def render(self, messages: Sequence[Mapping[str, Any]]) -> str:
        return str(self._ask("POST", "/apply-template", {"messages": list(messages)})["prompt"])

    def tokenize(self, text: str) -> list[int]:
        asked = {"content": text, "add_special": True, "parse_special": True}
        return list(self._ask("POST", "/tokenize", asked)["tokens"])

    def complete(
        self, prompt: list[int], options: Options, schema: Any, on_piece: Callable[[str], bool]
    ) -> Completion | None:
        parts: list[dict[str, Any]] = []

        def on_part(part: dict[str, Any]) -> bool:
            parts[:] = [part]
            if "error" in part:
                return True
            goes_on = on_piece(part["choices"][0]["text"])
            if not goes_on:
                parts.clear()
            return not goes_on

        self._server.handle_completions(_completion_body(prompt, options, schema), on_part)
        return _completion(parts[0]) if parts else None

    def close(self) -> None:
        self._server = None

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        connection = http.client.HTTPConnection(self._server.listening_address.removeprefix("http://"))
        try:
            headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise Refusal(400, str(answer["error"].get("message", answer["error"])))
        return answer


def _share_processor(params: Any, threads: int) -> None:
    """Leave a core to the window, also while the prompt is read.

    llama.cpp's threads wait for each other by spinning, so one that has to share its core holds up all. Measured on
    two busy cores: one thread 70 to 80 tokens a second, two between 20 and 120, and a short prompt took seconds. On
    two idle cores a second thread would read prompts twice as fast; ``num_thread`` asks for it.
    """
    threads = threads or max(1, (os.cpu_count() or 1) // 2)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.cpuparams.poll = params.cpuparams_batch.poll = 0


def _completion_body(prompt: list[int], options: Options, schema: Any) -> dict[str, Any]:
    body = {
        **options.sampling,
        "prompt": prompt,
        "max_tokens": options.num_predict,
        "stop": list(options.stop),
        "stream": True,
        "return_progress": True,
        # What was read in other portions differs in the last bits, and then in words: a seed would not repeat its text.
        "cache_prompt": not options.is_repeatable,
    }
    if schema is not None:
        body["json_schema"] = schema
    return body


def _completion(part: Mapping[str, Any]) -> Completion:
    if "error" in part:
        error = part["error"]
        raise Refusal(int(error.get("code", 500)), str(error.get("message", error)))
    usage, timings = part.get("usage", {}), part.get("timings", {})
    return Completion(
        finish_reason=part["choices"][0]["finish_reason"] or "stop",
        prompt_tokens=int(usage.get("prompt_tokens", 0)),
        tokens=int(usage.get("completion_tokens", 0)),
        prompt_ms=float(timings.get("prompt_ms", 0.0)),
        predicted_ms=float(timings.get("predicted_ms", 0.0)),
    )
