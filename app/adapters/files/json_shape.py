"""Which keys stand where in the head of a JSON file, however it ends: what formats are recognised by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)("|\Z)(\s*+:)?|[\[\]{}]', re.DOTALL)
_DEEPEST: Final = 8
"""Levels of objects and arrays whose keys are looked at; paths of deeper ones would only grow."""


@lru_cache(maxsize=8)
def key_paths(head: bytes) -> frozenset[str]:
    """Paths of the keys in ``head``, such as ``turns[].speaker``; an array or lines around the records count nothing.

    Empty when the head is no JSON object, array of objects or lines of objects.
    """
    stripped = head.lstrip()
    if not stripped.startswith((b"{", b"[")):
        return frozenset()
    found: set[str] = set()
    stack: list[str] = []
    key = ""
    for match in _TOKEN.finditer(stripped):
        token = match[0]
        if token in (b"{", b"["):
            inner = (stack[-1] if stack else "") + key + ("[]" if token == b"[" else "")
            stack.append(inner if len(stack) < _DEEPEST else "")
            key = ""
        elif token in (b"}", b"]"):
            if stack:
                stack.pop()
            key = ""
        elif match[3] is not None and 0 < len(stack) <= _DEEPEST:
            key = ("." if stack[-1] else "") + match[1].decode("utf-8", "replace")
            found.add(stack[-1] + key)
        else:
            key = ""
    return frozenset(path.removeprefix("[].") for path in found)
