"""The prompt of a continuation: templates and lists that go into it, and what it looks like before it is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.adapters.files.text_in import read_text
from app.cli.output import escaped, one_line, print_json
from app.domain.prompt_facts import NAMES
from app.domain.templates import PromptTemplate, parse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from app.application.preparing import Prepared
    from app.application.template_library import TemplateLibrary


def template_of(named: str | None, library: TemplateLibrary) -> PromptTemplate | None:
    """A file's text, or a version of the library. Raises BadInput, NotFound, BadTemplate."""
    if named is None:
        return None
    path = Path(named)
    template = PromptTemplate(text=read_text(path), name=path.name) if path.is_file() else library.use(named)
    parse(template.text, NAMES)
    return template


def print_preview(options: argparse.Namespace, prepared: Prepared) -> None:
    """The messages exactly as they would be sent, and how much of the window they take."""
    estimate = prepared.estimate
    messages = [dict(one.message) for one in prepared.messages]
    own = prepared.request.own_list
    shown = own.shown if own is not None else None
    if options.json:
        told: dict[str, Any] = {
            "model": prepared.model.name,
            "messages": messages,
            "options": dict(prepared.chat.options),
            "estimate": estimate.to_json(),
            "verdict": estimate.verdict,
            "recommended": shown,
        }
        print_json(told)
        return
    for message in messages:
        _print_message(message)
    if shown is not None:
        names = ", ".join(str(one.get("name") or one["item"]) for one in shown["items"])
        print(f"recommended ({shown['strategy']['name']}): {one_line(names)}")
    known = f"from {estimate.runs} earlier runs" if estimate.runs else "from the text alone"
    print(
        f"estimated {estimate.tokens:,} tokens ({estimate.low:,} to {estimate.high:,}, {known}) "
        f"of a window of {estimate.num_ctx:,}: {estimate.verdict}"
    )
    if estimate.dropped:
        print(f"would be left out if it were cut: {', '.join(map(one_line, estimate.dropped))}")


def _print_message(message: Mapping[str, Any]) -> None:
    print(f"--- {message['role']}")
    for line in str(message.get("content") or "").split("\n"):
        print(escaped(line))
    rest = {name: value for name, value in message.items() if name not in ("role", "content")}
    if rest:
        print(escaped(json.dumps(rest, ensure_ascii=False)))
