"""The one line above (or instead of) an entry's text: who or what, when, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.domain.events import to_rfc3339
from app.viewmodels.json_text import arguments_line, short
from app.viewmodels.origins import stands_for

if TYPE_CHECKING:
    from app.application.continuing import ContinueUpdate
    from app.domain.transcript import Entry

_KINDS = {"user": "customer", "assistant": "assistant", "agent": "assistant", "tool": "tool"}
_WORTH_TELLING_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Heading:
    """What the line says.

    Attributes:
        kind: token of the colour and name of the mark.
        title: who or what, in the colour of the kind.
        words: muted, after the title.
        line: of a call, its arguments in short.
        status: of a call: open, returned, failed; of an answer whose model did not see all: that.
        end: at the right.
    """

    kind: str
    title: str
    words: str = ""
    line: str = ""
    status: str = ""
    is_problem: bool = False
    end: str = ""

    def spoken(self, text: str) -> str:
        """All of it for a screen reader."""
        return " · ".join(part for part in (self.title, self.words, self.line, self.status, self.end, text) if part)


def heading_of(entry: Entry) -> Heading:
    end = _tr("event {position}").format(position=f"{entry.position:,}")
    origin = origin_words(entry)
    if entry.kind == "call":
        return _call(entry, f"{origin} · {end}" if origin else end)
    if entry.kind == "shown":
        number = len(entry.items)
        count = _tr("1 item") if number == 1 else _tr("{count} items").format(count=number)
        truth = _tr("computed by Branchline ({strategy})").format(strategy=entry.strategy)
        if not entry.strategy:
            truth = origin or _tr("recorded")
        words = " · ".join(part for part in (time_text(entry.time), count, truth) if part)
        return Heading("recommendation", _tr("Shown"), words, end=end)
    if entry.kind == "partial":
        return _broken_off(entry, end)
    kind, status = _KINDS.get(entry.role, "system"), _tr("prompt cut") if entry.truncated else ""
    return Heading(kind, _author(entry), _what_happened(entry), "", status, entry.truncated, end)


def _broken_off(entry: Entry, end: str) -> Heading:
    """How an answer broke off, and what became of it: first, so that it is there in a narrow window too."""
    told, failed = _tr("partial, stopped: no message"), ""
    if entry.accepted is not None:
        told = _tr("partial; a message since event {position}").format(position=f"{entry.accepted:,}")
    elif entry.error:
        told, failed = "", _tr("partial, failed: {reason}").format(reason=short(entry.reason, 80))
    words = " · ".join(filter(None, (told, _what_happened(entry))))
    return Heading("assistant", _author(entry), words, "", failed, bool(failed), end)


def streaming_heading(update: ContinueUpdate, model: str) -> Heading:
    """The line over an answer that is still being written."""
    who = _tr("continued by {model}").format(model=model) if model else _tr("continued here")
    return Heading("assistant", _tr("Assistant"), who, status=progress_line(update))


def progress_line(update: ContinueUpdate) -> str:
    """Where a continuation stands, in words and figures."""
    phases = {
        "connecting": _tr("connecting"),
        "loading": _tr("loading the model"),
        "processing prompt": _tr("processing prompt"),
        "thinking": _tr("thinking"),
        "generating": _tr("generating"),
        "calling tool": _tr("calling a tool"),
        "done": _tr("done"),
        "cancelled": _tr("stopped; the partial text is kept as an event"),
        "failed": _tr("failed; the partial text is kept as an event"),
    }
    if not update.text and not update.thinking:
        phases |= {"cancelled": _tr("stopped before the first word"), "failed": _tr("failed before the first word")}
    parts = [phases.get(update.phase, update.phase)]
    if update.elapsed_s >= _WORTH_TELLING_S:
        parts.append(_tr("{seconds} s").format(seconds=f"{update.elapsed_s:.1f}"))
    if update.tokens_per_second is not None:
        parts.append(_tr("{rate} tokens/s").format(rate=f"{update.tokens_per_second:.1f}"))
    return " · ".join(parts)


def origin_words(entry: Entry) -> str:
    """What a what-if made of it; empty for what was recorded or said where it stands."""
    return stands_for(entry.replaces, entry.reapplied)


def is_recorded(entry: Entry) -> bool:
    """Whether it stands where production recorded it: nobody changed, repeated, continued or computed it."""
    return entry.model is None and not (
        entry.said_here or entry.strategy or entry.kind == "partial" or origin_words(entry)
    )


def time_text(time: int | None) -> str:
    """Date and time of day in UTC, to the second; empty when nobody knows."""
    text = to_rfc3339(time)
    return text[:19].replace("T", " ") if text else ""


def _call(entry: Entry, end: str) -> Heading:
    if not entry.returned:
        status = _tr("not returned")
    elif entry.error:
        status = _tr("failed")
    elif isinstance(entry.result, (bool, int, float)):
        status = short(entry.result, 40)
    else:
        status = "" if entry.answered_by else _tr("returned")
    told = " · ".join(filter(None, (status, _answered(entry))))
    return Heading("tool", entry.name, "", arguments_line(entry.arguments), told, entry.error, end)


def _answered(entry: Entry) -> str:
    """Who answered the call of a model here, for no tool ran; empty for production's calls."""
    words = {
        "recorded": _tr("result taken from the record"),
        "typed": _tr("result typed by a person"),
        "stub": _tr("result is a stub, made up"),
    }
    return words.get(entry.answered_by, "")


def _pictures(count: int) -> str:
    """The pictures themselves are not drawn: what a message holds can reach no decoder."""
    if not count:
        return ""
    return _tr("with 1 picture") if count == 1 else _tr("with {count} pictures").format(count=f"{count:,}")


def _what_happened(entry: Entry) -> str:
    parts = (
        _tr("continued by {model}").format(model=entry.model) if entry.model else "",
        _tr("continued here") if not entry.model and (entry.kind == "partial" or entry.model is not None) else "",
        _tr("typed here") if entry.said_here else "",
        origin_words(entry),
        time_text(entry.time),
        entry.recorded_model,
        _pictures(len(entry.images)),
        _tr("hidden") if entry.hidden else "",
        _tr("thought first") if entry.thinking else "",
        _tr("partial") if entry.partial and entry.kind == "message" else "",
        _tr("edited") if entry.edited else "",
        _tr("retracted") if entry.retracted else "",
    )
    return " · ".join(filter(None, parts))


def _author(entry: Entry) -> str:
    names = {
        "user": _tr("Customer"),
        "assistant": _tr("Assistant"),
        "agent": _tr("Agent"),
        "system": _tr("System"),
        "tool": _tr("Tool"),
    }
    role = names.get(entry.role, entry.role)
    return f"{role} {entry.name}" if entry.name and entry.kind == "message" else role


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conversation", text)
