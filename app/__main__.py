"""``python -m app`` and the ``branchline`` command."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code (0 done, 1 failed, 2 wrong usage)."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["verify-part"]:  # the program's own helper: no command, and none of the command line is needed
        from app.adapters.store.part_worker import main as verify_part

        return verify_part(words[1:])
    if words[:1] == ["import-files"]:  # likewise
        from app.cli.import_worker import main as import_files

        return import_files()
    if words[:1] == ["set-pages"]:  # likewise
        from app.ui.exporting.pages_worker import main as set_pages

        return set_pages(words[1:])
    from app.cli.program import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
