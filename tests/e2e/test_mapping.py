"""A table of text and a database become sessions by a mapping made in the window: nothing is faked but the model."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QDialog

from app import bootstrap
from app.domain.events import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TICKETS = """工单号,客户,谁说的,时间,说了什么
T-1,C-7,顾客,2026-03-01 09:12:05,我的订单还没有到
T-1,C-7,客服,2026-03-01 09:13:40,我马上为您查询
T-2,C-9,顾客,昨天,退款什么时候到账
T-2,C-9,客服,2026-03-01 10:02:00,三个工作日之内
"""


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where mappings are kept."""
    monkeypatch.setenv("BRANCHLINE_DATA", str(tmp_path / "data"))


def choose(box: Any, text: str) -> None:
    box.setEditText(text)
    box.lineEdit().editingFinished.emit()


def imported(opened: Any, dialog: Any, qtbot: QtBot) -> Any:
    """Import, and close the report; what it said."""
    dialog.go.click()
    report = dialog.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: report.report is not None, timeout=60_000)
    told = report.report
    report.accept()
    return told


def test_a_dropped_table_is_mapped_saved_and_known_from_then_on(
    open_window: Callable[..., Any], qtbot: QtBot, tmp_path: Path
) -> None:
    opened = open_window("108_00022", 1)
    table, again = tmp_path / "tickets.csv", tmp_path / "april.csv"
    table.write_bytes(TICKETS.encode("gb18030"))
    again.write_bytes(TICKETS.replace("T-", "A-").encode("gb18030"))
    opened.window.files_dropped.emit((table,))
    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "mapping.dialog") is not None, timeout=60_000)
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)

    choose(dialog.form.text, "说了什么")
    choose(dialog.actors.column, "谁说的")
    for row, actor in enumerate(("user", "agent")):
        box = dialog.actors.table.cellWidget(row, 1)
        choose(box, actor)
    assert "events: 3 · sessions: 2 · not fitting: 1" in dialog.said.text()
    dialog.save.click()
    qtbot.waitUntil(lambda: "known from now on" in dialog.said.text())
    told = imported(opened, dialog, qtbot)

    assert (told["sessions"], told["events"]) == (2, 3)
    assert "昨天" in told["quarantined"][0]["reason"]
    session = opened.core.library.session("T-1").header
    assert session.subject == "C-7"
    branch = opened.core.library.branch(session.id, MAIN)
    said = [(one.actor, one.data["text"]) for one in opened.core.store.read(branch.id, 1, branch.head)]
    assert said[-2:] == [("user", "我的订单还没有到"), ("agent", "我马上为您查询")]
    with bootstrap.core(str(tmp_path / "other.branchline"), create=True) as other:
        assert other.importing.run([again]).sessions == 2


def test_a_query_of_a_database_becomes_conversations_with_branches(
    open_window: Callable[..., Any], qtbot: QtBot, tmp_path: Path
) -> None:
    opened = open_window("108_00022", 1)
    path = tmp_path / "shop.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE people (id INTEGER, name TEXT);"
        "CREATE TABLE said (id INTEGER, chat TEXT, person INTEGER, role TEXT, body TEXT, at INTEGER, reply_to INTEGER);"
        "INSERT INTO people VALUES (1, 'Ada');"
        "INSERT INTO said VALUES (1, 'chat-1', 1, 'customer', 'Hello?', 1772600000, NULL),"
        " (2, 'chat-1', 1, 'bot', 'Yes.', 1772600060, 1), (3, 'chat-1', 1, 'bot', 'No.', 1772600070, 1);"
    )
    connection.commit()
    connection.close()
    opened.window.actions_table["map_source"].trigger()
    desk = opened.program.presenter.mapping
    dialog = desk._dialog
    desk._on_file_selected(str(path))
    qtbot.waitUntil(lambda: dialog.bar.table.count() == 2)

    dialog.bar.query.setText("SELECT said.*, name AS customer FROM said JOIN people ON people.id = person")
    dialog.bar.query.editingFinished.emit()
    qtbot.waitUntil(lambda: "events: 3 · sessions: 1" in dialog.said.text())
    assert dialog.form.subject.currentText() == "customer"
    told = imported(opened, dialog, qtbot)

    assert (told["sessions"], told["events"], told["quarantined"]) == (1, 3, [])
    session = opened.core.library.session("chat-1").header
    assert session.subject == "Ada"
    assert opened.core.library.session("chat-1").branches == 2
    assert desk._dialog is None
    qtbot.waitUntil(lambda: any(one.header.id == session.id for one in opened.workspace.sessions))
