"""A comparison of branches that were repeated says whether they differ by more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell
    from fakes.scripted_server import ScriptedServer

SESSION = "6063"


def test_every_form_of_a_comparison_tells_the_verdict(shell: Shell, server: ScriptedServer, tmp_path: Path) -> None:
    words = ("jitter", SESSION, "--at", "5", "--turns", "1", "--k", "10", "--to-instructions", "Be kind.")
    assert shell.json(*words)["verdict"] == "no more than repetition"  # the server always says the same
    made = [one["name"] for one in shell.json("branches", SESSION)]
    one, other = (name for name in made if name.endswith(" #1"))

    told = shell.json("compare", SESSION, one, other)

    assert told["jitter"][other]["verdict"] == "no more than repetition"
    assert told["jitter"][other]["repetitions"] == [10, 10]
    sentence = "differs from the baseline no more than repetition does (p = 1.0000, level 0.02; 10 and 10 repetitions)"
    assert sentence in shell.run("compare", SESSION, one, other)[1]
    assert shell.json("compare", SESSION, "main", other)["jitter"] == {other: None}
    for form in ("markdown", "html"):
        file = tmp_path / f"out.{form}"
        code, _, err = shell.run("compare", SESSION, one, other, "--format", form, "--out", str(file))
        assert code == 0, err
        assert sentence in file.read_text(encoding="utf-8")
