"""What searching looks at: the texts of a payload, the form in which they are compared, and where in them a hit is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What was sent to a model repeats the messages that were said before it, so every one of them would be found twice.
_REPEATED: Final = {"generation.requested": frozenset({"request", "body"})}

_UNSEARCHED: Final = frozenset({"import.file-read", "derived.session-imported"})
"""How files came in: the same words for every session."""

SNIPPET_BEFORE: Final = 32
SNIPPET_LENGTH: Final = 120


def fold(text: str) -> str:
    """The form in which texts are compared: case folded (ß is ss), NFKC (full width is half width)."""
    if text.isascii():
        return text.lower()
    return normalize("NFKC", normalize("NFKC", text).casefold())


def texts_of(event_type: str, data: Mapping[str, Any]) -> list[str]:
    """Every string of a payload that is meant for reading, in order; keys are not."""
    if event_type in _UNSEARCHED:
        return []
    left_out = _REPEATED.get(event_type)
    kept = data if left_out is None else {key: value for key, value in data.items() if key not in left_out}
    texts: list[str] = []
    pending = [iter(kept.values())]
    while pending:  # no recursion: how deep a payload goes is decided by whoever made it
        for value in pending[-1]:
            kind = type(value)
            if kind is str:
                texts.append(value)
            elif kind is dict or kind is list:
                pending.append(iter(value.values() if kind is dict else value))
                break
        else:
            pending.pop()
    return texts


# Letters that fold to themselves in small, whatever stands before them.
_STEADY: Final = re.compile(r"[ -~\u4e00-\u9fff]{2,}")


def certain_piece(text: str) -> str | None:
    """A folded piece that occurs in the folded form of every text that holds ``text``, also in small letters.

    The last letter of a run is left out, for what follows it in a text may change it (e and an accent are é). None
    where nothing is certain.
    """
    runs = [found.group()[:-1].lower() for found in _STEADY.finditer(text)]
    return max(runs, key=len, default=None)


def needles(query: str) -> tuple[str, ...]:
    """What has to occur, folded, each once: words, and phrases between double quotes (the last may stay open)."""
    found: list[str] = []
    for number, part in enumerate(query.replace("\0", " ").split('"')):
        found += [part] if number % 2 else part.split()
    folded = (fold(one) for one in found if one.strip())
    return tuple(dict.fromkeys(one for one in folded if one))


def holds_all(event_type: str, data: Mapping[str, Any], wanted: tuple[str, ...]) -> bool:
    """Whether each needle occurs in some text of the payload: what an index may do faster, but not otherwise."""
    texts = [fold(text) for text in texts_of(event_type, data)]
    return all(any(needle in text for text in texts) for needle in wanted)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text in one line; ``start`` to ``end`` are the hit's characters, both 0 without one."""

    text: str
    start: int = 0
    end: int = 0


def snippet_of(event_type: str, data: Mapping[str, Any], wanted: tuple[str, ...]) -> Snippet:
    """The hit of the first needle with what stands around it; without needles the payload's longest text."""
    texts = texts_of(event_type, data)
    if not wanted:
        return _cut(max(texts, key=len, default=""), 0, 0)
    for text in texts:
        place = find(text, wanted[0])
        if place is not None:
            return _cut(text, *place)
    return Snippet("")


def find(text: str, needle: str) -> tuple[int, int] | None:
    """The characters of ``text`` that hold the first occurrence of a folded needle; None when there is none."""
    folded = fold(text)
    start = folded.find(needle)
    if start < 0:
        return None
    end = start + len(needle)
    if text.isascii():
        return start, end
    return _unfolded(text, start, end)


def _unfolded(text: str, start: int, end: int) -> tuple[int, int]:
    """Places in the folded text -> places in the text, rounded outwards to whole characters with their accents."""
    first = place = done = 0
    for cluster in _clusters(text):
        if done <= start:
            first = place
        place += len(cluster)
        done += len(fold(cluster))
        if done >= end:
            return first, place
    return first, len(text)


def _clusters(text: str) -> Iterator[str]:
    """The text in pieces that fold independently of each other."""
    current = folded = ""
    for sign in text:
        own = fold(sign)
        if current and (combining(sign) or (own and combining(own[0])) or fold(current + sign) != folded + own):
            current += sign
            folded = fold(current)
        else:
            if current:
                yield current
            current, folded = sign, own
    if current:
        yield current


def _cut(text: str, start: int, end: int) -> Snippet:
    first = max(0, start - SNIPPET_BEFORE)
    last = min(len(text), max(first + SNIPPET_LENGTH, end))
    before, hit, after = (_flat(part) for part in (text[first:start], text[start:end], text[end:last]))
    before = ("…" if first else "") + (before if first else before.lstrip())
    after = after + "…" if last < len(text) else after.rstrip()
    return Snippet(before + hit + after, len(before), len(before) + len(hit))


def _flat(text: str) -> str:
    """In one line, character for character."""
    return "".join(" " if sign.isspace() or not sign.isprintable() else sign for sign in text)
