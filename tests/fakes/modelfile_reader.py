"""Reads a Modelfile as Ollama does, in as far as that decides where a text ends and what of it is left."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Modelfile:
    commands: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for command, value in self.commands if command == name]


def read_modelfile(text: str) -> Modelfile:
    """Raises ValueError for what Ollama refuses."""
    found, at = Modelfile(), 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
        elif text[at] == "#":
            while at < len(text) and text[at] not in "\r\n":
                at += 1
        else:
            at = _command(text, at, found)
    if not found.all("FROM"):
        raise ValueError("no FROM line")
    return found


def _command(text: str, at: int, found: Modelfile) -> int:
    word, at = _word(text, at)
    name = word.upper()
    if name not in ("FROM", "SYSTEM", "PARAMETER", "MESSAGE", "TEMPLATE", "LICENSE", "ADAPTER"):
        raise ValueError(f"unknown command {word!r}")
    if name in ("PARAMETER", "MESSAGE"):
        word, at = _word(text, at)
        if name == "MESSAGE" and word not in ("system", "user", "assistant"):
            raise ValueError(f"unknown role {word!r}")
        name = f"{name} {word}"
    value, at = _value(text, at)
    found.commands.append((name, value))
    return at


def _word(text: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(text) and text[end] not in " \t":
        if text[end] in "\r\n":
            raise ValueError("a command without a value")
        end += 1
    return text[at:end], end + 1


def _value(text: str, at: int) -> tuple[str, int]:
    """Up to the first end of a line where what was read is no text that is still open."""
    read = ""
    while at < len(text):
        if text[at] in "\r\n" and (whole := _unquoted(read.strip())) is not None:
            return whole, at + 1
        if text[at] in " \t\r\n" or (text[at].isprintable() and not text[at].isspace()):
            read += text[at]
        at += 1
    if (whole := _unquoted(read.strip())) is None:
        raise ValueError("a text that does not end")
    return whole, at


def _unquoted(read: str) -> str | None:
    for quote in ('"""', '"'):
        if read.startswith(quote):
            return read[len(quote) : -len(quote)] if len(read) >= 2 * len(quote) and read.endswith(quote) else None
    return read
