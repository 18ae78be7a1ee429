"""What the use cases need from the outside world, as protocols; adapters implement them, fakes in tests too."""

from app.application.ports.basics import Clock, Ids, Progress, no_progress
from app.application.ports.derived import DerivedCache, IndexBatch, ItemRow
from app.application.ports.files import ImportNotes, Quarantined, SessionFormat, Skipped
from app.application.ports.models import (
    ChatDone,
    ChatPart,
    ChatRequest,
    ModelClient,
    ModelInfo,
    Outgoing,
    PhaseChanged,
    TextArrived,
)
from app.application.ports.search import Place, Places, SearchIndex, SearchIndexLost, Wanted
from app.application.ports.store import (
    MISSING_TIME,
    Appended,
    BranchDraft,
    EventColumns,
    EventStore,
    SessionDraft,
    Stored,
    StoreProblem,
    Verified,
)

__all__ = [
    "MISSING_TIME",
    "Appended",
    "BranchDraft",
    "ChatDone",
    "ChatPart",
    "ChatRequest",
    "Clock",
    "DerivedCache",
    "EventColumns",
    "EventStore",
    "Ids",
    "ImportNotes",
    "IndexBatch",
    "ItemRow",
    "ModelClient",
    "ModelInfo",
    "Outgoing",
    "PhaseChanged",
    "Place",
    "Places",
    "Progress",
    "Quarantined",
    "SearchIndex",
    "SearchIndexLost",
    "SessionDraft",
    "SessionFormat",
    "Skipped",
    "StoreProblem",
    "Stored",
    "TextArrived",
    "Verified",
    "Wanted",
    "no_progress",
]
