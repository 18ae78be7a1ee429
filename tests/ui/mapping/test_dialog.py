"""The window in which a mapping is made, with real files and a window around it."""

import json

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QTableView
from shiboken6 import isValid

from app.adapters.mappings import Mappings

TABLE = """工单号,时间,角色,内容
T1,2026-03-01 10:00,客户,我的订单还没到
T1,2026-03-01 10:01,客服,我查一下
T2,x,客户,退货
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def made(stage, qtbot, table, tmp_path):
    opened = stage()
    desk = opened.program.presenter.mapping
    object.__setattr__(desk._services, "mappings", Mappings(tmp_path / "mappings"))
    asked = []

    def import_mapped(paths, mapping, address, progress):
        asked.append((paths, mapping, address))
        return opened.services.import_files(paths, progress)

    object.__setattr__(desk._services, "import_mapped", import_mapped)
    desk.open(table)
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)
    yield opened, dialog, asked
    if isValid(dialog):
        dialog.reject()


def cells(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_it_opens_on_a_guess_and_shows_what_does_not_fit(made):
    _, dialog, _ = made
    rows = cells(dialog.findChild(QTableView, "mapping.events"))

    assert rows[:2] == [
        ["T1", "2026-03-01 10:00:00Z", "user", "conversation.message-posted", "我的订单还没到"],
        ["T1", "2026-03-01 10:01:00Z", "agent", "conversation.message-posted", "我查一下"],
    ]
    assert "'x' is no time" in rows[2][1]
    assert "2 events in 1 sessions; 1 do not fit" in dialog.said.text()


def test_columns_and_meanings_are_changed_in_the_form(made):
    _, dialog, _ = made
    dialog.form.time.setEditText("")
    dialog.form.time.lineEdit().editingFinished.emit()
    assert "3 events in 2 sessions" in dialog.said.text()

    box = dialog.actors.table.cellWidget(0, 1)
    assert isinstance(box, QComboBox)
    box.setEditText("system")
    box.activated.emit(0)
    assert cells(dialog.events)[0][2] == "system"
    dialog.form.session.setEditText("nowhere")
    dialog.form.session.lineEdit().editingFinished.emit()
    assert "nowhere is empty" in cells(dialog.events)[0][1]
    assert not dialog.go.isEnabled()


def test_members_are_added_and_taken_away(made):
    _, dialog, _ = made
    dialog.members.add.click()
    assert "member_1: T1" in cells(dialog.events)[0][4]
    dialog.members.table.setCurrentCell(0, 0)
    dialog.members.remove.click()
    assert "member_1" not in cells(dialog.events)[0][4]


def test_the_json_is_the_whole_mapping_and_wrong_words_are_told(made):
    _, dialog, _ = made
    text = dialog.findChild(QPlainTextEdit, "mapping.text")
    told = json.loads(text.toPlainText())
    assert told["session"] == {"id": "工单号"}

    told["events"][0]["actor"] = "robot"
    dialog._draft.set_text(json.dumps(told))
    assert "'robot' is no actor" in dialog.problem.text()
    assert not dialog.save.isEnabled()


def test_a_mapping_is_saved_and_offered_again(made, tmp_path, qtbot, table):
    opened, dialog, _ = made
    name = dialog.findChild(QLineEdit, "mapping.name")
    name.setText("Tickets")
    name.editingFinished.emit()
    dialog.save.click()
    assert (tmp_path / "mappings" / "Tickets.mapping.json").is_file()
    assert "known from now on" in dialog.said.text()
    dialog.reject()

    opened.program.presenter.mapping.open(table)
    again = opened.program.presenter.mapping._dialog
    qtbot.waitUntil(lambda: again.saved.count() == 2)
    assert again.saved.itemText(1) == "Tickets"
    again.reject()


def test_import_hands_the_mapping_on_and_tells_the_report(made, qtbot, table):
    opened, dialog, asked = made
    dialog.go.click()
    report = opened.window.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: "410 events added" in report._said.text())

    ((paths, mapping, address),) = asked
    assert (paths, address, mapping["session"]) == ((table,), "", {"id": "工单号"})
    report.accept()


def importing(stage, folder, unknown, skipped=()):
    """A window whose imports know none of these files."""
    opened = stage()
    services = opened.program.presenter.library._services
    object.__setattr__(services, "mappings", Mappings(folder))
    counts = dict.fromkeys(("files", "sessions", "events", "duplicates"), 0)
    empty = {"format": "", "quarantined": 1, "read": {}, "not_captured": []}
    report = {
        **counts,
        "not_captured": [],
        "quarantined": [{"file": str(one), "line": None, "reason": "not recognised"} for one in unknown],
        "skipped": [{"file": str(one), "reason": "not recognised"} for one in skipped],
        "reports": [{"file": str(one), **empty} for one in unknown],
    }
    object.__setattr__(services, "import_files", lambda paths, progress: report)
    return opened


def test_one_file_that_nobody_knows_opens_its_mapping_by_itself(stage, qtbot, table, tmp_path):
    opened = importing(stage, tmp_path / "mappings", [table])
    opened.program.presenter.library.import_paths([table])

    qtbot.waitUntil(lambda: opened.window.findChild(QDialog, "mapping.dialog") is not None)
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.where.text() == str(table)
    dialog.reject()


def test_each_of_several_has_a_button_unless_nothing_in_it_can_be_mapped(stage, qtbot, table, tmp_path):
    picture, lines = tmp_path / "cat.png", tmp_path / "more.jsonl"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    lines.write_text('{"a": 1}\n', encoding="utf-8")
    opened = importing(stage, tmp_path / "mappings", [table, picture], skipped=[lines])
    opened.program.presenter.library.import_paths([table, picture, tmp_path])
    report = opened.window.findChild(QDialog, "import.dialog")
    qtbot.waitUntil(lambda: bool(report.findChildren(QPushButton, "import.map")))

    buttons = report.findChildren(QPushButton, "import.map")
    assert [one.text() for one in buttons] == ["Map tickets.csv…", "Map more.jsonl…"]
    buttons[1].click()
    dialog = opened.window.findChild(QDialog, "mapping.dialog")
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.where.text() == str(lines)
    dialog.reject()


def test_the_name_of_a_guess_is_there_and_a_session_that_nothing_tells_is_called_like_the_file(made, qtbot):
    _, dialog, _ = made
    assert dialog.name.text() == "tickets"

    dialog.form.session.setEditText("")
    dialog.form.session.lineEdit().editingFinished.emit()
    assert cells(dialog.events)[0][0] == "tickets.csv"


def test_every_control_of_it_has_a_name(made):
    _, dialog, _ = made
    nameless = [
        one
        for kind in (QComboBox, QLineEdit, QTableView, QPlainTextEdit)
        for one in dialog.findChildren(kind)
        if one.isVisible() and not one.accessibleName() and not isinstance(one.parent(), QComboBox)
    ]
    assert nameless == []
    assert all(button.text() for button in dialog.findChildren(QPushButton))
