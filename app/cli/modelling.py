"""Commands that need a model: continue, models, serve-model."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app import bootstrap
from app.application.continuing import ContinueRequest
from app.cli.output import ProgressLine, print_json, print_table, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from app.application.continuing import ContinueResult, ContinueUpdate


def continue_branch(options: argparse.Namespace) -> int:
    with bootstrap.core(options.store) as core, bootstrap.models(say, ProgressLine()) as models:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        request = ContinueRequest(
            branch=branch.id,
            say=options.say or None,  # nothing said is nothing to record
            instructions=options.instructions,
            model=options.model,
            options={
                "seed": options.seed,
                "temperature": options.temperature,
                "num_ctx": options.num_ctx,
                "num_predict": options.num_predict,
            },
            allow_remote=options.allow_remote,
        )
        watcher = _Watcher(to_stdout=not options.json)
        with _told_to_end_like_interrupted():
            run = models.io.submit(core.continuing(models.client).run(request, watcher.updated))
            try:
                result: ContinueResult = run.result()
            except KeyboardInterrupt:
                run.cancel()  # what came is recorded before the I/O thread ends
                raise
        watcher.finished()
        if options.json:
            print_json(result.to_json(branch.name))
        elif result.truncated:
            say("the prompt was cut by the server: it did not fit the context")
    return 0


@contextmanager
def _told_to_end_like_interrupted() -> Iterator[None]:
    """SIGTERM ends a continuation as Ctrl+C does: with its partial text recorded, not in the middle."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


class _Watcher:
    """Streams the answer: to stdout, or with ``--json`` to stderr; phases go to stderr."""

    def __init__(self, *, to_stdout: bool) -> None:
        self._stream = sys.stdout if to_stdout else sys.stderr
        self._written = 0
        self._phase = ""

    def updated(self, update: ContinueUpdate) -> None:
        if update.phase != self._phase:
            self._phase = update.phase
            if update.phase in ("connecting", "loading", "processing prompt"):
                say(f"{update.phase} …")
        if len(update.text) > self._written:
            self._stream.write(update.text[self._written :])
            self._stream.flush()
            self._written = len(update.text)

    def finished(self) -> None:
        if self._written:
            self._stream.write("\n")


def models(options: argparse.Namespace) -> int:
    with bootstrap.models(say, ProgressLine()) as gateway:
        found = gateway.io.submit(gateway.client.models()).result()
    if options.json:
        print_json([one.to_json() for one in found])
    else:
        print_table(
            ("name", "size", "context", "local", "can"),
            (
                (one.name, f"{one.size / 1e6:,.0f} MB", one.context_length, "yes" if one.local else "no",
                 ", ".join(one.capabilities))
                for one in found
            ),
        )  # fmt: skip
    return 0


def serve_model(options: argparse.Namespace) -> int:
    def announce(line: str) -> None:
        print(line, flush=True)
        if sys.stdout.isatty():
            say(f"point programs at it with OLLAMA_HOST={json.loads(line)['address']}; Ctrl+C ends it")

    bootstrap.serve_model(options.model, options.port, announce, ProgressLine(), watch_stdin=options.watch_stdin)
    return 0
