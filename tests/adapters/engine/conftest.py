"""A tiny model file, and the engine over HTTP with a model that costs nothing."""

from __future__ import annotations

import http.client
import json
import struct
import threading
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_language_model import FakeLanguageModel

from app.adapters.engine.card import read_card
from app.adapters.engine.engine import Engine
from app.adapters.engine.http_server import EngineServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def gguf_bytes(metadata: dict[str, str | int | list[str]], tensors: dict[str, tuple[int, ...]]) -> bytes:
    """A GGUF header of version 3, written by the format's rules; tensors without their content."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value.encode())) + value.encode()

    def value(content: str | int | list[str]) -> bytes:
        match content:
            case str():
                return struct.pack("<I", 8) + text(content)
            case int():
                return struct.pack("<II", 4, content)
            case _:
                return struct.pack("<IIQ", 9, 8, len(content)) + b"".join(map(text, content))

    pairs = b"".join(text(key) + value(content) for key, content in metadata.items())
    infos = b"".join(
        text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, 0) for name, shape in tensors.items()
    )
    return b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata)) + pairs + infos


TINY = gguf_bytes(
    {
        "general.architecture": "llama",
        "general.basename": "Tiny",
        "general.size_label": "1B",
        "general.file_type": 3,
        "llama.context_length": 2048,
        "llama.embedding_length": 64,
        "tokenizer.ggml.tokens": ["a", "b"],
        "tokenizer.chat_template": "{{ messages }}",
    },
    {"token_embd.weight": (64, 1000), "output_norm.weight": (64,)},
)


@pytest.fixture
def tiny_gguf(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(TINY)
    return path


class Served:
    """An engine on loopback and what was loaded into it."""

    def __init__(self, gguf: Path) -> None:
        self.model = FakeLanguageModel()
        self.loads: list[tuple[int, int]] = []
        self.engine = Engine(read_card(gguf), self._load)
        self.server = EngineServer(("127.0.0.1", 0), self.engine)
        self.host = f"127.0.0.1:{self.server.server_port}"

    def _load(self, n_ctx: int, threads: int) -> FakeLanguageModel:
        self.loads.append((n_ctx, threads))
        self.model.n_ctx = n_ctx
        return self.model

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host)

    def ask(
        self, path: str, body: Any = None, method: str = "POST", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = self.connect()
        try:
            content = body if isinstance(body, str | bytes) or body is None else json.dumps(body)
            connection.request(method, path, content, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        status, answer = self.ask(path, method="GET")
        assert status == 200
        return json.loads(answer)

    def chat(self, *texts: str, **fields: Any) -> tuple[int, list[Any]]:
        messages = [{"role": "user", "content": text} for text in texts]
        status, answer = self.ask("/api/chat", {"model": "tiny:1b", "messages": messages, **fields})
        return status, [json.loads(line) for line in answer.splitlines()]


@pytest.fixture
def served(tiny_gguf: Path) -> Iterator[Served]:
    served = Served(tiny_gguf)
    thread = threading.Thread(target=served.server.serve_forever, args=(0.01,))
    thread.start()
    yield served
    served.server.shutdown()
    thread.join()
    served.engine.close()
    served.server.server_close()
