"""Ollama's API over HTTP, for this machine only."""

from __future__ import annotations

import ipaddress
import json
import select
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from app.adapters.engine.api import Api, Reply
from app.adapters.engine.refusal import ClientGone, Refusal

if TYPE_CHECKING:
    from app.adapters.engine.engine import Engine

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
_GREETING: Final = b"Ollama is running"


class EngineServer(ThreadingHTTPServer):
    """One thread a connection; unloads the idle model between requests."""

    daemon_threads = True  # a connection that a client keeps open must not keep the process

    def __init__(self, address: tuple[str, int], engine: Engine) -> None:
        self.api = Api(engine)
        self._engine = engine
        super().__init__(address, _Handler)

    def service_actions(self) -> None:
        self._engine.unload_if_expired()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is no news; anything else is a defect and keeps its traceback."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: EngineServer
    # A streamed piece is a packet of its own; waiting to fill one would make the text stutter.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_HEAD = do_DELETE = do_PUT = do_OPTIONS = do_GET  # noqa: N815 - http.server's names

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            return
        if not self._is_local():
            self._send(HTTPStatus.FORBIDDEN, b"", None)
            return
        path = urlsplit(self.path).path
        if path == "/" and self.command in ("GET", "HEAD"):
            self._send(HTTPStatus.OK, _GREETING, "text/plain; charset=utf-8")
            return
        route = self.server.api.routes.get((self.command, path))
        if route is None:
            self._send_no_route(path)
            return
        reply = _HttpReply(self)
        try:
            route(body, reply)
            reply.end()
        except Refusal as refusal:
            reply.refuse(refusal)
        except ClientGone:
            self.close_connection = True

    def _body(self) -> bytes | None:
        try:
            size = int(self.headers.get("Content-Length") or 0)
        except ValueError:
            size = -1
        if not 0 <= size <= MAX_BODY_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"413 request entity too large", "text/plain")
            return None
        return self.rfile.read(size)

    def _is_local(self) -> bool:
        """Keeps out pages in a browser, which reach loopback by another name (DNS rebinding) or from another origin."""
        origin = self.headers.get("Origin")
        return _is_loopback(f"//{self.headers.get('Host', '')}") and (origin is None or _is_loopback(origin))

    def _send_no_route(self, path: str) -> None:
        methods = [method for method, known in self.server.api.routes if known == path]
        if methods:
            allow = {"Allow": ", ".join(methods)}
            self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"405 method not allowed", "text/plain", allow)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"404 page not found", "text/plain")

    def _send(self, status: int, body: bytes, kind: str | None, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind is not None:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_json(self, status: int, answer: Any) -> None:
        self._send(status, encode(answer), "application/json; charset=utf-8")

    def version_string(self) -> str:
        return "branchline"

    def log_message(self, *_: object) -> None:
        """Standard output and error belong to whoever started the engine."""


class _HttpReply(Reply):
    """One answer; its head is sent with its first part, so that until then an error still has a status of its own."""

    def __init__(self, handler: _Handler) -> None:
        self._handler = handler
        self._chunked = handler.request_version != "HTTP/1.0"
        self._streaming = False

    def is_gone(self) -> bool:
        connection = self._handler.connection
        try:
            readable, _, _ = select.select([connection], [], [], 0)
            return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def whole(self, answer: Any) -> None:
        self._handler.send_json(HTTPStatus.OK, answer)

    def part(self, answer: Any) -> None:
        if not self._streaming:
            self._begin()
        self._write(encode(answer) + b"\n")

    def end(self) -> None:
        if self._streaming and self._chunked:
            self._handler.wfile.write(b"0\r\n\r\n")

    def refuse(self, refusal: Refusal) -> None:
        if self._streaming:
            self.part({"error": refusal.error})
            self.end()
        else:
            self._handler.send_json(refusal.status, {"error": refusal.error})

    def _begin(self) -> None:
        self._streaming = True
        self._handler.send_response(HTTPStatus.OK)
        self._handler.send_header("Content-Type", "application/x-ndjson")
        if self._chunked:
            self._handler.send_header("Transfer-Encoding", "chunked")
        else:
            self._handler.close_connection = True
        self._handler.end_headers()

    def _write(self, line: bytes) -> None:
        try:
            self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(line), line) if self._chunked else line)
        except OSError:
            raise ClientGone from None


def encode(answer: Any) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _is_loopback(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
