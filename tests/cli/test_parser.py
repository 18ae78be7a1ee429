"""The grammar names what there is."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

import pytest

from app.cli.parser import make_parser


def commands(parser: argparse.ArgumentParser | None = None, before: str = "") -> dict[str, argparse.ArgumentParser]:
    """Every command by its words; of a group those in it."""
    parser = parser or make_parser()
    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not groups:
        return {before: parser}
    return {
        words: command
        for name, inner in groups[0].choices.items()
        for words, command in commands(inner, f"{before} {name}".strip()).items()
    }


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_there(name: str) -> None:
    module, function = commands()[name].get_default("run").args

    assert callable(getattr(import_module(module), function))


def test_reading_the_command_line_brings_neither_store_nor_screen_along() -> None:
    heavy = ("sqlalchemy", "PySide6", "numpy", "httpx", "ollama", "asyncio", "msgspec", "app.core")
    told = f"import sys; import app.cli.parser as p; p.make_parser(); print([m for m in {heavy} if m in sys.modules])"

    found = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)

    assert found.stdout.strip() == "[]"
