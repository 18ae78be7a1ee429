"""The command ``redact``, and the redaction that exporting commands ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.cli.opening import opened_store
from app.cli.output import ProgressLine, print_json, print_table, say
from app.domain.errors import BadInput
from app.domain.redaction.redaction import NO_REDACTION
from app.domain.redaction.report import CAUTION

if TYPE_CHECKING:
    import argparse

    from app import bootstrap
    from app.application.redacting import ReviewScope
    from app.application.redaction_review import FindingGroup, Review
    from app.domain.redaction.redaction import Redaction


def redaction_of(core: bootstrap.Core, options: argparse.Namespace) -> Redaction:
    """What ``--redact`` asks for; nothing is changed without it. Raises BadInput."""
    if options.redact is None:
        if options.redact_names:
            raise BadInput("--name-to-redact belongs to --redact; --redact standard takes out what is found")
        return NO_REDACTION
    profile = core.redaction_profile(options.redact)
    return core.redacting.without_review(replace(profile, names=(*profile.names, *options.redact_names)))


def redact(options: argparse.Namespace) -> int:
    with opened_store(options.store) as core:
        profile = core.redaction_profile(options.profile)
        profile = replace(profile, names=(*profile.names, *options.redact_names))
        scope = _scope(core, options)
        progress = ProgressLine()
        try:
            review = core.redacting.review(scope, profile, progress)
        finally:
            progress.close()
        names = {one.id: one.name for one in core.branch_labels.branches(scope.session)}
    if options.json:
        print_json(_review_json(review, scope.session, names))
        return 0
    groups = sorted(review.groups(), key=lambda one: (one.kind, -len(one.places)))
    print_table(("kind", "places", "first at", "text"), (_row(group, names) for group in groups))
    say(f"{len(groups):,} findings, nothing was changed. {CAUTION}")
    return 0


def _scope(core: bootstrap.Core, options: argparse.Namespace) -> ReviewScope:
    session = core.library.session(options.session).header.id
    scope = replace(core.redacting.all_of(session), first=options.first, last=options.last)
    if not options.branches:
        return scope
    chosen = tuple(core.library.branch(session, named).id for named in options.branches)
    return replace(scope, branches=chosen, side_streams=())


def _review_json(review: Review, session: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "session": session,
        "profile": review.profile.name,
        "findings": [_group_json(group, names) for group in review.groups()],
        "sentence": CAUTION,
    }


def _group_json(group: FindingGroup, names: dict[str, str]) -> dict[str, Any]:
    places = [
        {
            "what": place.what,
            "branch": None if place.branch is None else names.get(place.branch, place.branch),
            "position": place.position,
            "pointer": place.pointer,
        }
        for place in group.places
    ]
    return {"kind": group.kind, "text": group.text, "count": len(places), "places": places}


def _row(group: FindingGroup, names: dict[str, str]) -> tuple[object, ...]:
    first = group.places[0]
    branch = "" if first.branch is None else f" of {names.get(first.branch, first.branch)}"
    where = first.what if first.position is None else f"{first.what} {first.position:,}{branch}"
    return group.kind, len(group.places), where, group.text
