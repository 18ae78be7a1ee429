"""What should not leave, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Shell


def a_session(shell: Shell) -> str:
    return str(shell.json("sessions")[0]["id"])


def test_a_dry_run_lists_what_is_found_with_its_places(shell: Shell) -> None:
    session = a_session(shell)
    shell.run("note", session, "--at", "2", "ask ann@example.com about 415-555-0123")

    told = shell.json("redact", session)

    found = {one["text"]: one for one in told["findings"]}
    assert found["ann@example.com"]["kind"] == "email"
    assert found["ann@example.com"]["places"][0]["what"] == "note"
    assert found["ann@example.com"]["places"][0]["branch"] == "analyst"
    assert "neither recognised" in told["sentence"]


def test_names_and_patterns_of_a_profile_are_found(shell: Shell, tmp_path: Path) -> None:
    session = a_session(shell)
    shell.run("note", session, "--at", "1", "Jane Doe, CASE-17")
    profile = tmp_path / "ours.toml"
    profile.write_text(
        'detectors = ["name"]\nnames = ["Jane Doe"]\n[patterns]\ncase = \'CASE-\\d+\'\n', encoding="utf-8"
    )

    told = shell.json("redact", session, "--profile", str(profile))

    assert told["profile"] == "ours"
    assert {(one["kind"], one["text"]) for one in told["findings"]} == {
        ("name", "Jane Doe"),
        ("pattern:case", "CASE-17"),
    }


def test_a_bad_profile_is_one_sentence(shell: Shell, tmp_path: Path) -> None:
    session = a_session(shell)
    for content, sentence in (
        ("[1]", "a redaction profile is a JSON object"),
        ("{", "is no valid JSON"),
        ('{"names": [""]}', "1 to 200 characters"),
        ('{"detectors": ["faces"]}', "no detector"),
        ('{"patterns": {"a": "("}}', "no regular expression"),
    ):
        path = tmp_path / "bad.json"
        path.write_text(content, encoding="utf-8")
        assert sentence in shell.fails("redact", session, "--profile", str(path))
    assert "cannot be read" in shell.fails("redact", session, "--profile", str(tmp_path / "none.json"))
