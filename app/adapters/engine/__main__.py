"""``python -m app.adapters.engine``: the engine without the rest of the program."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.adapters.engine.serving import serve
from app.domain.errors import BranchlineError


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="branchline serve-model", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, metavar="GGUF")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--watch-stdin", action="store_true", help="end when standard input ends")
    asked = parser.parse_args(arguments)
    try:
        serve(asked.model, host=asked.host, port=asked.port, announce=_announce, watch_stdin=asked.watch_stdin)
    except BranchlineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _announce(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
