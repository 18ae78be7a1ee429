"""What others bring is used in a program of its own, as an installed distribution would be; broken ones are told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).parent / "example"
CASES = {
    "helpdesk": 1,
    "cases": [
        {
            "no": 7,
            "customer": "c1",
            "log": [
                {"by": "user", "said": "it is broken"},
                {"escalated": 2},
                {"escalated": "far"},
                {"by": "agent", "said": "we are on it"},
                {"escalated": 1},
            ],
        },
        {"no": 8},
    ],
}


class Program:
    """Runs commands with the plugins of a folder installed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder / "site", folder / "s.branchline"
        shutil.copytree(EXAMPLE, self.folder)

    def run(self, *words: str) -> tuple[int, str, str]:
        paths = os.pathsep.join((str(self.folder), str(ROOT)))
        done = subprocess.run(
            [sys.executable, "-m", "app", *words, "--store", str(self.store)],
            capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def json(self, *words: str) -> object:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def change(self, old: str, new: str) -> None:
        path = self.folder / "branchline_helpdesk" / "__init__.py"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    made = Program(tmp_path)
    (tmp_path / "cases.json").write_text(json.dumps(CASES), encoding="utf-8")
    return made


def imported(program: Program) -> dict:  # type: ignore[type-arg]
    return program.json("import", str(program.folder.parent / "cases.json"))  # type: ignore[return-value]


def state(program: Program, *words: str) -> dict:  # type: ignore[type-arg]
    return program.json("state", "7", *words)  # type: ignore[return-value]


def test_an_importer_and_event_types_with_their_fold(program: Program) -> None:
    report = imported(program)
    assert (report["sessions"], report["events"]) == (1, 5)
    assert [one["reason"] for one in report["quarantined"]] == ["case 2 has no log"]

    assert state(program)["extensions"] == {"escalations": {"level": 2, "times": 2}}
    assert state(program, "--at", "1")["extensions"] == {"escalations": {"level": 0, "times": 0}}
    assert [one["reason"] for one in state(program)["problems"]] == ["the level is missing or no number"]
    history = program.json("history", "7", "/extensions/escalations/level")
    assert [(one["position"], one["after"]) for one in history] == [(2, 2)]
    assert program.json("find", "7", "extensions.escalations.times == 2") == [5]


def test_a_fold_of_another_version_is_folded_anew(program: Program) -> None:
    imported(program)
    before = state(program)["extensions"]["escalations"]["level"]
    program.change("max(level, value", "10 * max(level, value")
    program.change("version=1", "version=2")

    assert before == 2
    assert state(program)["extensions"]["escalations"]["level"] == 200


def test_without_the_plugin_its_events_stay_as_they_are(program: Program) -> None:
    imported(program)
    shutil.rmtree(program.folder)

    assert state(program)["extensions"] == {}
    events = [json.loads(line) for line in program.run("events", "7", "--json")[1].splitlines()]
    assert [one["type"] for one in events].count("acme.case-escalated") == 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("from __future__ import annotations\n", "from __future__ import annotations\n1 / 0\n", "ZeroDivisionError"),
        ('"acme.case-escalated", "internal"', '"conversation.escalated", "internal"', "an area that is taken"),
        ('name="escalations"', 'name="Not A Name"', "no name for an extension"),
        ('start={"level": 0, "times": 0}', "start={1, 2}", "no JSON"),
        ("escalations = Extension(", "escalations = dict(", "is not what this group asks for"),
    ],
)
def test_a_broken_plugin_is_one_sentence_and_stops_nothing(program: Program, old: str, new: str, told: str) -> None:
    program.change(old, new)
    code, out, err = program.run("import", str(ROOT / "tests" / "data" / "openai-messages"), "--json")

    assert (code, json.loads(out)["sessions"]) == (0, 4)
    assert told in err
    assert "Traceback" not in err


def test_an_importer_or_fold_that_fails_spoils_only_its_own(program: Program) -> None:
    program.change('case.get("log"), list):', 'case.get("log"), list):\n                raise KeyError("log")')
    report = imported(program)
    assert report["sessions"] == 1
    assert "the importer helpdesk failed: KeyError" in report["quarantined"][0]["reason"]

    program.change("max(level, value", "1 // 0 + max(level, value")
    program.change("version=1", "version=3")
    reasons = [one["reason"] for one in state(program)["problems"]]
    assert any("the extension escalations failed: ZeroDivisionError" in one for one in reasons)
