"""The formats of this folder, in the order in which they are asked whether they know a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.traces.cloud_events import CloudEventsFormat
from app.adapters.files.traces.event_grid import EventGridFormat
from app.adapters.files.traces.kurrent import KurrentFormat
from app.adapters.files.traces.langfuse import LangfuseFormat
from app.adapters.files.traces.langgraph import LangGraphFormat, LangGraphHistoryFormat
from app.adapters.files.traces.langsmith import LangSmithFormat
from app.adapters.files.traces.otlp import OtlpJsonFormat
from app.adapters.files.traces.otlp_binary import OtlpBinaryFormat
from app.adapters.files.traces.span_json import SpanJsonFormat

if TYPE_CHECKING:
    from app.application.ports import SessionFormat

TRACE_FORMATS: Final[tuple[SessionFormat, ...]] = (
    OtlpJsonFormat(),
    OtlpBinaryFormat(),
    SpanJsonFormat(),
    LangfuseFormat(),
    LangSmithFormat(),
    LangGraphFormat(),
    LangGraphHistoryFormat(),
    CloudEventsFormat(),
    KurrentFormat(),
    EventGridFormat(),
)
