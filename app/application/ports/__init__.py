"""What the use cases need from the outside world, as protocols; adapters implement them, fakes in tests too."""

from app.application.ports.basics import Clock, Ids, Progress, no_progress
from app.application.ports.checking import PatternMatcher
from app.application.ports.derived import DerivedCache, IndexBatch, ItemRow
from app.application.ports.files import FoundFile, ImportNotes, Quarantined, SessionFormat, Skipped
from app.application.ports.marks import NoRunMarks, RunMarks
from app.application.ports.models import (
    AnswerChecker,
    ChatDone,
    ChatPart,
    ChatRequest,
    ModelClient,
    ModelInfo,
    ModelPuller,
    Outgoing,
    PhaseChanged,
    PullProgress,
    TextArrived,
    ThinkingArrived,
    ToolCallArrived,
)
from app.application.ports.redacting import Redaction
from app.application.ports.search import Place, Places, SearchIndex, SearchIndexLost, Wanted
from app.application.ports.store import (
    MISSING_TIME,
    Appended,
    BranchDraft,
    Brief,
    EventColumns,
    EventStore,
    SessionDraft,
    Stored,
    StoreProblem,
    Verified,
)

__all__ = [
    "MISSING_TIME",
    "AnswerChecker",
    "Appended",
    "BranchDraft",
    "Brief",
    "ChatDone",
    "ChatPart",
    "ChatRequest",
    "Clock",
    "DerivedCache",
    "EventColumns",
    "EventStore",
    "FoundFile",
    "Ids",
    "ImportNotes",
    "IndexBatch",
    "ItemRow",
    "ModelClient",
    "ModelInfo",
    "ModelPuller",
    "NoRunMarks",
    "Outgoing",
    "PatternMatcher",
    "PhaseChanged",
    "Place",
    "Places",
    "Progress",
    "PullProgress",
    "Quarantined",
    "Redaction",
    "RunMarks",
    "SearchIndex",
    "SearchIndexLost",
    "SessionDraft",
    "SessionFormat",
    "Skipped",
    "StoreProblem",
    "Stored",
    "TextArrived",
    "ThinkingArrived",
    "ToolCallArrived",
    "Verified",
    "Wanted",
    "no_progress",
]
