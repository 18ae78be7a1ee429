"""Commands that need a model: continue, models, serve-model."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.cli import model_request
from app.cli.model_flags import AGAIN
from app.cli.model_watching import PullLine, Watcher
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, print_json, print_table, say
from app.cli.prompting import print_preview, template_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from concurrent.futures import Future

    from app.application.continuing import ContinueRequest, ContinueResult, Continuing
    from app.application.ports import ModelPuller
    from app.bootstrap import Core
    from app.domain.branches import Branch


def continue_branch(options: argparse.Namespace) -> int:
    if options.variants is not None:
        from app.cli.varying import continue_variants  # this module serves that one too

        return continue_variants(options)
    with opened_store(options.store) as core, bootstrap.models(say, ProgressLine()) as models:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        continuing = core.continuing(models.client)
        request = _request(options, core, branch, continuing)
        if options.preview:
            print_preview(options, models.io.submit(continuing.preview(request)).result())
            return 0
        watcher = Watcher(to_stdout=not options.json)
        try:
            with told_to_end_like_interrupted():
                result: ContinueResult = _ended(models.io.submit(continuing.run(request, watcher.updated)))
        finally:
            watcher.finished()
        if options.json:
            print_json(result.to_json(branch.name))
        if result.truncation:
            say(f"the prompt was cut: {result.truncation}" if result.truncated else f"cut or not? {result.truncation}")
        if result.format_fault:
            say(f"the answer does not follow the format: {one_line(result.format_fault)}")
    return 0


def keep(options: argparse.Namespace) -> int:
    """Make a message of a partial text; prints the branch and the position of it."""
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        at = None if options.at is None else core.library.position(branch, options.at)
        kept = core.keeping.keep(branch.id, at, options.name)
        name = core.branch_labels.named(kept.branch).name
    if options.json:
        print_json(kept.to_json(name))
    else:
        print(f"{one_line(name)}, event {kept.position:,}: {one_line(kept.text)}")
    return 0


def _request(options: argparse.Namespace, core: Core, branch: Branch, continuing: Continuing) -> ContinueRequest:
    known = core.known_tools(branch.session) if options.tools and options.tool_definitions is None else ()
    request = model_request.request_of(options, branch.id, known)
    if options.instructions_from is not None:
        told = core.lab.instructions.version(options.instructions_from)
        named = told.ref.to_json()
        request = replace(
            request, instructions=told.text, instructions_notes=named, request_notes={"instructions": named}
        )
    if options.retry is None:
        return replace(request, recommend=options.recommend, template=template_of(options.template, core.templates))
    again = continuing.again(branch.id, None if options.retry == AGAIN else options.retry)
    return model_request.tried_again(again, options, request)


def _ended(run: Future[Any]) -> Any:
    try:
        return run.result()
    except KeyboardInterrupt:
        run.cancel()  # what came is recorded before the I/O thread ends
        raise


@contextmanager
def told_to_end_like_interrupted() -> Iterator[None]:
    """SIGTERM ends a continuation as Ctrl+C does: with its partial text recorded, not in the middle."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def models(options: argparse.Namespace) -> int:
    with bootstrap.models(say, ProgressLine()) as gateway:
        if options.pull is not None:
            _ended(gateway.io.submit(_pull(gateway.client, options.pull, allow_remote=options.allow_remote)))
        found = gateway.io.submit(gateway.client.models()).result()
    if options.json:
        print_json([one.to_json() for one in found])
    else:
        print_table(
            ("name", "size", "context", "runs on", "can", "digest"),
            (
                (one.name, f"{one.size / 1e6:,.0f} MB", one.context_length,
                 "this machine" if one.local else one.remote_host or "another machine",
                 ", ".join(one.capabilities), one.digest.removeprefix("sha256:")[:12])
                for one in found
            ),
        )  # fmt: skip
    return 0


async def _pull(client: ModelPuller, name: str, *, allow_remote: bool) -> None:
    line = PullLine()
    try:
        async for step in client.pull(name, allow_remote=allow_remote):
            line.stepped(step)
    finally:
        line.close()


def serve_model(options: argparse.Namespace) -> int:
    def announce(line: str) -> None:
        print(line, flush=True)
        if sys.stdout.isatty():
            say(f"point programs at it with OLLAMA_HOST={json.loads(line)['address']}; Ctrl+C ends it")

    bootstrap.serve_model(options.model, options.port, announce, ProgressLine(), watch_stdin=options.watch_stdin)
    return 0
