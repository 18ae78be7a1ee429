"""What CloudEvents 1.0 asks of the JSON form of one event; written from the specification, for tests alone."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Any

_OWN = {"id", "source", "specversion", "type", "datacontenttype", "dataschema", "subject", "time"}


def require_cloud_event(event: dict[str, Any]) -> None:
    assert event["specversion"] == "1.0"
    for name in ("id", "source", "type"):
        assert isinstance(event[name], str)
        assert event[name]
    for name, value in event.items():
        if name in ("data", "data_base64"):
            continue
        assert re.fullmatch(r"[a-z0-9]{1,20}", name), name
        assert isinstance(value, str) or (name not in _OWN and isinstance(value, (bool, int))), name
    if "time" in event:
        assert datetime.fromisoformat(event["time"]).tzinfo is not None
    assert not ("data" in event and "data_base64" in event)
    if "data_base64" in event:
        base64.b64decode(event["data_base64"], validate=True)
