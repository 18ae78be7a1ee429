"""The repository holds nothing of the machine it was made on."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = re.compile("|".join(["python" + "hosted", "pypi" + r"\.org", "registry" + r"\.npmjs", "/" + "work/"]))


def test_no_registry_host_and_no_path_of_a_machine_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".spec", ".yml", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            if "tests/data/" not in name and "resources/demo/" not in name and REGISTRY.search(text):
                found.append(name)
    assert not found
