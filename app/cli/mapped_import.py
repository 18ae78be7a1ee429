"""Imports by a mapping: from files, or from a database server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from app.application.import_report import ImportReport
    from app.application.ports import Progress
    from app.core import Core
    from app.domain.mapping.mapping import RecordMapping


def chosen_mapping(options: argparse.Namespace) -> RecordMapping:
    """The mapping of the options, with the table or query that was named beside it. Raises BadInput."""
    from app.adapters.files.mapped.files import read_mapping
    from app.domain.mapping.mapping import with_source

    if options.mapping is None:
        raise BadInput("a database is read by a mapping; name it with --mapping FILE")
    mapping = read_mapping(options.mapping)
    changes = {name: value for name in ("table", "query") if (value := getattr(options, name))}
    return with_source(mapping, changes) if changes else mapping


def mapped_import(
    core: Core, paths: Sequence[Path], mapping: RecordMapping | None, database: str | None, progress: Progress
) -> ImportReport:
    """Raises BadInput, Cancelled, StoreUnusable."""
    from app.adapters.files.mapped.databases import without_password
    from app.adapters.files.mapped.format import DatabaseFormat, MappedFormat

    if mapping is None:
        return core.importing.run(paths, progress=progress)
    if database is None:
        return core.importing.run(paths, chosen=MappedFormat(mapping), progress=progress)
    if paths:
        raise BadInput("either files or a database are imported at a time")
    source = mapping.source
    if not (source.table or source.query):
        raise BadInput("the mapping names neither a table nor a query; name one with --table or --query")
    name = f"{without_password(database)}#{source.table or 'query'}"
    return core.importing.run_source(name, DatabaseFormat(mapping, database), progress)
