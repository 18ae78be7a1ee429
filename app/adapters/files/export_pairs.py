"""JSONL for training: preferred and rejected answers, and whole chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.adapters.files.openai_chat import chat, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def export_openai(winner: Winner) -> Iterator[str]:
    """The branch as one chat, ``{"messages": […]}``, as importers and fine-tuning read it."""
    yield line({"messages": chat(winner.entries, winner.instructions)})


def _metadata(pair: Preference) -> dict[str, Any]:
    """Beside the pair, for whoever wants to leave some out."""
    return {
        "chosen_branch": pair.chosen_branch,
        "rejected_branch": pair.rejected_branch,
        "chosen_position": pair.positions[0],
        "rejected_position": pair.positions[1],
        "same_instructions": pair.same_instructions,
    }
