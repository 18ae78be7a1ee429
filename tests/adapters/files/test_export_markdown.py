"""The Markdown of a branch reads well, and nothing that was said in it becomes structure."""

import json
import re

import pytest
from fakes.fixed_clock import FixedClock
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app.adapters.files.export_markdown import export_markdown
from app.adapters.files.formats import KnownFormats
from app.adapters.files.markdown_text import fenced, inline, quoted
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.domain.events import NewEvent

BROKEN_OFF = DATA / "star" / "4227.json"
LOG = json.loads(BROKEN_OFF.read_text(encoding="utf-8"))["Events"]
FIRST_MESSAGE = f"t{next(number for number, one in enumerate(LOG) if one['Action'] == 'utter')}"
HOSTILE = [
    "# heading", "> quote", "- item", "+ item", "1. item", "12) item", "```\ncode\n```", "~~~\ncode", "a\n===", "---",
    "![x](http://e.vil/x.png)", "<img src=http://e.vil>", "<!-- ", "&lt;b&gt;", "[a]: http://e.vil", "| a | b |",
    "    code", "\tcode", "*b* _i_", "https://e.vil", "www.e.vil", "x@e.vil", "line\r# heading", "a\x1b[31m", "$x$",
    "</details>",
]  # fmt: skip


@pytest.fixture
def exported(tmp_path):
    store = open_store(tmp_path / "s.branchline", clock=FixedClock(), ids=SequentialIds())

    def export(path, events=(), upto=None):
        session = Importing(store, KnownFormats()).run([path]).imported[-1]
        main = store.branches(session)[0]
        if events:
            store.append(main.id, events, expected=main.head)
        main = store.branches(session)[0]
        return "".join(export_markdown(store, session, main.id, main.head if upto is None else upto))

    yield export
    store.close()


def event(number, kind, **data):
    return NewEvent(id=f"n{number}", source="urn:test", type=kind, data=data, actor="user")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_text_stays_text(text):
    lines = "".join(quoted(text)).splitlines()

    for line in lines:
        assert line.startswith(">")
        said = line[2:]
        assert not re.match(r"(#|>|[-+=] ?|\d+[.)](\s|$)|    |\t|`{3}|~{3})", said)
        assert not re.search(r"(?<!\\)[<>\[\]`*_|]", said)
        assert not re.search(r"https?://|www\.|\w@|(?<!\\)&\w|[\x00-\x08\x1b]", said)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_inline_text_is_one_line(text):
    assert "\n" not in inline(text)
    assert not re.search(r"(?<!\\)[<>\[\]`*_|]", inline(text))


@pytest.mark.parametrize("text", ["```", "a\n`````\nb", {"x": "```"}])
def test_a_fence_cannot_be_closed_from_inside(text):
    first, *_, last = "".join(fenced(text)).splitlines()

    fence = re.match("`+", first)[0]
    assert last == fence
    assert all(len(run) < len(fence) for run in re.findall("`+", str(text)))


def test_a_dialogue_reads_as_a_conversation(exported):
    text = exported(DATA / "star" / "465.json")

    assert text.startswith("# Plane: ")
    assert re.search(r"\*\*Customer\*\* · 20\d\d-\d\d-\d\d [\d:]+ UTC · event \d+\n\n> ", text)
    assert re.search(r"<details><summary>Call of plane_book · event \d+ · returned at event \d+</summary>", text)
    assert re.search(r"\*\*List shown\*\*.*\n\n1\. .*\n2\. ", text)
    assert text.count("<details>") == text.count("</details>")


def test_purchases_are_rows_of_one_table(exported):
    text = exported(DATA / "online-retail" / "events.csv")

    assert text.count("| when |") == 1
    assert re.search(r"\| 20\d\d-\d\d-\d\d [\d:]+ UTC \| \d+ \| bought \| \d+ \| \w+ \| .* \| [\d.]+ \|", text)


def test_it_ends_where_it_was_told_to_and_says_so(exported):
    text = exported(DATA / "star" / "465.json", upto=3)

    assert "- Events: 3 of " in text
    assert "event 3" in text
    assert "event 4" not in text


def test_edits_and_retractions_show_their_outcome(exported):
    later = [
        event(1, "conversation.message-edited", message_id=FIRST_MESSAGE, text="Now *different*"),
        event(2, "conversation.message-posted", message_id="x", role="user", text="never mind"),
        event(3, "conversation.message-retracted", message_id="x"),
        event(4, "future.thing", text="</details><script>"),
    ]
    text = exported(BROKEN_OFF, later)

    assert "> Now \\*different\\*" in text
    assert "edited at event" in text
    assert "· retracted" in text
    assert "<summary>future.thing · user" in text
