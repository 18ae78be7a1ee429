"""A moment as a command that opens it, ready for a shell."""

from __future__ import annotations

import shlex
import subprocess
import sys


def moment_link(session: str, branch: str, position: int, store: str = "") -> str:
    """``branchline open SESSION --branch B --at N``, quoted for the shell of this system.

    ``store`` is named where it is not the one that the command opens by itself.
    """
    parts = ["branchline", *(("--store", store) if store else ()), "open", session]
    parts += ["--branch", branch, "--at", str(position)]
    return subprocess.list2cmdline(parts) if sys.platform == "win32" else shlex.join(parts)
