"""The timeline of a range as SVG: the lanes, a shape for each kind, the stops above, what is no record underlined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from app.domain.vocabulary import Lane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.report.parts import Strip

Paint: TypeAlias = Callable[[str], str]
"""The attribute that gives an element the colour of this name, such as ``class="fill-tool"``."""

LANES: Final[Mapping[Lane, tuple[str, str]]] = {
    Lane.CUSTOMER: ("customer", "Customer"),
    Lane.ASSISTANT: ("assistant", "Assistant"),
    Lane.TOOL: ("tool", "Tools"),
    Lane.BEHAVIOUR: ("behaviour", "Behaviour"),
    Lane.RECOMMENDATION: ("recommendation", "Lists"),
    Lane.SYSTEM: ("system", "System"),
    Lane.UNKNOWN: ("system", "Other"),
}
WIDTH: Final = 960
_NAMES: Final = 96
_TOP: Final = 26
_LANE: Final = 20
_RIGHT: Final = 12
_RADIUS: Final = 4.5


def timeline(strip: Strip, paint: Paint, title: str) -> str:
    """The picture; ``title`` is what it shows, in words, for those who do not see it (escaped already)."""
    height = _height(strip)
    parts = "".join(_parts(strip, paint))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{title}" font-family="sans-serif" font-size="11">{parts}</svg>'
    )


def _height(strip: Strip) -> int:
    return _TOP + _LANE * len(strip.counts) + 22


def _place(strip: Strip, position: float) -> float:
    """Where the middle of a position lies."""
    share = (position - strip.first + 0.5) / (strip.last - strip.first + 1)
    return _NAMES + min(max(share, 0.0), 1.0) * (WIDTH - _NAMES - _RIGHT)


def _parts(strip: Strip, paint: Paint) -> Iterator[str]:
    bottom = _TOP + _LANE * len(strip.counts)
    width = (WIDTH - _NAMES - _RIGHT) / strip.bins
    is_counted = strip.last - strip.first + 1 > strip.bins
    busiest = max((count for _, bins in strip.counts for _, count in bins), default=1)
    for row, (lane, bins) in enumerate(strip.counts):
        middle = _TOP + _LANE * row + _LANE / 2
        colour, name = LANES[lane]
        yield f'<line x1="{_NAMES}" y1="{middle:g}" x2="{WIDTH - _RIGHT}" y2="{middle:g}" {paint("line")}/>'
        yield f'<text x="0" y="{middle + 4:g}" {paint("muted")}>{name}</text>'
        for part, count in bins:
            x = _NAMES + (part + 0.5) * width
            if is_counted:
                yield _bar(x, middle, width, count / busiest, paint(colour))
            else:
                yield _mark(lane, x, middle, min(_RADIUS, width * 0.45), paint(colour))
    yield from _stops(strip, bottom, paint)
    yield f'<text x="{_NAMES}" y="{bottom + 16}" {paint("muted")}>event {strip.first:,}</text>'
    yield f'<text x="{WIDTH - _RIGHT}" y="{bottom + 16}" text-anchor="end" {paint("muted")}>event {strip.last:,}</text>'
    if strip.own_from is not None and strip.own_from <= strip.last:
        x = _place(strip, max(strip.own_from, strip.first) - 0.5)
        yield f'<rect x="{x:.1f}" y="{bottom}" width="{WIDTH - _RIGHT - x:.1f}" height="3" {paint("accent")}/>'


def _mark(lane: Lane, x: float, y: float, r: float, colour: str) -> str:
    """Circle, square, diamond, triangle, bars, dash: the shapes that the window uses."""
    match lane:
        case Lane.CUSTOMER:
            return f'<circle cx="{x:.1f}" cy="{y:g}" r="{r:.1f}" {colour}/>'
        case Lane.ASSISTANT:
            return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" {colour}/>'
        case Lane.TOOL:
            points = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
        case Lane.BEHAVIOUR:
            points = [(x, y - r), (x + r, y + r), (x - r, y + r)]
        case Lane.RECOMMENDATION:
            bars = ((x - r, r), (x - r / 4, 2 * r), (x + r / 2, 1.4 * r))
            return "".join(
                f'<rect x="{left:.1f}" y="{y + r - high:.1f}" width="{r / 2:.1f}" height="{high:.1f}" {colour}/>'
                for left, high in bars
            )
        case _:
            return f'<rect x="{x - r:.1f}" y="{y - 1:.1f}" width="{2 * r:.1f}" height="2" {colour}/>'
    told = " ".join(f"{one:.1f},{other:.1f}" for one, other in points)
    return f'<polygon points="{told}" {colour}/>'


def _bar(x: float, y: float, width: float, share: float, colour: str) -> str:
    """Many events in one place: the more the higher."""
    high = 3 + share * (_LANE - 7)
    left, top = x - width * 0.4, y - high / 2
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width * 0.8:.1f}" height="{high:.1f}" {colour}/>'


def _stops(strip: Strip, bottom: int, paint: Paint) -> Iterator[str]:
    for number, position in strip.stops:
        x = _place(strip, position)
        yield f'<line x1="{x:.1f}" y1="16" x2="{x:.1f}" y2="{bottom}" {paint("stop")}/>'
        yield f'<circle cx="{x:.1f}" cy="9" r="8" {paint("accent")}/>'
        yield f'<text x="{x:.1f}" y="13" text-anchor="middle" font-weight="bold" {paint("on-accent")}>{number}</text>'
