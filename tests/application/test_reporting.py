"""What a report tells of a session: all of the range and nothing else, what people noted, and where it comes from."""

from __future__ import annotations

import pytest
from fakes.branched import Branched
from fakes.reported import Hiding, reported

from app.application import reporting
from app.application.ports import StoreProblem, Verified
from app.domain.errors import BadInput, Cancelled, OutOfRange
from app.domain.report.parts import Entry, Line, Noted, Stop


@pytest.fixture
def made() -> Branched:
    """Six messages; slots at 3 and 6, a call at 4 that returns at 5, a list at 7."""
    made = Branched("Hello", "Hi, where to?")
    made.add(made.main, "conversation.slots-changed", service="Hotels", set={"city": ["Oslo"]})
    made.add(made.main, "conversation.tool-called", call_id="c", name="find", arguments={"city": "Oslo"})
    made.add(made.main, "conversation.tool-returned", call_id="c", result=[{"name": "Grand"}])
    made.add(made.main, "conversation.slots-changed", service="Hotels", set={"city": ["Bergen"]})
    made.add(made.main, "recommendation.items-shown", items=[{"item": "h1", "name": "Grand", "score": 0.5}])
    made.say(made.main, "Grand it is")
    return made


def told(report, kind):
    return [one for branch in report.branches for one in branch.told if isinstance(one, kind)]


@pytest.mark.parametrize(
    ("born", "mark"), [({}, "returned at event 5"), ({"generated_by": {}}, "returned at event 5: a stub, made up")]
)
def test_a_result_that_was_made_up_says_so_only_where_a_model_called_here(born, mark):
    made = Branched("Hello", "Hi", "Find it")
    made.add(made.main, "conversation.tool-called", call_id="c", name="find", arguments={}, **born)
    made.add(made.main, "conversation.tool-returned", call_id="c", result={}, source="stub")

    assert told(reported(made), Entry)[-1].marks[0] == mark


def test_every_event_of_the_range_is_told_once_in_order(made):
    report = reported(made)

    entries, lines = told(report, Entry), told(report, Line)
    assert [one.position for one in entries] == [1, 2, 4, 7, 8]
    assert [one.position for one in lines] == [3, 6]
    call = entries[2]
    assert call.marks == ("returned at event 5",)
    assert [caption for caption, _ in call.bodies] == ["Arguments", "Result"]
    assert entries[3].items == ("Grand (0.500)",)
    assert [one.position for one in report.branches[0].told] == sorted(one.position for one in report.branches[0].told)


def test_a_range_holds_nothing_from_outside_of_it(made):
    report = reported(made, first=3, last=6)

    assert {one.position for one in report.branches[0].told} == {3, 4, 6}
    facts = {fact.name: fact.value for fact in report.facts}
    assert facts["Branch"] == "main, events 3 to 6 of 8"
    assert (report.branches[0].strip.first, report.branches[0].strip.last) == (3, 6)


def test_state_is_told_at_markers_beside_the_marker_before(made):
    made.notebook.set_marker(made.main, 4, "wrong city")
    made.notebook.write_note(made.main, 4, "they meant Bergen")
    made.notebook.rate(made.main, 7, 2, "late")

    report = reported(made)

    first, last = told(report, Stop)
    assert (first.number, first.position, first.label, first.since, first.is_marker) == (1, 4, "wrong city", 0, True)
    assert (last.number, last.position, last.label, last.since, last.is_marker) == (2, 8, "End of the range", 4, False)
    slots = next(table for table in last.tables if table.title == "Slots")
    assert [(row.cells, row.change) for row in slots.rows] == [(("Hotels · city", "Bergen", "Oslo"), "changed")]
    assert [(one.kind, one.position, one.text) for one in told(report, Noted)] == [
        ("note", 4, "they meant Bergen"),
        ("rating", 7, "2 of 5: late"),
    ]
    assert {table.truth for table in last.tables if table.title in ("Interests", "Predicted items")} == {"computed"}


def test_positions_that_were_asked_for_are_stops_too_and_notes_can_be_left_out(made):
    made.notebook.set_marker(made.main, 4, "wrong city")

    report = reported(made, at=(5,), notes=False)

    assert [(one.position, one.label) for one in told(report, Stop)] == [
        (5, "State asked for"),
        (8, "End of the range"),
    ]


def test_a_branch_tells_only_what_is_its_own_and_that_it_is_no_record(made):
    made.fork("kinder", 2)
    made.answer("kinder", "With pleasure!")

    report = reported(made, "main", "kinder")

    branch = report.branches[1]
    assert min(one.position for one in branch.told) == 3
    facts = {fact.name: fact.value for fact in branch.facts}
    assert facts["Shared"] == "events 1 to 2 are those of main"
    assert "no record" in facts["Left"]
    answer = next(one for one in branch.told if isinstance(one, Entry))
    assert (answer.text, answer.origin, answer.marks) == ("With pleasure!", "model", ("continued by tiny",))
    assert branch.strip.own_from == 3


