"""Checks from a file and from flags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.adapters.checks.check_files import read_check_file
from app.adapters.files.text_in import read_text
from app.domain.errors import BadInput
from app.domain.lab.checks import Check, default_name, require_value, unique_names

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from app.domain.lab.checks import CheckKind


def chosen_checks(options: argparse.Namespace) -> tuple[Check, ...]:
    """All checks that were asked for. Raises BadInput, which names the file or flag."""
    found = list(read_check_file(options.checks)) if options.checks else []
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


def _json_file(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise BadInput(f"{path} is no JSON: {error}") from None
