"""A loopback server that speaks Ollama's API the way a test tells it to, also wrongly."""

from __future__ import annotations

import json
import select
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    Step = Callable[["Exchange"], None]

MODEL = {
    "name": "scripted:1b",
    "model": "scripted:1b",
    "size": 1_000,
    "digest": "5" * 64,
    "details": {"context_length": 4_096},
    "capabilities": ["completion"],
}
REMOTE_MODEL = {**MODEL, "name": "far:120b", "model": "far:120b", "remote_host": "https://far.invalid"}
DONE = {
    "done": True,
    "done_reason": "stop",
    "total_duration": 5_000_000,
    "load_duration": 1_000_000,
    "prompt_eval_count": 12,
    "prompt_eval_duration": 2_000_000,
    "eval_count": 3,
    "eval_duration": 2_000_000,
}


class Exchange:
    """One request being answered; the steps of a script act on it."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: ScriptedServer) -> None:
        self.handler = handler
        self.server = server

    def head(self, status: int, **headers: str) -> None:
        self.handler.send_response(status)
        for name, value in {"Connection": "close", **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def write(self, content: bytes) -> None:
        self.handler.wfile.write(content)
        self.handler.wfile.flush()

    def client_is_gone(self) -> bool:
        connection = self.handler.connection
        readable, _, _ = select.select([connection], [], [], 0.02)
        try:
            return bool(readable) and not connection.recv(1)
        except OSError:  # it left without reading what it was sent
            return True


def answer(status: int, content: Any = b"", **headers: str) -> Step:
    """A whole answer; anything but bytes is sent as JSON."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()

    def step(exchange: Exchange) -> None:
        exchange.head(status, Content_Length=str(len(body)), **headers)
        exchange.write(body)

    return step


def begin_stream(exchange: Exchange) -> None:
    exchange.head(200, Content_Type="application/x-ndjson")


def promise_more(exchange: Exchange) -> None:
    """Begin an answer whose promised length is never sent: ending it is a server that vanished."""
    exchange.head(200, Content_Type="application/x-ndjson", Content_Length="1000000")


def line(content: Any) -> Step:
    return raw(json.dumps(content).encode() + b"\n")


def text(content: str) -> Step:
    return line({"model": "scripted:1b", "message": {"role": "assistant", "content": content}, "done": False})


def raw(content: bytes) -> Step:
    return lambda exchange: exchange.write(content)


def endless_line(exchange: Exchange) -> None:
    """One line until the client leaves."""
    try:
        while True:
            exchange.write(b"x" * 65_536)
    except OSError:
        exchange.server.disconnected.set()


def hang(exchange: Exchange) -> None:
    """Say nothing more until the client leaves or the server is closed."""
    exchange.server.hanging.set()
    while not exchange.server.closing.is_set():
        if exchange.client_is_gone():
            exchange.server.disconnected.set()
            return


class ScriptedServer:
    """Answers ``/api/chat`` with the steps of ``chat``, ``/api/pull`` of ``pull``; all else from plain attributes.

    ``chats`` go before ``chat``, one for each request.

    Attributes:
        bodies: of the chats received, byte for byte.
        asked: (method, path) of every request.
        hanging, disconnected: set when a chat hangs, and when its client was seen to leave.
    """

    def __init__(self, *chat: Step) -> None:
        self.chat = chat or (
            begin_stream,
            text("Hello"),
            text(" world"),
            line({**DONE, "message": {"role": "assistant", "content": ""}}),
        )
        self.chats: list[tuple[Step, ...]] = []
        self.version: Step = answer(200, {"version": "0.32.15"})
        self.tags: Step | None = None
        self.models: list[dict[str, Any]] = [MODEL]
        self.shown: dict[str, Any] = {"capabilities": ["completion"], "model_info": {}}
        self.loaded: list[dict[str, Any]] = [MODEL]
        self.pull: tuple[Step, ...] = (answer(200, {"status": "success"}),)
        self.bodies: list[bytes] = []
        self.asked: list[tuple[str, str]] = []
        self.hanging, self.disconnected, self.closing = threading.Event(), threading.Event(), threading.Event()
        self._http = _Http(("127.0.0.1", 0), _handler_for(self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), name="scripted-server")
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def steps_for(self, method: str, path: str, body: bytes) -> tuple[Step, ...]:
        self.asked.append((method, path))
        if path == "/api/chat":
            self.bodies.append(body)
            return self.chats.pop(0) if self.chats else self.chat
        if path == "/api/pull":
            return self.pull
        if path == "/api/show":
            return (self._show(json.loads(body)["model"]),)
        if path == "/api/tags" and self.tags is not None:
            return (self.tags,)
        simple = {"/api/tags": {"models": self.models}, "/api/ps": {"models": self.loaded}}
        return (self.version,) if path == "/api/version" else (answer(200, simple[path]),)

    def _show(self, name: str) -> Step:
        if any(model["name"] == name for model in self.models):
            return answer(200, self.shown)
        return answer(404, {"error": f"model '{name}' not found"})


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # joined by server_close, so that none outlives its test

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that left is what many tests are about."""


def _handler_for(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            exchange = Exchange(self, server)
            for step in server.steps_for(self.command, self.path, body):
                step(exchange)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