def test_a_branch_that_ends_before_the_range_has_nothing_to_tell(made):
    made.fork("short", 2)

    report = reported(made, "main", "short", first=4, last=6)

    assert report.branches[1].told == ()
    assert report.branches[1].strip is None
    assert {one.name: one.value for one in report.facts}["Branches"].endswith(
        "short (no events of its own in the range)"
    )


def test_the_head_says_who_when_with_what_and_whether_the_chain_holds(made):
    report = reported(made)

    facts = {fact.name: fact.value for fact in report.facts}
    assert (facts["By"], facts["With"], facts["Customer"]) == ("Ada", "Branchline 9", "c1")
    assert report.is_sound is True
    integrity = {fact.name: fact.value for fact in report.integrity}
    assert integrity["Hash at event 8 of main"].endswith(made.store.hash_at(made.main, 8))
    assert reported(made, verify=False).is_sound is None


@pytest.mark.parametrize(
    ("problem", "sound", "said"),
    [
        (None, True, "yes: all 9 events of the store were checked when the report was made. The hash chain of what"),
        (
            ("s", "s/main", 2),
            False,
            "1 problem was found in what this report tells (main up to event 6): event 2: Oslo",
        ),
        (("s", "s/main", 7), True, "1 problem was found elsewhere in the store, in nothing that is told here"),
        (("s", "other", 3), True, "elsewhere in the store"),
        (("t", "t/main", 1), True, "elsewhere in the store"),
        (("s", None, None), False, "in what this report tells (main up to event 6): Oslo"),
        ((None, None, None), False, "in what this report tells"),
    ],
)
def test_it_says_what_was_checked_and_blames_only_what_it_rests_on(made, monkeypatch, problem, sound, said):
    problems = () if problem is None else (StoreProblem(*problem, None, "Oslo was changed"),)
    monkeypatch.setattr(made.store, "verify", lambda _progress: Verified(9, problems))

    report = reported(made, first=3, last=6)

    assert report.is_sound is sound
    assert said in report.verdict
    assert report.verdict.startswith("Verified: yes: all 9" if sound else "Verified: no: all 9")
    assert "Oslo" not in reported(made, first=3, last=6, redaction=Hiding("Oslo")).verdict


def test_what_is_replaced_is_replaced_everywhere_and_said(made):
    made.notebook.set_marker(made.main, 4, "not Oslo")
    made.notebook.write_note(made.main, 4, "Oslo is wrong")
    hiding = Hiding("Oslo")

    report = reported(made, redaction=hiding)

    assert "Oslo" not in repr(report)
    assert "[NAME-1]" in repr(report)
    places = repr(report).count("[NAME-1]")
    assert report.redaction[0].startswith(
        f"{places} places redacted with the profile test (name {places}), 1 pseudonym;"
    )
    assert report.is_sound is True


def test_gaps_are_named(made):
    made.add(made.main, "conversation.tool-called", call_id="d", name="book", arguments={})

    assert "1 of 2 tool calls have not returned in the range" in reported(made).missing


def test_pictures_are_held_or_their_absence_is_explained(made):
    address = made.store.put_blob(b"\x89PNG\r\n\x1a\n", "image/png")
    drawing = made.store.put_blob(b"<svg onload='x'>", "image/svg+xml")
    parts = [{"type": "image", "blob": one} for one in (address, drawing, "blake2b-256:00")]
    made.add(made.main, "conversation.message-posted", role="user", text="look", parts=parts)

    shown = told(reported(made), Entry)[-1].pictures
    hidden = told(reported(made, pictures=False), Entry)[-1].pictures

    assert (shown[0].content, shown[0].media_type) == (b"\x89PNG\r\n\x1a\n", "image/png")
    assert [bool(one.instead) for one in shown] == [False, True, True]
    assert all(one.instead and not one.content for one in hidden)


@pytest.mark.parametrize(("first", "last"), [(1, 9), (-1, 3), (12, None)])
def test_positions_that_are_not_there_are_refused(made, first, last):
    with pytest.raises(OutOfRange, match="has 8 events"):
        reported(made, first=first, last=last)


def test_empty_and_endless_ranges_are_refused_in_one_sentence(made, monkeypatch):
    with pytest.raises(BadInput, match="it holds no event"):
        reported(made, first=5, last=3)
    monkeypatch.setattr(reporting, "MOST_EVENTS", 7)
    with pytest.raises(BadInput, match="that are 8 events, and a report holds at most 7; choose a shorter range"):
        reported(made)
    with pytest.raises(BadInput):
        reported(made, "s/analyst")


def test_it_can_be_stopped(made):
    def stop(done, total, what):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        reported(made, progress=stop)


def test_who_makes_a_redacted_report_is_redacted_like_all_else(made):
    report = reported(made, redaction=Hiding("Ada"), author="Ada of support")

    assert {fact.name: fact.value for fact in report.facts}["By"] == "[NAME-1] of support"
