"""The lab with the real model: a re-run, a repetition with the same seed, and what the record then holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA
from fakes.weights import model_file

from app.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model

FEW = ("--num-predict", "8")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code = main([*words, "--json"])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return json.loads(printed.out)


def test_the_same_seed_gives_the_same_answers_and_the_store_stays_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = str(tmp_path / "a.branchline")
    monkeypatch.setenv("BRANCHLINE_DATA", str(model_file().parent))
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("BRANCHLINE_STORE", store)
    assert main(["import", "--store", store, str(DATA / "star")]) == 0
    capsys.readouterr()

    made = run(capsys, "rerun", "6063", "--turns", "2", "--leave-out", "tools,lists", "--seed", "3", *FEW)
    told = run(capsys, "jitter", "6063", "--branch", made["branch"], "--k", "2", "--seeds", "recorded", *FEW)

    assert [bool(turn["rerun"]) for turn in made["turns"]] == [True, True]
    assert made["tokens"] > 0
    assert told["floor"]["identical"] == 1
    assert run(capsys, "verify")["ok"]
    compared = run(capsys, "compare", "6063", "main", made["branch"])
    assert compared["turns_differing"] >= 1
