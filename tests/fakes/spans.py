"""Spans of OTLP/JSON made by hand, and what a session of them says."""

from __future__ import annotations

import json
from pathlib import Path

SECOND = 10**9
BEGIN = 1_700_000_000 * SECOND


def value_of(value):
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, list):
        return {"arrayValue": {"values": [value_of(one) for one in value]}}
    if isinstance(value, dict):
        return {"kvlistValue": {"values": keyed(value)}}
    return {"stringValue": value}


def keyed(attributes):
    return [{"key": key, "value": value_of(value)} for key, value in attributes.items()]


def span(number, at=None, *, lasts=1, trace=1, parent=0, name="chat", status=None, events=(), **attributes):
    """A span; names of attributes are written with ``__`` for dots, ``at`` in seconds from the beginning."""
    start = BEGIN + (number if at is None else at) * SECOND
    made = {
        "traceId": f"{trace:032x}",
        "spanId": f"{number:016x}",
        "parentSpanId": f"{parent:016x}" if parent else "",
        "name": name,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + lasts * SECOND),
        "attributes": keyed({key.replace("__", "."): one for key, one in attributes.items()}),
        "events": [{"name": event, "timeUnixNano": str(start), "attributes": keyed(told)} for event, told in events],
    }
    return {**made, "status": status} if status else made


def chat(number, given, answered, **others):
    """A call of a model by the newest conventions; texts of the customer and the model by turns."""
    attributes = {"gen_ai__operation__name": "chat", "gen_ai__request__model": "m"}
    if given is not None:
        attributes["gen_ai__input__messages"] = json.dumps(messages(given))
    if answered is not None:
        attributes["gen_ai__output__messages"] = json.dumps([message("assistant", answered)])
    return span(number, **{**attributes, **others})


def messages(texts):
    """``"a"`` by the customer and the model by turns, the customer first."""
    return [message(("user", "assistant")[number % 2], text) for number, text in enumerate(texts)]


def message(role, text):
    return {"role": role, "parts": [{"type": "text", "content": text}]}


def request(*spans):
    return {"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": {}, "spans": list(spans)}]}]}


def written(folder: Path, *spans) -> Path:
    path = folder / "spans.bin"
    path.write_text(json.dumps(request(*spans)), encoding="utf-8")
    return path


def said(draft, stream="main"):
    """(role, text) of messages, (called, name, arguments), (returned, result) on one stream, in order."""
    told = []
    for where, event in draft.events:
        if where != stream:
            continue
        data = event.data
        if event.type == "conversation.message-posted":
            told.append((data["role"], data["text"]))
        elif event.type == "conversation.tool-called":
            told.append(("called", data["name"], data["arguments"]))
        elif event.type == "conversation.tool-returned":
            told.append(("returned", data["result"]))
    return told


def kinds(draft):
    return [event.type.partition(".")[2] for _, event in draft.events]
