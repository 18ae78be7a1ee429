"""What a customer owns equals the data set's own checkpoints; what is owned is never predicted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app import bootstrap
from app.__main__ import main
from app.domain.fold.fold import fold_all
from app.domain.fold.interests import score_of

if TYPE_CHECKING:
    from pathlib import Path

SET = DATA / "online-retail"
CHECKPOINTS = [json.loads(line) for line in (SET / "checkpoints.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def store(tmp_path: Path) -> str:
    location = str(tmp_path / "shop.branchline")
    assert main(["import", "--store", location, str(SET / "events.csv")]) == 0
    return location


@pytest.mark.parametrize("checkpoint", CHECKPOINTS, ids=lambda one: f"{one['CustomerID']}-{one['rows']}")
def test_what_a_customer_owns_at_a_checkpoint(
    store: str, checkpoint: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    named = ["--store", store, str(checkpoint["CustomerID"])]

    assert main(["state", *named, "--at", str(checkpoint["rows"]), "--json"]) == 0
    recommendation = json.loads(capsys.readouterr().out)["recommendation"]

    assert recommendation["purchased"] == checkpoint["net"]
    owned = {item for item, net in checkpoint["net"].items() if net > 0}
    assert owned.isdisjoint(one["item"] for one in recommendation["predicted"])


def test_a_position_is_a_line_of_the_file(store: str) -> None:
    with bootstrap.core(store) as core:
        for checkpoint in CHECKPOINTS:
            session = core.library.session(str(checkpoint["CustomerID"]))
            branch = core.library.branch(session.header.id)
            (event,) = core.store.read(branch.id, checkpoint["rows"], checkpoint["rows"])
            assert event.data["row"] == checkpoint["after_row"]


def test_reasons_of_predictions_name_the_lines_that_matter(store: str) -> None:
    """On a real customer: without a reason's events the score is another, without unnamed ones it is the same."""
    with bootstrap.core(store) as core:
        checked = 0
        for session in core.library.sessions():
            branch = core.library.branch(session.header.id)
            events = core.store.read(branch.id, 1, branch.head)
            for one in core.library.state(session.header.id, branch, branch.head)["recommendation"]["predicted"][:3]:
                named = {position for reason in one["reasons"] for position in reason["events"]}
                kept = fold_all(event for event in events if event.position in named).bounded.recommendation
                assert score_of(one["item"], kept.items[one["item"]], kept.evidence, branch.head) == one["score"]
                for reason in one["reasons"]:
                    assert reason["events"]
                    left = fold_all(e for e in events if e.position not in reason["events"]).bounded.recommendation
                    known = left.items.get(one["item"])
                    assert known is None or score_of(one["item"], known, left.evidence, branch.head) != one["score"]
                    checked += 1
        assert checked
