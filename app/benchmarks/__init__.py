"""``branchline bench``: figures of this machine, on stores made with a fixed seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.ports import no_progress

if TYPE_CHECKING:
    from app.application.ports import Progress


def measure(
    what: str, events: int, *, megabytes: int = 250, fresh: bool = False, progress: Progress = no_progress
) -> dict[str, Any]:
    """The figures of one benchmark. Each imports only what it times."""
    if what == "append":
        from app.benchmarks import appending

        return appending.measure(events)
    if what == "seek":
        from app.benchmarks import seeking

        return seeking.measure(events, fresh=fresh, progress=progress)
    if what == "size":
        from app.benchmarks import sizing

        return sizing.measure(events, fresh=fresh, progress=progress)
    if what == "query":
        from app.benchmarks import querying

        return querying.measure(events, fresh=fresh, progress=progress)
    if what in {"open", "drag", "step", "stream"}:
        from app.benchmarks import window

        return window.measure(what, events, fresh=fresh, progress=progress)
    return _of_the_program(what, megabytes, progress, fresh=fresh)


def _of_the_program(what: str, megabytes: int, progress: Progress, *, fresh: bool) -> dict[str, Any]:
    """Those that make no store of so many events."""
    if what == "import":
        from app.benchmarks import importing

        return importing.measure(megabytes, progress=progress)
    if what == "overhead":
        from app.benchmarks import overhead

        return overhead.measure(progress=progress)
    if what == "redaction":
        from app.benchmarks.private import measuring

        return measuring.measure(progress=progress)
    if what == "jitter":
        from app.benchmarks import repeating

        return repeating.measure(fresh=fresh, progress=progress)
    from app.benchmarks import starting

    return starting.measure()
