"""The official client, narrowed: one host, no proxy, no redirect, bodies seen before they leave, answers bounded.

Importing this module imports httpx and ollama, and making a connection builds a TLS context: do both late.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Final

import httpx
import msgspec
import ollama

from app.adapters.ollama.refusals import failure
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024
_AS_IT_IS: Final = {"Accept-Encoding": "identity"}
_STREAMS: Final = ("application/x-ndjson", "application/json")
_BEFORE_SENDING: Final = "branchline.before_sending"


class Connection(ollama.AsyncClient):
    """Ollama's client without what would hide from us what is sent and received.

    Its own ``chat`` cannot pass ``truncate``, reads lines of any length and replaces invalid UTF-8.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(
            address,
            follow_redirects=False,
            trust_env=False,
            # Reading may wait for ever: a large model takes minutes to load and to read a long prompt.
            timeout=httpx.Timeout(None, connect=10.0),
            event_hooks={"request": [_tell_before_sending]},
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def get_json(self, path: str) -> Any:
        async with self._answer("GET", path) as response:
            return _decode(await _read(response))

    async def post_json(self, path: str, body: Mapping[str, Any]) -> Any:
        async with self._answer("POST", path, json=dict(body)) as response:
            return _decode(await _read(response))

    @asynccontextmanager
    async def stream(
        self, path: str, body: Mapping[str, Any], before_sending: Callable[[str], Awaitable[None]] | None = None
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """The bytes of a streamed answer; ``before_sending`` gets the body exactly as it will be sent."""
        extensions = {_BEFORE_SENDING: before_sending}
        async with self._answer("POST", path, json=dict(body), extensions=extensions) as response:
            self._refuse_other_content(response)
            yield response.aiter_bytes()

    def _refuse_other_content(self, response: httpx.Response) -> None:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and kind not in _STREAMS:
            raise ModelError(f"What answers at {self.address} sent {kind} in place of an answer; is it an Ollama?")

    @asynccontextmanager
    async def _answer(self, method: str, path: str, **request: Any) -> AsyncIterator[httpx.Response]:
        with self._in_words():
            async with self._client.stream(method, path, headers=_AS_IT_IS, **request) as response:
                await self._refuse_errors(response)
                yield response

    async def _refuse_errors(self, response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":  # a few bytes could become gigabytes
            raise ModelError(f"The server at {self.address} compresses its answers, which no Ollama does.")
        if response.is_redirect or response.status_code == httpx.codes.NOT_MODIFIED:
            target = response.headers.get("location", "nowhere")
            raise ModelError(f"The server at {self.address} redirects to {target}; Branchline follows no redirects.")
        if not response.is_success:
            raise failure(response.status_code, await _read(response))

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise ModelError(f"No Ollama answers at {self.address}.") from None
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            raise ModelError(f"The model server at {self.address} went away before its answer was complete.") from None
        except httpx.HTTPError as error:
            raise ModelError(f"Talking to the model server at {self.address} failed: {error}.") from None


async def _tell_before_sending(request: httpx.Request) -> None:
    tell = request.extensions.get(_BEFORE_SENDING)
    if tell is not None:
        await tell(request.content.decode())


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise ModelError(f"The model server sent more than {MAX_ANSWER_BYTES:,} bytes; the answer was stopped.")
    return bytes(body)


def _decode(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError):
        raise ModelError("The model server's answer is no JSON; is it an Ollama?") from None
