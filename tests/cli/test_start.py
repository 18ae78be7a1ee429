"""start.py hands its process over to the program, with everything that was said to it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STANDS_IN = """#!{python}
import json, os, sys
print(json.dumps([os.getpid(), sys.argv[1:], os.getcwd(), os.environ.get("PYTHONPATH")]))
sys.exit(7)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose environment was made already, with a program that says what it was told."""
    folder = tmp_path / "clone"
    program = folder / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(STANDS_IN.format(python=sys.executable))
    program.chmod(0o755)
    shutil.copy(ROOT / "start.py", folder)
    (folder / "pyproject.toml").write_text("[project]\n")
    made = hashlib.sha256(b"[project]\n" + sys.version.encode()).hexdigest()
    (folder / ".venv" / "made-run").write_text(made)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call: start.py waits beside the program there")
def test_a_signal_to_start_reaches_the_program(clone: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(clone / "start.py"), "import", "a b", "--json"]
    environment = {**os.environ, "PYTHONPATH": "elsewhere"}

    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path, env=environment) as started:
        told = started.communicate()[0]

    assert json.loads(told) == [started.pid, ["-m", "app", "import", "a b", "--json"], str(tmp_path), None]
    assert started.returncode == 7
