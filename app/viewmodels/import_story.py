"""How a session came in, as lines that a person reads and copies."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from app.domain.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.application.imports import SessionImport

_LISTED: Final = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportStory", text)


def story_lines(imports: Iterable[SessionImport]) -> list[str]:
    """Each import of a session: its file, what was read of it, what was not captured, what of the file was left out."""
    lines: list[str] = []
    for one in imports:
        if lines:
            lines.append("")
        told = one.told
        when = datetime.fromtimestamp(one.at / 1_000_000).astimezone().strftime("%Y-%m-%d %H:%M")
        heading = _tr("Imported {when} from {file} ({format})")
        lines.append(heading.format(when=when, file=told.get("file", ""), format=told.get("format", "")))
        if read := told.get("read"):
            lines.append(_tr("Read: {counts}").format(counts=counts_text(read)))
        lines += missed_lines(told.get("not_captured", ()), _tr("Nothing of it is known to be missing."))
        if one.file is not None:
            lines += _file_lines(one.file.report)
    return lines


def counts_text(counts: Mapping[str, int]) -> str:
    return ", ".join(counted(count, what) for what, count in counts.items())


def sessions_text(count: int) -> str:
    return _tr("1 session") if count == 1 else _tr("{count} sessions").format(count=f"{count:,}")


def came_in_text(sessions: int, branches: int) -> str:
    """Sessions, and branches beside main where there are any."""
    if not branches:
        return sessions_text(sessions)
    told = _tr("{sessions}, 1 more branch") if branches == 1 else _tr("{sessions}, {count} more branches")
    return told.format(sessions=sessions_text(sessions), count=f"{branches:,}")


def files_text(count: int) -> str:
    return _tr("1 file") if count == 1 else _tr("{count} files").format(count=f"{count:,}")


def added_text(added: int, there: int) -> str:
    """Events that came in, and those that were there."""
    told = _tr("1 event added") if added == 1 else _tr("{count} events added").format(count=f"{added:,}")
    return told + (_tr(", {count} there already").format(count=f"{there:,}") if there else "")


def missed_lines(missed: Iterable[Mapping[str, Any]], nothing: str = "") -> list[str]:
    """What was not captured and how often, a line each; ``nothing`` where there is none."""
    lines = []
    for one in missed:
        times = _tr(" ({count} times)").format(count=f"{one['count']:,}") if one["count"] > 1 else ""
        lines.append(f"  • {one['what']}{times}")
    if lines:
        return [_tr("Not captured:"), *lines]
    return [nothing] if nothing else []


def _file_lines(report: Mapping[str, Any]) -> list[str]:
    lines = [
        _tr("The whole file: {sessions}; {events}").format(
            sessions=came_in_text(report["sessions"], report["branches"]),
            events=added_text(report["events"], report["duplicates"]),
        )
    ]
    parts = report.get("quarantined_parts", ())
    if parts:
        lines.append(_tr("Left out of the file: {count}").format(count=f"{report['quarantined']:,}"))
    for part in parts[:_LISTED]:
        place = _tr("line {number}: ").format(number=part["line"]) if part["line"] else ""
        lines.append(f"  • {place}{part['reason']}")
    return lines
