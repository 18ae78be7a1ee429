"""Pages of PDF: text that can be found, an outline that leads there, and nothing opened that a text names."""

from __future__ import annotations

import re

import pytest

from app.adapters.files.report_outline import with_outline
from app.adapters.files.report_pages import write_pages
from app.application.ports import no_progress
from app.domain.errors import BadInput, Cancelled
from app.domain.report.paper import Paper

HEADINGS = (("branch-1", 0, "main"), ("stop-1", 1, "1 高"), ("stop-2", 1, "2 (brackets) \\"), ("branch-2", 0, "b"))


def sheet(body: str, **more) -> Paper:
    return Paper("A title", "a foot", "", pieces=iter((body,)), **more)


def anchors() -> str:
    return "".join(f'<h2><a name="{name}"></a>{title}</h2><p>{"text " * 400}</p>' for name, _, title in HEADINGS)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    write_pages(path, sheet(anchors(), headings=HEADINGS), no_progress)
    return path.read_bytes()


def entries(pdf: bytes) -> dict[int, bytes]:
    """Every object by number as a reader finds it: from the last table of places back to the first."""
    found: dict[int, bytes] = {}
    at = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    while True:
        table = pdf[at : pdf.index(b"trailer", at)]
        words = table.split(b"\n", 1)[1].split()
        while words:
            first, count = int(words[0]), int(words[1])
            for number in range(count):
                place, _, kind = words[2 + 3 * number : 5 + 3 * number]
                if kind == b"n" and first + number not in found:
                    start = int(place)
                    assert pdf[start:].startswith(b"%d 0 obj" % (first + number))
                    found[first + number] = pdf[start : pdf.index(b"endobj", start)]
            words = words[2 + 3 * count :]
        trailer = pdf[pdf.index(b"trailer", at) : pdf.index(b"startxref", at)]
        before = re.search(rb"/Prev (\d+)", trailer)
        if before is None:
            return found
        at = int(before[1])


def test_the_outline_leads_through_all_headings(pdf):
    objects = entries(pdf)
    (catalogue,) = (one for one in objects.values() if b"/Type /Catalog" in one)
    root = objects[int(re.search(rb"/Outlines (\d+)", catalogue)[1])]

    def walk(holder: bytes):
        number = re.search(rb"/First (\d+)", holder)
        while number is not None:
            item = objects[int(number[1])]
            yield bytes.fromhex(re.search(rb"/Title <FEFF(\w+)>", item)[1].decode()).decode("utf-16-be")
            yield from walk(item)
            number = re.search(rb"/Next (\d+)", item)

    assert list(walk(root)) == [title for _, _, title in HEADINGS]
    named = b"".join(objects.values())
    for name, _, _ in HEADINGS:
        assert name.encode("utf-16-be") in named.replace(b"\\", b"")


def test_glyphs_of_radicals_mean_the_ideographs(pdf):
    table = b"1 beginbfchar\n<0001> <2FBC>\nendbfchar begincmap"
    font = b"9 0 obj\n<< /ToUnicode 8 0 R >>\nendobj\n"
    stream = b"\n8 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(table), table)

    changed = with_outline(font + stream + pdf, ())

    assert b"<0001> <9ad8>" in changed[len(pdf) :]


def test_another_form_of_file_is_left_alone():
    assert with_outline(b"%PDF-2.0 nothing", HEADINGS) == b"%PDF-2.0 nothing"


def test_no_file_that_a_text_names_is_opened(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not a picture")
    body = f'<p>x</p><img src="{secret}"><img src="file://{secret}"><img src="http://127.0.0.1:9/x.png">'

    write_pages(tmp_path / "a.pdf", sheet(body), no_progress)

    content = (tmp_path / "a.pdf").read_bytes()
    images = re.findall(rb"/Subtype /Image\s+/Width (\d+)", content)
    assert all(int(width) == 1 for width in images)
    assert b"/URI" not in content
    assert len(content) > 1_000


def test_it_can_be_stopped_while_pages_are_set(tmp_path):
    def stop(done, total, what):
        if total:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        write_pages(tmp_path / "a.pdf", sheet("<p>word</p>" * 3_000), stop)


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(BadInput, match="could not be set"):
        write_pages(tmp_path / "no" / "a.pdf", sheet("<p>x</p>"), no_progress)
