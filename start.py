#!/usr/bin/env python3
"""Run Branchline or its tests from a clone: makes the environment in .venv, needs Python 3.11 and pip only.

python3 start.py demo          the window on the demo sessions
python3 start.py test          all tests and checks
python3 start.py ANYTHING …    any command of branchline, such as: import PATH
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - a clone may meet any Python
        return failed(f"Branchline needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    arguments = sys.argv[1:] or ["demo"]
    testing = arguments[0] == "test"
    if not prepare("dev" if testing else None):
        return 1
    if testing:
        return test(arguments[1:])
    return become(PYTHON, "-m", "app", *arguments)


def prepare(group: str | None) -> bool:
    """Make the environment, or bring it up to what pyproject.toml asks for; quick when there is nothing to do."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    stamp = FOLDER / f"made-{group or 'run'}"
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    print(f"Making the environment in {FOLDER} (once; needs the network for Python packages) …", flush=True)
    if not PYTHON.exists() and run(sys.executable, "-m", "venv", str(FOLDER)):
        failed("the environment could not be made; on Debian and Ubuntu install python3-venv")
        return False
    # Dependency groups need pip 25.1; a fresh environment has the pip that came with its Python.
    steps = [
        ["--upgrade", "pip>=25.1"],
        ["--editable", str(ROOT)],
        *([["--group", f"{ROOT}/pyproject.toml:{group}"]] if group else []),
    ]
    for step in steps:
        if run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *step):
            failed("pip could not install what is needed; its own words stand above")
            return False
    stamp.write_text(wanted)
    return True


def test(arguments: list[str]) -> int:
    """With arguments: pytest with these. Without: format, lint, types, import contracts and all tests."""
    if arguments:
        return run(PYTHON, "-m", "pytest", *arguments)
    checks = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("pytest", "-q", "-n", "2", "--dist", "loadfile", "--max-worker-restart", "0"),
    )
    codes = [run(PYTHON, "-m", *check) for check in checks]
    return next((code for code in codes if code), 0)


def run(*command: object) -> int:
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(), check=False).returncode


def become(*command: object) -> int:
    """Hand this process over to a command, so that a signal meant for it reaches it; stay beside it on Windows."""
    words = [str(part) for part in command]
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(words[0], words, environment())
    return subprocess.run(words, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """Ours alone: packages of other environments must not leak in."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
    return {**kept, "PATH": f"{PYTHON.parent}{os.pathsep}{kept.get('PATH', '')}"}


def failed(sentence: str) -> int:
    print(f"start.py: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
