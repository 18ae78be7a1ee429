"""Several rules of a mapping, each for the records that its condition names."""

from PySide6.QtWidgets import QTableView


def types(dialog):
    model = dialog.findChild(QTableView, "mapping.events").model()
    return [model.index(row, 4).data() for row in range(2)]


def choose(box, text):
    box.setEditText(text)
    box.lineEdit().editingFinished.emit()


def test_a_rule_for_some_records_is_added_edited_and_removed(made):
    _, dialog, _ = made
    bar, draft = dialog.rule_bar, dialog._draft
    assert not bar.remove.isEnabled()

    bar.add.click()
    choose(bar.column, "角色")
    assert [bar.values.itemText(number) for number in range(bar.values.count())] == ["", "客户", "客服"]
    choose(bar.values, "客服, 机器人")
    draft.set_rule(type="conversation.tool-called")

    assert types(dialog) == ["conversation.message-posted", "conversation.tool-called"]
    assert draft.told["events"][0]["when"] == [{"column": "角色", "is": ["客服", "机器人"]}]
    assert [bar.rules.itemText(number) for number in range(2)] == [
        "1. tool-called · 角色 = 客服, 机器人",
        "2. message-posted",
    ]

    bar.rules.activated.emit(1)
    assert (bar.rules.currentIndex(), bar.column.currentText()) == (1, "")
    bar.rules.activated.emit(0)
    bar.remove.click()
    assert [rule["type"] for rule in draft.told["events"]] == ["conversation.message-posted"]


def test_a_value_with_a_comma_stays_one_and_another_column_forgets_the_values(made):
    _, dialog, _ = made
    bar, draft = dialog.rule_bar, dialog._draft

    choose(bar.column, "内容")
    choose(bar.values, '"a, b",c')
    assert draft.rule["when"] == [{"column": "内容", "is": ["a, b", "c"]}]
    assert bar.values.currentText() == '"a, b",c'

    choose(bar.column, "角色")
    assert draft.rule["when"] == [{"column": "角色"}]
    choose(bar.column, "")
    assert "when" not in draft.rule
