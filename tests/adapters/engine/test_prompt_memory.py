"""The built-in model stays small however much it is asked: prompts it has read take no more memory than they may."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from fakes.weights import model_file

from app.adapters.engine.llama import PROMPTS_KEPT_MIB
from app.adapters.engine.process import EngineProcess

ASKED = 11
"""Each prompt leaves about 15 MB behind, so that without a limit all but the first two take more than 130."""
SLACK_MIB = 40

pytestmark = [
    pytest.mark.model,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of another process is read from /proc"),
]


def resident_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def ask(engine: EngineProcess, number: int) -> None:
    """A prompt of some seven hundred tokens that shares no beginning with the others."""
    body = {
        "model": engine.model,
        "messages": [{"role": "user", "content": f"{number} " + f"word{number % 7} " * 320}],
        "stream": False,
        "options": {"num_ctx": 1024, "num_predict": 1},
    }
    request = urllib.request.Request(f"{engine.address}/api/chat", json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.loads(answer.read())["prompt_eval_count"] > 600


def test_prompts_of_earlier_questions_take_no_more_than_their_share() -> None:
    with EngineProcess(model_file()) as engine:
        for number in range(2):
            ask(engine, number)
        before = resident_mib(engine.pid)
        for number in range(2, ASKED):
            ask(engine, number)
        grown = resident_mib(engine.pid) - before

    assert grown < PROMPTS_KEPT_MIB + SLACK_MIB
