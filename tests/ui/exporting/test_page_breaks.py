"""Pages end between lines and never behind a heading, whatever there is to set."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.report.paper import Paper
from app.resources import resource_path
from app.ui.exporting.page_breaks import Band, bands_of, pages
from app.ui.exporting.pdf_pages import _PaperDocument, body_size

HEIGHT = 100.0


@st.composite
def stacks(draw) -> list[Band]:
    """Bands with gaps between them; now and then one that is higher than a page."""
    made, top = [], draw(st.floats(0, 20))
    for _ in range(draw(st.integers(0, 40))):
        high = draw(st.one_of(st.floats(5, 30), st.floats(90, 260)))
        made.append(Band(top, top + high, draw(st.booleans())))
        top += high + draw(st.floats(0, 40))
    return made


@given(stacks())
def test_pages_cover_everything_once_and_in_order(bands: list[Band]) -> None:
    cut = pages(bands, HEIGHT)

    assert cut[0][0] == 0
    assert all(0 < bottom - top <= HEIGHT + 1e-6 for top, bottom in cut)
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(cut))
    for band in bands:
        parts = [(max(top, band.top), min(bottom, band.bottom)) for top, bottom in cut]
        shown = sum(max(0.0, bottom - top) for top, bottom in parts)
        assert shown == pytest.approx(band.bottom - band.top, abs=0.1)
        if band.bottom - band.top <= HEIGHT / 2:
            assert sum(1 for top, bottom in parts if bottom > top) == 1


@given(stacks())
def test_no_page_ends_behind_what_is_kept_with_the_next_but_where_all_of_it_is(bands: list[Band]) -> None:
    bands = [one for one in bands if one.bottom - one.top <= HEIGHT / 2]

    for top, bottom in pages(bands, HEIGHT)[:-1]:
        held = [one for one in bands if top <= one.top < bottom]
        assert not held or not held[-1].keeps or all(one.keeps for one in held)


@pytest.mark.parametrize("lines", range(30, 62))
def test_headings_of_a_real_paper_stand_with_what_they_head(qapp, lines: int) -> None:
    style = resource_path("exports", "report-paper.css").read_text(encoding="utf-8")
    document = _PaperDocument(Paper("t", "f", style))
    body = "".join(f"<p>line {number}</p>" for number in range(lines))
    state = '<p class="muted kept">State after event 3</p><h4>Slots</h4>'
    rows = "<tr><th>slot</th><th>value</th></tr>" + "<tr><td>city</td><td>Oslo</td></tr>" * 4
    document.setHtml(f"{body}<h3>A marker</h3>{state}<table class='rows' width='100%'>{rows}</table><p>end</p>")
    bands = bands_of(document)

    cut = pages(bands, body_size().height())

    keeps = [number for number, one in enumerate(bands) if one.keeps]
    assert len(keeps) == 4  # the marker, its state, the table's name and its heads
    together = bands[keeps[0] : keeps[-1] + 2]
    assert sum(1 for top, bottom in cut if any(top <= one.top < bottom for one in together)) == 1
