"""What a ChatGPT export holds beside the conversations: ratings with their words, shared links, the account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import strict_json
from app.adapters.files.chats.steps import Rated
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, parsed, text
from app.adapters.files.json_records import JSON_ERRORS, explain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes

FEEDBACK: Final = "message_feedback.json"
SHARED: Final = "shared_conversations.json"
ACCOUNT: Final = "user.json"
NAMES: Final = frozenset({FEEDBACK, SHARED, ACCOUNT})
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of each of these files beyond which it is left out, and told so."""
_RATINGS: Final = {"thumbs_up": 1.0, "thumbsup": 1.0, "thumbs_down": -1.0, "thumbsdown": -1.0}


@dataclass(slots=True)
class Beside:
    """Ratings by conversation and message; shared links by conversation; the id of whom the export is about."""

    ratings: dict[str, dict[str, list[Rated]]] = field(default_factory=dict)
    shared: dict[str, list[Any]] = field(default_factory=dict)
    subject: str | None = None

    def of_messages(self, conversation: str) -> Mapping[str, list[Rated]]:
        return self.ratings.get(conversation, {})


def beside_of(path: Path, notes: ImportNotes, form: str) -> Beside:
    """What lies in the folder of the conversations; a broken file is told and the conversations still come in."""
    found = Beside()
    for one in _entries(path, FEEDBACK, notes, form):
        conversation, message = identifier(one.get("conversation_id")), _message_of(one)
        if conversation and message:
            found.ratings.setdefault(conversation, {}).setdefault(message, []).append(_rated(one))
    for one in _entries(path, SHARED, notes, form):
        if conversation := identifier(one.get("conversation_id")):
            found.shared.setdefault(conversation, []).append(beside(one, {"conversation_id"}))
    for one in _entries(path, ACCOUNT, notes, form):
        found.subject = found.subject or identifier(one.get("id"))
    return found


def _entries(path: Path, name: str, notes: ImportNotes, form: str) -> list[Mapping[str, Any]]:
    file = path.with_name(name)
    if file == path or not file.is_file():
        return []
    if file.stat().st_size > LARGEST:
        notes.missed(f"{form}: what {name} says (larger than {LARGEST // 1024**2} MiB)")
        return []
    try:
        value = strict_json.decode(file.read_bytes())
    except JSON_ERRORS as error:
        notes.missed(f"{form}: what {name} says ({explain(error)})")
        return []
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _message_of(one: Mapping[str, Any]) -> str | None:
    return identifier(one.get("message_id")) or identifier(one.get("id"))


def _rated(one: Mapping[str, Any]) -> Rated:
    told = mapping(parsed(one.get("content")))
    rating = text(one.get("rating"))
    tags = [tag for tag in items(told.get("tags")) if isinstance(tag, str)]
    words = text(told.get("text")) or ", ".join(tags)
    kept = beside(one, {"conversation_id", "create_time", "content"})
    number = _RATINGS.get(rating.replace("-", "_").casefold())
    more = {"content": told or one.get("content")} if one.get("content") else {}
    return Rated(actor="user", rating=number, text=words, time=moment(one.get("create_time")), beside={**kept, **more})
