"""Commands that only read: sessions, events, state, diff."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.cli.opening import opened_store
from app.cli.output import escaped, one_line, print_json, print_json_line, print_table
from app.cli.searching import filter_of
from app.domain.errors import BadInput, OutOfRange
from app.domain.events import envelope, to_rfc3339
from app.domain.fold.fold import FOLD_VERSION
from app.domain.marks import origin

if TYPE_CHECKING:
    import argparse

    from app import bootstrap
    from app.domain.events import Event


def sessions(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        found = core.library.sessions(options.subject)
        if options.holding is not None:
            holding = core.searching.sessions_holding(options.holding)
            found = tuple(one for one in found if one.header.id in holding)
        if options.json:
            print_json([one.to_json() for one in found])
        elif not found and (named := options.holding or options.subject) is not None:
            print(f"no sessions about {one_line(named)} in {core.store.location}")
        elif not found:
            print(f"no sessions in {core.store.location}; bring some in with: branchline import PATH")
        else:
            print_table(
                ("id", "title", "external id", "subject", "started", "events", "branches"),
                (
                    (one.header.id[:13], one.header.title[:60], one.header.external_id, one.header.subject,
                     to_rfc3339(one.started), one.events, one.branches)
                    for one in found
                ),
            )  # fmt: skip
    return 0


def events(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.stream or options.branch)
        names = {one.id: one.name for one in core.branch_labels.branches(session.header.id)}
        last = branch.head if options.last is None else options.last
        for position in (options.first, last):
            if branch.head and not 1 <= position <= branch.head:
                raise OutOfRange(f"there is no position {position}: {branch.name} has {branch.head} events")
        if options.first > last > 0:
            raise BadInput(f"--from {options.first} is after --to {last}")
        wanted = filter_of(options)
        for event in core.store.iterate(branch.id, options.first, last):
            if not wanted.matches(event):
                continue
            if options.json:
                print_json_line(envelope(event, branch_name=names[event.branch]))
            else:
                print(_line(event))
    return 0


def _line(event: Event) -> str:
    told = next((event.data[key] for key in ("text", "name", "item", "service", "title") if event.data.get(key)), "")
    summary, kind = one_line(told), one_line(event.type)
    stands_for = f"  [{one_line(found)}]" if (found := origin(event.data)) else ""
    moment = to_rfc3339(event.time) or "-"
    return f"{event.position:6}  {moment:20}  {event.actor:9}  {kind:34}  {summary[:80]}{stands_for}"


def state(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session)
        branch = core.library.branch(session.header.id, options.branch)
        position = core.library.position(branch, options.at)
        print_json(core.library.state(session.header.id, branch, position))
    return 0


def diff(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        session = core.library.session(options.session).header.id
        sides: list[Any] = []
        for named, at in ((options.branch_from, options.first), (options.branch_to, options.last)):
            branch = core.library.branch(session, named or options.branch)
            sides += [branch.id, core.library.position(branch, at)]
        patch = _patch(core, sides, options)
        if options.json:
            print_json(patch)
        for operation in () if options.json else patch:
            print(_readable(operation))
    return 0


def _patch(core: bootstrap.Core, sides: list[Any], options: argparse.Namespace) -> list[dict[str, Any]]:
    folds = [FOLD_VERSION if named is None else named for named in (options.fold_from, options.fold_to)]
    if folds == [FOLD_VERSION, FOLD_VERSION]:
        return core.differences.difference(*sides).patch
    with core.fold_versions() as versions:
        return versions.difference(folds[0], sides[0], sides[1], folds[1], sides[2], sides[3])


def _readable(operation: dict[str, Any]) -> str:
    sign = {"add": "+", "remove": "-", "replace": "~"}[operation["op"]]
    value = json.dumps(operation["value"], ensure_ascii=False) if "value" in operation else ""
    return escaped(f"{sign} {operation['path']}  {value}".rstrip())
