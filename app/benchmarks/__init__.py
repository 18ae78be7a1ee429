"""``branchline bench``: figures of this machine, on stores made with a fixed seed."""

from __future__ import annotations

from typing import Any


def measure(what: str, events: int) -> dict[str, Any]:
    """The figures of one benchmark: ``append``, ``seek`` or ``start``. Each imports only what it times."""
    if what == "append":
        from app.benchmarks import appending

        return appending.measure(events)
    if what == "seek":
        from app.benchmarks import seeking

        return seeking.measure(events)
    from app.benchmarks import starting

    return starting.measure()
