"""``branchline instructions`` as scripts use it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell


def test_versions_are_saved_shown_listed_and_compared(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "kind.txt"
    file.write_text("Be kind.\nBe brief.", encoding="utf-8")

    assert shell.run("instructions", "save", "kind", "--text", "Be kind.")[1] == "kind@1\n"
    assert shell.run("instructions", "save", "kind", "--file", str(file), "--note", "shorter")[1] == "kind@2\n"

    assert shell.run("instructions", "show", "kind")[1] == "Be kind.\nBe brief.\n"
    shown = shell.json("instructions", "show", "kind@1")
    assert (shown["text"], [one["version"] for one in shown["versions"]]) == ("Be kind.", [1, 2])
    (listed,) = shell.json("instructions", "list")
    assert (listed["name"], listed["version"], listed["versions"], listed["note"]) == ("kind", 2, 2, "shorter")
    assert "kind" in shell.run("instructions", "list")[1]
    assert shell.run("instructions", "diff", "kind")[1] == "kind@1 → kind@2\nBe kind.{+\nBe brief.+}\n"
    changed = shell.json("instructions", "diff", "kind@2", "kind@1")
    assert (changed["from"]["version"], changed["to"]["version"]) == (2, 1)
    assert {one["kind"] for one in changed["pieces"]} == {"same", "removed"}


def test_a_text_may_come_from_a_pipe(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Be kind.\n"))

    assert shell.json("instructions", "save", "kind", "--file", "-")["text"] == "Be kind.\n"


def test_an_empty_library_says_how_to_fill_it(shell: Shell) -> None:
    assert "branchline instructions save" in shell.run("instructions", "list")[1]
    assert shell.json("instructions", "list") == []


def test_the_library_goes_along_with_the_store(shell: Shell, tmp_path: Path) -> None:
    before = shell.json("sessions")
    shell.run("instructions", "save", "kind", "--text", "Be kind.")

    assert shell.json("sessions") == before
    exported = tmp_path / "library.jsonl"
    shell.run("export", "branchline-instructions", "--format", "native", "--output", str(exported))
    other = type(shell)(str(tmp_path / "other.branchline"), shell._capsys)
    assert other.run("import", str(exported))[0] == 0
    assert other.json("instructions", "show", "kind")["text"] == "Be kind."
    assert other.json("verify")["ok"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "kind"), "no instructions named 'kind'"),
        (("show", "kind@x"), "'x' is no version"),
        (("save", "a,b", "--text", "x"), "holds no ','"),
        (("save", "kind", "--text", " "), "at least one word"),
        (("save", "kind", "--file", "/nowhere"), "cannot be read"),
        (("diff", "rude"), "no instructions named 'rude'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(shell: Shell, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in shell.fails("instructions", *words)


def test_the_first_version_has_none_before_it(shell: Shell) -> None:
    shell.run("instructions", "save", "kind", "--text", "Be kind.")

    assert "kind@1 is the first version" in shell.fails("instructions", "diff", "kind")


def test_the_group_needs_to_know_what(shell: Shell) -> None:
    assert shell.run("instructions")[0] == 2
