"""A report is a page that loads nothing, and nothing that was said in it becomes structure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fakes.branched import Branched
from fakes.reported import reported
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.report_html import report_html
from app.adapters.files.report_paper import paper
from app.adapters.files.report_text import inline, lines, visible
from app.application.ports import no_progress
from app.domain.errors import Cancelled

HOSTILE = (
    "</style><script>alert(1)</script>", "<img src=http://e.vil/x onerror=alert(1)>", "<!-- ", "]]>", "&lt;b&gt;",
    '" onload="x', "' onload='x", "javascript:alert(1)", "</bdi></pre></div></body>", "<style>*{display:none}</style>",
    "![x](http://e.vil/x.png)", "[a](javascript:alert(1))", "file:///etc/passwd", "//host/share/x.png",
    "a\x00b\x1b[31mc", "\u202eright to left", "a\u200bb", "e" + "\u0301" * 500, "\ud800", "x" * 50_000, "url(http://e.vil)",
)  # fmt: skip
VOID = {"meta", "link", "img", "br", "hr", "input", "line", "rect", "circle", "polygon"}
KNOWN = VOID | {
    "html", "head", "title", "style", "body", "header", "section", "p", "h1", "h2", "h3", "h4", "table", "tr", "th",
    "td", "a", "b", "bdi", "span", "div", "pre", "ol", "ul", "li", "svg", "text",
}  # fmt: skip


class Outline(HTMLParser):
    """The elements of a page with their attributes, and its text; every element has to be closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def hostile() -> Branched:
    made = Branched(HOSTILE[0], "Hi")
    for text in HOSTILE:
        said = text.encode("utf-8", "replace").decode("utf-8")
        made.say(made.main, said, said)
        made.add(made.main, "conversation.tool-called", call_id=said, name=said, arguments={said: said})
        made.add(made.main, "conversation.tool-returned", call_id=said, result=said, error=True)
        made.add(made.main, "conversation.slots-changed", service=said, set={said: [said]})
        made.add(made.main, "recommendation.items-shown", items=[{"item": said, "name": said, "reasons": [said]}])
        made.add(made.main, "strange.event", text=said, more={said: [said]})
        made.notebook.set_marker(made.main, made.store.branch(made.main).head, said)
        made.notebook.write_note(made.main, made.store.branch(made.main).head, said)
    made.store.fork(made.main, 2, branch_id="b", name="<b>b</b>")
    made.answer("b", HOSTILE[1], sent={"model": HOSTILE[0]})
    address = made.store.put_blob(b"\x89PNG\r\n\x1a\n", "image/png")
    made.add("b", "conversation.message-posted", role=HOSTILE[0], text="", parts=[{"type": "image", "blob": address}])
    return made


@pytest.fixture(scope="module")
def page(hostile: Branched) -> str:
    return "".join(report_html(reported(hostile, "main", "b"), no_progress))


def test_the_page_has_no_elements_but_its_own_and_all_are_closed(page):
    outline = Outline(page)

    assert outline.open == []
    assert {tag for tag, _ in outline.elements} <= KNOWN
    assert not any(name.startswith("on") for _, attributes in outline.elements for name in attributes)


def test_the_page_loads_nothing_and_leads_nowhere(page):
    elements = Outline(page).elements

    addresses = [value for _, attributes in elements for name, value in attributes.items() if name in ("src", "href")]
    assert addresses
    assert all(re.fullmatch(r"#stop-\d+|data:image/png;base64,[\w+/=]+", str(one)) for one in addresses)
    (policy,) = (a["content"] for tag, a in elements if tag == "meta" and a.get("http-equiv"))
    assert "default-src 'none'" in str(policy)
    assert "script-src" not in str(policy)
    style = page[page.index("<style>") : page.index("</style>")]
    assert not re.search(r"url\(|@import|https?:", style)


def test_what_was_said_is_there_as_text_and_what_hides_is_shown(page):
    text = Outline(page).text

    for said in HOSTILE[:14]:
        assert visible(said) in text
    assert "⟦RLO⟧right to left" in text
    assert "a⟦U+0000⟧b⟦U+001B⟧[31mc" in text
    assert "a⟦ZWSP⟧b" in text
    assert "x … (50,000 characters in all)" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page)


@given(st.text())
def test_no_text_leaves_its_element(text):
    for told in (inline(text), f"<pre>{lines(text)}</pre>"):
        outline = Outline(told)
        assert len(outline.elements) == 1
        assert outline.open == []


def test_it_reads_with_links_to_the_stops_and_words_for_the_truths(hostile, page):
    text = Outline(page).text

    assert "Where to look" in text
    assert "recorded" in text
    assert "ƒ computed by Branchline" in text
    assert "continued by" in text
    stops = {a.get("id") for tag, a in Outline(page).elements if tag == "a"}
    links = {str(a["href"])[1:] for tag, a in Outline(page).elements if tag == "a" and "href" in a}
    assert links
    assert links <= stops


def test_paper_has_the_same_text_and_its_pictures_beside_it(hostile, page):
    sheet = paper(reported(hostile, "main", "b"), no_progress)
    body = "".join(sheet.pieces)

    assert Outline(body).open == []
    assert {media for _, media in sheet.pictures.values()} == {"image/svg+xml", "image/png"}
    sources = [a["src"] for tag, a in Outline(body).elements if tag == "img"]
    assert sources == list(sheet.pictures)
    assert [level for _, level, _ in sheet.headings][:2] == [0, 1]


def test_writing_can_be_stopped(hostile):
    def stop(done, total, what):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        list(report_html(reported(hostile), stop))
