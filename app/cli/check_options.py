"""Checks from a file and from flags."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput
from app.domain.lab.checks import Check, default_name, read_checks, require_value, unique_names

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from app.domain.lab.checks import CheckKind


def chosen_checks(options: argparse.Namespace) -> tuple[Check, ...]:
    """All checks that were asked for. Raises BadInput, which names the file or flag."""
    found = list(_from_file(options.checks)) if options.checks else []
    flags: list[tuple[CheckKind, Any, bool, str]] = [
        *(("contains", text, False, "") for text in options.contains),
        *(("contains", text, True, f"lacks {text}") for text in options.lacks),
        *(("matches", text, False, "") for text in options.matches),
        *(("schema", _json_file(path), False, f"schema {path.name}") for path in options.schema),
        *(("holds", text, False, "") for text in options.holds),
        *(("similar", least, False, "") for least in options.similar),
    ]
    for kind, value, negated, name in flags:
        require_value(f"--{kind}", kind, value)
        found.append(Check(kind=kind, value=value, name=name or default_name(kind, value), negated=negated))
    return unique_names(found)


def _from_file(path: Path) -> tuple[Check, ...]:
    text = _text(path)
    try:
        told = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise BadInput(f"{path} is no {'JSON' if path.suffix.lower() == '.json' else 'TOML'}: {error}") from None
    try:
        return read_checks(told)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None


def _json_file(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except ValueError as error:
        raise BadInput(f"{path} is no JSON: {error}") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8") from None
