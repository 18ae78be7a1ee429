"""Where the configured Ollama listens, from the many forms of ``OLLAMA_HOST``."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from app.domain.errors import BadInput

DEFAULT_PORT: Final = 11434
_PORT_OF_SCHEME: Final = {"http": 80, "https": 443}
_ANY_INTERFACE: Final = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, never bound


def server_address(value: str | None) -> str:
    """The URL to connect to. A server told to listen on every interface is reached on loopback.

    As in Ollama itself a missing scheme means http and port 11434, a given scheme its own port.
    """
    text = (value or "").strip().strip("\"'")
    has_scheme = "://" in text
    try:
        parts = urlsplit(text if has_scheme else f"http://{text}")
        port = parts.port
    except ValueError as error:
        raise BadInput(f"OLLAMA_HOST is no address: {value!r} ({error}).") from None
    if parts.scheme not in _PORT_OF_SCHEME:
        raise BadInput(f"OLLAMA_HOST must begin with http:// or https://, not {parts.scheme}://.")
    host = parts.hostname or ""
    host = _ANY_INTERFACE.get(host, host)
    if port is None:
        port = _PORT_OF_SCHEME[parts.scheme] if has_scheme else DEFAULT_PORT
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{port}{parts.path.rstrip('/')}"
