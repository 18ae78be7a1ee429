"""A written comparison says what was found, and nothing that was said in it becomes structure."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fakes.branched import Branched

from app.adapters.files.exports import COMPARISONS
from app.adapters.files.html_text import block, inline
from app.application.ports import no_progress
from app.domain.compare.json_form import comparison_json
from app.domain.errors import Cancelled

HOSTILE = (
    "</style><script>alert(1)</script>", "<img src=http://e.vil/x onerror=alert(1)>", "<!-- ", "]]>", "&lt;b&gt;",
    '" onload="x', "' onload='x", "javascript:alert(1)", "# heading\n\n- item", "```\nfence", "| a | b |", "</details>",
    "a\x00b\x1b[31mc", "\u202eright to left", "line\r\n> quote", "![x](http://e.vil/x.png)", "https://e.vil",
    "[-not removed-]{+not added+}",
)  # fmt: skip
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Outline(HTMLParser):
    """The structure of a page: elements with their attributes, and the text in between."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def hostile_session() -> Branched:
    """Every text of the session is hostile, and some branch names too."""
    made = Branched(HOSTILE[0], "Hi")
    a, b = made.fork("<b>a</b>", 2), made.fork("| b |\n", 2)
    for text in HOSTILE:
        for name in (a, b):
            made.say(name, text)
        made.answer(a, text, sent={"model": text, "options": {"stop": [text]}})
        made.answer(b, f"{text} and more of the same words", ended="completed")
        made.add(b, "conversation.tool-called", call_id=text, name=text, arguments={text: text})
        made.add(b, "recommendation.items-shown", items=[{"item": text, "name": text}])
        made.answer(b, text, ended="failed", reason=text)
    made.add(a, "conversation.slots-changed", service=HOSTILE[0], set={HOSTILE[1]: [HOSTILE[2]]})
    return made


def written(session: Branched, form: str, *branches: str, progress: Any = no_progress) -> str:
    found = session.compare(*branches)
    return "".join(COMPARISONS[form](found, range(len(found.rows)), range(len(found.branches)), progress))


@pytest.fixture(scope="module")
def hostile() -> Branched:
    return hostile_session()


@pytest.fixture
def plain() -> Branched:
    """Three answers to one question, two of them the same."""
    made = Branched("Hello", "Hi", "A table?", "For two?", "Yes")
    for name, text in (("kinder", "Gladly, for tonight"), ("strict", "No"), ("twin", "Gladly, for tonight")):
        made.fork(name, 5)
        made.answer(name, text, tokens=4, durations={"total_duration": 2 * 10**9}, first_token_s=0.3)
    made.say(made.main, "Gladly, for today", first="assistant")
    return made


def test_a_page_is_well_formed_and_holds_what_was_said(hostile: Branched) -> None:
    page = written(hostile, "html", "main", "<b>a</b>", "| b |\n")

    outline = Outline(page)

    assert outline.open == []
    said = "".join(outline.texts)
    for text in HOSTILE:
        assert block(text) in page
        assert re.sub(r"[\x00-\x08\x0b-\x1f\ud800]", "\ufffd", text.replace("\r\n", "\n")) in said


def test_a_page_runs_nothing_and_loads_nothing(hostile: Branched) -> None:
    outline = Outline(written(hostile, "html", "<b>a</b>", "| b |\n"))

    tags = {tag for tag, _ in outline.elements}
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "table", "tr", "th", "td", "p",
        "div", "section", "header", "span", "bdi", "ins", "del", "ul", "li", "code", "details", "summary",
    }  # fmt: skip
    attributes = {name for _, attributes in outline.elements for name in attributes}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "dir", "scope"}
    (policy,) = (one["content"] for tag, one in outline.elements if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    (style,) = re.findall(r"<style>(.*?)</style>", written(hostile, "html", "<b>a</b>", "| b |\n"), re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


@pytest.mark.parametrize("text", [*HOSTILE, "half a sign \ud800"])
def test_text_in_a_page_stays_text(text: str) -> None:
    outline = Outline(f"<p>{block(text)}{inline(text)}</p>")

    assert [tag for tag, _ in outline.elements] == ["p", "bdi"]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800]", "".join(outline.texts))


def test_nothing_that_was_said_becomes_markdown(hostile: Branched) -> None:
    text = written(hostile, "markdown", "main", "<b>a</b>", "| b |\n")

    fence, depth = "", 0
    for line in text.splitlines():
        if fence:
            fence = "" if line == fence else fence
            continue
        if opened := re.match(r"(`{3,})(text|json)$", line):
            fence = opened[1]
            continue
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line)
        depth += line.startswith("<details>") - (line == "</details>")
        assert depth in (0, 1)
        outside = re.sub(r"^(<details><summary>.*</summary>|</details>)$", "", line)
        assert not re.search(r"(?<!\\)[<`]", outside), line
        assert not re.search(r"https?://|www\.", outside), line
        if line.startswith("#"):
            assert re.match(r"# |## (Metrics|Models|Turns|State of )|### Turn [\d,]+: (same|different)", line)
        if line.startswith("|"):
            assert line.endswith("|")
    assert (fence, depth) == ("", 0)
    headings = [line for line in text.splitlines() if line.startswith("### ")]
    assert len(headings) == len(hostile.compare("main", "<b>a</b>", "| b |\n").rows)


def test_a_page_marks_words_and_collapses_identical_answers(plain: Branched) -> None:
    page = written(plain, "html", "main", "kinder", "strict", "twin")

    assert "Gladly, for <del>today</del><ins>tonight</ins>" in page
    assert "<bdi>kinder, twin ×2</bdi>" in page
    assert "continued by tiny" in page
    assert 'class="cell model"' in page
    assert '<td class="number"><bdi>4</bdi></td>' in page
    assert "2.00 s" in page
    assert "5 shared events" in page


def test_markdown_tells_the_same_facts(plain: Branched) -> None:
    text = written(plain, "markdown", "main", "kinder", "strict", "twin")

    assert "- First difference: event 6 (main 6, kinder 7, strict 7, twin 7)\n" in text
    assert "**kinder, twin ×2** · continued by tiny · event 5, event 5\n\n> Gladly, for tonight\n" in text
    assert "Gladly, for [-today-]{+tonight+}" in text
    assert "| answer tokens | – | 4 | 4 | 4 |\n" in text
    assert "- kinder: model tiny, digest d1, server 0.32.15, seed 1, temperature 0.5, options –" in text


def test_json_is_what_the_command_line_prints(plain: Branched) -> None:
    found = plain.compare("main", "kinder")

    text = "".join(COMPARISONS["json"](found, (0,), (1, 0), no_progress))

    assert json.loads(text) == json.loads(json.dumps(comparison_json(found, rows=(0,), order=(1, 0))))


@pytest.mark.parametrize("form", COMPARISONS)
def test_writing_can_be_stopped(form: str, plain: Branched) -> None:
    def progress(done: int, total: int | None, what: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        written(plain, form, "main", "kinder", progress=progress)
