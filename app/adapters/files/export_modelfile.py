"""A branch as an Ollama Modelfile: the model, its instructions and parameters, the conversation as its history.

What a Modelfile's own reader (``parser/parser.go`` of Ollama) takes literally bounds what can be written: a text
between three quotation marks ends at a line that ends with them, and signs that it does not take for printable are
dropped. What had to be changed or left out is said in comments at the top.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from app.application.winners import require_model
from app.domain.errors import BadInput
from app.domain.prompt import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.winners import Winner

_NAME: Final = re.compile(r"[A-Za-z0-9][\w.\-]*(?::\d+)?(?:/[A-Za-z0-9][\w.\-]*)*(?::[\w.\-]+)?(?:@[\w:]+)?", re.ASCII)
_PARAMETERS: Final = frozenset({
    "num_keep", "seed", "num_predict", "top_k", "top_p", "min_p", "typical_p", "repeat_last_n", "temperature",
    "repeat_penalty", "presence_penalty", "frequency_penalty", "stop", "num_ctx", "num_batch", "num_gpu", "main_gpu",
    "use_mmap", "num_thread",
})  # fmt: skip
_ROLES: Final = ("system", "user", "assistant")
_QUOTES: Final = '"""'
_UNSEEN: Final = r"[^\x21-\x7e\r\n]*"
_CLOSING: Final = re.compile(rf'"({_UNSEEN})"({_UNSEEN})"(?={_UNSEEN}[\r\n])')
"""Three quotation marks that may end a line for its reader, which drops signs as its own Unicode tables say."""
_APART: Final = r'"\1"\2 "'
_UNSAFE_COMMENT: Final = re.compile(r"[^\x20-\x7e\xa1-\uffff]")


def export_modelfile(winner: Winner) -> Iterator[str]:
    """The lines of the file. Raises BadInput when no model is known, or its name is none of Ollama's."""
    model = require_model(winner)
    if not _NAME.fullmatch(model) or ".." in model:
        raise BadInput(f"{model!r} is no name of an Ollama model; name the one to build on with --model")
    texts = [winner.instructions or "", *(entry.text for entry in winner.entries if entry.kind == "message")]
    yield from _comments(winner, texts)
    yield f"FROM {model}\n"
    for name, value in sorted(winner.options.items()):
        yield from (f"PARAMETER {name} {written}\n" for written in _values(name, value))
    if winner.instructions:
        yield f"SYSTEM {_quoted(winner.instructions)}\n"
    for entry in winner.entries:
        role = ROLES.get(entry.role, entry.role)
        if entry.kind == "message" and role in _ROLES:
            yield f"MESSAGE {role} {_quoted(entry.text)}\n"


def _comments(winner: Winner, texts: list[str]) -> Iterator[str]:
    yield _comment(f"{winner.title} · {winner.branch} · event {winner.position}")
    if winner.digest:
        yield _comment(f"the model that answered has digest {winner.digest}; server {winner.server_version or '?'}")
    calls = sum(entry.kind == "call" for entry in winner.entries)
    if calls:
        yield _comment(f"left out: {calls} tool calls, which a Modelfile cannot hold")
    others = sum(
        entry.kind == "message" and ROLES.get(entry.role, entry.role) not in _ROLES for entry in winner.entries
    )
    if others:
        yield _comment(f"left out: {others} messages of tools")
    if unknown := [name for name, value in sorted(winner.options.items()) if not list(_values(name, value))]:
        yield _comment(f"left out: options that are no parameters: {', '.join(unknown)}")
    if any(_CLOSING.search(text) for text in texts):
        yield _comment(
            "changed: three quotation marks at the end of a line, which would end the text, are written apart"
        )
    if any(not _survives(sign) for text in texts for sign in text):
        yield _comment("Ollama's reader drops some signs of these texts (such as joiners and wide spaces)")


def _comment(text: str) -> str:
    return f"# {_UNSAFE_COMMENT.sub(' ', ' '.join(text.split()))}\n"


def _survives(sign: str) -> bool:
    return sign in "\n\r\t" or (sign.isprintable() and (sign == " " or not sign.isspace()))


def _values(name: str, value: Any) -> Iterator[str]:
    """A parameter's value as written; several for a list of stops, none for what is no parameter."""
    if name not in _PARAMETERS:
        return
    if name == "stop":
        yield from (_quoted(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, (int, float)):
        yield repr(value)


def _quoted(text: str) -> str:
    """Text that its reader gives back as it was, but for what ``_comments`` tells."""
    return f"{_QUOTES}{_CLOSING.sub(_APART, text)}{_QUOTES}"
