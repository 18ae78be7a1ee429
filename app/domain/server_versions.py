"""What a model server can be relied on to do, by the version it tells."""

from __future__ import annotations

import re
from typing import Final

_NUMBERS: Final = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")
_REFUSES_TO_CUT_SINCE: Final = (0, 12, 6)
_MIROSTAT_UNTIL: Final = (0, 7, 0)
_COUNTS_CACHED_SINCE: Final = (0, 3, 0)
_COUNTED_WITHOUT_CACHED: Final = (0, 30)
"""Its first releases with llama.cpp's own server counted only what was read anew; put right within the same 0.30."""


def refuses_to_cut(version: str) -> bool:
    """Whether ``truncate: false`` makes it refuse a prompt that is too long, with the exact number of its tokens.

    A version that cannot be read is taken for a new one here, for unknown fields are ignored.
    """
    numbers = _read(version)
    return numbers is None or numbers >= _REFUSES_TO_CUT_SINCE


def knows_mirostat(version: str) -> bool:
    numbers = _read(version)
    return numbers is None or numbers < _MIROSTAT_UNTIL


def counts_cached(version: str) -> bool:
    """Whether ``prompt_eval_count`` holds the whole prompt, also where part of it was in the cache already."""
    numbers = _read(version)
    return numbers is not None and numbers >= _COUNTS_CACHED_SINCE and numbers[:2] != _COUNTED_WITHOUT_CACHED


def _read(version: str) -> tuple[int, ...] | None:
    numbers = _NUMBERS.match(version)
    return tuple(map(int, numbers.groups())) if numbers else None
