"""Foreign text inside Markdown, so that it reads as it was written and never becomes structure."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE: Final = re.compile(r"[\\`*_{}\[\]<>|~$&!#]")
_LINE_START: Final = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)])(?=\s|$))")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LEADING: Final = re.compile(r"^[ \t]+")
_LINK: Final = re.compile(r"(?i)\b(https?|ftp)(?=://)|\b(www)(?=\.)|(?<=[\w.+-])(?=@)")
_TICKS: Final = re.compile(r"`+")

_encode: Final = msgspec.json.Encoder(order="sorted")


def inline(text: str) -> str:
    """One line of plain text."""
    return _escaped(" ".join(_CONTROL.sub(" ", text).split()))


def quoted(text: str) -> Iterator[str]:
    """Lines of a block quotation; what was a line stays a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for index, line in enumerate(lines):
        shown = _escaped(_LEADING.sub(_kept_space, _CONTROL.sub("\ufffd", line.rstrip())))
        goes_on = shown and index + 1 < len(lines) and lines[index + 1].strip()
        yield f"> {shown}{chr(92) if goes_on else ''}\n" if shown else ">\n"


def fenced(value: Any) -> Iterator[str]:
    """A JSON value, or text, between fences that it cannot close."""
    kind = "text" if isinstance(value, str) else "json"
    text = value if isinstance(value, str) else _pretty(value)
    text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    yield f"{fence}{kind}\n"
    yield from (f"{line}\n" for line in text.split("\n"))
    yield f"{fence}\n"


def collapsed(summary: str, *bodies: Any) -> Iterator[str]:
    """Values behind a line that opens them."""
    yield f"<details><summary>{html.escape(' '.join(_CONTROL.sub(' ', summary).split()))}</summary>\n\n"
    for body in bodies:
        yield from fenced(body)
        yield "\n"
    yield "</details>\n\n"


def _pretty(value: Any) -> str:
    return msgspec.json.format(_encode.encode(value), indent=2).decode("utf-8")


def _escaped(line: str) -> str:
    """Escaped; bare links are taken apart by a joint of no width, for many readers make links of them."""
    escaped = _INLINE.sub(r"\\\g<0>", line)
    escaped = _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)
    return _LINK.sub(lambda found: f"{found[0]}\u2060", escaped)


def _kept_space(found: re.Match[str]) -> str:
    return "\u00a0" * len(found[0].expandtabs(4))
