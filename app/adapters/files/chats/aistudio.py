"""Google AI Studio's prompts: chunks of thinking, words and code, some of which stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.entries import chat_drafts, described
from app.adapters.files.chats.steps import Called, ChatNode, Returned, Said
from app.adapters.files.chats.tree_writer import write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from app.adapters.files.chats.steps import Step
    from app.application.ports import ImportNotes, SessionDraft

FORM: Final = "ai-studio"
_TAKEN: Final = frozenset({"id", "role", "text", "createTime", "isThought", "executableCode", "codeExecutionResult"})
_ROLES: Final = {"model": "assistant", "user": "user"}
_FILES: Final = ("driveDocument", "driveImage", "driveVideo", "driveAudio", "inlineFile", "inlineImage")


class AiStudioFormat:
    """A prompt a file. A chunk follows the one before it, or the one that it names as its branch's parent."""

    name = FORM
    title = "Google AI Studio prompt"

    def recognises(self, head: bytes) -> bool:
        return not key_paths(head).isdisjoint({"chunkedPrompt.chunks", "chunkedPrompt.chunks[].role"})

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        facts = mapping(record)
        chunks = items(mapping(facts.get("chunkedPrompt")).get("chunks"))
        if not chunks:
            raise BadInput("the prompt has no chunks")
        external_id = identifier(facts.get("id"))
        if external_id is None:
            external_id = drafting.fingerprint(chunks)
            notes.missed(f"{FORM}: ids of conversations")
        writer = drafting.SessionWriter(drafting.source_of(FORM), external_id)
        time = moment(facts.get("createTime"))
        writer.add("session.started", "system", {"turn": 0}, part="session", time=time)
        if system := _system(facts.get("systemInstruction")):
            data = {"text": system, "turn": 0}
            writer.add("conversation.instructions-changed", "system", data, part="system", time=time)
        model = identifier(mapping(facts.get("runSettings")).get("model"))
        nodes = _nodes(chunks, model, notes)
        write_chat(writer, nodes, nodes[-1].id, notes, FORM)
        opening = next((text(mapping(one).get("text")) for one in chunks if text(mapping(one).get("text")).strip()), "")
        draft = writer.draft(text(facts.get("displayName")) or drafting.shortened(opening) or "Conversation")
        prompt = beside(mapping(facts["chunkedPrompt"]), {"chunks"})
        about = beside(facts, {"id", "chunkedPrompt", "createTime"})
        return described(draft, {**about, "chunkedPrompt": prompt} if prompt else about)


def _system(instruction: Any) -> str:
    parts = items(mapping(instruction).get("parts"))
    return text(mapping(instruction).get("text")) or "\n".join(text(mapping(part).get("text")) for part in parts)


def _nodes(chunks: Sequence[Any], model: str | None, notes: ImportNotes) -> list[ChatNode]:
    nodes: list[ChatNode] = []
    for number, value in enumerate(chunks):
        chunk = mapping(value)
        if not text(chunk.get("role")):
            raise BadInput(f"chunk {number} has no role")
        own = identifier(chunk.get("id")) or f"chunk-{number}"
        named = identifier(mapping(chunk.get("branchParent")).get("id"))
        parent = named or (nodes[-1].id if nodes else None)
        if any(key in chunk for key in _FILES):
            notes.missed(f"{FORM}: contents of files that messages refer to")
        nodes.append(ChatNode(id=own, parent=parent, steps=(_step(chunk, model),)))
    return nodes


def _step(chunk: Mapping[str, Any], model: str | None) -> Step:
    kept, time = beside(chunk, _TAKEN), moment(chunk.get("createTime"))
    role = _ROLES.get(text(chunk.get("role")), text(chunk.get("role")))
    by = model if role == "assistant" else None
    code, result = mapping(chunk.get("executableCode")), mapping(chunk.get("codeExecutionResult"))
    if code:
        return Called(name="code_execution", arguments={**code}, time=time, model=by, beside=kept)
    if result:
        failed = text(result.get("outcome")) not in {"", "OUTCOME_OK"}
        return Returned(name="code_execution", result=result.get("output"), error=failed, time=time, beside=kept)
    said = text(chunk.get("text"))
    if chunk.get("isThought") is True:
        return Said(role=role, text="", thinking=said, time=time, model=by, beside=kept)
    return Said(role=role, text=said, time=time, model=by, beside=kept)
