"""The library of instructions: ``branchline instructions list, show, save, diff``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.output import escaped, one_line, print_json, print_table
from app.domain.errors import BadInput
from app.domain.events import to_rfc3339
from app.domain.text_diff import text_diff

if TYPE_CHECKING:
    import argparse

    from app.domain.instructions import InstructionsVersion

_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def list_all(options: argparse.Namespace) -> int:
    with bootstrap.core(options.store) as core:
        found = core.lab.instructions.all()
    if options.json:
        print_json([{**_head(known[-1]), "versions": len(known)} for known in found.values()])
    elif not found:
        print("no instructions saved yet; save some with: branchline instructions save NAME --text TEXT")
    else:
        print_table(
            ("name", "versions", "saved", "newest"),
            ((known[-1].name, len(known), to_rfc3339(known[-1].time), known[-1].text) for known in found.values()),
        )
    return 0


def _head(version: InstructionsVersion) -> dict[str, object]:
    return {**version.ref.to_json(), "note": version.note, "time": to_rfc3339(version.time)}


def show(options: argparse.Namespace) -> int:
    with bootstrap.core(options.store) as core:
        found = core.lab.instructions.version(options.name)
        history = core.lab.instructions.all()[found.name]
    if options.json:
        print_json({**found.to_json(), "versions": [_head(one) for one in history]})
    else:
        print("\n".join(escaped(line) for line in found.text.split("\n")))
    return 0


def save(options: argparse.Namespace) -> int:
    text = _text(options)
    with bootstrap.core(options.store) as core:
        saved = core.lab.instructions.save(options.name, text, options.note)
    if options.json:
        print_json(saved.to_json())
    else:
        print(saved.ref)
    return 0


def _text(options: argparse.Namespace) -> str:
    if options.text is not None:
        return str(options.text)
    try:
        if str(options.file) == "-":
            return sys.stdin.read()
        return str(options.file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{options.file} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{options.file} is no text in UTF-8") from None


def diff(options: argparse.Namespace) -> int:
    with bootstrap.core(options.store) as core:
        library = core.lab.instructions
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
