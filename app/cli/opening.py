"""Opens the store that a command works on; where that takes a while, a line on the terminal says what is done."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.output import ProgressLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.bootstrap import Core


@contextmanager
def opened_store(named: str | None, *, create: bool = False, read_only: bool = False) -> Iterator[Core]:
    """As ``bootstrap.core``; a store of an older layout is brought to the present one before a person's eyes."""
    line = ProgressLine()
    with ExitStack() as behind:
        try:
            core = behind.enter_context(bootstrap.core(named, create=create, read_only=read_only, progress=line))
        finally:
            line.close()
        yield core
