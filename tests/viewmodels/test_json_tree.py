"""A JSON value as a tree that grows as it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from app.viewmodels.json_tree import PAGE, JsonTree

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

VALUE = {"list": [1, [2, None]], "text": "x" * 500, "a/b~c": {"deep": True}, "empty": {}}


def opened(value: object) -> JsonTree:
    model = JsonTree()
    model.show_value(value)
    model.fetchMore(QModelIndex())
    return model


def test_it_is_a_proper_model(qtmodeltester: ModelTester) -> None:
    model = opened(VALUE)
    model.fetchMore(model.find("/list"))

    qtmodeltester.check(model, force_py=True)


def test_rows_tell_key_and_value() -> None:
    model = opened(VALUE)

    shown = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}

    assert shown["list"] == "[] 2 elements"
    assert shown["a/b~c"] == "{} 1 members"
    assert shown["text"].endswith("…")
    assert model.hasChildren(model.find("/list"))
    assert not model.hasChildren(model.find("/empty"))


def test_a_pointer_leads_to_its_row_and_back() -> None:
    model = opened(VALUE)

    for path in ("/list/1/0", "/a~1b~0c/deep", "/text"):
        assert model.path_of(model.find(path)) == path
    assert model.value_of(model.find("/a~1b~0c/deep")) is True
    assert not model.find("/list/7").isValid()


def test_a_long_list_comes_in_pages() -> None:
    model = opened(list(range(3 * PAGE)))

    before = model.rowCount()
    model.fetchMore(QModelIndex())

    assert (before, model.rowCount()) == (PAGE, 2 * PAGE)
    assert model.canFetchMore(QModelIndex())


def test_nothing_is_made_for_what_is_not_opened() -> None:
    model = opened({"big": list(range(100_000))})

    assert model.rowCount(model.index(0, 0)) == 0
