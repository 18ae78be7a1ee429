"""The review pane: decide by key and button, read what the recipient will read, nothing leaves undecided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes.looked_through import redacting
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import BadInput
from app.ui.redaction.pane import RedactionPane
from app.ui.theme import DARK, LIGHT
from app.viewmodels.bridge import Bridge
from app.viewmodels.redaction.review_session import ReviewSession


@pytest.fixture
def pane(qtbot: QtBot, dressed: QApplication) -> Iterator[RedactionPane]:
    bridge, service = Bridge(), redacting()
    session = ReviewSession(service, bridge)
    pane = RedactionPane(session, LIGHT)
    pane.resize(900, 500)
    qtbot.addWidget(pane)
    pane.show()
    with qtbot.waitSignal(session.looked):
        session.look(service.all_of("session-0"))
    yield pane
    session.close()
    bridge.close()


def session_of(pane: RedactionPane) -> ReviewSession:
    return pane._session


def rows(pane: RedactionPane) -> list[tuple[str, ...]]:
    model = pane.table.findings
    return [tuple(str(model.index(row, column).data()) for column in range(4)) for row in range(model.rowCount())]


def test_findings_are_listed_kind_by_kind(pane: RedactionPane) -> None:
    assert rows(pane) == [
        ("E-mail address", "jane@example.com", "2", "not reviewed"),
        ("Phone number", "415-555-0123", "1", "not reviewed"),
        ("Phone number", "415-555-0199", "1", "not reviewed"),
        ("Payment card", "4111 1111 1111 1111", "1", "not reviewed"),
    ]
    assert "4 of 4 findings are not reviewed" in pane.said.text()


def test_keys_decide_and_go_on_to_the_next(pane: RedactionPane, qtbot: QtBot) -> None:
    pane.table.setFocus()

    qtbot.keyClick(pane.table, Qt.Key.Key_R)
    qtbot.keyClick(pane.table, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    pane.table.go_to(3)
    qtbot.keyClick(pane.table, Qt.Key.Key_R)

    assert [row[3] for row in rows(pane)] == ["redact", "keep", "keep", "redact"]
    assert pane.is_ready
    said = session_of(pane).redaction().text("jane@example.com, 415-555-0123", "event")
    assert said == "[EMAIL-1], 415-555-0123"


def test_nothing_may_leave_before_all_is_decided(pane: RedactionPane, qtbot: QtBot) -> None:
    session = session_of(pane)

    assert not pane.is_ready
    with pytest.raises(BadInput, match="4 findings are not reviewed"):
        session.redaction()
    with qtbot.waitSignal(pane.ready_changed, check_params_cb=bool):
        qtbot.mouseClick(pane.decide_buttons["redact_all"], Qt.MouseButton.LeftButton)

    session.redaction()


def test_what_was_decided_one_by_one_stands_when_the_rest_is_redacted(pane: RedactionPane, qtbot: QtBot) -> None:
    pane.table.go_to(1)

    qtbot.keyClick(pane.table, Qt.Key.Key_K)
    qtbot.mouseClick(pane.decide_buttons["redact_all"], Qt.MouseButton.LeftButton)
    pane.table.go_to(2)
    qtbot.mouseClick(pane.decide_buttons["redact_kind"], Qt.MouseButton.LeftButton)

    assert [row[3] for row in rows(pane)] == ["redact", "keep", "redact", "redact"]
    assert "4 findings are reviewed; kept: 1" in pane.said.text()
    assert session_of(pane).redaction().text("415-555-0123 415-555-0199", "event") == "415-555-0123 [PHONE-2]"


def test_the_recipients_text_is_shown_and_the_original_on_demand(pane: RedactionPane) -> None:
    shown = pane.recipient.toPlainText()
    pane.original.setChecked(True)

    assert "hello, I am [EMAIL-1]" in shown
    assert "write to [EMAIL-1]" in shown
    assert "jane@example.com" not in shown.casefold()
    assert "hello, I am jane@example.com" in pane.recipient.toPlainText()


def test_a_kept_text_is_shown_as_it_is(pane: RedactionPane) -> None:
    pane.table.decide_kind("keep")
    pane.table.go_to(0)

    assert "write to JANE@example.com" in pane.recipient.toPlainText()


def test_a_name_is_looked_for_too_and_decisions_stay(pane: RedactionPane, qtbot: QtBot) -> None:
    session = session_of(pane)
    session.decide_all("redact")
    pane.wanted.text.setText("jane doe")

    with qtbot.waitSignal(session.looked):
        qtbot.keyClick(pane.wanted.text, Qt.Key.Key_Return)

    assert rows(pane)[-1] == ("Name", "Jane Doe", "1", "not reviewed")
    assert session.undecided == 1


def test_a_bad_pattern_is_one_sentence_and_nothing_may_leave(pane: RedactionPane, qtbot: QtBot) -> None:
    session = session_of(pane)
    session.decide_all("redact")
    pane.wanted.kind.setCurrentIndex(1)
    pane.wanted.text.setText("(")

    with qtbot.waitSignal(session.failed):
        qtbot.mouseClick(pane.wanted.add, Qt.MouseButton.LeftButton)

    assert "is no regular expression" in pane.said.text()
    assert not pane.is_ready
    with pytest.raises(BadInput, match="not been looked through"):
        session.redaction()


def test_both_themes_and_names_for_those_who_do_not_see(pane: RedactionPane) -> None:
    pane.set_theme(DARK)

    for widget in (pane.table, pane.recipient, pane.said, pane.progress, pane.wanted.text, pane.wanted.kind):
        assert widget.accessibleName()
    assert pane.table.findings.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("E-mail address, jane@")
