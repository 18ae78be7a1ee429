"""``branchline serve-model``: one GGUF file behind Ollama's API until it is told to stop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.adapters.engine.card import read_card
from app.adapters.engine.engine import Engine
from app.adapters.engine.http_server import EngineServer
from app.adapters.engine.llama import Llama
from app.adapters.engine.options import read_options
from app.adapters.engine.parent import die_with_parent
from app.adapters.engine.refusal import Refusal
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.adapters.engine.card import ModelCard


def serve(
    gguf: Path, *, host: str = "127.0.0.1", port: int = 0, announce: Callable[[str], None], watch_stdin: bool
) -> None:
    """Serve until interrupted; ``announce`` gets one line of JSON when the model is loaded and can be asked.

    With ``watch_stdin`` the process ends when its standard input does. Raises ``BadInput`` for a file that is no
    model, ``ModelError`` when it cannot be loaded or the port cannot be had.
    """
    if watch_stdin:
        die_with_parent()
    card = read_card(gguf)
    engine = Engine(card, lambda n_ctx, threads: Llama(gguf, n_ctx, threads))
    try:
        server = EngineServer((host, port), engine)
    except OSError as error:
        raise ModelError(f"Cannot listen on {host}:{port}: {error.strerror}.") from None
    with server:
        try:
            _load(engine, gguf)
            announce(_announcement(host, server.server_port, card))
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            engine.close()


class _Nobody:
    """Listens to the loading at the start."""

    def is_gone(self) -> bool:
        return False

    def hear(self, text: str) -> None:
        pass


def _load(engine: Engine, gguf: Path) -> None:
    try:
        engine.load(read_options({}), None, _Nobody())
    except Refusal as refusal:
        raise ModelError(f"The model {gguf} cannot be loaded: {refusal.error}") from None


def _announcement(host: str, port: int, card: ModelCard) -> str:
    shown = f"[{host}]" if ":" in host else host
    return json.dumps({"address": f"http://{shown}:{port}", "model": card.name})
