"""A report for paper: the same body, with a style that Qt's rich text knows, and its pictures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.report_body import Body
from app.adapters.files.report_text import visible
from app.domain.report.paper import Paper
from app.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.application.ports import Progress
    from app.domain.report.parts import PictureRef, Report

_INK: Final = {
    "line": "#D5DAE1", "muted": "#56616F", "accent": "#2457C5", "stop": "#2457C5", "on-accent": "#FFFFFF",
    "customer": "#0B6E99", "assistant": "#6B3FA0", "tool": "#8A5A00", "behaviour": "#1F7A4D",
    "recommendation": "#B3266B", "system": "#56616F",
}  # fmt: skip
_STROKED: Final = frozenset({"line", "stop"})


def paper(report: Report, progress: Progress) -> Paper:
    """Raises Cancelled while its pieces are taken."""
    title = " ".join(visible(report.title).split())
    made = "".join(f"{one.value} · " for one in report.facts if one.name == "Reported")
    style = resource_path("exports", "report-paper.css").read_text(encoding="utf-8")
    found = Paper(title, f"{made}{title}", style, tuple(_headings(report)))
    attached, drawn = _keeper(found)
    found.pieces = Body(report, _ink, attached, drawn).pieces(progress)
    return found


def _headings(report: Report) -> Iterator[tuple[str, int, str]]:
    for number, branch in enumerate(report.branches, 1):
        yield f"branch-{number}", 0, " ".join(visible(branch.name).split())
        for told_in, stop in report.stops:
            if told_in is branch:
                yield f"stop-{stop.number}", 1, " ".join(visible(f"{stop.number} {stop.label}").split())


def _ink(colour: str) -> str:
    if colour in _STROKED:
        dashes = ' stroke-dasharray="3 3"' if colour == "stop" else ""
        return f'stroke="{_INK[colour]}" stroke-width="1"{dashes}'
    return f'fill="{_INK[colour]}"'


def _keeper(found: Paper) -> tuple[Callable[[PictureRef], str], Callable[[str], str]]:
    def keep(content: bytes, media_type: str) -> str:
        address = f"report:{len(found.pictures)}"
        found.pictures[address] = (content, media_type)
        return address

    def attached(picture: PictureRef) -> str:
        return keep(picture.content, picture.media_type)

    def drawn(svg: str) -> str:
        return f'<img src="{keep(svg.encode("utf-8"), "image/svg+xml")}">'

    return attached, drawn
