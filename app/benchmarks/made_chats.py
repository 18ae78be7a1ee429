"""A made export in ChatGPT's shape: a fixed seed, texts in two languages, long tails, edits, tools, hidden messages."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, Final

from app.benchmarks import made_texts

if TYPE_CHECKING:
    from pathlib import Path

SEED: Final = 1
_BEGINS_S: Final = 1_700_000_000
_EDITED, _TOOL = 0.07, 0.08
_MODELS: Final = ("gpt-4o", "gpt-4o-mini", "o4-mini", "gpt-5", "gpt-5-thinking")


def write(path: Path, megabytes: float, seed: int = SEED) -> tuple[int, int]:
    """Write about ``megabytes`` (millions of bytes); returns how many conversations and messages that are."""
    maker = _Maker(seed)
    written = 0
    with path.open("w", encoding="ascii") as file:
        while written < megabytes * 1_000_000:
            file.write(", " if written else "[")
            written += file.write(json.dumps(maker.conversation()))
        file.write("]")
    return maker.conversations, maker.messages


class _Maker:
    """Makes conversation after conversation; a prompt is edited, or an answer asked for again, now and then."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._texts = (made_texts.english(self._chance), made_texts.chinese(self._chance))
        self.conversations = self.messages = 0
        self._time = float(_BEGINS_S)
        self._mapping: dict[str, Any] = {}

    def conversation(self) -> dict[str, Any]:
        chance = self._chance
        self.conversations += 1
        self._mapping = {}
        texts = self._texts[chance.random() < 0.2]
        began, self._time = self._time, self._time + chance.expovariate(1 / 40_000)
        root = self._node(None, None)
        at = self._node(root, self._message("system", {"content_type": "text", "parts": [""]}, hidden=True))
        for _ in range(1 + int(chance.lognormvariate(1.2, 1.0))):
            asked = self._node(at, self._said("user", texts.text(chance.lognormvariate(4.6, 1.0))))
            if chance.random() < _EDITED:
                self._answer(asked, texts)
                asked = self._node(at, self._said("user", texts.text(120)))
            at = self._answer(asked, texts)
            if chance.random() < _EDITED:
                at = self._answer(asked, texts)
        own = self._id()
        return {
            "title": texts.text(25),
            "create_time": began,
            "update_time": self._time,
            "mapping": self._mapping,
            "moderation_results": [],
            "current_node": at,
            "conversation_id": own,
            "is_archived": False,
            "default_model_slug": chance.choice(_MODELS),
            "id": own,
        }

    def _answer(self, asked: str, texts: made_texts.Texts) -> str:
        chance, model = self._chance, self._chance.choice(_MODELS)
        at = asked
        if chance.random() < _TOOL:
            code = {"content_type": "code", "language": "python", "text": texts.text(400), "response_format_name": None}
            at = self._node(at, self._message("assistant", code, model, recipient="python"))
            output = {"content_type": "execution_output", "text": texts.text(300)}
            at = self._node(at, self._message("tool", output, model, name="python"))
        return self._node(at, self._said("assistant", texts.text(min(chance.lognormvariate(6.9, 0.8), 40_000)), model))

    def _said(self, role: str, text: str, model: str | None = None) -> dict[str, Any]:
        return self._message(role, {"content_type": "text", "parts": [text]}, model)

    def _message(
        self,
        role: str,
        content: dict[str, Any],
        model: str | None = None,
        *,
        name: str | None = None,
        recipient: str = "all",
        hidden: bool = False,
    ) -> dict[str, Any]:
        self.messages += 1
        self._time += self._chance.expovariate(1 / 20)
        metadata: dict[str, Any] = {"request_id": f"{self._chance.getrandbits(64):016x}-AMS", "timestamp_": "absolute"}
        if model is not None:
            metadata |= {"model_slug": model, "finish_details": {"type": "stop", "stop_tokens": [200002]}}
            metadata |= {"is_complete": True, "citations": [], "content_references": [], "message_type": None}
        if hidden:
            metadata["is_visually_hidden_from_conversation"] = True
        return {
            "id": "",
            "author": {"role": role, "name": name, "metadata": {}},
            "create_time": None if hidden else self._time,
            "update_time": None,
            "content": content,
            "status": "finished_successfully",
            "end_turn": role == "assistant" or None,
            "weight": 0.0 if hidden else 1.0,
            "metadata": metadata,
            "recipient": recipient,
            "channel": None,
        }

    def _node(self, parent: str | None, message: dict[str, Any] | None) -> str:
        own = self._id()
        if message is not None:
            message["id"] = own
        self._mapping[own] = {"id": own, "message": message, "parent": parent, "children": []}
        if parent is not None:
            self._mapping[parent]["children"].append(own)
        return own

    def _id(self) -> str:
        bits = f"{self._chance.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-{bits[12:16]}-{bits[16:20]}-{bits[20:]}"
