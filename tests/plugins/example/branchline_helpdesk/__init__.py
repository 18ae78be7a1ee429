"""An example of what others may add to Branchline: an importer, and event types with their fold.

A distribution names both in its metadata, as ``entry_points.txt`` beside this package does; see docs/plugins.md.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.adapters.files.drafting import SessionWriter, source_of
from app.domain.fold.extensions import Extension
from app.domain.fold.payload import Inapplicable
from app.domain.vocabulary import EventType, Lane

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft
    from app.domain.fold.facts import Fact


class HelpdeskFormat:
    """Reads ``{"helpdesk": 1, "cases": [{"no", "customer", "log": [{"by", "said"} | {"escalated": level}]}]}``."""

    name = "helpdesk"
    title = "Acme Helpdesk"

    def recognises(self, head: bytes) -> bool:
        """By its shape, never by the file's name."""
        return head.lstrip().startswith(b'{"helpdesk"')

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        """One session a case; what is not understood is quarantined, and the rest still comes."""
        for number, case in enumerate(json.loads(path.read_bytes())["cases"], 1):
            notes.saw("cases")
            if not isinstance(case, dict) or not isinstance(case.get("log"), list):
                notes.quarantine(None, f"case {number} has no log")
                continue
            writer = SessionWriter(source_of(self.name), str(case["no"]), subject=case.get("customer"))
            for turn, entry in enumerate(case["log"]):
                if "escalated" in entry:
                    writer.add(
                        "acme.case-escalated", "agent", {"level": entry["escalated"], "turn": turn}, part=f"t{turn}"
                    )
                else:
                    data = {"message_id": f"t{turn}", "role": entry["by"], "text": entry["said"], "turn": turn}
                    writer.add("conversation.message-posted", entry["by"], data, part=f"t{turn}")
            notes.missed("helpdesk: times (the desk writes none)")
            yield writer.draft(f"Case {case['no']}")


def fold(value: Any, event: Fact) -> Any:
    """How far a case has gone up: pure, from the value before and the event alone."""
    level = event.data.get("level")
    if not isinstance(level, int):
        raise Inapplicable("the level is missing or no number")
    return {"level": max(level, value["level"]), "times": value["times"] + 1}


escalations = Extension(
    name="escalations",
    version=1,
    event_types=(EventType("acme.case-escalated", "internal", Lane.SYSTEM),),
    start={"level": 0, "times": 0},
    fold=fold,
)
