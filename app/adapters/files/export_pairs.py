"""JSONL for training: preferred and rejected answers, and whole chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.adapters.files.openai_chat import chat, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.outgoing.losses import Losses
    from app.application.winners import Preference, Winner


def export_pairs(pairs: Iterable[Preference]) -> Iterator[str]:
    """``prompt``, ``chosen``, ``rejected``: the conversational preference format of Hugging Face TRL."""
    for pair in pairs:
        yield line({
            "prompt": chat(pair.context, pair.instructions),
            "chosen": chat(pair.chosen),
            "rejected": chat(pair.rejected),
            "metadata": _metadata(pair),
        })  # fmt: skip


def export_openai_pairs(pairs: Iterable[Preference]) -> Iterator[str]:
    """``input``, ``preferred_output``, ``non_preferred_output``: OpenAI's format for preference fine-tuning."""
    for pair in pairs:
        yield line({
            "input": {"messages": chat(pair.context, pair.instructions), "tools": [], "parallel_tool_calls": True},
            "preferred_output": chat(pair.chosen),
            "non_preferred_output": chat(pair.rejected),
        })  # fmt: skip


def export_openai(winner: Winner, first: int, losses: Losses) -> Iterator[str]:
    """The branch as one chat, ``{"messages": […]}``, as importers and fine-tuning read it.

    Entries before position ``first`` are left out.
    """
    entries = [entry for entry in winner.entries if entry.position >= first]
    losses.lose("times of messages and calls", sum(entry.time is not None for entry in entries))
    losses.lose("pictures", sum(len(entry.images) for entry in entries))
    losses.lose("edits (the last text is kept)", sum(entry.edited for entry in entries))
    losses.lose("names of models that answered", sum(entry.model is not None for entry in entries))
    yield line({"messages": chat(entries, winner.instructions)})


def _metadata(pair: Preference) -> dict[str, Any]:
    """Beside the pair, for whoever wants to leave some out."""
    return {
        "chosen_branch": pair.chosen_branch,
        "rejected_branch": pair.rejected_branch,
        "chosen_position": pair.positions[0],
        "rejected_position": pair.positions[1],
        "same_instructions": pair.same_instructions,
    }
