"""Seeks in new processes, the store's files dropped from the system's cache; each prints what it took."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.benchmarks.states import seek

if TYPE_CHECKING:
    from collections.abc import Mapping


def cases(core: bootstrap.Core, branches: Mapping[int, str], processes: int) -> list[dict[str, Any]]:
    """One case for main and one for the deepest branch, each of so many processes at random positions.

    Each process does one seek: its first. Importing Python modules and opening the store come before the clock;
    the derived cache is there but its pages, like the log's, have to be read from the disk where the system
    allows to drop them (Linux; elsewhere they may lie in memory still).
    """
    from app.benchmarks.seeking import summary

    found = []
    for depth in sorted({min(branches), max(branches)}) if processes else ():
        head, chance = core.store.branch(branches[depth]).head, random.Random(11)
        times = [_run(core.store.location, branches[depth], chance.randint(1, head)) for _ in range(processes)]
        found.append({"warm": False, "order": "random", "depth": depth, **summary(times)})
    return found


def _run(location: str, branch: str, position: int) -> float:
    command = [sys.executable, "-m", "app.benchmarks.cold_seek", location, branch, str(position)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def drop_from_memory(location: Path) -> None:
    """Ask the system to forget the pages of a store's files; without effect where it cannot be asked."""
    if not hasattr(os, "posix_fadvise"):
        return
    for file in location.parent.glob(f"{location.name}*"):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)  # dirty pages would stay
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def main() -> int:
    location, branch, position = sys.argv[1:]
    drop_from_memory(Path(location))
    with bootstrap.core(location, read_only=True) as core:
        taken, _, _ = seek(core.time_machine, branch, int(position))
    print(taken)  # noqa: T201 - what the benchmark reads
    return 0


if __name__ == "__main__":
    sys.exit(main())
