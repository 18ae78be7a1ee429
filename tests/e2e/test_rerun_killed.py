"""A re-run whose process is killed: what was done is kept, and the same command goes on from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import scripted_server as script
from fakes.places import DATA
from fakes.scripted_server import ScriptedServer

from app import bootstrap

if TYPE_CHECKING:
    from fakes.scripted_server import Exchange

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("rerun", "--sessions", "6063,465", "--turns", "2", "--contains", "Hello", "--json")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_series_goes_on_where_it_stopped(tmp_path: Path) -> None:
    store = str(tmp_path / "a.branchline")
    with bootstrap.core(store, create=True) as core:
        core.importing.run([DATA / "star"])
    with ScriptedServer() as server:
        good = server.chat

        def hang_at_the_fourth(exchange: Exchange) -> None:
            if len(server.bodies) == 4:
                script.text("Hel")(exchange)
                script.hang(exchange)
                return
            for step in good[1:]:
                step(exchange)

        server.chat = (script.begin_stream, hang_at_the_fourth)
        environment = {**os.environ, "OLLAMA_HOST": server.address, "BRANCHLINE_STORE": store}
        command = [sys.executable, "-m", "app", *WORDS]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert server.hanging.wait(60)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        server.chat = good

        again = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    assert again.returncode == 0, again.stderr
    told = json.loads(again.stdout)
    assert [(row["outcome"], row["answers"], row["passed"]) for row in told["sessions"]] == [("completed", 2, 2)] * 2
    assert len(server.bodies) == 5  # of four answers one was asked for twice
    with bootstrap.core(store) as core:
        assert core.store.verify().ok
        for row in told["sessions"]:
            branch = core.library.branch(row["session"], row["branch"])
            state = core.time_machine.state(branch.id, branch.head)
            assert state["problems"] == []
            assert [run["status"] for run in state["generation"]["runs"]].count("completed") == 2
