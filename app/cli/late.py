"""Modules of commands that are imported when one of them runs: most bring much along."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


class Late:
    """A module of ``app.cli``; its attributes are its commands."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, command: str) -> Callable[[argparse.Namespace], int]:
        return partial(_run, f"app.cli.{self._module}", command)


def _run(module: str, command: str, given: argparse.Namespace) -> int:
    code: int = getattr(import_module(module), command)(given)
    return code
