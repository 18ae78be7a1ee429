"""The body of a report as HTML that a browser and Qt's rich text both understand; only style and pictures differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.report_picture import LANES, timeline
from app.adapters.files.report_stops import stop_html
from app.adapters.files.report_text import inline, lines, visible
from app.domain.report.parts import Entry, Line, Noted, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.adapters.files.report_picture import Paint
    from app.application.ports import Progress
    from app.domain.report.parts import BranchReport, Fact, PictureRef, Report, Strip, Told
    from app.domain.vocabulary import Lane

_TOLD_EVERY: Final = 50
_SIGNS: Final = {
    "customer": "●", "assistant": "■", "tool": "◆", "behaviour": "▲", "recommendation": "▮", "system": "–",
}  # fmt: skip
_NOTED: Final = {"note": "Note", "tag": "Tag", "rating": "Rating", "derived": "Found", "marker": "Marker"}


class Body:
    """Writes a report piece by piece.

    ``paint`` colours parts of a picture; ``source`` gives the address of an attached picture; ``drawn`` makes of the
    timeline's SVG what the page holds.
    """

    def __init__(
        self, report: Report, paint: Paint, source: Callable[[PictureRef], str], drawn: Callable[[str], str]
    ) -> None:
        self._report, self._paint, self._source, self._drawn = report, paint, source, drawn

    def pieces(self, progress: Progress) -> Iterator[str]:
        """From the first heading to the last line; raises Cancelled."""
        report = self._report
        total = sum(len(branch.told) for branch in report.branches)
        yield from self._head()
        done = 0
        for number, branch in enumerate(report.branches, 1):
            yield from self._branch(number, branch)
            for one in branch.told:
                if done % _TOLD_EVERY == 0:
                    progress(done, total, "writing")
                done += 1
                yield self._told(one)
            yield "</section>\n"
        yield from self._end()

    # --- above and below

    def _head(self) -> Iterator[str]:
        report = self._report
        yield f'<header>\n<p class="kind">Session report</p>\n<h1>{inline(report.title)}</h1>\n'
        yield from _facts(report.facts)
        yield from self._contents()
        yield '<h2>How to read it</h2>\n<p class="legend">'
        yield "Plain: <b>recorded</b>, as it happened. "
        yield '<span class="computed">ƒ computed</span>: worked out by Branchline from what was recorded. '
        yield '<span class="model">▌model</span>: said by a model that was asked again or continued: no record. '
        yield '<span class="person">▌changed</span>: put there by a person on a branch.</p>\n</header>\n'

    def _contents(self) -> Iterator[str]:
        """What somebody thought worth a marker comes first: it is what the report is about."""
        rows = []
        timed = any(stop.time for _, stop in self._report.stops)
        for branch, stop in self._report.stops:
            noted = [one for one in branch.told if isinstance(one, Noted) and one.position == stop.position]
            said = "; ".join(f"{_NOTED.get(one.kind, one.kind)}: {one.text}" for one in noted)
            where = f"{branch.name}, event {stop.position:,}"
            link = f'<a href="#stop-{stop.number}">{stop.number}</a>'
            when = f'<td class="when">{inline(stop.time)}</td>' if timed else ""
            rows.append(f'<tr><td>{link}</td><td class="when">{inline(where)}</td>{when}')
            rows.append(f"<td><b>{inline(stop.label)}</b>{' · ' + inline(said) if said else ''}</td></tr>\n")
        if rows:
            yield '<h2>Where to look</h2>\n<table class="rows" width="100%">\n<tr><th></th><th>Where</th>'
            yield f"{'<th>When</th>' if timed else ''}<th>What</th></tr>\n"
            yield from rows
            yield "</table>\n"

    def _end(self) -> Iterator[str]:
        report = self._report
        yield '<section class="end">\n<h2>What is not in it</h2>\n'
        missing = report.missing or ("Nothing is known to be missing in this range.",)
        yield "<ul>" + "".join(f"<li>{inline(one)}</li>" for one in missing) + "</ul>\n"
        yield "<h2>Redaction</h2>\n"
        if report.redaction:
            yield "<ul>" + "".join(f"<li>{inline(one)}</li>" for one in report.redaction) + "</ul>\n"
        else:
            yield "<p>Nothing was redacted: the report holds what the session holds.</p>\n"
        state = "" if report.is_sound is not False else ' class="unsound"'
        yield f"<h2>Integrity</h2>\n<div{state}>\n"
        yield from _facts(report.integrity)
        yield "</div>\n</section>\n"

    # --- branches

    def _branch(self, number: int, branch: BranchReport) -> Iterator[str]:
        yield f'<section class="branch">\n<h2><a name="branch-{number}" id="branch-{number}"></a>'
        yield f"{self._title(branch)} · {inline(branch.name)}</h2>\n"
        yield from _facts(branch.facts)
        if branch.strip is not None:
            drawn = timeline(branch.strip, self._paint, _strip_words(branch.strip))
            yield f'<div class="strip">{self._drawn(drawn)}</div>\n'
        if not branch.told:
            yield '<p class="muted">Nothing in this range.</p>\n'

    def _title(self, branch: BranchReport) -> str:
        if len(self._report.branches) > 1:
            return "Branch"
        return "Conversation" if any(isinstance(one, Entry) for one in branch.told) else "Events"

    def _told(self, one: Told) -> str:
        match one:
            case Entry():
                return "".join(self._entry(one))
            case Line():
                return _line(one)
            case Noted():
                return _noted(one)
            case Stop():
                return "".join(stop_html(one))

    def _entry(self, one: Entry) -> Iterator[str]:
        tone = " problem" if one.is_problem else ""
        yield f'<div class="entry {LANES[one.lane][0]} {one.origin}{tone}">\n'
        yield f'<p class="meta">{_sign(one.lane)} <b>{inline(one.who)}</b>{_meta(one)}</p>\n'
        if one.text or one.kind == "message":
            yield f'<div class="text" dir="auto">{lines(one.text) or "(no text)"}</div>\n'
        for caption, text in one.bodies:
            yield f'<p class="caption">{caption}</p>\n<pre class="payload">{lines(text)}</pre>\n'
        if one.items:
            yield '<ol class="items">' + "".join(f"<li>{inline(item)}</li>" for item in one.items) + "</ol>\n"
        for picture in one.pictures:
            yield self._picture(picture)
        yield "</div>\n"

    def _picture(self, picture: PictureRef) -> str:
        if picture.instead:
            return f'<p class="muted">[{inline(picture.instead)}]</p>\n'
        return f'<p class="picture"><img src="{self._source(picture)}" alt="Attached picture"></p>\n'


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    rows = [f'<tr><th scope="row">{inline(one.name)}</th><td>{inline(one.value)}</td></tr>\n' for one in facts]
    if rows:
        yield f'<table class="facts">\n{"".join(rows)}</table>\n'


def _sign(lane: Lane) -> str:
    name = LANES[lane][0]
    return f'<span class="sign {name}">{_SIGNS[name]}</span>'


def _meta(one: Entry | Line) -> str:
    parts = [f"event {one.position:,}", one.time, *one.marks]
    told = " · ".join(f'<span class="place">{inline(part)}</span>' for part in parts[:2] if part)
    words = {"model": "model", "person": "person", "computed": "computed"}.get(one.origin, "")
    tone = "problem" if one.is_problem else words
    for mark in parts[2:]:
        told += f' · <span class="mark {tone}">{inline(("ƒ " if one.origin == "computed" else "") + mark)}</span>'
    return f' <span class="muted">· {told}</span>'


def _line(one: Line) -> str:
    tone = " problem" if one.is_problem else ""
    kind = f"line {LANES[one.lane][0]} {one.origin}{tone}"
    return f'<p class="{kind}">{_sign(one.lane)} {inline(one.text)}{_meta(one)}</p>\n'


def _noted(one: Noted) -> str:
    kind = _NOTED.get(one.kind, one.kind)
    text = lines(visible(one.text)).replace("\n", "<br>")
    return (
        f'<div class="noted"><p><b>{kind}</b> <span class="muted">at event {one.position:,}'
        f"{' · ' + inline(one.time) if one.time else ''}</span><br>{text}</p></div>\n"
    )


def _strip_words(strip: Strip) -> str:
    counts = ", ".join(f"{sum(count for _, count in bins):,} {LANES[lane][1].lower()}" for lane, bins in strip.counts)
    return f"Timeline of events {strip.first:,} to {strip.last:,}: {counts}"
