"""A watched folder tells of files once nobody writes to them any more."""

import json

import pytest

from app.viewmodels.bridge import Bridge
from app.viewmodels.folder_watch import FolderWatch


@pytest.fixture
def bridge(qtbot):
    made = Bridge()
    yield made
    made.close()


@pytest.fixture
def watch(bridge):
    made = FolderWatch(bridge)
    made._timer.setInterval(20)
    yield made
    made.close()


def names(paths):
    return [path.name for path in paths]


def test_what_lies_there_and_what_comes_is_told_once(qtbot, watch, tmp_path):
    (tmp_path / "a.json").write_text("1")
    (tmp_path / ".hidden").write_text("1")
    (tmp_path / "b.json.part").write_text("1")
    (tmp_path / "folder").mkdir()
    with qtbot.waitSignal(watch.arrived) as arrived:
        watch.watch(tmp_path)
    assert names(arrived.args[0]) == ["a.json"]

    with qtbot.waitSignal(watch.arrived) as arrived:
        (tmp_path / "c.json").write_text("1")
    assert names(arrived.args[0]) == ["c.json"]

    with qtbot.waitSignal(watch.arrived) as arrived:
        (tmp_path / "a.json").write_text("1 and more")
    assert names(arrived.args[0]) == ["a.json"]


def test_a_file_that_grows_is_waited_for(qtbot, watch, tmp_path):
    told = []
    watch.arrived.connect(told.append)
    watch.watch(tmp_path)
    path = tmp_path / "a.json"
    for number in range(5):
        path.write_text("x" * (number + 1))
        watch.look()
        qtbot.waitUntil(lambda: not watch._is_looking)
        path.write_text("x" * (number + 100))
    watch._timer.setInterval(10)
    qtbot.waitUntil(lambda: len(told) > 0)

    assert path.stat().st_size == 104
    qtbot.wait(60)
    assert [names(one) for one in told][-1] == ["a.json"]


def test_a_new_start_goes_on_where_the_last_one_ended(qtbot, bridge, watch, tmp_path):
    (tmp_path / "a.json").write_text("1")
    with qtbot.waitSignal(watch.arrived):
        watch.watch(tmp_path)
    stored = watch.to_json()
    (tmp_path / "new.json").write_text("1")

    other = FolderWatch(bridge)
    other._timer.setInterval(20)
    with qtbot.waitSignal(other.arrived) as arrived:
        other.resume(stored)
    assert names(arrived.args[0]) == ["new.json"]
    other.close()


@pytest.mark.parametrize("stored", ["", "7", "{}", '{"folder": 1}', json.dumps({"folder": "x", "files": {"a": 1}})])
def test_settings_that_are_none_are_left_alone(watch, stored):
    watch.resume(stored)

    assert watch.folder is None


def test_a_folder_that_goes_away_is_told_and_given_up(qtbot, watch, tmp_path):
    with qtbot.waitSignal(watch.failed) as failed:
        watch.watch(tmp_path / "gone")

    assert "is not watched any more" in failed.args[0]
    assert watch.folder is None
