"""The libraries of instructions and of templates: their commands ``list``, ``show``, ``save`` and ``diff``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.adapters.files.text_in import read_text
from app.application.template_library import SHIPPED
from app.cli.opening import opened_store
from app.cli.output import escaped, one_line, print_json, print_table
from app.domain.errors import BadInput
from app.domain.events import to_rfc3339
from app.domain.text_diff import text_diff

if TYPE_CHECKING:
    import argparse

    from app import bootstrap
    from app.application.text_library import TextLibrary
    from app.domain.instructions import InstructionsVersion

TEMPLATES = "templates"
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def _library(core: bootstrap.Core, options: argparse.Namespace) -> TextLibrary:
    return core.templates if options.library == TEMPLATES else core.lab.instructions


def list_all(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        found = _library(core, options).all()
    if options.json:
        print_json([{**_head(known[-1]), "versions": len(known)} for known in found.values()])
    elif not found:
        kind = options.library
        print(f"no {kind} saved yet; save some with: branchline {kind} save NAME --text TEXT")
    else:
        print_table(
            ("name", "versions", "saved", "newest"),
            ((known[-1].name, len(known), to_rfc3339(known[-1].time), known[-1].text) for known in found.values()),
        )
    return 0


def _head(version: InstructionsVersion) -> dict[str, object]:
    return {**version.ref.to_json(), "note": version.note, "time": to_rfc3339(version.time)}


def show(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        library = _library(core, options)
        if options.library == TEMPLATES and options.name == SHIPPED and SHIPPED not in library.all():
            _print_text(core.templates.use(SHIPPED).text)
            return 0
        found = library.version(options.name)
        history = library.all()[found.name]
    if options.json:
        print_json({**found.to_json(), "versions": [_head(one) for one in history]})
    else:
        _print_text(found.text)
    return 0


def _print_text(text: str) -> None:
    print("\n".join(escaped(line) for line in text.split("\n")))


def save(options: argparse.Namespace) -> int:
    text = _text(options)
    with opened_store(options.store) as core:
        saved = _library(core, options).save(options.name, text, options.note)
    if options.json:
        print_json(saved.to_json())
    else:
        print(saved.ref)
    return 0


def _text(options: argparse.Namespace) -> str:
    if options.text is not None:
        return str(options.text)
    return read_text(options.file)


def diff(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        library = _library(core, options)
        other = library.version(options.other) if options.other is not None else None
        one = library.version(options.name)
        if other is None:  # the version before against the one named
            if one.version == 1:
                raise BadInput(f"{one.ref} is the first version; name another to compare it with")
            one, other = library.version(f"{one.name}@{one.version - 1}"), one
    pieces = text_diff(one.text, other.text)
    if options.json:
        told = [{"kind": piece.kind, "text": piece.text} for piece in pieces]
        print_json({"from": _head(one), "to": _head(other), "pieces": told})
        return 0
    colours = sys.stdout.isatty()
    print(f"{one_line(one.ref)} → {one_line(other.ref)}")
    for piece in pieces:
        text = "\n".join(escaped(line) for line in piece.text.split("\n"))
        if piece.kind == "same":
            print(text, end="")
        elif colours:
            print(f"{_RED if piece.kind == 'removed' else _GREEN}{text}{_PLAIN}", end="")
        else:
            print(f"[-{text}-]" if piece.kind == "removed" else f"{{+{text}+}}", end="")
    print()
    return 0
