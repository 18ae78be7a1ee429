"""How long the request would be, in words that always say that it is an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.viewmodels.compose import compact

if TYPE_CHECKING:
    from app.viewmodels.prompt.preview import ShownPrompt


def metered_words(shown: ShownPrompt) -> str:
    """Of a request that was worked out whole."""
    told = _tr("about {tokens} of {room} tokens, estimated").format(
        tokens=compact(shown.tokens), room=compact(shown.window)
    )
    if shown.verdict == "fits":
        return told
    if shown.dropped == 1:
        return told + _tr(" (1 message would drop)")
    if shown.dropped:
        return told + _tr(" ({count} messages would drop)").format(count=f"{shown.dropped:,}")
    return told + _tr(" (may be too long)")


def estimate_words(typed: int, conversation: int | None, room: str) -> str:
    """While nothing better is known: tokens typed, tokens of the conversation, and the window's in words, if known."""
    total = compact(typed + (conversation or 0))
    if conversation is None:
        return _tr("about {tokens} tokens beside the conversation, estimated").format(tokens=total)
    if not room:
        return _tr("about {tokens} tokens, estimated").format(tokens=total)
    return _tr("about {tokens} of {room} tokens, estimated").format(tokens=total, room=room)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComposePanel", text)
