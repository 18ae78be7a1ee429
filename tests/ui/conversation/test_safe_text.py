"""Nothing that a text says can reach a file, another program or the processor for long."""

from __future__ import annotations

from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QPoint, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from app.domain.transcript import Entry
from app.ui.conversation.entry_text import Typography, write_message
from app.ui.conversation.safe_text import SafeBrowser, SafeDocument
from app.ui.theme import LIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOSTILE = Path(__file__).parent / "hostile"
RED = QColor(255, 0, 0)
GENEROUS_S = 0.1


def made(name: str, tmp_path: Path) -> str:
    """A text of the corpus, with the places of real pictures filled in."""
    picture, vector = tmp_path / "red.png", tmp_path / "red.svg"
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(RED)
    assert image.save(str(picture))
    vector.write_text('<svg xmlns="http://www.w3.org/2000/svg"><rect width="64" height="64" fill="red"/></svg>')
    text = (HOSTILE / name).read_text(encoding="utf-8")
    return text.replace("{picture}", str(picture)).replace("{vector}", str(vector))


def message(text: str) -> Entry:
    return Entry(ord=1, kind="message", key="m", position=1, changed_at=1, time=None, role="user", text=text)


def red_pixels(widget: QTextBrowser) -> int:
    image = widget.grab().toImage()
    return sum(
        image.pixelColor(QPoint(x, y)) == RED for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)
    )


def shown(qtbot: QtBot, text: str) -> SafeBrowser:
    browser = SafeBrowser()
    qtbot.addWidget(browser)
    browser.resize(560, 900)
    write_message(browser.document(), message(text), 0, Typography.of(LIGHT, browser.font()))
    return browser


def test_pictures_on_disk_are_never_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    browser = shown(qtbot, made("local-files.md", tmp_path))

    assert red_pixels(browser) == 0
    assert "not loaded: by path" in browser.toPlainText()


def test_the_corpus_does_draw_where_nothing_guards(qtbot: QtBot, tmp_path: Path) -> None:
    """The test above can fail: a bare browser shows the very same pictures."""
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.resize(560, 900)

    browser.setMarkdown(made("local-files.md", tmp_path))

    assert red_pixels(browser) > 0


@pytest.mark.parametrize("html", ['<img src="{}">', '<table background="{}"><tr><td>x</td></tr></table>'])
def test_even_html_loads_nothing(qtbot: QtBot, tmp_path: Path, html: str) -> None:
    made("links.md", tmp_path)
    browser = SafeBrowser()
    qtbot.addWidget(browser)
    browser.resize(300, 300)

    browser.setHtml(html.format(tmp_path / "red.png"))

    assert red_pixels(browser) == 0


@pytest.mark.parametrize("kind", list(QTextDocument.ResourceType), ids=lambda kind: kind.name)
def test_every_resource_is_a_placeholder(qtbot: QtBot, kind: QTextDocument.ResourceType) -> None:
    browser = SafeBrowser()
    qtbot.addWidget(browser)
    for holder in (browser, SafeDocument(browser)):
        given = holder.loadResource(kind.value, QUrl.fromLocalFile("/etc/passwd"))

        assert given == QByteArray() if not isinstance(given, QImage) else not given.isNull()
        assert isinstance(given, QImage) == (kind == QTextDocument.ResourceType.ImageResource)


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("mailto:a@example.org", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("smb://host/share", False),
        ("data:text/html,x", False),
        ("/etc/passwd", False),
        ("../secret", False),
    ],
)
def test_only_harmless_links_are_offered(qtbot: QtBot, address: str, followed: bool) -> None:
    browser = SafeBrowser()
    qtbot.addWidget(browser)
    offered: list[str] = []
    browser.link_requested.connect(offered.append)

    browser.anchorClicked.emit(QUrl(address))

    assert bool(offered) is followed
    assert browser.source().isEmpty()


def test_links_that_go_nowhere_do_not_look_like_links(qtbot: QtBot, tmp_path: Path) -> None:
    browser = shown(qtbot, made("links.md", tmp_path))

    html = browser.document().toHtml().lower()

    assert 'href="https://example.org/a?b=c#d"' in html
    assert "mailto:a@example.org" in html
    for scheme in ("javascript:", "file:", "smb:", "vbscript:", "data:text"):
        assert f'href="{scheme}' not in html


def test_a_source_cannot_be_set(qtbot: QtBot, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("the secret")
    browser = SafeBrowser()
    qtbot.addWidget(browser)

    browser.setSource(QUrl.fromLocalFile(str(secret)))

    assert "secret" not in browser.toPlainText()


HEAVY = {
    "a word of a megabyte": "a" * 1_000_000,
    "a megabyte without spaces, wide": "\u4e2d" * 1_000_000,
    "a table of 50 by 1,000": "|" + "h|" * 50 + "\n|" + "-|" * 50 + "\n" + ("|" + "c|" * 50 + "\n") * 1_000,
    "many tables": "|a|b|\n|-|-|\n|1|2|\n\n" * 2_000,
    "deep quotes": ">" * 50_000 + " x",
    "deep lists": "- " * 50_000 + "x",
    "many brackets": "[" * 50_000,
    "many stars": "*a **b " * 20_000,
    "many lines": "- item\n" * 50_000,
    "many pictures": "![x](/y.png) " * 20_000,
    "many links": "[x](https://e.org) " * 20_000,
    "NUL bytes": "\x00" * 100_000,
    "marks on marks": "Z" + "\u0301" * 100_000,
    "huge emoji": "# " + "\U0001f600" * 20_000,
    "right to left": "\u202e\u05d0\u0628 " * 20_000,
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_no_text_keeps_the_screen_waiting(qtbot: QtBot, text: str) -> None:
    browser = shown(qtbot, "warm")
    began = thread_time()

    write_message(browser.document(), message(text), 0, Typography.of(LIGHT, browser.font()))
    browser.document().setTextWidth(560)
    browser.document().size()

    assert thread_time() - began < GENEROUS_S * 3  # seconds of its own; unguarded, several of these take 4 to 16


@pytest.mark.parametrize("name", sorted(path.name for path in HOSTILE.glob("*.md")))
def test_every_text_of_the_corpus_is_shown(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    browser = shown(qtbot, made(name, tmp_path))

    assert browser.toPlainText().strip()
    assert not browser.grab().isNull()
